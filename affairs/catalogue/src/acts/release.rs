//! 发布: the draft comes into force on its day; the version before it ends the day before, and every
//! catalogue below is told what that changes for it.

use catalogue_rules::{DraftStage, OutOfTurn, lint};
use jobs::Job;
use law::Date;
use ledger::{Actor, Desk, start_of_day};

use super::{ActError, entry, held_draft, raising};
use crate::inscription;
use crate::searching;
use crate::store::{Catalogue, Domain, KeyedItem, TakenRow, Version};
use crate::words::item_name;
use crate::writing::Printed;

/// Which draft is released, and from when.
#[derive(Debug, Clone)]
pub struct Release<'a> {
    /// The organ's code.
    pub organ: &'a str,
    /// The domain, by any of its names.
    pub domain: &'a str,
    /// 施行日期.
    pub from: Date,
    /// Why it is released despite an [`Obstacle`], kept in the ledger; `None` to be refused then.
    pub despite: Option<&'a str>,
}

/// What is given for a catalogue that others have issued already.
pub const AS_ISSUED: &str = "按已印发的目录原样录入";

/// Puts a catalogue in force from `day` on as it was issued, with whatever it lacks: for catalogues
/// that are taken in, not for those that are made here.
///
/// # Errors
/// There is no such domain or draft, or the database refuses.
pub async fn grant(desk: Desk, organ: &str, domain: &str, day: Date) -> Result<Version, ActError> {
    keep(desk, Release { organ, domain, from: day, despite: Some(AS_ISSUED) }).await
}

/// Puts an organ's draft in force from its day on. Where that day is still to come, the version before
/// holds until then, and the index hears of the new one again on the day.
///
/// # Errors
/// There is no such domain or draft, the draft is not fit for release and no reason is given to release
/// it all the same, or the database refuses.
pub async fn keep(mut desk: Desk, release: Release<'_>) -> Result<Version, ActError> {
    let change = desk.change();
    let slug = Domain::called(change, release.domain).await?;
    let slug = slug.ok_or_else(|| ActError::NoDomain(release.domain.into()))?;
    let catalogue = Catalogue::of(change, release.organ, &slug).await?.ok_or(ActError::NoDraft)?;
    // What is examined is what is released: nobody changes it in between.
    let draft = held_draft(&desk, &catalogue).await?;
    let mut faults = faults(change, &draft, desk.today()).await?;
    // What was in force on a day that is past has been read and quoted.
    if release.from < desk.today() {
        faults.insert(0, Obstacle::Past(release.from));
    }
    let before = Version::released(change, &catalogue.id).await?;
    let began = before.as_ref().and_then(|version| version.effective_from);
    let begun = began.filter(|began| *began <= desk.today() && release.from < *began);
    faults.extend(begun.map(Obstacle::BeforeTheLast));
    let despite = release.despite.map(str::trim).filter(|reason| !reason.is_empty());
    let stands =
        |fault: &&Obstacle| despite.is_none() || !fault.yields_to_a_reason_of(desk.actor());
    let standing: Vec<Obstacle> = faults.iter().filter(stands).cloned().collect();
    if !standing.is_empty() {
        return Err(ActError::Unfit(standing));
    }
    draft.put_in_force(change, release.from).await?;
    let facts = serde_json::json!({
        "version": draft.id, "number": draft.number, "domain": slug,
        "from": release.from.to_string(), "faults": faults.len(),
        "despite": despite.filter(|_| !faults.is_empty()),
    });
    let event = desk.record(entry("release", &catalogue, facts)).await?;
    let leaf = inscription::leaf(desk.change(), &catalogue, &draft.id, desk.today()).await?;
    if let Some(leaf) = leaf {
        desk.publish_leaf(leaf)?;
    }
    if release.from > desk.today() {
        let on_the_day = Job::now(searching::LISTENER, event, start_of_day(release.from));
        jobs::enqueue(desk.change(), vec![on_the_day]).await?;
    }
    raising::below(&mut desk, &catalogue, &draft, before.as_ref()).await?;
    desk.seal().await?;
    Ok(draft)
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
    /// Whether a clerk's reason is enough: a step was left out, but nobody is cut short who was asked.
    fn may_be_explained(&self) -> bool {
        matches!(self, Self::Step(step) if !matches!(step, OutOfTurn::StillAsking(_)))
    }

    /// Whether a stated reason outweighs it. At the workbench only steps left out may be explained
    /// (docs/readings/028); at the machine itself catalogues are also taken in as they were issued
    /// (docs/readings/021).
    fn yields_to_a_reason_of(&self, actor: &Actor) -> bool {
        match self {
            Self::BeforeTheLast(_) => false,
            _ => self.may_be_explained() || actor.person().is_none(),
        }
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
    use ledger::Actor;

    use super::Obstacle;

    #[test]
    fn a_clerks_reason_covers_a_step_left_out_and_never_cuts_short_those_who_are_asked() {
        let clerk = Actor::Person("1".into());
        for (step, covered) in [
            (OutOfTurn::NotAsked, true),
            (OutOfTurn::NotReviewed, true),
            (OutOfTurn::StillAsking(day(2026, 12, 26)), false),
        ] {
            assert_eq!(Obstacle::Step(step).yields_to_a_reason_of(&clerk), covered);
        }
        assert!(!Obstacle::Empty.yields_to_a_reason_of(&clerk));
        assert!(!Obstacle::BeforeTheLast(day(2020, 1, 1)).yields_to_a_reason_of(&clerk));
    }
}
