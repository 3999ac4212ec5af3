//! One year's arrangement of holidays: which days are off, which weekend days are worked, and what
//! document says so.
//!
//! The State Council's office gives notice of it in the autumn before. Two written forms are read:
//! our own lines of text (`text`) and the JSON that open data sets carry (`json`); both lead through
//! the same examination (`draft`), so that a file that slipped is refused with the line and what to
//! do (`fault`).

mod draft;
mod fault;
mod json;
mod text;

use serde::{Deserialize, Serialize};

use crate::Date;

use draft::Draft;
pub use fault::{ArrangementError, ArrangementFault};
pub(crate) use text::embedded;

/// Whether an arrangement was issued or is our estimate (docs/readings/002).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// Issued by the State Council.
    Official,
    /// Estimated from 《全国年节及纪念日放假办法》 until the notice is issued.
    Provisional,
}

/// A day an arrangement speaks of.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Exception {
    /// The day.
    pub date: Date,
    /// Off, or worked.
    pub off: bool,
    /// The holiday it belongs to: 国庆节.
    pub holiday: String,
}

/// One holiday of an arrangement, as a notice tells it.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct Holiday {
    /// Its name: 国庆节.
    pub name: String,
    /// The days off, as first and last day of each unbroken run.
    pub off: Vec<(Date, Date)>,
    /// The days worked for it (调休上班).
    pub worked: Vec<Date>,
}

/// The arrangement of one year. It may speak of days in December of the year before (元旦).
///
/// It prints in our own form, which [`Arrangement::parse`] reads back: to keep one, keep that text,
/// so that whatever comes back has been examined.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Arrangement {
    year: i16,
    standing: Standing,
    documents: Vec<String>,
    sources: Vec<String>,
    days: Vec<Exception>,
}

impl Arrangement {
    /// Reads one year's arrangement, from JSON (`year`, `papers`, `days` of `name`, `date`,
    /// `isOffDay`) or from our own lines of text.
    ///
    /// ```
    /// use law::{Arrangement, ArrangementFault};
    ///
    /// let refused = Arrangement::parse("年 2027\n元旦 休 02-30\n").unwrap_err();
    /// assert_eq!(refused.to_string(), "第 2 行 “02-30”不是日期");
    /// assert!(refused.fault.remedy().contains("MM-DD"));
    /// ```
    ///
    /// # Errors
    /// The file is neither, names a day twice or outside the year, has no days, or (for years this
    /// house can estimate) leaves out a statutory holiday.
    pub fn parse(file: &str) -> Result<Self, ArrangementError> {
        let file = file.trim_start_matches('\u{feff}');
        if file.trim_start().starts_with(['{', '[']) { json::read(file) } else { text::read(file) }
    }

    /// The year it is for.
    pub const fn year(&self) -> i16 {
        self.year
    }

    /// Issued, or estimated.
    pub const fn standing(&self) -> Standing {
        self.standing
    }

    /// The numbers of the notices it rests on, later ones changing earlier ones; empty where not
    /// known.
    pub fn documents(&self) -> &[String] {
        &self.documents
    }

    /// Where the notices were published.
    pub fn sources(&self) -> &[String] {
        &self.sources
    }

    /// The days it speaks of, in their order.
    pub fn days(&self) -> &[Exception] {
        &self.days
    }

    /// The same days by holiday, in the order in which the holidays' days off begin.
    pub fn holidays(&self) -> Vec<Holiday> {
        let mut holidays: Vec<Holiday> = Vec::new();
        // days off first, so that an early day worked for a late holiday does not put it in front
        for off in [true, false] {
            for day in self.days.iter().filter(|day| day.off == off) {
                let known = holidays.iter().position(|holiday| holiday.name == day.holiday);
                let place = known.unwrap_or_else(|| {
                    let name = day.holiday.clone();
                    holidays.push(Holiday { name, off: Vec::new(), worked: Vec::new() });
                    holidays.len() - 1
                });
                holidays[place].take(day);
            }
        }
        holidays
    }

    /// Our estimate of a year without a notice.
    pub(crate) fn estimated(year: i16, days: Vec<Exception>) -> Self {
        let standing = Standing::Provisional;
        Self { year, standing, documents: Vec::new(), sources: Vec::new(), days }
    }
}

impl Holiday {
    fn take(&mut self, day: &Exception) {
        match self.off.last_mut() {
            _ if !day.off => self.worked.push(day.date),
            Some((_, last)) if last.tomorrow().is_ok_and(|next| next == day.date) => {
                *last = day.date
            }
            _ => self.off.push((day.date, day.date)),
        }
    }
}
