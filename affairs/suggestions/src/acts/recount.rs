//! 重算期限: a last day that rests on a year whose holidays were not arranged yet is counted anew until it no longer
//! does (docs/readings/098). The writer sees it among the steps.

use std::time::Duration;

use ledger::{Actor, Ledger};
use secrets::Sealer;
use serde_json::json;
use store::moment;
use suggestions_rules::{SITE_GUIDELINE, answer_due};
use web::{Chore, Fault};

use super::{ActError, entry};
use crate::store::{NewEvent, Suggestion, add_event};

/// Letters that are looked at in one round.
const LETTERS: i64 = 500;

/// Every hour.
pub const CHORE: Chore = Chore {
    name: "suggestions.recount",
    every: Duration::from_secs(3600),
    work: |house| {
        Box::pin(async move {
            let sealer = house.sealer().map_err(Fault::inside)?;
            recount(house.ledger(), sealer).await.map_err(Fault::inside)
        })
    },
};

/// Counts the last days that are 暂定 anew: an arrangement of holidays may have been taken in.
///
/// # Errors
/// The database refuses.
pub async fn recount(ledger: &Ledger, sealer: &Sealer) -> Result<(), ActError> {
    let letters = Suggestion::provisional(ledger.store(), LETTERS).await?;
    if !letters.is_empty() {
        ledger.renew_calendar().await?;
    }
    for letter in letters {
        renew(ledger, sealer, &letter).await?;
    }
    Ok(())
}

async fn renew(ledger: &Ledger, sealer: &Sealer, before: &Suggestion) -> Result<(), ActError> {
    let mut desk = ledger.desk(Actor::Timer).await?;
    // Where there is no day any more, what was told stands.
    let Ok(due) = answer_due(before.counted_from, before.difficulty, desk.calendar()) else {
        return Ok(());
    };
    if due.provisional && due.date == before.due_on {
        return Ok(());
    }
    let mut now = before.clone();
    now.owe(before.difficulty, due);
    if !before.change(desk.change(), &now).await? {
        // Somebody works at it; the next round counts again.
        return Ok(());
    }
    let at = moment(desk.now());
    let words = match due.date == before.due_on {
        true => format!("最迟{}答复，不再是暂定", due.date),
        false => format!("最迟{}答复，原来暂定{}", due.date, before.due_on),
    };
    let event = NewEvent {
        suggestion: &before.id,
        act: "recount",
        at: &at,
        person: "",
        name: "",
        organ: "",
        words: &words,
    };
    add_event(desk.change(), sealer, event).await?;
    let facts = json!({ "number": before.number, "due": due.date.to_string(),
                        "before": before.due_on.to_string(), "provisional": due.provisional });
    desk.record(entry("recount", before, SITE_GUIDELINE.to_string(), facts)).await?;
    Ok(desk.seal().await?)
}
