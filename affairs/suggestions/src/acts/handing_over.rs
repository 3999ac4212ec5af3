//! 转信访、告知依申请公开: what is no letter of this kind goes where it belongs, and the writer is told.

use ledger::Desk;
use serde_json::json;
use suggestions_rules::{Elsewhere, SuggestionEvent, petition_notice_due};

use super::{ActError, By, Told, keep, stepped, taken, worded};
use crate::store::Suggestion;

/// Hands it over; the words are what the writer reads.
///
/// # Errors
/// An answer is on its way, the words are missing, or the database refuses.
pub async fn hand_over(
    mut desk: Desk,
    by: By<'_>,
    id: &str,
    (to, words): (Elsewhere, &str),
) -> Result<Suggestion, ActError> {
    let words = worded("gaozhi", "告知留言人的话", words)?;
    let before = taken(&desk, &by.who.organ, id).await?;
    let (event, facts) = match to {
        Elsewhere::Petition => {
            let due = petition_notice_due(before.received_on)?;
            let facts = json!({ "notice_due": due.to_string(), "in_time": desk.today() <= due });
            (SuggestionEvent::PetitionHandover, facts)
        }
        Elsewhere::Disclosure => (SuggestionEvent::DisclosureReferral, json!({})),
    };
    let now = stepped(&desk, &before, event)?;
    let told = Told { event, words: &words, facts };
    keep(&mut desk, Some(by), by.sealer, (&before, &now), told).await?;
    desk.seal().await?;
    Ok(now)
}
