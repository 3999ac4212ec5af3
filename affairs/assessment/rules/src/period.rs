//! 统计期: a quarter or a year of the calendar, and the day from which its numbers stand.

use std::fmt;

use jiff::civil;
use law::{CalendarGap, Date, Dated, WorkCalendar, WorkingDays, article, day};
use serde::{Deserialize, Serialize};

/// 定稿: so many working days after a period its numbers are fixed and published. The law leaves the rhythm of
/// assessment to the organs (第四十六条); so long takes what was done on paper to be registered
/// (docs/readings/236).
pub const SETTLING: Dated<WorkingDays> =
    Dated::since(&[(day(2019, 5, 15), WorkingDays(5), article("政府信息公开条例", 46))]);

/// 统计期: a quarter, or a year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Period {
    year: i16,
    /// 1 to 4; 0 for the whole year, which stands before its quarters.
    quarter: i8,
}

/// Up to when a period is counted: to its own last day at most, so that it comes to the same on any later day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Until {
    /// What happened up to this day counts.
    pub known: Date,
    /// The last day that is over: whatever was to be done by it is late.
    pub over: Date,
}

/// What is written is no period.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("统计期写成 2026（全年）或者 2026-Q3（第三季度）")]
pub struct BadPeriod;

impl Period {
    /// A quarter; `None` where the number is none of 1 to 4.
    pub fn quarter(year: i16, quarter: i8) -> Option<Self> {
        let there = (1..=4).contains(&quarter) && (1..=9998).contains(&year);
        there.then_some(Self { year, quarter })
    }

    /// A whole year; `None` beyond the calendar.
    pub fn year(year: i16) -> Option<Self> {
        (1..=9998).contains(&year).then_some(Self { year, quarter: 0 })
    }

    /// The quarter in which a day lies.
    pub fn quarter_of(day: Date) -> Self {
        Self { year: day.year(), quarter: (day.month() - 1) / 3 + 1 }
    }

    /// The year in which a day lies.
    pub fn year_of(day: Date) -> Self {
        Self { year: day.year(), quarter: 0 }
    }

    /// Reads `2026` or `2026-Q3`.
    ///
    /// # Errors
    /// It is neither.
    pub fn parse(text: &str) -> Result<Self, BadPeriod> {
        let (year, quarter) = match text.trim().split_once("-Q") {
            Some((year, quarter)) => (year, Some(quarter)),
            None => (text.trim(), None),
        };
        if year.len() != 4 || !year.bytes().all(|one| one.is_ascii_digit()) {
            return Err(BadPeriod);
        }
        let year: i16 = year.parse().map_err(|_| BadPeriod)?;
        let read = match quarter {
            Some(quarter) => Self::quarter(year, quarter.parse().map_err(|_| BadPeriod)?),
            None => Self::year(year),
        };
        read.ok_or(BadPeriod)
    }

    /// As it is stored and written in addresses: `2026-Q3`, `2026`.
    pub fn key(self) -> String {
        match self.quarter {
            0 => format!("{:04}", self.year),
            quarter => format!("{:04}-Q{quarter}", self.year),
        }
    }

    /// What people call it.
    pub fn name(self) -> String {
        let quarter = ["全年", "第一季度", "第二季度", "第三季度", "第四季度"];
        let at = usize::try_from(self.quarter).unwrap_or_default();
        format!("{}年{}", self.year, quarter.get(at).copied().unwrap_or_default())
    }

    /// Whether it is a quarter.
    pub fn is_quarter(self) -> bool {
        self.quarter != 0
    }

    /// Its first day.
    pub fn first(self) -> Date {
        let month = if self.is_quarter() { self.quarter * 3 - 2 } else { 1 };
        civil::Date::new(self.year, month, 1).unwrap_or(Date::MIN)
    }

    /// Its last day.
    pub fn last(self) -> Date {
        let month = if self.is_quarter() { self.quarter * 3 } else { 12 };
        civil::Date::new(self.year, month, 1).map_or(Date::MAX, Date::last_of_month)
    }

    /// Whether a day lies in it.
    pub fn contains(self, day: Date) -> bool {
        (self.first()..=self.last()).contains(&day)
    }

    /// The one before it, of its kind.
    #[must_use]
    pub fn before(self) -> Self {
        let day = self.first().yesterday().unwrap_or(Date::MIN);
        if self.is_quarter() { Self::quarter_of(day) } else { Self::year_of(day) }
    }

    /// Up to when it is counted on `today`.
    pub fn until(self, today: Date) -> Until {
        let over = today.yesterday().unwrap_or(Date::MIN);
        Until { known: self.last().min(today), over: self.last().min(over) }
    }

    /// The first day on which its numbers are fixed.
    ///
    /// # Errors
    /// The calendar does not reach so far.
    pub fn settled_on(self, calendar: &WorkCalendar) -> Result<Date, CalendarGap> {
        // Before the rule there was no platform either: whatever is taken over from then stands at once.
        let Ok(settling) = SETTLING.on(self.last()) else { return Ok(self.last()) };
        Ok(calendar.nth_working_day_after(self.last(), settling.value)?.date)
    }
}

impl fmt::Display for Period {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.name())
    }
}
