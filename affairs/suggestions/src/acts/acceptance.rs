//! 受理、交办: an organ takes a letter in, says how hard it is and which 科室 answers.

use identity::Unit;
use ledger::Desk;
use serde_json::json;
use suggestions_rules::{Difficulty, SuggestionEvent, answer_due};

use super::{ActError, By, Told, WHY, keep, reasoned, stepped, taken};
use crate::store::Suggestion;

/// Takes it in: `simple` for the shorter term, and the 科室 that answers; empty for the whole organ.
///
/// # Errors
/// It is not the organ's or was taken in before, or the database refuses.
pub async fn accept(
    mut desk: Desk,
    by: By<'_>,
    id: &str,
    (simple, unit): (bool, &str),
) -> Result<Suggestion, ActError> {
    let before = taken(&desk, &by.who.organ, id).await?;
    let mut now = stepped(&desk, &before, SuggestionEvent::Acceptance)?;
    if simple && now.difficulty == Difficulty::Usual {
        let due = answer_due(before.counted_from, Difficulty::Simple, desk.calendar())?;
        if due.date < desk.today() {
            let words = "按情况简单的算，答复期限已经过了。请按一般受理。";
            return Err(ActError::Field("nanyi", words.into()));
        }
        now.owe(Difficulty::Simple, due);
    }
    now.unit = unit_of(&desk, &before.organ, unit).await?;
    let facts = json!({ "difficulty": now.difficulty.word(), "unit": now.unit });
    let told = Told { event: SuggestionEvent::Acceptance, words: &now.unit, facts };
    keep(&mut desk, Some(by), by.sealer, (&before, &now), told).await?;
    desk.seal().await?;
    Ok(now)
}

/// Gives it to another 科室 of the organ.
///
/// # Errors
/// It is not in hand, no other unit is named, the reason is missing, or the database refuses.
pub async fn assign(
    mut desk: Desk,
    by: By<'_>,
    id: &str,
    (unit, reason): (&str, &str),
) -> Result<Suggestion, ActError> {
    let reason = reasoned(WHY, reason)?;
    let before = taken(&desk, &by.who.organ, id).await?;
    let mut now = stepped(&desk, &before, SuggestionEvent::Assignment)?;
    now.unit = unit_of(&desk, &before.organ, unit).await?;
    if now.unit == before.unit {
        return Err(ActError::Field("keshi", "选另一个科室。".into()));
    }
    let words = match now.unit.as_str() {
        "" => format!("由全机关办理：{reason}"),
        unit => format!("交{unit}：{reason}"),
    };
    let facts = json!({ "unit": now.unit });
    let told = Told { event: SuggestionEvent::Assignment, words: &words, facts };
    keep(&mut desk, Some(by), by.sealer, (&before, &now), told).await?;
    desk.seal().await?;
    Ok(now)
}

/// A 科室 that the organ has; empty for the whole organ.
async fn unit_of(desk: &Desk, organ: &str, name: &str) -> Result<String, ActError> {
    let name = name.trim();
    if name.is_empty() {
        return Ok(String::new());
    }
    let units = Unit::of_organ(desk.change(), organ).await?;
    let found = units.into_iter().find(|unit| unit.name == name && unit.is_confirmed());
    let found = found.map(|unit| unit.name);
    found.ok_or_else(|| ActError::Field("keshi", "从列表里选本机关的科室。".into()))
}
