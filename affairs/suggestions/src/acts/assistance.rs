//! 协办: another organ is asked for what it knows, in words that name nobody, and replies. Who answers the letter
//! stays the same.

use ledger::Desk;
use serde_json::json;
use store::moment;
use suggestions_rules::{ANSWERED_IN_TIME, SuggestionEvent};

use super::transfer::standing;
use super::{ActError, By, Told, entry, keep, stepped, taken, worded};
use crate::store::{Assistance, NewAssistance, NewEvent, Suggestion, add_event};

/// Asks another organ.
///
/// # Errors
/// The letter is not in hand, there is no such other organ, the words are missing or name how somebody is
/// reached, or the database refuses.
pub async fn ask(
    mut desk: Desk,
    by: By<'_>,
    id: &str,
    (organ, words): (&str, &str),
) -> Result<Suggestion, ActError> {
    let words = worded("xieban", "请协办机关说明什么", words)?;
    if let Some(found) = crate::masking::found_in(&words) {
        let words = format!("里面有{found}。请去掉个人信息再发给协办机关。");
        return Err(ActError::Field("xieban", words));
    }
    let before = taken(&desk, &by.who.organ, id).await?;
    if let Some(found) = crate::masking::of_writer(&words, &before.open(by.sealer)?) {
        let words = format!("里面有{found}。请去掉再发给协办机关。");
        return Err(ActError::Field("xieban", words));
    }
    let now = stepped(&desk, &before, SuggestionEvent::Assistance)?;
    let other = standing(&desk, organ).await?.filter(|organ| organ.code != before.organ);
    let other = other.ok_or_else(|| ActError::Field("xiebanjiguan", "选另一个机关。".into()))?;
    let at = moment(desk.now());
    let new = NewAssistance {
        suggestion: id,
        number: &before.number,
        organ: &other.code,
        by_organ: &by.who.organ,
        at: &at,
        due: before.due_on,
        words: &words,
    };
    new.add(desk.change(), by.sealer).await?;
    let said = format!("请{}协办：{words}", other.short_name);
    let told = Told {
        event: SuggestionEvent::Assistance,
        words: &said,
        facts: json!({ "of": other.code }),
    };
    keep(&mut desk, Some(by), by.sealer, (&before, &now), told).await?;
    desk.seal().await?;
    Ok(now)
}

/// Replies to the organ that asked.
///
/// # Errors
/// It is not asked of the organ, was replied to or the letter has ended, the words are missing, or the database refuses.
pub async fn reply(mut desk: Desk, by: By<'_>, id: &str, words: &str) -> Result<(), ActError> {
    let words = worded("huifu", "回复的内容", words)?;
    let asked = Assistance::find(desk.change(), &by.who.organ, id).await?;
    let asked = asked.filter(Assistance::is_open);
    let asked =
        asked.ok_or_else(|| ActError::refused("没有这一件，已经回复过，或者留言已经办结。"))?;
    let at = moment(desk.now());
    if !asked.answer(desk.change(), by.sealer, (&by.who.name, &at, &words)).await? {
        return Err(ActError::overtaken());
    }
    let event = NewEvent {
        suggestion: &asked.suggestion,
        act: "assistance_reply",
        at: &at,
        person: &by.who.person,
        name: &by.who.name,
        organ: &by.who.organ,
        words: &words,
    };
    add_event(desk.change(), by.sealer, event).await?;
    let letter = Suggestion::with_id(desk.change(), &asked.suggestion).await?;
    let letter = letter.ok_or_else(ActError::overtaken)?;
    let facts = json!({ "number": asked.number, "by": by.who.organ });
    let basis = ANSWERED_IN_TIME.to_string();
    desk.record(entry("assistance_reply", &letter, basis, facts)).await?;
    Ok(desk.seal().await?)
}
