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
        }
    }
}
