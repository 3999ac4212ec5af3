//! 重复件: the same said again points to the first letter, whose answer its writer reads.

use ledger::Desk;
use serde_json::json;
use suggestions_rules::SuggestionEvent;

use super::{ActError, By, Told, keep, stepped, taken};
use crate::store::Suggestion;

/// Joins it to an earlier letter of the organ, by that one's number.
///
/// # Errors
/// There is no such earlier letter, or an answer is on its way, or the database refuses.
pub async fn join(
    mut desk: Desk,
    by: By<'_>,
    id: &str,
    number: &str,
) -> Result<Suggestion, ActError> {
    let before = taken(&desk, &by.who.organ, id).await?;
    let mut now = stepped(&desk, &before, SuggestionEvent::Joining)?;
    let found = Suggestion::numbered(desk.change(), &by.who.organ, number.trim()).await?;
    // The same key is time-ordered: an earlier letter has a smaller one.
    let found = found.filter(|first| first.id < before.id && first.first.is_none());
    let first = found.ok_or_else(|| {
        let words = "写本机关收到的、更早的一件的编号，例如“咨询〔2026〕1号”；它自己不能是重复件。";
        ActError::Field("diyijian", words.into())
    })?;
    now.first = Some(first.id);
    let words = format!("与{}重复，一并答复", first.number);
    let facts = json!({ "first": first.number });
    let told = Told { event: SuggestionEvent::Joining, words: &words, facts };
    keep(&mut desk, Some(by), by.sealer, (&before, &now), told).await?;
    desk.seal().await?;
    Ok(now)
}
