//! 设施设备: what stands in a zone, and whether it works.

use channels_rules::Equipment;
use ledger::Desk;
use serde_json::json;

use super::{ActError, entry, line, optional, zone_of};
use crate::store::{EquipmentLine, NewEquipment};

/// The most of one thing: a decision of ours.
const MOST: u32 = 1000;

/// What stands there anew.
#[derive(Debug, Clone, Copy)]
pub struct Standing<'a> {
    /// What kind it is.
    pub kind: Option<Equipment>,
    /// What it is called.
    pub name: &'a str,
    /// How many.
    pub number: Option<u32>,
}

/// Puts something into a zone.
///
/// # Errors
/// There is no zone, a field is not as it must be, or the database refuses.
pub async fn add(mut desk: Desk, organ: &str, id: &str, new: Standing<'_>) -> Result<(), ActError> {
    zone_of(&desk, organ, id).await?;
    let kind =
        new.kind.ok_or_else(|| ActError::Field("leibie", "没有选类别。请选一项。".into()))?;
    let name = line("mingcheng", "名称", new.name)?;
    let number = new.number.filter(|number| (1..=MOST).contains(number));
    let words = "数量要写 1 到 1000 的整数。";
    let number = number.ok_or_else(|| ActError::Field("shuliang", words.into()))?;
    let line = NewEquipment { kind, name: &name, number, works: true, note: "" };
    EquipmentLine::add(desk.change(), id, &line).await?;
    let facts = json!({ "kind": kind.word(), "name": name, "number": number });
    desk.record(entry("zone_equipment", (organ, id), facts)).await?;
    Ok(desk.seal().await?)
}

/// Says whether something works.
///
/// # Errors
/// There is no such thing, or the database refuses.
pub async fn set(
    mut desk: Desk,
    organ: &str,
    (id, line): (&str, &str),
    (works, note): (bool, &str),
) -> Result<(), ActError> {
    zone_of(&desk, organ, id).await?;
    let note = optional("shuoming", note)?;
    if !EquipmentLine::set(desk.change(), (id, line), (works, &note)).await? {
        return Err(ActError::GONE);
    }
    let facts = json!({ "equipment": line, "works": works, "note": note });
    desk.record(entry("zone_equipment_state", (organ, id), facts)).await?;
    Ok(desk.seal().await?)
}

/// Takes something out of a zone.
///
/// # Errors
/// There is no such thing, or the database refuses.
pub async fn remove(mut desk: Desk, organ: &str, (id, line): (&str, &str)) -> Result<(), ActError> {
    zone_of(&desk, organ, id).await?;
    if !EquipmentLine::remove(desk.change(), (id, line), desk.today()).await? {
        return Err(ActError::GONE);
    }
    desk.record(entry("zone_equipment_gone", (organ, id), json!({ "equipment": line }))).await?;
    Ok(desk.seal().await?)
}
