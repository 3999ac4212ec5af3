//! How a day was counted, for whoever asks "why that day?": the days passed over and why, and the
//! weekend days that counted.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::calendar::next;
use crate::{CalendarGap, Date, DayKind, WorkCalendar, WorkingDays};

/// A count of working days, with what was passed over.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Count {
    /// Counting starts on the day after this one.
    pub after: Date,
    /// The last day looked at.
    pub through: Date,
    /// The working days found.
    pub days: WorkingDays,
    /// The years touched whose arrangement has not been issued.
    pub provisional_years: Vec<i16>,
    /// The numbers of the notices it rests on, where known.
    pub documents: Vec<String>,
    /// The days that are no working days, in their order; neighbours of one reason are one stretch.
    pub skipped: Vec<Stretch>,
    /// The weekend days that are working days, in their order.
    pub made_up: Vec<MadeUp>,
}

/// Days off in a row for one reason.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Stretch {
    /// The first day.
    pub from: Date,
    /// The last day.
    pub through: Date,
    /// Why they are off.
    #[serde(flatten)]
    pub why: Why,
}

/// Why a day does not count.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(tag = "reason", content = "holiday", rename_all = "snake_case")]
pub enum Why {
    /// 周末.
    Weekend,
    /// The named holiday.
    Holiday(String),
}

/// 调休上班: a weekend day that counts.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct MadeUp {
    /// The day.
    pub date: Date,
    /// The holiday it is worked for.
    pub holiday: String,
}

impl WorkCalendar {
    /// The working days after `after` up to and including `through`, with what was passed over. To
    /// explain a due day, pass the day the period runs from and the due day.
    ///
    /// # Errors
    /// The calendar does not reach the days that would have to be counted.
    pub fn explain(&self, after: Date, through: Date) -> Result<Count, CalendarGap> {
        self.day(through)?;
        let mut count = Count {
            after,
            through,
            days: WorkingDays(0),
            provisional_years: self.provisional_years(after, through),
            documents: self.documents(after, through),
            skipped: Vec::new(),
            made_up: Vec::new(),
        };
        let mut date = after;
        while date < through {
            date = next(date)?;
            match self.day(date)? {
                DayKind::Working => count.days.0 += 1,
                DayKind::MakeUp(holiday) => {
                    count.days.0 += 1;
                    count.made_up.push(MadeUp { date, holiday: holiday.to_owned() });
                }
                DayKind::Weekend => count.skip(date, Why::Weekend),
                DayKind::Holiday(name) => count.skip(date, Why::Holiday(name.to_owned())),
            }
        }
        Ok(count)
    }
}

impl Count {
    /// Whether it rests on a year whose arrangement has not been issued.
    pub fn is_provisional(&self) -> bool {
        !self.provisional_years.is_empty()
    }

    /// The stretches of days off whatever the reason: first and last day of each.
    pub fn skipped_ranges(&self) -> Vec<(Date, Date)> {
        let mut ranges: Vec<(Date, Date)> = Vec::new();
        for stretch in &self.skipped {
            match ranges.last_mut() {
                Some((_, last)) if follows(*last, stretch.from) => *last = stretch.through,
                _ => ranges.push((stretch.from, stretch.through)),
            }
        }
        ranges
    }

    fn skip(&mut self, date: Date, why: Why) {
        match self.skipped.last_mut() {
            Some(last) if last.why == why && follows(last.through, date) => last.through = date,
            _ => self.skipped.push(Stretch { from: date, through: date, why }),
        }
    }
}

impl Stretch {
    /// How many days it has.
    pub fn days(&self) -> u32 {
        let later = self.from.until(self.through).map_or(0, |span| span.get_days());
        later.unsigned_abs() + 1
    }
}

impl fmt::Display for Why {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Self::Weekend => "周末",
            Self::Holiday(name) => name,
        })
    }
}

fn follows(date: Date, later: Date) -> bool {
    date.tomorrow().is_ok_and(|tomorrow| tomorrow == later)
}
