//! Our own form, a line for each holiday as the notice has it:
//!
//! ```text
//! 年 2026
//! 文号 国办发明电〔2025〕7号
//! 来源 https://www.gov.cn/zhengce/zhengceku/202511/content_7047091.htm
//! 元旦 休 01-01..01-03 班 01-04
//! ```
//!
//! A day of the year before is written in full, 2025-12-31. Weekends that no line names are off.

use std::fmt;

use super::{Arrangement, ArrangementError, ArrangementFault, Draft, Exception, Holiday};
use crate::Date;

/// The arrangements issued so far, as the house carries them.
const EMBEDDED: &str = include_str!("../../data/arrangements.txt");

/// The arrangements the house carries, in the order of their years.
pub(crate) fn embedded() -> Vec<Arrangement> {
    let mut years = Vec::new();
    let mut draft = None;
    for (line, words) in lines(EMBEDDED) {
        if words.starts_with("年 ") {
            years.extend(draft.take());
        }
        take(&mut draft, line, words).expect("our own data, read by every test");
    }
    years.extend(draft);
    let examined = years.into_iter().map(Draft::examined);
    examined.collect::<Result<_, _>>().expect("our own data, read by every test")
}

/// One year's arrangement.
pub(super) fn read(file: &str) -> Result<Arrangement, ArrangementError> {
    let mut draft = None;
    for (line, words) in lines(file) {
        take(&mut draft, line, words)?;
    }
    draft.ok_or_else(|| ArrangementFault::NoYear.in_file())?.examined()
}

/// The lines that say something, numbered from 1.
fn lines(file: &str) -> impl Iterator<Item = (usize, &str)> {
    let numbered = file.lines().enumerate().map(|(index, words)| (index + 1, words.trim()));
    numbered.filter(|(_, words)| !words.is_empty() && !words.starts_with('#'))
}

/// Takes one line into the draft.
fn take(draft: &mut Option<Draft>, line: usize, words: &str) -> Result<(), ArrangementError> {
    let (kind, rest) = words.split_once(char::is_whitespace).unwrap_or((words, ""));
    let rest = rest.trim();
    if kind == "年" {
        if draft.is_some() {
            return Err(ArrangementFault::SecondYear(rest.to_owned()).at(line));
        }
        *draft = Some(Draft::new(rest, Some(line))?);
        return Ok(());
    }
    let draft = draft.as_mut().ok_or_else(|| ArrangementFault::NoYear.at(line))?;
    match kind {
        "文号" if !rest.is_empty() => draft.documents.push(rest.to_owned()),
        "来源" if !rest.is_empty() => draft.sources.push(rest.to_owned()),
        holiday => draft.take_holiday(line, holiday, rest)?,
    }
    Ok(())
}

impl Draft {
    /// `休 01-01..01-03 班 01-04`
    fn take_holiday(
        &mut self,
        line: usize,
        holiday: &str,
        days: &str,
    ) -> Result<(), ArrangementError> {
        let unknown = || ArrangementFault::Unknown(format!("{holiday} {days}").trim().to_owned());
        let mut off = None;
        let mut named = false;
        for word in days.split_whitespace() {
            match (word, off) {
                ("休", _) => off = Some(true),
                ("班", _) => off = Some(false),
                (_, None) => return Err(unknown().at(line)),
                (range, Some(off)) => {
                    named = true;
                    let (mut date, through) = self.range(range).map_err(|fault| fault.at(line))?;
                    while date <= through {
                        self.days.push((line, Exception { date, off, holiday: holiday.into() }));
                        date = date.tomorrow().map_err(|_| unknown().at(line))?;
                    }
                }
            }
        }
        if named { Ok(()) } else { Err(unknown().at(line)) }
    }

    /// `10-01..10-07`, `10-01至10-07` or a single day. Both ends lie in or just before the year, so
    /// that no slip of the pen makes a range of thousands of years.
    fn range(&self, written: &str) -> Result<(Date, Date), ArrangementFault> {
        let ends = written.split_once("..").or_else(|| written.split_once('至'));
        let (from, through) = ends.unwrap_or((written, written));
        let (from, through) = (self.date(from)?, self.date(through)?);
        if through < from {
            return Err(ArrangementFault::Backwards(written.to_owned()));
        }
        Ok((from, through))
    }

    fn date(&self, written: &str) -> Result<Date, ArrangementFault> {
        let year = self.year;
        let full = if written.len() == "MM-DD".len() {
            format!("{year}-{written}")
        } else {
            written.to_owned()
        };
        let date: Date = full.parse().map_err(|_| ArrangementFault::NoDate(written.to_owned()))?;
        if date.year() == year || date.year() == year - 1 {
            Ok(date)
        } else {
            Err(ArrangementFault::OutsideYear { date, year })
        }
    }
}

impl fmt::Display for Arrangement {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(out, "年 {}", self.year)?;
        for document in &self.documents {
            writeln!(out, "文号 {document}")?;
        }
        for source in &self.sources {
            writeln!(out, "来源 {source}")?;
        }
        for Holiday { name, off, worked } in self.holidays() {
            out.write_str(&name)?;
            for (place, (from, through)) in off.into_iter().enumerate() {
                let word = if place == 0 { " 休" } else { "" };
                write!(out, "{word} {from}..{through}")?;
            }
            for (place, day) in worked.into_iter().enumerate() {
                let word = if place == 0 { " 班" } else { "" };
                write!(out, "{word} {day}")?;
            }
            out.write_str("\n")?;
        }
        Ok(())
    }
}
