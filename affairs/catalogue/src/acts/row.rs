//! 改一项: one row of a draft is written, or ended.

use catalogue_rules::{Item, Treatment, Unsettled};
use ledger::Desk;
use sha2::{Digest, Sha256};

use super::wish::{self, Settlement, WishError};
use super::worksheet::Worksheet;
use super::{ActError, catalogue_called, entry};
use crate::store::{KeyedItem, bare_key};

/// A row as somebody writes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Writing<'a> {
    /// The row.
    pub item: Item,
    /// Why it is 细化 or 新增, for everybody; blank: nothing is said. `None` leaves what was said.
    pub reason: Option<&'a str>,
    /// What [`print_of`] gave for the row when it was opened; `None` writes over whatever is there.
    pub seen: Option<&'a str>,
}

/// A fingerprint of a row with its reason: another after any change.
pub fn print_of(item: &Item, reason: Option<&str>) -> String {
    let told = serde_json::json!([item, reason.unwrap_or_default()]).to_string();
    ledger::hex(&Sha256::digest(told))
}

/// Writes a row of the draft as [`write()`] does, whatever stands there, and leaves its reason.
///
/// # Errors
/// As [`write()`].
pub async fn put(
    desk: Desk,
    catalogue: &str,
    key: Option<&str>,
    item: Item,
) -> Result<KeyedItem, ActError> {
    write(desk, catalogue, key, Writing { item, reason: None, seen: None }).await
}

/// Writes a row of the draft, which is begun if there is none. Without a key the row is new. A row of
/// our own that gets another name gets another key with it (docs/readings/008); one taken from above
/// keeps its name.
///
/// # Errors
/// There is no such catalogue or row, the row has no name, it bears another name than above, it was
/// changed since it was opened, the draft is before the public, or the database refuses.
pub async fn write(
    mut desk: Desk,
    catalogue: &str,
    key: Option<&str>,
    written: Writing<'_>,
) -> Result<KeyedItem, ActError> {
    let kept = set_down(&mut desk, catalogue, key, written).await?;
    desk.seal().await?;
    Ok(kept)
}

/// Writes a new row of the draft as [`write()`] does, and settles the wish from which it was made: both
/// or neither. The wish may have been settled meanwhile; the row stays then.
///
/// # Errors
/// As [`write()`].
pub async fn write_wanted(
    mut desk: Desk,
    catalogue: &str,
    written: Writing<'_>,
    wanted: Settlement,
) -> Result<KeyedItem, ActError> {
    let kept = set_down(&mut desk, catalogue, None, written).await?;
    match wish::close(&mut desk, wanted).await {
        Err(WishError::Desk(error)) => return Err(error.into()),
        Err(WishError::Store(error)) => return Err(error.into()),
        _ => {}
    }
    desk.seal().await?;
    Ok(kept)
}

async fn set_down(
    desk: &mut Desk,
    catalogue: &str,
    key: Option<&str>,
    written: Writing<'_>,
) -> Result<KeyedItem, ActError> {
    let Writing { item, reason, seen } = written;
    if item.level1.is_none() && item.level2.is_none() {
        return Err(ActError::NoName);
    }
    let catalogue = catalogue_called(desk, catalogue).await?;
    let mut sheet = Worksheet::open(desk, catalogue).await?;
    let said = key.and_then(|key| said(&sheet, key));
    if let (Some(key), Some(seen)) = (key, seen) {
        let known = sheet.row(key).ok_or_else(|| ActError::NoRow(key.to_owned()))?;
        if print_of(known, said.as_deref()) != seen {
            return Err(ActError::Overwritten);
        }
    }
    let key = match key {
        None => sheet.key_for(&item),
        Some(key) => kept_key(&mut sheet, key, &item)?,
    };
    let made = sheet.catalogue().template.is_some().then(|| match sheet.base(&key) {
        Some(above) => Treatment::between(above, &item),
        None => Treatment::Added { reason: None },
    });
    let made = made.map(|made| made.with_reason(reason.map(str::to_owned).or(said)));
    sheet.put(&key, item);
    sheet.decide(&key, made, None);
    sheet.keep(desk, "row").await?;
    let facts = serde_json::json!({ "version": sheet.version.id, "item": key });
    desk.record(entry("row", sheet.catalogue(), facts)).await?;
    let written = sheet.row(&key).cloned().unwrap_or_default();
    Ok(KeyedItem { key, item: written })
}

/// The reason given so far for what was decided on a row.
fn said(sheet: &Worksheet, key: &str) -> Option<String> {
    sheet.treatment(key).and_then(Treatment::reason).map(str::to_owned)
}

/// The key under which a row goes on.
fn kept_key(sheet: &mut Worksheet, key: &str, item: &Item) -> Result<String, ActError> {
    let known = sheet.row(key).ok_or_else(|| ActError::NoRow(key.to_owned()))?;
    if bare_key(known) == bare_key(item) {
        return Ok(key.to_owned());
    }
    if sheet.base(key).is_some() {
        return Err(Unsettled::Renamed.into());
    }
    sheet.remove(key);
    sheet.decide(key, None, None);
    Ok(sheet.key_for(item))
}

/// Ends a row with the next release. A row that stands above as well is thereby 不适用, with the reason;
/// a row of our own needs none.
///
/// # Errors
/// There is no such catalogue or row, the reason is missing, the draft is before the public, or the
/// database refuses.
pub async fn end(
    mut desk: Desk,
    catalogue: &str,
    key: &str,
    reason: Option<&str>,
) -> Result<(), ActError> {
    let catalogue = catalogue_called(&desk, catalogue).await?;
    let mut sheet = Worksheet::open(&desk, catalogue).await?;
    sheet.row(key).ok_or_else(|| ActError::NoRow(key.to_owned()))?;
    let reason = reason.map(str::trim).filter(|reason| !reason.is_empty());
    let made = match (sheet.base(key), reason) {
        (None, _) => None,
        (Some(_), None) => return Err(ActError::NoReason),
        (Some(_), Some(reason)) => Some(Treatment::NotApplicable { reason: reason.to_owned() }),
    };
    sheet.remove(key);
    sheet.decide(key, made, None);
    sheet.keep(&desk, "ending").await?;
    let facts = serde_json::json!({ "version": sheet.version.id, "item": key, "reason": reason });
    desk.record(entry("ending", sheet.catalogue(), facts)).await?;
    Ok(desk.seal().await?)
}
