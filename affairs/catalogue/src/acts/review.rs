//! 审核: the time for opinions is over; what was said is weighed before 发布.

use ledger::Desk;

use super::{ActError, catalogue_called, entry, held_draft};
use crate::store::Version;

/// Takes the draft to review.
///
/// # Errors
/// There is no draft, it was not put to the public or still is, or the database refuses.
pub async fn begin(mut desk: Desk, catalogue: &str) -> Result<Version, ActError> {
    let catalogue = catalogue_called(&desk, catalogue).await?;
    let mut draft = held_draft(&desk, &catalogue).await?;
    draft.stage = draft.stage.review(desk.today())?;
    draft.set_stage(desk.change(), draft.stage).await?;
    let facts = serde_json::json!({ "version": draft.id });
    desk.record(entry("review", &catalogue, facts)).await?;
    desk.seal().await?;
    Ok(draft)
}
