//! 保存草稿: what a clerk has typed of an answer is kept for him, sealed, until he hands it in. His colleagues at the
//! letter see it too; its writer never does (docs/readings/309).

use ledger::Desk;
use serde_json::json;
use store::moment;
use suggestions_rules::SuggestionEvent;

use super::{ActError, By, LONGEST, entry, stepped, taken};
use crate::store::{Answer, AnswerDraft, NewDraft, Suggestion};

/// Keeps what was typed; `false` where nothing of it is new. Nothing typed takes the draft away.
///
/// # Errors
/// The letter is not in hand, it is too long, or the database refuses.
pub async fn save(mut desk: Desk, by: By<'_>, id: &str, words: &str) -> Result<bool, ActError> {
    let words = words.replace("\r\n", "\n").trim().to_owned();
    if words.chars().count() > LONGEST {
        let words = format!("答复的内容不超过 {LONGEST} 字，草稿没有保存，请写短一些。");
        return Err(ActError::Field("dafu", words));
    }
    let letter = taken(&desk, &by.who.organ, id).await?;
    stepped(&desk, &letter, SuggestionEvent::AnswerDraft)?;
    if !is_new(&desk, by, &letter, &words).await? {
        return Ok(false);
    }
    let own = (id, by.who.person.as_str());
    match words.as_str() {
        "" => {
            AnswerDraft::drop_own(desk.change(), own).await?;
        }
        words => {
            let at = moment(desk.now());
            let (person, name) = (own.1, by.who.name.as_str());
            let new = NewDraft { suggestion: id, person, name, at: &at, words };
            new.keep(desk.change(), by.sealer).await?;
        }
    }
    let basis = SuggestionEvent::AnswerDraft.basis().to_string();
    let facts = json!({ "number": letter.number });
    desk.record(entry("answer_saving", &letter, basis, facts)).await?;
    desk.seal().await?;
    Ok(true)
}

/// Whether it says otherwise than his draft, or, where he has none, than what his page began with.
async fn is_new(
    desk: &Desk,
    by: By<'_>,
    letter: &Suggestion,
    words: &str,
) -> Result<bool, ActError> {
    let drafts = AnswerDraft::of(desk.change(), &letter.id).await?;
    if let Some(own) = drafts.iter().find(|draft| draft.person == by.who.person) {
        return Ok(own.words(by.sealer)? != words);
    }
    let answers = Answer::of(desk.change(), &letter.id).await?;
    let begun = match answers.first().filter(|answer| answer.round == letter.round()) {
        Some(newest) => newest.words(by.sealer)?,
        None => String::new(),
    };
    Ok(!words.is_empty() && words != begun)
}
