//! An arrangement while it is read, and the examination that both written forms go through.

use std::collections::HashMap;

use super::{Arrangement, ArrangementError, ArrangementFault, Exception, Standing};
use crate::calendar::{FIRST_YEAR, LAST_YEAR};
use crate::estimate;

/// An arrangement while it is read: each day with the line it stands on.
pub(super) struct Draft {
    pub(super) year: i16,
    pub(super) documents: Vec<String>,
    pub(super) sources: Vec<String>,
    pub(super) days: Vec<(usize, Exception)>,
}

impl Draft {
    pub(super) fn new(written: &str, line: Option<usize>) -> Result<Self, ArrangementError> {
        let year = written
            .trim_end_matches('年')
            .parse()
            .ok()
            .filter(|year| (FIRST_YEAR..=LAST_YEAR).contains(year));
        let fault = || ArrangementFault::YearOutOfRange(written.to_owned());
        let year = year.ok_or_else(|| ArrangementError { line, fault: fault() })?;
        Ok(Self { year, documents: Vec::new(), sources: Vec::new(), days: Vec::new() })
    }

    /// The examination both forms go through.
    pub(super) fn examined(mut self) -> Result<Arrangement, ArrangementError> {
        if !self.days.iter().any(|(_, day)| day.off) {
            return Err(ArrangementFault::NoDays.in_file());
        }
        let mut lines = HashMap::new();
        for (line, Exception { date, .. }) in &self.days {
            let last_december = date.year() == self.year - 1 && date.month() == 12;
            if date.year() != self.year && !last_december {
                let fault = ArrangementFault::OutsideYear { date: *date, year: self.year };
                return Err(fault.at(*line));
            }
            if let Some(first_line) = lines.insert(*date, *line) {
                return Err(ArrangementFault::Duplicate { date: *date, first_line }.at(*line));
            }
        }
        self.days.sort_by_key(|(_, day)| day.date);
        let days: Vec<_> = self.days.into_iter().map(|(_, day)| day).collect();
        for (date, holiday) in estimate::statutory_days(self.year) {
            if !days.iter().any(|day| day.off && day.date == date) {
                return Err(ArrangementFault::StatutoryDayMissing { date, holiday }.in_file());
            }
        }
        Ok(Arrangement {
            year: self.year,
            standing: Standing::Official,
            documents: self.documents,
            sources: self.sources,
            days,
        })
    }
}
