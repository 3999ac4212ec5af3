//! 补审期限: by when the 初审 of an urgent publication must follow. A day that rests on a year whose
//! arrangement of holidays has not been issued is provisional, and counted anew when it is
//! (docs/readings/098).

use law::Date;
use ledger::{Change, Desk};
use store::parse_moment;

use super::{ActError, entry, held};
use crate::steps::late_review_due;
use crate::store::{Owed, put_late_day};

/// On what it rests.
const BASIS: &str = "国办发〔2016〕80号";

/// Notes by when the 初审 of a unit published today must follow.
///
/// # Errors
/// No such day can be told, or the database refuses.
pub(super) async fn owe(desk: &Desk, unit: &str) -> Result<(), ActError> {
    let due = late_review_due(desk.today(), desk.calendar())?;
    put_late_day(desk, unit, due).await?;
    Ok(())
}

/// Counts a provisional day anew; says whether it is another now, or settled.
///
/// # Errors
/// The day cannot be told any more, or the database refuses.
pub async fn renew(mut desk: Desk, owed: &Owed) -> Result<bool, ActError> {
    let unit = held(&desk, &owed.unit).await?;
    let before = unit.urgency.as_ref().and_then(|urgency| urgency.late_due);
    let published = parse_moment(&owed.published_at).map(ledger::day_in_china);
    let Some(published) = published.filter(|_| unit.review().owes_first()) else {
        return Ok(false);
    };
    let due = late_review_due(published, desk.calendar())?;
    if due.provisional && before == Some(due.date) {
        return Ok(false);
    }
    put_late_day(&desk, &unit.id, due).await?;
    let told = |due: Option<Date>, provisional: bool| serde_json::json!({ "due": due, "provisional": provisional });
    let change =
        Change { before: told(before, true), after: told(Some(due.date), due.provisional) };
    let facts = serde_json::json!({ "due": due.date });
    desk.record_change(entry("late_day", &unit, BASIS, facts), change).await?;
    desk.seal().await?;
    Ok(true)
}
