//! 征求意见: a draft is put to the public until a day; meanwhile it does not change.

use catalogue_rules::DraftStage;
use law::Date;
use ledger::Desk;

use super::{ActError, catalogue_called, entry, held_draft};
use crate::store::{KeyedItem, Version};

/// Puts the draft to the public until `until`, the last day on which opinions are taken.
///
/// # Errors
/// There is no draft, it has no rows or is under review, the day is not to come, or the database
/// refuses.
pub async fn open(mut desk: Desk, catalogue: &str, until: Date) -> Result<Version, ActError> {
    let catalogue = catalogue_called(&desk, catalogue).await?;
    let change = desk.change();
    let mut draft = held_draft(&desk, &catalogue).await?;
    draft.stage = draft.stage.consult(desk.today(), until)?;
    if KeyedItem::all(change, &draft.id).await?.is_empty() {
        return Err(ActError::Empty);
    }
    draft.set_stage(change, draft.stage).await?;
    let facts = serde_json::json!({ "version": draft.id, "until": until.to_string() });
    desk.record(entry("consultation", &catalogue, facts)).await?;
    desk.seal().await?;
    Ok(draft)
}

/// 退回起草: the draft is no longer shown and can be changed.
///
/// # Errors
/// There is no draft, or the database refuses.
pub async fn withdraw(mut desk: Desk, catalogue: &str) -> Result<Version, ActError> {
    let catalogue = catalogue_called(&desk, catalogue).await?;
    let mut draft = held_draft(&desk, &catalogue).await?;
    draft.stage = DraftStage::Drafting;
    draft.set_stage(desk.change(), draft.stage).await?;
    let facts = serde_json::json!({ "version": draft.id });
    desk.record(entry("withdrawal", &catalogue, facts)).await?;
    desk.seal().await?;
    Ok(draft)
}
