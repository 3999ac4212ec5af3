//! One year's arrangement of holidays: which days are off, which weekend days are worked, and what
//! document says so.
//!
//! The State Council's office gives notice of it in the autumn before. Two written forms are read:
//! our own lines of text (`text`) and the JSON that open data sets carry (`json`); both lead through
//! the same examination, so that a file that slipped is refused with the line and what to do.

mod json;
mod text;

use std::collections::HashMap;

use serde::{Deserialize, Serialize};

use crate::calendar::{FIRST_YEAR, LAST_YEAR};
use crate::{Date, estimate};

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

/// Why a file is no arrangement.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}{fault}", .line.map(|line| format!("第 {line} 行 ")).unwrap_or_default())]
pub struct ArrangementError {
    /// The line, from 1; `None` when the file as a whole is at fault.
    pub line: Option<usize>,
    /// What is wrong.
    pub fault: ArrangementFault,
}

/// What can be wrong with a file that should hold an arrangement.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ArrangementFault {
    /// Nothing in it.
    #[error("没有任何放假的日子")]
    NoDays,
    /// Starts like JSON and breaks off or goes wrong.
    #[error("不是完整的 JSON")]
    BrokenJson,
    /// JSON of another shape.
    #[error("不是放假安排的 JSON")]
    OtherJson,
    /// A day in JSON that lacks a name, a date or whether it is off.
    #[error("这一天没有写全")]
    IncompleteDay,
    /// No year is named before the first day.
    #[error("没有先写明是哪一年")]
    NoYear,
    /// A year the calendar does not reach.
    #[error("年份“{0}”不在 {FIRST_YEAR} 年至 {LAST_YEAR} 年之间")]
    YearOutOfRange(String),
    /// A second year in one file.
    #[error("又出现了一个年份“{0}”")]
    SecondYear(String),
    /// No date, or a date that does not exist.
    #[error("“{0}”不是日期")]
    NoDate(String),
    /// A day of another year.
    #[error("{date} 不属于 {year} 年的安排")]
    OutsideYear {
        /// The day.
        date: Date,
        /// The year the arrangement is for.
        year: i16,
    },
    /// A range that ends before it starts.
    #[error("“{0}”止日早于起日")]
    Backwards(String),
    /// A day named twice.
    #[error("{date} 重复, 第 {first_line} 行已经写过")]
    Duplicate {
        /// The day.
        date: Date,
        /// Where it stood first.
        first_line: usize,
    },
    /// A line that is none of the kinds known.
    #[error("看不懂“{0}”")]
    Unknown(String),
    /// A statutory holiday is not among the days off.
    #[error("缺少法定节假日 {date} ({holiday})")]
    StatutoryDayMissing {
        /// The day.
        date: Date,
        /// The holiday.
        holiday: String,
    },
}

impl ArrangementFault {
    /// What to do about it, in Chinese.
    pub fn remedy(&self) -> &'static str {
        match self {
            Self::NoDays => {
                "这一年的安排可能还没有公布; 请等国务院办公厅通知公布后, 用完整的文件导入"
            }
            Self::BrokenJson => "文件可能没有下载完整, 请重新下载或重新保存",
            Self::OtherJson => {
                "要有 year (四位年份) 和 days (日子的列表) 两项, 请核对是否选错了文件"
            }
            Self::IncompleteDay => {
                "每个日子要有 name (节日)、date (日期)、isOffDay (是否放假) 三项"
            }
            Self::NoYear => "请在第一个节日之前写一行“年 2027”(改成实际年份)",
            Self::YearOutOfRange(_) => "请核对年份, 写成四位数字, 例如“年 2027”",
            Self::SecondYear(_) => "一个文件只放一年的安排, 请把各年分成各自的文件",
            Self::NoDate(_) => "请写成 MM-DD 或 YYYY-MM-DD, 例如 10-01; 连续的日子写 10-01..10-07",
            Self::OutsideYear { .. } => {
                "请核对日期; 除本年的日子外, 只能写上一年十二月的日子 (元旦前后的调休)"
            }
            Self::Backwards(_) => "请把起止日期对调, 先写早的一天; 起日在上一年的要写全年份",
            Self::Duplicate { .. } => "请删去其中一处; 同一天只能写一次",
            Self::Unknown(_) => {
                "每行应为“年 …”“文号 …”“来源 …”, 或“节日名 休 日子… 班 日子…”, 例如“元旦 休 01-01..01-03 班 01-04”"
            }
            Self::StatutoryDayMissing { .. } => "文件可能不完整, 请对照通知原文补上这一天",
        }
    }

    const fn at(self, line: usize) -> ArrangementError {
        ArrangementError { line: Some(line), fault: self }
    }

    const fn in_file(self) -> ArrangementError {
        ArrangementError { line: None, fault: self }
    }
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

/// An arrangement while it is read: each day with the line it stands on.
struct Draft {
    year: i16,
    documents: Vec<String>,
    sources: Vec<String>,
    days: Vec<(usize, Exception)>,
}

impl Draft {
    fn new(written: &str, line: Option<usize>) -> Result<Self, ArrangementError> {
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
    fn examined(mut self) -> Result<Arrangement, ArrangementError> {
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
