//! 叫工作人员: somebody at a machine wants help, and somebody comes.

use ledger::{Actor, Desk, Ledger};
use serde_json::json;
use store::moment;

use super::{ActError, entry, zone_of};
use crate::store::{CallLine, DeviceLine, Zone};

/// Calls staff from a machine. Called again while nobody has come, it is the same call.
///
/// # Errors
/// There is no such zone, or the database refuses.
pub async fn call(ledger: &Ledger, device: &DeviceLine) -> Result<(), ActError> {
    let mut desk = ledger.desk(Actor::Visitor).await?;
    if CallLine::is_open(desk.change(), &device.zone, &device.id).await? {
        return Ok(());
    }
    let zone = Zone::find(desk.change(), &device.zone).await?.ok_or(ActError::NO_ZONE)?;
    let at = moment(desk.now());
    CallLine::add(desk.change(), (&device.zone, &device.id), &at).await?;
    let facts = json!({ "device": device.id });
    desk.record(entry("zone_call", (&zone.organ, &zone.id), facts)).await?;
    Ok(desk.seal().await?)
}

/// Somebody comes.
///
/// # Errors
/// There is no zone, nobody called, or the database refuses.
pub async fn answer(mut desk: Desk, organ: &str, id: &str) -> Result<(), ActError> {
    zone_of(&desk, organ, id).await?;
    let at = moment(desk.now());
    let answered = CallLine::answer(desk.change(), id, &at).await?;
    if answered == 0 {
        return Err(ActError::GONE);
    }
    desk.record(entry("zone_call_answer", (organ, id), json!({ "calls": answered }))).await?;
    Ok(desk.seal().await?)
}
