//! 查看联系方式: how a writer is reached is opened by who handles his letter alone, and written down first.

use law::article;
use ledger::Desk;
use serde_json::json;
use store::moment;

use super::{ActError, By, WHY, entry, reasoned, taken};
use crate::store::{NewEvent, Suggestion, Written, add_event};

/// Writes down who opens it and why, and opens it.
///
/// # Errors
/// It is not the organ's, the reason is missing, what is sealed cannot be opened, or the database refuses.
pub async fn peruse(
    mut desk: Desk,
    by: By<'_>,
    id: &str,
    reason: &str,
) -> Result<(Suggestion, Written), ActError> {
    let reason = reasoned(WHY, reason)?;
    let letter = taken(&desk, &by.who.organ, id).await?;
    let written = letter.open(by.sealer)?;
    let at = moment(desk.now());
    let event = NewEvent {
        suggestion: id,
        act: "contact",
        at: &at,
        person: &by.who.person,
        name: &by.who.name,
        organ: &by.who.organ,
        words: &reason,
    };
    add_event(desk.change(), by.sealer, event).await?;
    let basis = article("个人信息保护法", 6).to_string();
    let facts = json!({ "number": letter.number });
    desk.record(entry("contact", &letter, basis, facts)).await?;
    desk.seal().await?;
    Ok((letter, written))
}
