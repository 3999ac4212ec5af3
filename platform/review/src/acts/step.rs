//! 审查环节: 初审, 保密审查, 签发 and what is added to them; passed, or returned with a reason.

use ledger::Desk;
use web::Publishers;

use super::{ActError, entry, hash_now, held};
use crate::refused::Refused;
use crate::steps::{State, Taking};
use crate::store::{Unit, close, put_step, set_state};
use crate::{Signatory, Step, Verdict};

/// Takes a step of a unit.
///
/// # Errors
/// There is no such unit, the rules refuse, or the database does.
pub async fn keep(
    desk: Desk,
    publishers: &Publishers,
    unit: &str,
    step: Step,
    verdict: &Verdict,
    by: &Signatory,
) -> Result<Unit, ActError> {
    take(desk, publishers, unit, &Taking { step, partner: "", verdict }, by).await
}

/// The same where several of one step are demanded, each with a partner of its own.
///
/// # Errors
/// See [`keep`].
pub async fn take(
    mut desk: Desk,
    publishers: &Publishers,
    unit: &str,
    taking: &Taking<'_>,
    by: &Signatory,
) -> Result<Unit, ActError> {
    let unit = within(&mut desk, publishers, unit, taking, by).await?;
    desk.seal().await?;
    Ok(unit)
}

/// The same inside another act, which seals.
pub(super) async fn within(
    desk: &mut Desk,
    publishers: &Publishers,
    unit: &str,
    taking: &Taking<'_>,
    by: &Signatory,
) -> Result<Unit, ActError> {
    let unit = held(desk, unit).await?;
    let late = unit.state == State::Published;
    let due = unit.urgency.as_ref().and_then(|urgency| urgency.late_due);
    if let Some(due) = due.filter(|due| late && *due < desk.today()) {
        return Err(ActError::LateOver(due));
    }
    if late && objected(&unit) {
        return Err(Refused::Ended(unit.state).into());
    }
    let content = if late { unit.hash.clone() } else { hash_now(desk, publishers, &unit).await? };
    let (review, demand) = unit.review().take(taking, by, &content)?;
    if taking.step == Step::Signature && *taking.verdict == Verdict::Pass {
        let pieces = unit.pieces.iter().map(|piece| (piece.kind.as_str(), piece.id.as_str()));
        publishers.signable(&desk.change().reading(), pieces).await?;
    }
    let reason = match taking.verdict {
        Verdict::Pass => None,
        Verdict::Return(reason) => Some(reason.as_str()),
    };
    put_step(desk, &unit, demand, reason, by).await?;
    match review.state {
        State::Returned => close(desk, &unit.id, State::Returned, &by.name, reason).await?,
        state if state != unit.state => set_state(desk, &unit.id, state).await?,
        _ => {}
    }
    let facts = serde_json::json!({
        "step": taking.step.word(),
        "verdict": if reason.is_some() { "return" } else { "pass" },
        "reason": reason,
        "late": late,
        "stands_in_for": by.stands_in_for,
    });
    desk.record(entry("step", &unit, taking.step.basis(), facts)).await?;
    Unit::find(desk.change(), &unit.id).await?.ok_or(ActError::NoUnit)
}

/// Whether the late 初审 has objected already; it is said once.
fn objected(unit: &Unit) -> bool {
    unit.steps.iter().any(|step| step.step == Step::First.word() && step.verdict == "return")
}
