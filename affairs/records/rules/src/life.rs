//! 有效性: whether a document holds on a day, worked out from the days that bear on it.
//!
//! Fujian's pages show 有效、失效、废止; 已修改、部分失效、尚未生效 are added because a reader who
//! relies on the text needs to know. It is never stored: a document becomes 失效 overnight. Which day
//! is the first and which the last: docs/readings/004.

use std::fmt;

use jiff::ToSpan;
use law::Date;
use serde::{Deserialize, Serialize};

/// The days that decide whether a document holds.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Life {
    /// 施行日期: the first day it holds; `None` if it holds from the day it was made.
    pub in_force_from: Option<Date>,
    /// 有效期至: the last day it holds; `None` without a term.
    pub last_day: Option<Date>,
    /// 废止.
    pub repealed: Option<Repeal>,
    /// The first day of its amended text; the text as published stands amended from then on.
    pub amended_from: Option<Date>,
    /// The document that amends it, as cited.
    pub amended_by: Option<String>,
    /// The first day on which part of it no longer holds.
    pub partly_void_from: Option<Date>,
}

/// 废止: from when, and by what.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Repeal {
    /// The first day it no longer holds.
    pub from: Date,
    /// The document that repeals it, as cited.
    pub by: Option<String>,
}

/// Whether a document holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Validity {
    /// 有效.
    InForce,
    /// 失效: its term has run out.
    Lapsed,
    /// 废止.
    Repealed,
    /// 已修改: it holds, in another wording.
    Amended,
    /// 部分失效.
    PartlyVoid,
    /// 尚未生效.
    NotYet,
}

/// How long before its last day a document's lapse is announced (docs/readings/006).
const WARNING_MONTHS: i32 = 6;

impl Life {
    /// Whether the document holds on `date`. What ends it comes before what begins it: a document
    /// repealed before its first day is 废止, not 尚未生效.
    pub fn validity_on(&self, date: Date) -> Validity {
        let begun = |day: Option<Date>| day.is_some_and(|day| day <= date);
        if begun(self.repealed.as_ref().map(|repeal| repeal.from)) {
            return Validity::Repealed;
        }
        if self.last_day.is_some_and(|last| last < date) {
            return Validity::Lapsed;
        }
        if self.in_force_from.is_some_and(|first| date < first) {
            return Validity::NotYet;
        }
        if begun(self.partly_void_from) {
            return Validity::PartlyVoid;
        }
        if begun(self.amended_from) { Validity::Amended } else { Validity::InForce }
    }

    /// 即将到期: the last day, if the document still holds on `date` and lapses within six months.
    pub fn lapses_soon(&self, date: Date) -> Option<Date> {
        let holds = self.validity_on(date).holds();
        self.last_day.filter(|last| {
            let warned_from = last.checked_sub(WARNING_MONTHS.months()).unwrap_or(Date::MIN);
            holds && warned_from <= date
        })
    }
}

impl Validity {
    /// All six, in the order they are listed in filters.
    pub const ALL: [Self; 6] = [
        Self::InForce,
        Self::Lapsed,
        Self::Repealed,
        Self::Amended,
        Self::PartlyVoid,
        Self::NotYet,
    ];

    /// The word on the page: 有效.
    pub const fn name(self) -> &'static str {
        match self {
            Self::InForce => "有效",
            Self::Lapsed => "失效",
            Self::Repealed => "废止",
            Self::Amended => "已修改",
            Self::PartlyVoid => "部分失效",
            Self::NotYet => "尚未生效",
        }
    }

    /// Whether the document may be relied on, at least in part.
    pub const fn holds(self) -> bool {
        matches!(self, Self::InForce | Self::Amended | Self::PartlyVoid)
    }
}

impl fmt::Display for Validity {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.name())
    }
}
