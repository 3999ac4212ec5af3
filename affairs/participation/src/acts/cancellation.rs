//! 取消听证: a hearing that was announced is not held; why stands where it was announced.

use ledger::Desk;
use participation_rules::HearingStep;
use serde_json::json;

use super::hearing::BASIS;
use super::{ActError, at, hearing_entry, public_reason, taken_hearing};
use crate::inscription::hearing as inscribed;
use crate::store::Hearing;

/// Cancels it.
///
/// # Errors
/// It is not public or over, no reason is given or it names somebody, or the database refuses.
pub async fn cancel(
    mut desk: Desk,
    (organ, id): (&str, &str),
    reason: &str,
) -> Result<(), ActError> {
    let reason = public_reason(reason)?;
    let (found, stage) = taken_hearing(&desk, organ, id, HearingStep::Cancel).await?;
    let off = (stage, desk.today(), reason.as_str());
    if !Hearing::cancel(desk.change(), (id, &at(&desk)), off).await? {
        return Err(ActError::overtaken());
    }
    let subject = inscribed::subject(id, inscribed::CANCELLED);
    let mut told =
        hearing_entry("hearing_cancellation", &found, BASIS, json!({ "reason": reason }));
    told.subject.clone_from(&subject);
    desk.record(told).await?;
    let now = Hearing::find(desk.change(), id).await?.unwrap_or(found);
    desk.publish_leaf(inscribed::cancelled_leaf(&now))?;
    Ok(desk.seal().await?)
}
