//! 应急: a signer decides that a unit cannot wait for its 初审, and says why. 保密审查 and 签发 still come
//! first; the 初审 follows within the time of [`LATE_REVIEW`](crate::LATE_REVIEW).

use ledger::Desk;
use store::moment;

use super::{ActError, entry, held};
use crate::Signatory;
use crate::steps::State;
use crate::store::set_state;

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
