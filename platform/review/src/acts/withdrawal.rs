//! 撤回送审: the author takes a unit out of review; it may be changed and submitted anew.

use ledger::Desk;

use super::{ActError, entry, held};
use crate::Signatory;
use crate::steps::REVIEW_FIRST;
use crate::store::close;

/// Takes a unit out of review.
///
/// # Errors
/// It has ended, the person has no part in it, or the database refuses.
pub async fn keep(mut desk: Desk, unit: &str, by: &Signatory) -> Result<(), ActError> {
    let unit = held(&desk, unit).await?;
    let review = unit.review().withdraw(by)?;
    close(&desk, &unit.id, review.state, &by.name, None).await?;
    let facts = serde_json::json!({});
    desk.record(entry("withdrawal", &unit, REVIEW_FIRST.to_string(), facts)).await?;
    Ok(desk.seal().await?)
}
