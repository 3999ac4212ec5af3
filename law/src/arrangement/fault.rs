//! What can be wrong with a file that should hold an arrangement, where, and what to do about it.

use crate::Date;
use crate::calendar::{FIRST_YEAR, LAST_YEAR};

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

    pub(super) const fn at(self, line: usize) -> ArrangementError {
        ArrangementError { line: Some(line), fault: self }
    }

    pub(super) const fn in_file(self) -> ArrangementError {
        ArrangementError { line: None, fault: self }
    }
}
