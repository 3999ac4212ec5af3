//! 自助终端: the number of the staff corner, machines that are connected by it, and wrong numbers.

use channels_rules::{PIN_PAUSE, PIN_TRIES, next_name, sound_pin};
use identity::secret::{password_digest, password_fits, quick_digest, random_hex};
use ledger::{Actor, Desk, Ledger};
use serde_json::json;
use store::moment;

use super::{ActError, entry, optional, zone_of};
use crate::store::{DeviceLine, Zone};

const PAUSED: &str = "口令错得太多，先停 15 分钟。请稍后再试，或者请专区负责人在工作台另设一个。";

const WRONG: &str = "口令不对。请核对；忘了的，请专区负责人在工作台另设一个。";

/// Sets the number of a zone's staff corner.
///
/// # Errors
/// There is no zone, the number will not do, or the database refuses.
pub async fn set_pin(mut desk: Desk, organ: &str, id: &str, pin: &str) -> Result<(), ActError> {
    zone_of(&desk, organ, id).await?;
    sound_pin(pin.trim())?;
    let digest = password_digest(pin.trim()).await?;
    Zone::set_pin(desk.change(), id, &digest).await?;
    desk.record(entry("zone_pin", (organ, id), json!({}))).await?;
    Ok(desk.seal().await?)
}

/// Whether a number opens a zone's staff corner; a wrong one is counted and written down.
///
/// # Errors
/// It does not, there were too many, or the database refuses.
pub async fn opens(ledger: &Ledger, id: &str, pin: &str) -> Result<Zone, ActError> {
    let zone = Zone::find(ledger.store(), id).await?;
    let zone = zone.filter(|zone| zone.closed_on.is_none()).ok_or(ActError::NO_ZONE)?;
    if zone.pin.is_empty() {
        let words = "这个专区还没有设口令。请专区负责人在工作台的“公开专区”里设。";
        return Err(ActError::Field("kouling", words.into()));
    }
    // The try is taken before it is looked at, and the row is held until it is written down: whoever sends
    // many numbers at once has no more of them than whoever sends one after another.
    let mut desk = ledger.desk(Actor::Visitor).await?;
    let (now, forgotten) = (moment(desk.now()), moment(desk.now() - PIN_PAUSE));
    let Some(tries) = Zone::try_pin(desk.change(), id, (&now, &forgotten), PIN_TRIES).await? else {
        return Err(ActError::Field("kouling", PAUSED.into()));
    };
    if password_fits(pin.trim(), Some(&zone.pin)).await? {
        // Nothing was wrong: the desk is left as it was found.
        return Ok(zone);
    }
    desk.record(entry("zone_wrong_pin", (&zone.organ, id), json!({ "tries": tries }))).await?;
    desk.seal().await?;
    Err(ActError::Field("kouling", WRONG.into()))
}

/// Connects a machine to a zone whose corner was opened; answers what its browser is to carry. Without a name it
/// takes the next number of the zone.
///
/// # Errors
/// Its name is too long, there are no random bytes, or the database refuses.
pub async fn connect(ledger: &Ledger, zone: &Zone, name: &str) -> Result<String, ActError> {
    let mut name = optional("mingcheng", name)?;
    let token = random_hex(16)?;
    let mut desk = ledger.desk(Actor::Visitor).await?;
    if name.is_empty() {
        let others = DeviceLine::of_zone(desk.change(), &zone.id).await?;
        let taken: Vec<&str> = others.iter().map(|line| line.name.as_str()).collect();
        name = next_name(&taken);
    }
    let at = moment(desk.now());
    let mark = quick_digest(&token);
    let id = DeviceLine::add(desk.change(), (&zone.id, &name), (&mark, &at)).await?;
    let facts = json!({ "device": id, "name": name });
    desk.record(entry("zone_device", (&zone.organ, &zone.id), facts)).await?;
    desk.seal().await?;
    Ok(token)
}

/// A machine is connected no more.
///
/// # Errors
/// There is no such machine, or the database refuses.
pub async fn disconnect(
    mut desk: Desk,
    organ: &str,
    (id, device): (&str, &str),
) -> Result<(), ActError> {
    zone_of(&desk, organ, id).await?;
    let at = moment(desk.now());
    if !DeviceLine::remove(desk.change(), (id, device), &at).await? {
        return Err(ActError::GONE);
    }
    desk.record(entry("zone_device_gone", (organ, id), json!({ "device": device }))).await?;
    Ok(desk.seal().await?)
}

/// The machine whose browser carries a token.
///
/// # Errors
/// The database refuses.
pub async fn known(ledger: &Ledger, token: &str) -> Result<Option<DeviceLine>, ActError> {
    Ok(DeviceLine::marked(ledger.store(), &quick_digest(token)).await?)
}
