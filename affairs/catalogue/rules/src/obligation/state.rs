//! How an obligation stands on a day.

use std::fmt;

use law::Date;
use serde::{Deserialize, Serialize};

use super::Disclosure;

/// How an obligation stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ObligationState {
    /// 未到期.
    NotDue,
    /// 即将到期.
    DueSoon,
    /// 按时公开.
    Kept,
    /// 迟公开: published after the due day.
    KeptLate,
    /// 逾期.
    Overdue,
    /// 本期不适用.
    Waived,
    /// 无法算出期限: the limit's words set no day. Shown, published or not, and never counted late.
    Undated,
}

/// What kept an obligation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Kept {
    /// The day of publication that counts.
    pub on: Date,
    /// The record.
    pub record: String,
    /// Whether that day is stated by a source and not proved by this platform (docs/readings/018).
    pub stated: bool,
}

impl Kept {
    pub(super) fn by(disclosure: &Disclosure) -> Self {
        Self {
            on: disclosure.day(),
            record: disclosure.record.clone(),
            stated: disclosure.is_stated(),
        }
    }
}

impl ObligationState {
    /// All states, in the order in which they are listed.
    pub const ALL: [Self; 7] = [
        Self::NotDue,
        Self::DueSoon,
        Self::Kept,
        Self::KeptLate,
        Self::Overdue,
        Self::Waived,
        Self::Undated,
    ];

    /// How it stands on `today`. Due days up to `soon` are near.
    pub(super) fn of(
        due: Option<Date>,
        kept: Option<Date>,
        waived: bool,
        today: Date,
        soon: Date,
    ) -> Self {
        match (due, kept) {
            (Some(due), Some(kept)) if kept <= due => Self::Kept,
            // That it did not hold was refuted by what was published.
            (Some(_), Some(_)) => Self::KeptLate,
            _ if waived => Self::Waived,
            (None, _) => Self::Undated,
            (Some(due), None) if due < today => Self::Overdue,
            (Some(due), None) if due <= soon => Self::DueSoon,
            (Some(_), None) => Self::NotDue,
        }
    }

    /// The word it is stored and exchanged under.
    pub const fn word(self) -> &'static str {
        match self {
            Self::NotDue => "not_due",
            Self::DueSoon => "due_soon",
            Self::Kept => "kept",
            Self::KeptLate => "kept_late",
            Self::Overdue => "overdue",
            Self::Waived => "waived",
            Self::Undated => "undated",
        }
    }

    /// The state by its word; `None` for any other word.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.word() == word)
    }

    /// Its name.
    pub const fn name(self) -> &'static str {
        match self {
            Self::NotDue => "未到期",
            Self::DueSoon => "即将到期",
            Self::Kept => "按时公开",
            Self::KeptLate => "迟公开",
            Self::Overdue => "逾期",
            Self::Waived => "本期不适用",
            Self::Undated => "时限没有可以计算的日子",
        }
    }
}

impl fmt::Display for ObligationState {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.name())
    }
}
