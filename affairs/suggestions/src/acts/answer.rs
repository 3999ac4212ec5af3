//! 答复: written by one, looked at by another, and then sent. The writer of the letter reads it by his query code.

use ledger::Desk;
use serde_json::json;
use store::moment;
use suggestions_rules::SuggestionEvent;

use super::{ActError, By, Told, WHY, keep, reasoned, stepped, taken, worded};
use crate::store::{Answer, AnswerDraft, AnswerState, NewAnswer, Suggestion};

/// Hands a version in for another person to look at.
///
/// # Errors
/// The letter is not in hand, the words are missing, too long, name somebody or are those of the answer that did not
/// content its writer, or the database refuses.
pub async fn draft(
    mut desk: Desk,
    by: By<'_>,
    id: &str,
    words: &str,
) -> Result<Suggestion, ActError> {
    let words = worded("dafu", "答复的内容", words)?;
    if let Some(found) = crate::masking::found_in(&words) {
        let words = format!("里面有{found}。答复里不写个人信息，要核对的请电话联系留言人。");
        return Err(ActError::Field("dafu", words));
    }
    let before = taken(&desk, &by.who.organ, id).await?;
    let now = stepped(&desk, &before, SuggestionEvent::AnswerDraft)?;
    if before.course.again {
        says_more(&desk, by, id, &words).await?;
    }
    let at = moment(desk.now());
    let new = NewAnswer {
        suggestion: id,
        round: before.round(),
        person: &by.who.person,
        persons: &by.persons(),
        name: &by.who.name,
        at: &at,
        words: &words,
    };
    new.add(desk.change(), by.sealer).await?;
    AnswerDraft::drop_own(desk.change(), (id, &by.who.person)).await?;
    let told = Told { event: SuggestionEvent::AnswerDraft, words: "", facts: json!({}) };
    keep(&mut desk, Some(by), by.sealer, (&before, &now), told).await?;
    desk.seal().await?;
    Ok(now)
}

/// Whoever asked again is not sent the same once more.
async fn says_more(desk: &Desk, by: By<'_>, id: &str, words: &str) -> Result<(), ActError> {
    let answers = Answer::of(desk.change(), id).await?;
    let bare = |words: &str| -> String {
        words.chars().filter(|letter| letter.is_alphanumeric()).collect()
    };
    for sent in answers.iter().filter(|one| one.state == AnswerState::Sent) {
        if bare(&sent.words(by.sealer)?) == bare(words) {
            let words = "和上一次的答复一样。留言人说没有答清楚，请针对他追问的再写。";
            return Err(ActError::Field("dafu", words.into()));
        }
    }
    Ok(())
}

/// Looks at the version that was seen: it is approved, or a reason sends it back.
///
/// # Errors
/// None waits or another than was seen, who looks wrote it, the reason is missing, or the database refuses.
pub async fn review(
    mut desk: Desk,
    by: By<'_>,
    (id, seen): (&str, i64),
    (approved, reason): (bool, &str),
) -> Result<Suggestion, ActError> {
    let (event, to) = match approved {
        true => (SuggestionEvent::AnswerApproval, AnswerState::Approved),
        false => (SuggestionEvent::AnswerReturn, AnswerState::Returned),
    };
    let reason = if approved { String::new() } else { reasoned(WHY, reason)? };
    let before = taken(&desk, &by.who.organ, id).await?;
    let now = stepped(&desk, &before, event)?;
    let answer = waiting(&desk, id).await?;
    if answer.version != seen {
        return Err(ActError::overtaken());
    }
    if by.is_among(&answer.writers) {
        return Err(ActError::refused("答复是您本人起草的，要由另一人审核。"));
    }
    let at = moment(desk.now());
    let who = (by.who.person.as_str(), by.who.name.as_str(), at.as_str());
    if !answer.turn(desk.change(), to, who).await? {
        return Err(ActError::overtaken());
    }
    let told = Told { event, words: &reason, facts: json!({ "version": answer.version }) };
    keep(&mut desk, Some(by), by.sealer, (&before, &now), told).await?;
    desk.seal().await?;
    Ok(now)
}

/// Sends the version that was approved.
///
/// # Errors
/// None was, or the database refuses.
pub async fn send(mut desk: Desk, by: By<'_>, id: &str) -> Result<Suggestion, ActError> {
    let before = taken(&desk, &by.who.organ, id).await?;
    let mut now = stepped(&desk, &before, SuggestionEvent::AnswerDispatch)?;
    let answer = waiting(&desk, id).await?;
    let at = moment(desk.now());
    if !answer.turn(desk.change(), AnswerState::Sent, ("", "", &at)).await? {
        return Err(ActError::overtaken());
    }
    let today = desk.today();
    if before.answered_on.is_none() {
        (now.answered_on, now.answer_due) = (Some(today), Some(before.due_on));
    }
    now.ended_on = Some(today);
    let facts = json!({ "version": answer.version, "in_time": today <= before.due_on });
    let told = Told { event: SuggestionEvent::AnswerDispatch, words: "", facts };
    keep(&mut desk, Some(by), by.sealer, (&before, &now), told).await?;
    desk.seal().await?;
    Ok(now)
}

async fn waiting(desk: &Desk, id: &str) -> Result<Answer, ActError> {
    Answer::waiting(desk.change(), id).await?.ok_or_else(ActError::overtaken)
}
