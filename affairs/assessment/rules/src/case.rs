//! 被评估的一件: something an organ had to do, by which day, and when it did it.

use law::Date;
use serde::{Deserialize, Serialize};

use crate::{Period, Until};

/// What had to be done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CaseKind {
    /// 公开义务 of the catalogue: published by a day.
    Publication,
    /// 依申请公开: an application, answered by a day.
    Answer,
}

/// 被评估的一件. It says nothing of a person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Case {
    /// What had to be done.
    pub kind: CaseKind,
    /// The organ that had to.
    pub organ: String,
    /// Its division, 12 digits.
    pub division: String,
    /// The domain's slug; empty for an answer.
    pub domain: String,
    /// The day it began.
    pub arose: Option<Date>,
    /// The last day in time; none where no words set one or the clock stands still.
    pub last: Option<Date>,
    /// The day it was done.
    pub done: Option<Date>,
    /// 工作日 from the day it began, which is not counted, to the day it was done.
    pub days: Option<u32>,
    /// Whether those are no more than the answer may take without extension.
    pub within: bool,
    /// 延长过答复期限.
    pub extended: bool,
    /// The day it was done is what a source states: this platform has not seen it.
    pub stated: bool,
    /// Why it is in no rate, where it is not.
    pub left_out: Option<String>,
}

/// How a case ended in its period.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// 按时.
    InTime,
    /// 迟: done after its last day.
    Late,
    /// 逾期: not done by the day of counting, and its last day was over.
    Overdue,
    /// It is in no rate; why is said beside it.
    LeftOut,
}

impl CaseKind {
    /// Both, in the order in which they are told.
    pub const ALL: [Self; 2] = [Self::Publication, Self::Answer];

    /// Its word in tables and addresses.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Publication => "publication",
            Self::Answer => "answer",
        }
    }

    /// What people call it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Publication => "目录公开义务",
            Self::Answer => "公开申请",
        }
    }

    /// By its word; `None` for any other.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.word() == word)
    }
}

impl Outcome {
    /// All, in the order in which they are told.
    pub const ALL: [Self; 4] = [Self::InTime, Self::Late, Self::Overdue, Self::LeftOut];

    /// Its word in tables and addresses.
    pub const fn word(self) -> &'static str {
        match self {
            Self::InTime => "in_time",
            Self::Late => "late",
            Self::Overdue => "overdue",
            Self::LeftOut => "left_out",
        }
    }

    /// What people call it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::InTime => "按时",
            Self::Late => "迟",
            Self::Overdue => "逾期",
            Self::LeftOut => "不计入",
        }
    }

    /// By its word; `None` for any other.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|outcome| outcome.word() == word)
    }
}

impl Case {
    /// How it stands in a period, counted up to a day: a case belongs to the one period in which its last day
    /// lies, whenever it was done (docs/readings/236). `None` where it belongs to another, or its last day is
    /// not over yet and it was not done.
    pub fn outcome(&self, period: Period, until: Until) -> Option<Outcome> {
        let done = self.done.filter(|done| *done <= until.known);
        let Some(last) = self.last else {
            let own = self.arose.is_some_and(|arose| period.contains(arose));
            return own.then_some(Outcome::LeftOut);
        };
        if !period.contains(last) {
            return None;
        }
        if self.left_out.is_some() {
            return Some(Outcome::LeftOut);
        }
        match done {
            Some(done) if done <= last => Some(Outcome::InTime),
            Some(_) => Some(Outcome::Late),
            None if last <= until.over => Some(Outcome::Overdue),
            None => None,
        }
    }

    /// Whether it was done in a period, as far as is known on a day, and counts.
    pub fn is_done_in(&self, period: Period, until: Until) -> bool {
        let done = self.done.filter(|done| *done <= until.known);
        self.left_out.is_none() && done.is_some_and(|done| period.contains(done))
    }
}
