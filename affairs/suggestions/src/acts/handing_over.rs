//! 告知依申请公开: who wants government information is told where to apply for it. Petitions are closed by two persons
//! (`closing`).

use ledger::Desk;
use serde_json::json;
use suggestions_rules::SuggestionEvent;

use super::{ActError, By, Told, keep, stepped, taken, unnamed, worded};
use crate::store::Suggestion;

/// Tells the writer; the words are what he reads.
///
/// # Errors
/// An answer is on its way, the words are missing or name somebody, or the database refuses.
pub async fn refer(
    mut desk: Desk,
    by: By<'_>,
    id: &str,
    words: &str,
) -> Result<Suggestion, ActError> {
    let words = worded("gaozhi", "告知留言人的话", words)?;
    unnamed("gaozhi", &words)?;
    let before = taken(&desk, &by.who.organ, id).await?;
    let now = stepped(&desk, &before, SuggestionEvent::DisclosureReferral)?;
    let event = SuggestionEvent::DisclosureReferral;
    let told = Told { event, words: &words, facts: json!({}) };
    keep(&mut desk, Some(by), by.sealer, (&before, &now), told).await?;
    desk.seal().await?;
    Ok(now)
}
