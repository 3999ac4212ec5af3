//! 转办: a letter goes to the organ whose affair it is. Its term goes on from the day it came.

use identity::Organ;
use ledger::Desk;
use serde_json::json;
use suggestions_rules::SuggestionEvent;

use super::{ActError, By, Told, WHY, keep, reasoned, stepped, taken, unnamed};
use crate::store::Suggestion;

/// Transfers it to another organ.
///
/// # Errors
/// An answer is on its way, there is no such other organ, the reason is missing, or the database refuses.
pub async fn transfer(
    mut desk: Desk,
    by: By<'_>,
    id: &str,
    (to, reason): (&str, &str),
) -> Result<Suggestion, ActError> {
    let reason = reasoned(WHY, reason)?;
    unnamed(WHY, &reason)?;
    let before = taken(&desk, &by.who.organ, id).await?;
    let mut now = stepped(&desk, &before, SuggestionEvent::Transfer)?;
    let organ = standing(&desk, to).await?.filter(|organ| organ.code != before.organ);
    let organ = organ.ok_or_else(|| ActError::Field("jiguan", "选另一个机关。".into()))?;
    now.organ = organ.code;
    now.unit = String::new();
    now.handed_to = String::new();
    let words = format!("转给{}：{reason}", organ.short_name);
    let facts = json!({ "to": now.organ });
    let told = Told { event: SuggestionEvent::Transfer, words: &words, facts };
    keep(&mut desk, Some(by), by.sealer, (&before, &now), told).await?;
    desk.seal().await?;
    Ok(now)
}

/// An organ that stands today and answers letters.
pub(super) async fn standing(desk: &Desk, code: &str) -> Result<Option<Organ>, ActError> {
    let organ = Organ::find(desk.change(), code).await?;
    let answers =
        |organ: &Organ| organ.stands_on(desk.today()) && organ.kind != identity::PUBLIC_SERVICE;
    Ok(organ.filter(answers))
}
