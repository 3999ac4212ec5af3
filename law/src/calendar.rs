//! Counting: which days are 工作日, and the n-th of them.
//!
//! Weekends are off and other days are worked, save where the year's arrangement says otherwise.
//! Years whose arrangement has not been issued are estimated, and every answer that touches one says
//! so (docs/readings/002). All days are days in Asia/Shanghai.

use std::sync::OnceLock;

use serde::{Deserialize, Serialize};

use crate::estimate::{self, is_weekend};
use crate::{Arrangement, Date, Exception, Provision, Standing, WorkingDays, arrangement};

/// The first year with a calendar: the oldest arrangement the house carries.
pub(crate) const FIRST_YEAR: i16 = 2004;
/// The last year with a calendar: the last whose festivals the house knows.
pub(crate) const LAST_YEAR: i16 = 2099;

/// The calendar of 工作日 from 2004 to 2099.
///
/// ```
/// use law::{WorkCalendar, WorkingDays, day};
///
/// let calendar = WorkCalendar::state_council();
/// let due = calendar.nth_working_day_after(day(2026, 9, 18), WorkingDays(20)).unwrap();
/// assert_eq!((due.date, due.provisional), (day(2026, 10, 22), false));
/// ```
#[derive(Debug, Clone)]
pub struct WorkCalendar {
    /// One for each year from [`FIRST_YEAR`] to [`LAST_YEAR`].
    years: Vec<Year>,
}

/// A year made ready for looking up.
#[derive(Debug, Clone)]
struct Year {
    arrangement: Arrangement,
    /// Bit n: day n of the year, from 0, is worked.
    worked: [u64; 6],
    /// What arrangements say of days of this year, by date: its own, and the next year's for
    /// December.
    exceptions: Vec<Exception>,
}

/// The calendar does not reach the day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CalendarGap {
    /// A day before the first arrangement known.
    #[error("{day} 没有工作日历: 所知最早的放假安排是 {first_year} 年的")]
    BeforeFirst {
        /// The day.
        day: Date,
        /// The first year with a calendar.
        first_year: i16,
    },
    /// Counting ran past the last year that can be estimated.
    #[error("超出了日历的范围: 只能推算到 {last_year} 年底")]
    AfterLast {
        /// The last year with a calendar.
        last_year: i16,
    },
}

/// An answer of the calendar, and whether it is settled.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Known<T> {
    /// The answer.
    pub value: T,
    /// It rests on a year whose arrangement has not been issued.
    pub provisional: bool,
}

/// A day found by counting, and whether it is settled.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Counted {
    /// The day.
    pub date: Date,
    /// It rests on a year whose arrangement has not been issued.
    pub provisional: bool,
}

/// What a day is, and why.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum DayKind<'calendar> {
    /// Monday to Friday, worked.
    Working,
    /// 调休上班: a weekend day worked for the named holiday.
    MakeUp(&'calendar str),
    /// 周末.
    Weekend,
    /// Off for the named holiday.
    Holiday(&'calendar str),
}

impl DayKind<'_> {
    /// Whether it counts as a 工作日.
    pub const fn is_working(self) -> bool {
        matches!(self, Self::Working | Self::MakeUp(_))
    }
}

