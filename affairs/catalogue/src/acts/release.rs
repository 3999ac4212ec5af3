//! 发布: the draft comes into force on its day; the version before it ends the day before, and every
//! catalogue below is told what that changes for it. Here what was issued already is taken in; what is made
//! here comes from its review ([`super::publication`]).

use catalogue_rules::{DraftStage, OutOfTurn, lint};
use jobs::Job;
use law::Date;
use ledger::{Desk, start_of_day};

use super::{ActError, entry, held_draft, raising};
use crate::inscription;
use crate::searching;
use crate::store::{Catalogue, Domain, InForceBy, KeyedItem, TakenRow, Version};
use crate::words::item_name;
use crate::writing::Printed;

/// Which catalogue that others have issued already is taken in, and from when it holds.
#[derive(Debug, Clone)]
pub struct Release<'a> {
    /// The organ's code.
    pub organ: &'a str,
    /// The domain, by any of its names.
    pub domain: &'a str,
    /// 施行日期.
    pub from: Date,
    /// By which document, or on what ground, it was issued already.
    pub issued_by: &'a str,
}

/// What is given for a catalogue that others have issued already.
pub const AS_ISSUED: &str = "按已印发的目录原样录入";

/// Puts a catalogue in force from `day` on as it was issued, with whatever it lacks: for catalogues
/// that are taken in, not for those that are made here.
///
/// # Errors
/// There is no such domain or draft, or the database refuses.
pub async fn grant(desk: Desk, organ: &str, domain: &str, day: Date) -> Result<Version, ActError> {
    keep(desk, Release { organ, domain, from: day, issued_by: AS_ISSUED }).await
}

/// Takes in an organ's draft as a catalogue that was issued already, and says by what. Only whoever works
/// at the machine itself takes in what was issued (docs/readings/021); what is made here is reviewed
/// ([`super::submission`]).
///
/// # Errors
/// There is no such domain or draft, nothing is said of the issue, a clerk asks for it, the version before
/// comes into force later, or the database refuses.
pub async fn keep(mut desk: Desk, release: Release<'_>) -> Result<Version, ActError> {
    let issued_by = release.issued_by.trim();
    if issued_by.is_empty() || desk.actor().person().is_some() {
        return Err(ActError::NotReviewed);
    }
    let change = desk.change();
    let slug = Domain::called(change, release.domain).await?;
    let slug = slug.ok_or_else(|| ActError::NoDomain(release.domain.into()))?;
    let catalogue = Catalogue::of(change, release.organ, &slug).await?.ok_or(ActError::NoDraft)?;
    // What is examined is what is released: nobody changes it in between.
    let draft = held_draft(&desk, &catalogue).await?;
    let mut obstacles = faults(change, &draft, desk.today()).await?;
    obstacles.extend((release.from < desk.today()).then_some(Obstacle::Past(release.from)));
    if let Some(before) = before_the_last(&desk, &catalogue, release.from).await? {
        return Err(ActError::Unfit(vec![before]));
    }
    let facts = serde_json::json!({ "faults": obstacles.len(), "issued_by": issued_by });
    let by = InForceBy::Issue(issued_by);
    carry_out(&mut desk, &catalogue, &draft, release.from, &by, facts).await?;
    desk.seal().await?;
    Ok(draft)
}

/// Puts a draft in force from a day on, within an act that has seen to it that it may. Where that day is
/// still to come, the version before holds until then, and the index hears of the new one again on the
/// day. Every catalogue below is told.
pub(super) async fn carry_out(
    desk: &mut Desk,
    catalogue: &Catalogue,
    draft: &Version,
    from: Date,
    by: &InForceBy<'_>,
    more: serde_json::Value,
) -> Result<(), ActError> {
    let before = Version::released(desk.change(), &catalogue.id).await?;
    draft.put_in_force(desk.change(), from, by).await?;
    let mut facts = serde_json::json!({
        "version": draft.id, "number": draft.number, "domain": catalogue.domain,
        "from": from.to_string(), "imported": matches!(by, InForceBy::Issue(_)),
    });
    if let (Some(facts), serde_json::Value::Object(more)) = (facts.as_object_mut(), more) {
        facts.extend(more);
    }
    let event = desk.record(entry("release", catalogue, facts)).await?;
    let leaf = inscription::leaf(desk.change(), catalogue, &draft.id, desk.today()).await?;
    if let Some(leaf) = leaf {
        desk.publish_leaf(leaf)?;
    }
    if from > desk.today() {
        let on_the_day = Job::now(searching::LISTENER, event, start_of_day(from));
        jobs::enqueue(desk.change(), vec![on_the_day]).await?;
    }
    raising::below(desk, catalogue, draft, before.as_ref()).await
}

/// What keeps a draft from coming into force on a day: what was in force on a day that is past has been
/// read and quoted, and a version in force ends on no day before its own.
pub(super) async fn faults_of_day(
    desk: &Desk,
    catalogue: &Catalogue,
    from: Date,
) -> Result<Vec<Obstacle>, ActError> {
    let past = (from < desk.today()).then_some(Obstacle::Past(from));
    let begun = before_the_last(desk, catalogue, from).await?;
    Ok(past.into_iter().chain(begun).collect())
}

