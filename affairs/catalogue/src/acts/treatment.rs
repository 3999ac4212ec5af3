//! 承接决定: what a draft makes of one row of the catalogue above.

use catalogue_rules::{Column, Treatment};
use ledger::Desk;

use super::worksheet::Worksheet;
use super::{ActError, catalogue_called, entry};

/// Decides on a row of the catalogue above. 照用 takes its words as they stood when it was last decided
/// on, with our own bodies; 不适用 takes it out and needs a reason; 细化 gives a reason to what the row
/// already says otherwise; 新增 gives one to a row of our own.
///
/// # Errors
/// There is no such catalogue or row, a reason is missing, the row is not of that kind, the draft is
/// before the public, or the database refuses.
pub async fn set(
    mut desk: Desk,
    catalogue: &str,
    key: &str,
    treatment: Treatment,
) -> Result<Treatment, ActError> {
    let catalogue = catalogue_called(&desk, catalogue).await?;
    let mut sheet = Worksheet::open(&desk, catalogue).await?;
    let made = match treatment {
        Treatment::NotApplicable { reason } => not_applicable(&mut sheet, key, &reason)?,
        Treatment::AsIs => as_is(&mut sheet, key)?,
        Treatment::Refined { reason, .. } => refined(&sheet, key, reason)?,
        Treatment::Added { reason } => added(&sheet, key, reason)?,
    };
    sheet.decide(key, Some(made.clone()), None);
    sheet.keep(&desk, "treatment").await?;
    let facts = serde_json::json!({
        "version": sheet.version.id, "item": key, "decision": made,
    });
    desk.record(entry("treatment", sheet.catalogue(), facts)).await?;
    desk.seal().await?;
    Ok(made)
}

fn no_row(key: &str) -> ActError {
    ActError::NoRow(key.to_owned())
}

fn not_applicable(sheet: &mut Worksheet, key: &str, why: &str) -> Result<Treatment, ActError> {
    sheet.base(key).ok_or_else(|| no_row(key))?;
    let reason = why.trim();
    if reason.is_empty() {
        return Err(ActError::NoReason);
    }
    sheet.remove(key);
    Ok(Treatment::NotApplicable { reason: reason.to_owned() })
}

fn as_is(sheet: &mut Worksheet, key: &str) -> Result<Treatment, ActError> {
    let above = sheet.base(key).cloned().ok_or_else(|| no_row(key))?;
    let item = match sheet.row(key) {
        Some(ours) => {
            let mut item = above;
            Column::Subjects.carry(ours, &mut item);
            item
        }
        None => sheet.with_local_bodies(above),
    };
    sheet.put(key, item);
    Ok(Treatment::AsIs)
}

fn refined(sheet: &Worksheet, key: &str, why: Option<String>) -> Result<Treatment, ActError> {
    let (Some(above), Some(ours)) = (sheet.base(key), sheet.row(key)) else {
        return Err(no_row(key));
    };
    match Treatment::between(above, ours) {
        Treatment::AsIs => Err(ActError::NothingRefined),
        made => Ok(made.with_reason(why)),
    }
}

fn added(sheet: &Worksheet, key: &str, why: Option<String>) -> Result<Treatment, ActError> {
    if sheet.base(key).is_some() || sheet.row(key).is_none() {
        return Err(ActError::StandsAbove);
    }
    Ok(Treatment::Added { reason: None }.with_reason(why))
}
