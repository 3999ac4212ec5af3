//! 取消活动: what was announced is not held; why stands where it was announced, and whoever enrolled is told.

use ledger::Desk;
use participation_rules::GatheringStep;
use serde_json::json;

use super::super::{ActError, at, public_reason};
use super::{basis, gathering_entry, taken};
use crate::inscription::gathering as inscribed;
use crate::store::{Gathering, Place};

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
    let (found, _) = taken(&desk, organ, id, GatheringStep::Cancel).await?;
    let off = (desk.today(), reason.as_str());
    if !Gathering::cancel(desk.change(), (id, &at(&desk)), off).await? {
        return Err(ActError::overtaken());
    }
    let many = Place::tell_all(desk.change(), id).await?;
    let subject = inscribed::subject(id, inscribed::CANCELLED);
    let facts = json!({ "reason": reason, "to_tell": many });
    let mut told = gathering_entry("gathering_cancellation", &found, basis(&found), facts);
    told.subject.clone_from(&subject);
    desk.record(told).await?;
    let now = Gathering::find(desk.change(), id).await?.unwrap_or(found);
    desk.publish_leaf(inscribed::cancelled_leaf(&now))?;
    Ok(desk.seal().await?)
}