async fn before_the_last(
    desk: &Desk,
    catalogue: &Catalogue,
    from: Date,
) -> Result<Option<Obstacle>, ActError> {
    let before = Version::released(desk.change(), &catalogue.id).await?;
    let began = before.and_then(|version| version.effective_from);
    let begun = began.filter(|began| *began <= desk.today() && from < *began);
    Ok(begun.map(Obstacle::BeforeTheLast))
}

/// One thing that keeps a draft from being released.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Obstacle {
    /// 施行日期 is past.
    #[error("施行日期 {0} 早于今天，会改写已经公开过的日子")]
    Past(Date),
    /// The version before came into force later; it would never have held.
    #[error("现行版本自 {0} 起施行，新版的施行日期不能更早")]
    BeforeTheLast(Date),
    /// A step is left out.
    #[error(transparent)]
    Step(OutOfTurn),
    /// Nobody decided on this row of the catalogue above.
    #[error("上级事项“{0}”没有列入，也没有说明不适用的理由")]
    Undecided(String),
    /// There are no rows.
    #[error("目录里没有事项")]
    Empty,
    /// The check finds this wrong.
    #[error("{0}")]
    Lint(String),
}

impl Obstacle {
    /// Whether a reason is enough (docs/readings/028): a step was left out, but nobody is cut short who
    /// was asked.
    pub(super) fn may_be_explained(&self) -> bool {
        matches!(self, Self::Step(step) if !matches!(step, OutOfTurn::StillAsking(_)))
    }
}

/// Whether nothing but steps left out stands in the way, so that a clerk's reason is enough.
pub fn only_steps(faults: &[Obstacle]) -> bool {
    !faults.is_empty() && faults.iter().all(Obstacle::may_be_explained)
}

/// Each obstacle in words.
pub fn in_words(faults: &[Obstacle]) -> Vec<String> {
    faults.iter().map(Obstacle::to_string).collect()
}

/// What keeps a draft from being released on any day: steps left out, rows of the catalogue above nobody
/// decided on, and what the check finds wrong.
///
/// # Errors
/// The database refuses.
pub async fn faults(
    from: &impl store::Statements,
    draft: &Version,
    today: Date,
) -> Result<Vec<Obstacle>, ActError> {
    let step = match draft.stage {
        DraftStage::Review => None,
        DraftStage::Drafting => Some(OutOfTurn::NotAsked),
        DraftStage::Consultation { until } if today <= until => Some(OutOfTurn::StillAsking(until)),
        DraftStage::Consultation { .. } => Some(OutOfTurn::NotReviewed),
    };
    let mut faults: Vec<Obstacle> = step.map(Obstacle::Step).into_iter().collect();
    faults.extend(undecided(from, draft).await?);
    if let Some(printed) = Printed::of_version(from, &draft.id, "", today).await? {
        if printed.catalogue.items.is_empty() {
            faults.push(Obstacle::Empty);
        }
        let found = lint::check(&printed.catalogue);
        let errors = found.iter().filter(|finding| finding.is_error());
        faults.extend(errors.map(|finding| {
            let name = if finding.name.is_empty() { "（没有名称）" } else { &finding.name };
            let place = finding.item.map(|at| format!("第{at}项 {name}：")).unwrap_or_default();
            Obstacle::Lint(format!("{place}{}（{}）", finding.message, finding.basis))
        }));
    }
    Ok(faults)
}

/// Rows of the catalogue above that are neither in the draft nor declared 不适用.
async fn undecided(
    from: &impl store::Statements,
    draft: &Version,
) -> Result<Vec<Obstacle>, ActError> {
    let Some(above) = &draft.above else { return Ok(vec![]) };
    let taken = TakenRow::all(from, &draft.id).await?;
    let above = KeyedItem::all(from, above).await?;
    let is_open = |keyed: &&KeyedItem| taken.iter().all(|row| row.item != keyed.key);
    let named = |keyed: &KeyedItem| Obstacle::Undecided(item_name(&keyed.item));
    Ok(above.iter().filter(is_open).map(named).collect())
}

#[cfg(test)]
mod tests {
    use catalogue_rules::OutOfTurn;
    use law::day;

    use super::Obstacle;

    #[test]
    fn a_clerks_reason_covers_a_step_left_out_and_never_cuts_short_those_who_are_asked() {
        for (step, covered) in [
            (OutOfTurn::NotAsked, true),
            (OutOfTurn::NotReviewed, true),
            (OutOfTurn::StillAsking(day(2026, 12, 26)), false),
        ] {
            assert_eq!(Obstacle::Step(step).may_be_explained(), covered);
        }
        assert!(!Obstacle::Empty.may_be_explained());
        assert!(!Obstacle::BeforeTheLast(day(2020, 1, 1)).may_be_explained());
    }
}
