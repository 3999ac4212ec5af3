//! 资料: what lies ready in a zone, what came and went.

use channels_rules::{Movement, Stock};
use ledger::Desk;
use serde_json::json;
use store::moment;

use super::{ActError, entry, line, optional, zone_of};
use crate::store::{MaterialLine, MovementLine, NewMaterial};

/// What lies there anew.
#[derive(Debug, Clone, Copy)]
pub struct Lying<'a> {
    /// What it is called.
    pub title: &'a str,
    /// 份, 本.
    pub unit: &'a str,
    /// How much lies ready.
    pub left: Option<u32>,
    /// From how much on it is little.
    pub low: Option<u32>,
}

/// Puts a material into a zone.
///
/// # Errors
/// There is no zone, a field is not as it must be, or the database refuses.
pub async fn add(mut desk: Desk, organ: &str, id: &str, new: Lying<'_>) -> Result<(), ActError> {
    zone_of(&desk, organ, id).await?;
    let title = line("mingcheng", "名称", new.title)?;
    let unit = line("danwei", "单位", new.unit)?;
    let number = |field, number: Option<u32>| {
        number.ok_or_else(|| ActError::Field(field, "要写整数，没有的写 0。".into()))
    };
    let stock = Stock { left: 0, low: number("dixian", new.low)? };
    let counted = Movement::Counted(number("shuliang", new.left)?);
    let after = stock.after(counted)?;
    let material = NewMaterial { title: &title, unit: &unit, stock: after };
    let key = MaterialLine::add(desk.change(), id, &material).await?;
    let at = moment(desk.now());
    MovementLine::keep(desk.change(), &key, (counted, after), (&at, "登记")).await?;
    let facts = json!({ "material": key, "title": title, "stock": after.left });
    desk.record(entry("zone_material", (organ, id), facts)).await?;
    Ok(desk.seal().await?)
}

/// Registers what came or went.
///
/// # Errors
/// There is no such material, more goes out than there is, or the database refuses.
pub async fn moved(
    mut desk: Desk,
    organ: &str,
    (id, material): (&str, &str),
    (movement, note): (Movement, &str),
) -> Result<Stock, ActError> {
    zone_of(&desk, organ, id).await?;
    let note = optional("shuoming", note)?;
    let found = MaterialLine::find(desk.change(), (id, material)).await?;
    let found = found.ok_or(ActError::GONE)?;
    let after = found.stock.after(movement)?;
    let at = moment(desk.now());
    MovementLine::keep(desk.change(), material, (movement, after), (&at, &note)).await?;
    let facts = json!({
        "material": material, "kind": movement.word(), "number": movement.number(), "stock": after.left,
    });
    desk.record(entry("zone_movement", (organ, id), facts)).await?;
    desk.seal().await?;
    Ok(after)
}

/// A material is kept no more.
///
/// # Errors
/// There is no such material, or the database refuses.
pub async fn remove(mut desk: Desk, organ: &str, (id, line): (&str, &str)) -> Result<(), ActError> {
    zone_of(&desk, organ, id).await?;
    if !MaterialLine::remove(desk.change(), (id, line), desk.today()).await? {
        return Err(ActError::GONE);
    }
    desk.record(entry("zone_material_gone", (organ, id), json!({ "material": line }))).await?;
    Ok(desk.seal().await?)
}
