//! 告知依申请公开: who wants government information is told where to apply for it. Petitions are closed by two persons
//! (`closing`).

use ledger::Desk;
use serde_json::json;
use store::moment;
use suggestions_rules::SuggestionEvent;

use super::{ActError, By, Told, WHY, keep, reasoned, stepped, taken, unnamed, worded};
use crate::store::{NewEvent, Suggestion, add_event};

/// Tells the writer; the words are what he reads. Why it is thought to be such a request is for the office.
///
/// # Errors
/// An answer is on its way, the words are missing or name somebody, the reason is missing, or the database refuses.
pub async fn refer(
    mut desk: Desk,
    by: By<'_>,
    id: &str,
    (words, reason): (&str, &str),
) -> Result<Suggestion, ActError> {
    let reason = reasoned(WHY, reason)?;
    let words = worded("gaozhi", "告知留言人的话", words)?;
    unnamed("gaozhi", &words)?;
    let before = taken(&desk, &by.who.organ, id).await?;
    let now = stepped(&desk, &before, SuggestionEvent::DisclosureReferral)?;
    let at = moment(desk.now());
    let why = NewEvent {
        suggestion: id,
        act: "referral_reason",
        at: &at,
        person: &by.who.person,
        name: &by.who.name,
        organ: &by.who.organ,
        words: &reason,
    };
    add_event(desk.change(), by.sealer, why).await?;
    let event = SuggestionEvent::DisclosureReferral;
    let told = Told { event, words: &words, facts: json!({}) };
    keep(&mut desk, Some(by), by.sealer, (&before, &now), told).await?;
    desk.seal().await?;
    Ok(now)
}
