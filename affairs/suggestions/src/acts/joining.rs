//! 重复件: the same said again points to the first letter, whose answer its writer reads; two persons join it
//! (`closing`). Where the first ends without an answer, whoever was joined to it is answered by himself after all.

use ledger::Desk;
use secrets::Sealer;
use serde_json::json;
use suggestions_rules::{SuggestionEvent, SuggestionKind, SuggestionState, letter_number};

use super::{ActError, By, Told, stepped, write_down};
use crate::store::Suggestion;

/// The same when it is decided: whatever is no longer so is told to who decides.
///
/// # Errors
/// It can no longer be joined to that one, or the database refuses.
pub(super) async fn still_first(
    desk: &Desk,
    before: &Suggestion,
    number: &str,
) -> Result<Suggestion, ActError> {
    first(desk, before, number).await.map_err(|error| match error {
        ActError::Field(..) => ActError::Refused(format!(
            "{number}没有答复就办结了、转给了别的机关，或者自己并入了别的件，不能再并入。请选“不同意，继续办理”。"
        )),
        other => other,
    })
}

/// The first letter of which one is a duplicate, by its number; held as it is until the act is sealed.
///
/// # Errors
/// It is a report, there is no such earlier letter of its kind that has an answer or waits for one, or the database
/// refuses.
pub(super) async fn first(
    desk: &Desk,
    before: &Suggestion,
    number: &str,
) -> Result<Suggestion, ActError> {
    if before.kind == SuggestionKind::Report {
        return Err(ActError::refused("举报各办各的，不并入别的件。"));
    }
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
