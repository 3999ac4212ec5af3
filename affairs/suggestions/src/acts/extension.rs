//! 延期: once, to the term of what is complex, proposed by who handles the letter and decided by another person.

use ledger::Desk;
use serde_json::json;
use suggestions_rules::{Difficulty, SuggestionEvent, answer_due};

use super::{ActError, By, Told, WHY, keep, reasoned, stepped, taken, unnamed};
use crate::store::Suggestion;

/// Proposes the longer term.
///
/// # Errors
/// The letter is not in hand, was extended, is late or waits for a decision, the reason is missing, or the
/// database refuses.
pub async fn propose(
    mut desk: Desk,
    by: By<'_>,
    id: &str,
    reason: &str,
) -> Result<Suggestion, ActError> {
    let reason = reasoned("yanqiliyou", reason)?;
    let before = taken(&desk, &by.who.organ, id).await?;
    let mut now = stepped(&desk, &before, SuggestionEvent::ExtensionProposal)?;
    now.proposer = by.persons();
    let told = Told { event: SuggestionEvent::ExtensionProposal, words: &reason, facts: json!({}) };
    keep(&mut desk, Some(by), by.sealer, (&before, &now), told).await?;
    desk.seal().await?;
    Ok(now)
}

/// Decides it, as the letter was seen.
///
/// # Errors
/// Nothing waits, the letter has changed since it was seen, who decides has proposed it, the last day is over, the reason is missing, or the database
/// refuses.
pub async fn decide(
    mut desk: Desk,
    by: By<'_>,
    (id, seen): (&str, i64),
    (granted, reason): (bool, &str),
) -> Result<Suggestion, ActError> {
    let reason = reasoned(WHY, reason)?;
    unnamed(WHY, &reason)?;
    let event = match granted {
        true => SuggestionEvent::ExtensionGrant,
        false => SuggestionEvent::ExtensionDenial,
    };
    let before = taken(&desk, &by.who.organ, id).await?;
    let mut now = stepped(&desk, &before, event)?;
    if before.revision() != seen {
        return Err(ActError::overtaken());
    }
    if by.is_among(&before.proposer) {
        return Err(ActError::refused("延期是您本人提请的，要由另一人审批。"));
    }
    if granted {
        let due = answer_due(before.counted_from, Difficulty::Complex, desk.calendar())?;
        now.owe(Difficulty::Complex, due);
        now.due_on = now.due_on.max(before.due_on);
    }
    let facts = json!({ "due": now.due_on.to_string() });
    let told = Told { event, words: &reason, facts };
    keep(&mut desk, Some(by), by.sealer, (&before, &now), told).await?;
    desk.seal().await?;
    Ok(now)
}
