//! Cases of kind `working_day`: is it a 工作日, the n-th after, how many between.

use law::{CalendarGap, Date, WorkCalendar, WorkingDays};
use serde_json::{Value, json};

use super::given::Given;

/// What is asked.
enum Case {
    Is { date: Date },
    Add { from: Date, days: u32 },
    Count { after: Date, through: Date },
}

/// The answer of the calendar this release carries.
pub(super) fn answer(given: &Given) -> Result<Value, String> {
    let case = match given.text("ask")? {
        "is" => Case::Is { date: given.date("date")? },
        "add" => Case::Add { from: given.date("from")?, days: given.days("days", 1)? },
        "count" => Case::Count { after: given.date("after")?, through: given.date("through")? },
        _ => return Err(given.instead("ask", " is、add、count 之一", given.value("ask")?)),
    };
    let answer = ask(&case, WorkCalendar::state_council());
    Ok(answer.unwrap_or_else(|_| json!({"error": "no_calendar"})))
}

fn ask(case: &Case, calendar: &WorkCalendar) -> Result<Value, CalendarGap> {
    Ok(match *case {
        Case::Is { date } => {
            let known = calendar.is_working_day(date)?;
            json!({"working_day": known.value, "provisional": known.provisional})
        }
        Case::Add { from, days } => {
            let counted = calendar.nth_working_day_after(from, WorkingDays(days))?;
            json!({"date": counted.date, "provisional": counted.provisional})
        }
        Case::Count { after, through } => {
            let known = calendar.working_days_between(after, through)?;
            json!({"days": known.value, "provisional": known.provisional})
        }
    })
}
