//! 撤销上一步: the last change to a draft is taken back by whoever made it (docs/readings/033).

use ledger::Desk;

use super::worksheet::Worksheet;
use super::{ActError, catalogue_called, entry, held_draft, raising};
use crate::store::{AdjustmentEntry, Step};

/// Takes back the last change to the draft, which is `step`: rows, decisions and doubts are what they were
/// before it, and what it decided on changes above is open again.
///
/// # Errors
/// There is no such catalogue or draft, the draft is before the public or under review, `step` is not its
/// last change or somebody else's, or the database refuses.
pub async fn make(mut desk: Desk, catalogue: &str, step: &str) -> Result<Step, ActError> {
    let catalogue = catalogue_called(&desk, catalogue).await?;
    let draft = held_draft(&desk, &catalogue).await?;
    draft.stage.may_be_replaced()?;
    let last = Step::last(desk.change(), &draft.id).await?.ok_or(ActError::NoStep)?;
    if last.id != step || last.made_by != desk.actor().word() {
        return Err(ActError::StepsSince);
    }
    let mut sheet = Worksheet::open(&desk, catalogue).await?;
    sheet.undo(&last.step);
    sheet.write(&desk).await?;
    last.forget(desk.change()).await?;
    if last.act == "adjustment" {
        // The version above may not be the last any more: then nothing would open them again.
        AdjustmentEntry::take_back(desk.change(), &last.version, &last.adjustments).await?;
        raising::anew(&desk, sheet.catalogue()).await?;
    }
    let facts = serde_json::json!({
        "version": sheet.version.id, "undone": last.act, "step": last.id, "items": sheet.len(),
    });
    desk.record(entry("restoration", sheet.catalogue(), facts)).await?;
    desk.seal().await?;
    Ok(last)
}
