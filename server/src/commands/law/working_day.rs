//! Cases of kind `working_day`: is it a 工作日, the n-th after, how many between.

use law::{CalendarGap, Date, WorkCalendar, WorkingDays};
use serde::Deserialize;
use serde_json::{Value, json};

/// What is given.
#[derive(Deserialize)]
#[serde(tag = "ask", rename_all = "snake_case")]
enum Case {
    Is { date: Date },
    Add { from: Date, days: u32 },
    Count { after: Date, through: Date },
}

/// The answer of the calendar this release carries.
pub(super) fn answer(case: &Value) -> Result<Value, String> {
    let case = Case::deserialize(case).map_err(|error| format!("写得不全: {error}"))?;
    if matches!(case, Case::Add { days: 0, .. }) {
        return Err("的 days 应当在 1 以上".to_owned());
    }
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
