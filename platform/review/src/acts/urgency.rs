//! 应急: a signer decides that a unit cannot wait for its 初审, and says why. 保密审查 and 签发 still come
//! first; the 初审 follows within the time of [`LATE_REVIEW`](crate::LATE_REVIEW).

use ledger::Desk;
use store::moment;
use web::{Appeared, Publishers};

use super::{ActError, entry, held, publication, step};
use crate::steps::{State, Taking};
use crate::store::set_state;
use crate::{Signatory, Step, Verdict};

/// On what it rests.
const BASIS: &str = "国办发〔2016〕80号";

/// Opens the urgent path for a unit.
///
/// # Errors
/// The unit is no longer in review, the reason is missing, the person may not sign it, or the database
/// refuses.
pub async fn keep(
    mut desk: Desk,
    unit: &str,
    by: &Signatory,
    reason: &str,
) -> Result<(), ActError> {
    let unit = held(&desk, unit).await?;
    let review = unit.review().hasten(by, reason)?;
    let sql = "UPDATE review_unit
                  SET urgent_at = $1, urgent_by = $2, urgent_for = $3, urgent_name = $4,
                      urgent_reason = $5
                WHERE id = $6";
    let values = vec![
        moment(desk.now()).into(),
        by.person.clone().into(),
        by.stands_in_for.clone().into(),
        by.name.clone().into(),
        reason.trim().to_owned().into(),
        unit.id.clone().into(),
    ];
    desk.change().run(sql, values).await?;
    if review.state == State::Signed {
        set_state(&desk, &unit.id, State::Signed).await?;
    }
    let facts = serde_json::json!({ "reason": reason.trim() });
    desk.record(entry("urgency", &unit, BASIS, facts)).await?;
    Ok(desk.seal().await?)
}

/// 应急签发并发布: the signer signs what the secrecy reviewer has passed and releases it, in one act.
///
/// # Errors
/// The urgent path is not open, 保密审查 is not passed, the content is another, the person may not sign it,
/// or the database refuses. Then it is neither signed nor public.
pub async fn sign_and_publish(
    mut desk: Desk,
    publishers: &Publishers,
    unit: &str,
    by: &Signatory,
) -> Result<Vec<Appeared>, ActError> {
    let taking = Taking { step: Step::Signature, partner: "", verdict: &Verdict::Pass };
    let unit = step::within(&mut desk, publishers, unit, &taking, by).await?;
    if unit.urgency.is_none() {
        return Err(crate::Refused::NotUrgent.into());
    }
    let appeared = publication::publish(&mut desk, publishers, &unit, by).await?;
    desk.seal().await?;
    Ok(appeared)
}
