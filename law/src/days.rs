//! Two ways of counting days that the law keeps apart: 工作日 and 日 (自然日).

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::{CalendarGap, Date};

/// China's time: one offset the year round; the day changes at midnight there (docs/readings/014).
pub const CHINA: jiff::tz::Offset = jiff::tz::Offset::constant(8);

/// A date known when the code is written; one that does not exist does not compile as a constant.
pub const fn day(year: i16, month: i8, day: i8) -> Date {
    Date::constant(year, month, day)
}

/// A number of 工作日, counted on a [`WorkCalendar`](crate::WorkCalendar).
///
/// Working days and calendar days neither compare nor add:
///
/// ```compile_fail
/// # use law::{CalendarDays, WorkingDays};
/// assert!(WorkingDays(20) < CalendarDays(30));
/// ```
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
#[serde(transparent)]
pub struct WorkingDays(pub u32);

/// A number of 日 (自然日): every day counts, rest days too.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
#[serde(transparent)]
pub struct CalendarDays(pub u32);

impl WorkingDays {
    /// Together; stays at the greatest number rather than overflow.
    #[must_use]
    pub const fn plus(self, more: Self) -> Self {
        Self(self.0.saturating_add(more.0))
    }

    /// What is left after taking `fewer` away; none if it is more than there is.
    #[must_use]
    pub const fn less(self, fewer: Self) -> Self {
        Self(self.0.saturating_sub(fewer.0))
    }
}

impl CalendarDays {
    /// The last day of a period of so many calendar days: `from` is not counted, and a last day that
    /// is a rest day is not moved (docs/readings/003).
    ///
    /// # Errors
    /// The day would lie after 9999-12-31.
    pub fn after(self, from: Date) -> Result<Date, CalendarGap> {
        let beyond = CalendarGap::AfterLast { last_year: Date::MAX.year() };
        from.checked_add(jiff::Span::new().try_days(self.0).map_err(|_| beyond)?)
            .map_err(|_| beyond)
    }
}

impl fmt::Display for WorkingDays {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}个工作日", self.0)
    }
}

impl fmt::Display for CalendarDays {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}日", self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::{CalendarDays, WorkingDays, day};

    #[test]
    fn calendar_days_leave_out_the_first_day_and_are_not_moved_off_a_rest_day() {
        for (from, days, last) in [
            (day(2026, 9, 18), 20, day(2026, 10, 8)),
            (day(2026, 9, 3), 30, day(2026, 10, 3)), // within the National Day holiday, a Saturday
            (day(2024, 2, 28), 2, day(2024, 3, 1)),
            (day(2026, 1, 1), 0, day(2026, 1, 1)),
        ] {
            assert_eq!(CalendarDays(days).after(from), Ok(last));
        }
    }

    #[test]
    fn calendar_days_beyond_the_end_of_time_are_refused() {
        assert!(CalendarDays(1).after(day(9999, 12, 31)).is_err());
        assert!(CalendarDays(u32::MAX).after(day(2026, 1, 1)).is_err());
    }

    #[test]
    fn working_days_add_and_subtract_without_overflow() {
        assert_eq!(WorkingDays(20).plus(WorkingDays(20)), WorkingDays(40));
        assert_eq!(WorkingDays(u32::MAX).plus(WorkingDays(1)), WorkingDays(u32::MAX));
        assert_eq!(WorkingDays(3).less(WorkingDays(5)), WorkingDays(0));
        assert_eq!(WorkingDays(20).to_string(), "20个工作日");
        assert_eq!(CalendarDays(30).to_string(), "30日");
    }
}
