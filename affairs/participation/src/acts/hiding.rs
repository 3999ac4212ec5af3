//! 屏蔽违法内容 (网络安全法第四十九条, before 2026 第四十七条): one proposes it on a ground of the law, another decides.
//! That somebody disagrees with the draft is no ground (docs/readings/274).

use identity::any_is;
use law::{Date, Dated, Provision, article, day};
use ledger::Desk;
use participation_rules::{Ground, OpinionStep, Step};
use review::Signatory;
use serde_json::json;
use store::StoreError;

use super::{ActError, answering, at, entry_of, forget, reasoned, taken};
use crate::inscription;
use crate::store::{COVERED, Consultation, HandedIn, Hiding, NewHiding, Opinion};

/// Whoever runs a network deals with what the law forbids to be spread. The amendment in force since 2026 put two
/// articles before it.
const FORBIDDEN: Dated<()> = Dated::since(&[
    (day(2017, 6, 1), (), article("网络安全法", 47)),
    (day(2026, 1, 1), (), article("网络安全法", 49)),
]);

/// The article on a day.
fn basis(today: Date) -> Provision {
    FORBIDDEN.on(today).map_or_else(|none| none.basis, |enacted| enacted.basis)
}

/// Which opinion: the organ, the consultation, the number.
pub type Which<'a> = (&'a str, &'a str, i64);

async fn of(desk: &Desk, which: Which<'_>) -> Result<(Consultation, Opinion), ActError> {
    let (organ, id, number) = which;
    let (found, _) = taken(desk, organ, id, Step::Hide).await?;
    let opinion = Opinion::find(desk.change(), id, number).await?;
    let opinion = opinion.filter(|opinion| opinion.shown != COVERED);
    let opinion =
        opinion.ok_or_else(|| ActError::standing("没有这条意见，或者已经隐去。请刷新再看。"))?;
    opinion.state.after(OpinionStep::Hide)?;
    Ok((found, opinion))
}

/// Proposes to hide one.
///
/// # Errors
/// It is proposed already, no ground or no reason is given, or the database refuses.
pub async fn propose(
    mut desk: Desk,
    by: &Signatory,
    which: Which<'_>,
    (ground, reason): (Option<Ground>, &str),
) -> Result<(), ActError> {
    let ground = ground.ok_or_else(|| ActError::Field("yuanyou", "选违反了哪一项".into()))?;
    let reason = reasoned(reason)?;
    let (found, opinion) = of(&desk, which).await?;
    let new = NewHiding {
        opinion: &opinion.id,
        ground,
        reason: &reason,
        by: &by.person,
        stands_in_for: by.stands_in_for.as_deref().unwrap_or_default(),
        name: &by.name,
        at: &at(&desk),
    };
    match new.add(desk.change()).await {
        Err(StoreError::Duplicate(_)) => {
            return Err(ActError::standing("已经有人提请屏蔽这条意见，正在等审定。"));
        }
        other => other?,
    }
    let (basis, facts) = (basis(desk.today()), json!({ "ground": ground.word() }));
    desk.record(entry_of("opinion_hiding_proposal", (&found, opinion.number), basis, facts))
        .await?;
    Ok(desk.seal().await?)
}

/// Decides a proposal: hides the opinion, or lets it stand. Of one that is published name and words are covered, and
/// the log tells that the answers were corrected.
///
/// # Errors
/// Nothing waits, the person proposed it, no reason is given, or the database refuses.
pub async fn decide(
    mut desk: Desk,
    by: &Signatory,
    which: Which<'_>,
    (hide, reason): (bool, &str),
) -> Result<(), ActError> {
    let reason = reasoned(reason)?;
    let (found, opinion) = of(&desk, which).await?;
    let waiting = Hiding::of(desk.change(), &opinion.id).await?.into_iter().find(|one| one.waits);
    let waiting = waiting.ok_or_else(|| ActError::standing("没有等审定的屏蔽。请刷新再看。"))?;
    if any_is(by.persons(), waiting.proposers.iter().map(String::as_str)) {
        return Err(ActError::standing("提请屏蔽的人不能审定。请别的保密审查员审定。"));
    }
    let who = (by.person.as_str(), by.name.as_str(), &*at(&desk));
    if !waiting.decide(desk.change(), who, (hide, &reason)).await? {
        return Err(ActError::overtaken());
    }
    let basis = basis(desk.today());
    let facts = json!({ "ground": waiting.ground.word(), "hidden": hide });
    let mut told = entry_of("opinion_hiding", (&found, opinion.number), basis, facts);
    match (hide, found.answered_on) {
        (false, _) => {
            desk.record(told).await?;
        }
        (true, None) => {
            opinion.release_others(desk.change()).await?;
            // What tells of another person is kept nowhere in the clear; of what is unlawful the record stays.
            let covers = waiting.ground == Ground::Privacy;
            if covers && !opinion.cover(desk.change()).await? {
                return Err(ActError::overtaken());
            }
            if !opinion.hide(desk.change()).await? {
                return Err(ActError::overtaken());
            }
            desk.record(told).await?;
        }
        (true, Some(_)) => {
            if !opinion.cover(desk.change()).await? {
                return Err(ActError::overtaken());
            }
            if waiting.ground == Ground::Privacy {
                forget(&desk, &[(answering::KIND, found.id.as_str())]).await?;
            }
            told.act = "answers_correction";
            told.subject = inscription::result_subject(&found.id);
            desk.record(told).await?;
            let opinions = Opinion::all(desk.change(), &found.id).await?;
            desk.publish_leaf(inscription::result_leaf(&found, &opinions).correcting())?;
        }
    }
    Ok(desk.seal().await?)
}