impl WorkCalendar {
    /// The calendar with the arrangements this release carries.
    pub fn state_council() -> &'static Self {
        static CALENDAR: OnceLock<WorkCalendar> = OnceLock::new();
        CALENDAR.get_or_init(Self::carried)
    }

    /// The provision that provisional years are estimated from.
    pub const fn basis_of_estimates() -> Provision {
        estimate::STATUTORY_DAYS
    }

    /// The same calendar with `arrangement` in place of what it had for that year.
    #[must_use]
    pub fn with(mut self, arrangement: Arrangement) -> Self {
        let place = usize::try_from(arrangement.year() - FIRST_YEAR).ok();
        if let Some(place) = place.filter(|place| *place < self.years.len()) {
            self.years[place].arrangement = arrangement;
            self.settle(place);
            if let Some(before) = place.checked_sub(1) {
                self.settle(before);
            }
        }
        self
    }

    /// The arrangement of a year, issued or estimated; `None` outside 2004 to 2099.
    pub fn arrangement(&self, year: i16) -> Option<&Arrangement> {
        self.year(year).map(|year| &year.arrangement)
    }

    /// What kind of day it is.
    ///
    /// # Errors
    /// The calendar does not reach the day.
    pub fn day(&self, date: Date) -> Result<DayKind<'_>, CalendarGap> {
        let year = self.year_of(date)?;
        let said = || {
            let place = year.exceptions.binary_search_by_key(&date, |day| day.date).ok()?;
            Some(year.exceptions[place].holiday.as_str())
        };
        Ok(match (year.is_worked(date), is_weekend(date)) {
            (true, false) => DayKind::Working,
            (true, true) => DayKind::MakeUp(said().unwrap_or_default()),
            (false, _) => said().map_or(DayKind::Weekend, DayKind::Holiday),
        })
    }

    /// Whether `date` is a 工作日.
    ///
    /// # Errors
    /// The calendar does not reach the day.
    pub fn is_working_day(&self, date: Date) -> Result<Known<bool>, CalendarGap> {
        let year = self.year_of(date)?;
        Ok(Known { value: year.is_worked(date), provisional: year.is_provisional() })
    }

    /// The n-th working day after `from`, which itself is not counted (docs/readings/001); with no
    /// days, `from` itself.
    ///
    /// # Errors
    /// The calendar does not reach the days that would have to be counted.
    pub fn nth_working_day_after(
        &self,
        from: Date,
        days: WorkingDays,
    ) -> Result<Counted, CalendarGap> {
        let (mut date, mut left) = (from, days.0);
        if left == 0 {
            self.year_of(from)?;
        }
        while left > 0 {
            date = next(date)?;
            left -= u32::from(self.year_of(date)?.is_worked(date));
        }
        Ok(Counted { date, provisional: self.is_provisional(from, date) })
    }

    /// The working days after `after` up to and including `through`; none if `through` is not later.
    ///
    /// # Errors
    /// The calendar does not reach the days that would have to be counted.
    pub fn working_days_between(
        &self,
        after: Date,
        through: Date,
    ) -> Result<Known<WorkingDays>, CalendarGap> {
        self.year_of(through)?;
        let mut days = 0;
        let mut date = after;
        while date < through {
            date = next(date)?;
            days += u32::from(self.year_of(date)?.is_worked(date));
        }
        let provisional = self.is_provisional(after, through);
        Ok(Known { value: WorkingDays(days), provisional })
    }

    /// The years without a notice among those of the days after `after` up to and including
    /// `through`, and of `through` itself.
    pub(crate) fn provisional_years(&self, after: Date, through: Date) -> Vec<i16> {
        let first = next(after).unwrap_or(after).min(through).year();
        let years = first..=through.year();
        years.filter(|year| self.year(*year).is_some_and(Year::is_provisional)).collect()
    }

    /// The notices of those years, and the next year's where it speaks of one of the days.
    pub(crate) fn documents(&self, after: Date, through: Date) -> Vec<String> {
        let first = next(after).unwrap_or(after).min(through);
        let arrangements =
            (first.year()..=through.year()).filter_map(|year| self.arrangement(year));
        let following = through.year().checked_add(1).and_then(|year| self.arrangement(year));
        let speaks = |day: &Exception| (first..=through).contains(&day.date);
        let following = following.filter(|following| following.days().iter().any(speaks));
        let documents = arrangements.chain(following).flat_map(Arrangement::documents);
        documents.cloned().collect()
    }

    fn is_provisional(&self, after: Date, through: Date) -> bool {
        !self.provisional_years(after, through).is_empty()
    }

    fn carried() -> Self {
        let mut issued = arrangement::embedded().into_iter().peekable();
        let years = (FIRST_YEAR..=LAST_YEAR).map(|year| {
            let arrangement = issued
                .next_if(|arrangement| arrangement.year() == year)
                .or_else(|| estimate::arrangement(year))
                .expect("every year is either carried or estimated, as a test shows");
            Year { arrangement, worked: [0; 6], exceptions: Vec::new() }
        });
        let mut calendar = Self { years: years.collect() };
        for place in 0..calendar.years.len() {
            calendar.settle(place);
        }
        calendar
    }

    /// Works out one year from its arrangement and the next year's, which may speak of its December
    /// and then, being later, prevails.
    fn settle(&mut self, place: usize) {
        let number = self.years[place].arrangement.year();
        let mut exceptions: Vec<Exception> = Vec::new();
        for year in self.years.iter().skip(place).take(2).rev() {
            for day in year.arrangement.days().iter().filter(|day| day.date.year() == number) {
                if !exceptions.iter().any(|later| later.date == day.date) {
                    exceptions.push(day.clone());
                }
            }
        }
        exceptions.sort_by_key(|day| day.date);
        let mut worked = [0; 6];
        let new_year = Date::new(number, 1, 1).ok();
        let days = std::iter::successors(new_year, |date| date.tomorrow().ok());
        for date in days.take_while(|date| date.year() == number) {
            let said = exceptions.binary_search_by_key(&date, |day| day.date);
            if said.map_or(!is_weekend(date), |place| !exceptions[place].off) {
                let (word, bit) = place_in_year(date);
                worked[word] |= bit;
            }
        }
        let year = &mut self.years[place];
        (year.worked, year.exceptions) = (worked, exceptions);
    }

    fn year(&self, year: i16) -> Option<&Year> {
        self.years.get(usize::try_from(year.checked_sub(FIRST_YEAR)?).ok()?)
    }

    fn year_of(&self, day: Date) -> Result<&Year, CalendarGap> {
        self.year(day.year()).ok_or(if day.year() < FIRST_YEAR {
            CalendarGap::BeforeFirst { day, first_year: FIRST_YEAR }
        } else {
            CalendarGap::AfterLast { last_year: LAST_YEAR }
        })
    }
}

impl Year {
    const fn is_provisional(&self) -> bool {
        matches!(self.arrangement.standing(), Standing::Provisional)
    }

    fn is_worked(&self, date: Date) -> bool {
        let (word, bit) = place_in_year(date);
        self.worked[word] & bit != 0
    }
}

/// Word and bit of a day of the year.
fn place_in_year(date: Date) -> (usize, u64) {
    let day = usize::from(date.day_of_year().unsigned_abs()) - 1;
    (day / 64, 1 << (day % 64))
}

/// The day after; past the end of time there is no calendar either.
pub(crate) fn next(date: Date) -> Result<Date, CalendarGap> {
    date.tomorrow().map_err(|_| CalendarGap::AfterLast { last_year: LAST_YEAR })
}
