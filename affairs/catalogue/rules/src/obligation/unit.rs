//! In which days something is late: those of the limit that governed.

use law::WorkCalendar;

use super::Terms;
use super::bound::{Bound, Cause};
use super::contract::LimitOf;
use super::measures::Measures;
use super::trigger::Trigger;
use crate::{DayUnit, TimeLimit};

/// In which days what something set off is late under an item's limit: calendar days for N日,
/// working days for all else (docs/readings/013).
pub fn counted_in(limit: Option<&TimeLimit>, cause: Cause<'_>, calendar: &WorkCalendar) -> DayUnit {
    let unit = match cause.trigger {
        Trigger::Period(_) => limit.and_then(|limit| limit.unit),
        Trigger::Record(_) | Trigger::Event(_) => {
            // What is registered for 及时 is in working days, as is what holds without it.
            let terms = Terms { calendar, measures: Measures::default(), today: cause.start };
            Bound::of_limit(LimitOf::of(limit, cause.words), cause, &terms).unit()
        }
    };
    unit.unwrap_or(DayUnit::WorkingDays)
}
