//! 重复件: the same said again points to the first letter, whose answer its writer reads. Where the first ends without
//! an answer, whoever was joined to it is answered by himself after all.

use ledger::Desk;
use secrets::Sealer;
use serde_json::json;
use suggestions_rules::{SuggestionEvent, SuggestionKind, SuggestionState, letter_number};

use super::{ActError, By, Told, keep, stepped, taken, write_down};
use crate::store::Suggestion;

/// Joins it to an earlier letter of the organ, by that one's number.
///
/// # Errors
/// It is a report, there is no such earlier letter of its kind that has an answer or waits for one, an answer is on
/// its way, or the database refuses.
pub async fn join(
    mut desk: Desk,
    by: By<'_>,
    id: &str,
    number: &str,
) -> Result<Suggestion, ActError> {
    let before = taken(&desk, &by.who.organ, id).await?;
    let mut now = stepped(&desk, &before, SuggestionEvent::Joining)?;
    if before.kind == SuggestionKind::Report {
        return Err(ActError::refused("举报各办各的，不并入别的件。"));
    }
    let first = first(&desk, &before, number.trim()).await?;
    now.first = Some(first.id.clone());
    let words = format!("与{}重复，一并答复", first.number);
    let facts = json!({ "first": first.number });
    let told = Told { event: SuggestionEvent::Joining, words: &words, facts };
    keep(&mut desk, Some(by), by.sealer, (&before, &now), told).await?;
    // Whoever was joined to this one reads the answer of that one too.
    Suggestion::point_on(desk.change(), (&before.id, &first.id)).await?;
    desk.seal().await?;
    Ok(now)
}

/// The first letter, held as it is until the act is sealed.
async fn first(desk: &Desk, before: &Suggestion, number: &str) -> Result<Suggestion, ActError> {
    let wrong = |words: &str| ActError::Field("diyijian", words.to_owned());
    if number.is_empty() {
        return Err(wrong("写第一件的编号，例如“咨询〔2026〕1号”。"));
    }
    let number = letter_number(number).unwrap_or_else(|| number.to_owned());
    let found = Suggestion::numbered(desk.change(), &before.organ, &number).await?;
    if let Some(found) = &found {
        Suggestion::hold(desk.change(), &found.id).await?;
    }
    let found = Suggestion::numbered(desk.change(), &before.organ, &number).await?;
    // The same key is time-ordered: an earlier letter has a smaller one.
    let found = found.filter(|first| first.id < before.id && first.first.is_none());
    let first = found.ok_or_else(|| {
        wrong("写本机关收到的、更早的一件的编号，例如“咨询〔2026〕1号”；它自己不能是重复件。")
    })?;
    if first.kind != before.kind {
        return Err(wrong("两件不是同一种，不能并入。"));
    }
    let state = first.course.state;
    if !state.is_open() && !state.is_answered() {
        return Err(wrong("那一件没有答复就办结了，不能并入。"));
    }
    Ok(first)
}

/// Takes up what was joined to a letter that has just ended without an answer, each with its own last day.
pub(super) async fn reopen(
    desk: &mut Desk,
    by: Option<By<'_>>,
    sealer: &Sealer,
    ended: &Suggestion,
) -> Result<(), ActError> {
    let state = ended.course.state;
    if state.is_open() || state.is_answered() || state == SuggestionState::Duplicate {
        return Ok(());
    }
    for before in Suggestion::joined_to(desk.change(), &ended.id).await? {
        let mut now = stepped(desk, &before, SuggestionEvent::Reopening)?;
        now.first = None;
        let words = format!("{}没有答复就办结了，本件单独办理", ended.number);
        let facts = json!({ "first": ended.number, "due": now.due_on.to_string() });
        let told = Told { event: SuggestionEvent::Reopening, words: &words, facts };
        write_down(desk, by, sealer, (&before, &now), told).await?;
    }
    Ok(())
}
