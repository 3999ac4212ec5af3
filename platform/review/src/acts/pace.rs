//! 办理时限: how many working days an organ gives itself for each step of a review.

use std::collections::BTreeMap;

use ledger::{Change, Desk, Entry};
use store::{Value, moment};

use super::ActError;
use crate::store::Pace;

/// On what it rests: 明确审查的程序和责任; the number is the organ's own (docs/readings/145).
const BASIS: &str = "《政府信息公开条例》第十七条";

/// Sets the working days of an organ for these steps, by their words, and says why. Others stay as they are.
///
/// # Errors
/// A step is none, a number is out of bounds, or the database refuses.
pub async fn set(
    mut desk: Desk,
    organ: &str,
    days: &BTreeMap<String, u32>,
    reason: &str,
) -> Result<(), ActError> {
    let known = |step: &String| Pace::all().any(|(word, _)| word == step);
    if !days.keys().all(known) || !days.values().all(|days| (1..=Pace::MOST).contains(days)) {
        return Err(ActError::Pace);
    }
    let before = Pace::of(desk.change(), organ).await?;
    let (now, who) = (moment(desk.now()), desk.actor().word());
    let sql =
        "INSERT INTO review_pace (organ, step, days, set_at, set_by) VALUES ($1, $2, $3, $4, $5)
               ON CONFLICT (organ, step) DO UPDATE SET days = $3, set_at = $4, set_by = $5";
    let changed = days.iter().filter(|(step, days)| before.days(step) != **days);
    let (mut old, mut new) = (serde_json::Map::new(), serde_json::Map::new());
    for (step, days) in changed {
        let values: Vec<Value> = vec![
            organ.into(),
            step.clone().into(),
            i64::from(*days).into(),
            now.clone().into(),
            who.clone().into(),
        ];
        desk.change().run(sql, values).await?;
        old.insert(step.clone(), before.days(step).into());
        new.insert(step.clone(), (*days).into());
    }
    let entry = Entry {
        room: "review",
        act: "pace",
        subject: format!("organ:{organ}"),
        organ: organ.to_owned(),
        basis: BASIS.into(),
        facts: serde_json::json!({ "days": new, "reason": reason }),
    };
    desk.record_change(entry, Change { before: old.into(), after: new.into() }).await?;
    Ok(desk.seal().await?)
}
