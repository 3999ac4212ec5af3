//! What the writer does, by the query code: rates the answer, asks once more, takes the letter back, changes his
//! mind about publication.

use law::article;
use ledger::Desk;
use secrets::Sealer;
use serde_json::json;
use store::moment;
use suggestions_rules::{Difficulty, Satisfaction, SuggestionEvent, answer_due};

use super::piece_withdrawal::{end_review, take_down};
use super::{ActError, Told, entry, keep, stepped, worded};
use crate::store::{NewEvent, Piece, PieceState, Suggestion, TakenDown, add_event};

/// Rates the last answer.
///
/// # Errors
/// There is no answer, or it was rated; or the database refuses.
pub async fn rate(
    mut desk: Desk,
    sealer: &Sealer,
    before: &Suggestion,
    rating: Satisfaction,
) -> Result<Suggestion, ActError> {
    let mut now = stepped(&desk, before, SuggestionEvent::Rating)?;
    (now.rating, now.rated_round) = (Some(rating), before.round());
    let facts = json!({ "rating": rating.word() });
    let told = Told { event: SuggestionEvent::Rating, words: rating.name(), facts };
    keep(&mut desk, None, sealer, (before, &now), told).await?;
    desk.seal().await?;
    Ok(now)
}

/// Asks once more; the term begins anew.
///
/// # Errors
/// There is no answer, it was asked again before, the words are missing, or the database refuses.
pub async fn ask_again(
    mut desk: Desk,
    sealer: &Sealer,
    before: &Suggestion,
    words: &str,
) -> Result<Suggestion, ActError> {
    let words = worded("zaiwen", "还有什么没有答清楚", words)?;
    if before.is_erased() {
        return Err(ActError::refused("留言内容已经到期删除。有新的问题请另写一件。"));
    }
    let mut now = stepped(&desk, before, SuggestionEvent::AskingAgain)?;
    let today = desk.today();
    now.counted_from = today;
    now.owe(Difficulty::Usual, answer_due(today, Difficulty::Usual, desk.calendar())?);
    let facts = json!({ "due": now.due_on.to_string() });
    let told = Told { event: SuggestionEvent::AskingAgain, words: &words, facts };
    keep(&mut desk, None, sealer, (before, &now), told).await?;
    // What is public stays, and says that it is answered again; what was on its way there no longer fits.
    let living = Piece::living(desk.change(), &before.id).await?;
    for piece in living.iter().filter(|one| one.state == PieceState::Submitted) {
        end_review(&mut desk, piece, "留言人要求再次答复").await?;
    }
    desk.seal().await?;
    Ok(now)
}

/// Takes the letter back.
///
/// # Errors
/// It has an answer or ended otherwise, or the database refuses.
pub async fn withdraw(
    mut desk: Desk,
    sealer: &Sealer,
    before: &Suggestion,
) -> Result<Suggestion, ActError> {
    let now = stepped(&desk, before, SuggestionEvent::Withdrawal)?;
    let told = Told { event: SuggestionEvent::Withdrawal, words: "", facts: json!({}) };
    keep(&mut desk, None, sealer, (before, &now), told).await?;
    desk.seal().await?;
    Ok(now)
}

/// Agrees to publication, or no longer does: what was published is then taken down in the same act.
///
/// # Errors
/// It is of a kind that is never published, or the database refuses.
pub async fn consent(
    mut desk: Desk,
    sealer: &Sealer,
    before: &Suggestion,
    agrees: bool,
) -> Result<Suggestion, ActError> {
    if !before.kind.may_be_published() {
        return Err(ActError::refused("举报不公开，不用选。"));
    }
    let mut now = before.clone();
    now.consent = agrees;
    if !before.change(desk.change(), &now).await? {
        return Err(ActError::overtaken());
    }
    let at = moment(desk.now());
    let words = if agrees { "同意公开" } else { "不同意公开" };
    let event = NewEvent {
        suggestion: &before.id,
        act: "consent",
        at: &at,
        person: "",
        name: "",
        organ: "",
        words,
    };
    add_event(desk.change(), sealer, event).await?;
    let basis = article("个人信息保护法", 15).to_string();
    let facts = json!({ "number": before.number, "agrees": agrees });
    desk.record(entry("consent", before, basis, facts)).await?;
    let living = if agrees { vec![] } else { Piece::living(desk.change(), &before.id).await? };
    for piece in &living {
        match piece.state {
            PieceState::Published => take_down(&mut desk, piece, (TakenDown::Consent, "")).await?,
            _ => end_review(&mut desk, piece, "留言人不再同意公开").await?,
        }
    }
    desk.seal().await?;
    Ok(now)
}
