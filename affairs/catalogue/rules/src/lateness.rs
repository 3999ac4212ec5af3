//! 迟了几天: how long after its day something was published, counted as its limit counts days
//! (docs/readings/013: working days and calendar days are never converted).

use std::fmt;

use law::{CalendarGap, Date, WorkCalendar};

use crate::DayUnit;

/// How long after its day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Lateness {
    /// The number of days, 0 where the days between are all off.
    pub days: u32,
    /// What they are counted in.
    pub unit: DayUnit,
    /// Whether it rests on a calendar not yet issued.
    pub provisional: bool,
}

impl Lateness {
    /// How long after `due` the day `on` lies; `None` where it is not after it.
    ///
    /// # Errors
    /// The calendar does not reach so far.
    pub fn between(
        due: Date,
        on: Date,
        unit: DayUnit,
        calendar: &WorkCalendar,
    ) -> Result<Option<Self>, CalendarGap> {
        if on <= due {
            return Ok(None);
        }
        let (days, provisional) = match unit {
            DayUnit::CalendarDays => {
                let days = due.until(on).map_or(0, |span| span.get_days());
                (u32::try_from(days).unwrap_or_default(), false)
            }
            DayUnit::WorkingDays => {
                let between = calendar.working_days_between(due, on)?;
                (between.value.0, between.provisional)
            }
        };
        Ok(Some(Self { days, unit, provisional }))
    }
}

impl Lateness {
    const fn unit_words(self) -> &'static str {
        match self.unit {
            DayUnit::WorkingDays => "个工作日",
            DayUnit::CalendarDays => "日",
        }
    }

    /// 3个工作日, 3日.
    pub fn amount(self) -> String {
        format!("{}{}", self.days, self.unit_words())
    }
}

impl fmt::Display for Lateness {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "迟 {} {}", self.days, self.unit_words())?;
        if self.provisional { out.write_str("（暂定）") } else { Ok(()) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_late_are_counted_as_the_limit_counts_them() {
        let calendar = WorkCalendar::state_council();
        let (working, plain) = (DayUnit::WorkingDays, DayUnit::CalendarDays);
        for (due, on, unit, words) in [
            ("2026-11-24", "2026-11-24", working, None),
            ("2026-11-24", "2026-11-25", working, Some("迟 1 个工作日")),
            ("2026-11-20", "2026-11-22", working, Some("迟 0 个工作日")),
            ("2026-11-20", "2026-11-23", plain, Some("迟 3 日")),
            ("2026-09-30", "2026-10-08", working, Some("迟 1 个工作日")),
            ("2026-01-30", "2026-03-02", plain, Some("迟 31 日")),
            ("2026-12-31", "2027-01-04", working, Some("迟 1 个工作日（暂定）")),
        ] {
            let day = |text: &str| text.parse().expect("a day");
            let late = Lateness::between(day(due), day(on), unit, calendar).expect("counts");
            assert_eq!(late.map(|late| late.to_string()).as_deref(), words, "{due} {on}");
        }
    }
}
