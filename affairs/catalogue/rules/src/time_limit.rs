//! 公开时限 as data. Working days and calendar days are different kinds and never converted
//! (docs/readings/013).

use serde::{Deserialize, Serialize};

/// What sort of limit it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TimeLimitKind {
    /// N个工作日内.
    WorkingDays,
    /// N日内: calendar days.
    CalendarDays,
    /// 实时.
    Realtime,
    /// 及时.
    Timely,
    /// 每年…, 每季度, 半年至少….
    Periodic,
    /// …N日前.
    BeforeEvent,
    /// 长期, 永久.
    LongTerm,
    /// Words that set no limit of these kinds.
    Other,
}

/// The days an amount is counted in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DayUnit {
    /// 工作日.
    WorkingDays,
    /// 日, 天.
    CalendarDays,
}

/// 公示期: for how long something has to stay posted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct NoticePeriod {
    /// The number of days.
    pub amount: u32,
    /// What they are counted in.
    pub unit: DayUnit,
}

/// 公开时限 of one item. The words it was read from stay beside it in the item.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct TimeLimit {
    /// The general part of the limit decides.
    pub kind: TimeLimitKind,
    /// The number of days, where days are counted.
    pub amount: Option<u32>,
    /// The event the days run from or towards, without 自, 信息 and 之日起.
    pub anchor: Option<String>,
    /// What `amount` is counted in; also set for [`TimeLimitKind::BeforeEvent`].
    #[serde(default)]
    pub unit: Option<DayUnit>,
    /// 公示期, where the cell also sets one.
    #[serde(default)]
    pub notice: Option<NoticePeriod>,
    /// 法律法规另有规定的从其规定: another statute may set a different limit.
    #[serde(default)]
    pub unless_otherwise_provided: bool,
    /// How often and by which day, where a [`TimeLimitKind::Periodic`] limit says so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub period: Option<Period>,
    /// 长期 or 永久 beside a limit: what was published stays.
    #[serde(default, skip_serializing_if = "is_false")]
    pub long_term: bool,
    /// The other limits of a cell with several, in their order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub also: Vec<ScopedLimit>,
}

/// How often something has to be published anew.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Every {
    /// 每年, 年度.
    Year,
    /// 每半年.
    HalfYear,
    /// 每季度.
    Quarter,
    /// 每月.
    Month,
    /// 每N个工作日, 每N日: as many as the limit's amount.
    Days,
}

/// By which day of a period.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PeriodEnd {
    /// No day is stated: until the period is over (docs/readings/017).
    #[default]
    LastDay,
    /// 1月31日前, 5日前: on that day at the latest.
    Day {
        /// The month, where one is stated.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        month: Option<i8>,
        /// The day of the month; the 31st of a shorter month is its last day.
        day: i8,
    },
    /// 结束后N日内: the limit's amount after the period is over.
    AfterEnd,
    /// Words that name no day, such as 年初.
    Unsaid,
}

/// 周期: what a periodic limit says beside 每.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Period {
    /// How often.
    pub every: Every,
    /// By which day.
    #[serde(default, skip_serializing_if = "is_last_day")]
    pub by: PeriodEnd,
}

/// One more limit of a cell, and the words that say what it is for.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct ScopedLimit {
    /// 行政许可、行政处罚; empty where the limit names nothing it is for.
    pub scope: String,
    /// The limit; it has no further ones of its own.
    pub limit: TimeLimit,
}

fn is_false(it: &bool) -> bool {
    !it
}

fn is_last_day(by: &PeriodEnd) -> bool {
    *by == PeriodEnd::LastDay
}

impl TimeLimit {
    /// A limit of this kind that counts no days.
    pub const fn of(kind: TimeLimitKind) -> Self {
        Self {
            kind,
            amount: None,
            anchor: None,
            unit: None,
            notice: None,
            unless_otherwise_provided: false,
            period: None,
            long_term: false,
            also: Vec::new(),
        }
    }

    /// Reads the words of a cell as the catalogue reader does; `None` for an empty cell or a dash.
    pub fn read(words: &str) -> Option<Self> {
        crate::reading::limit(words)
    }
}
