//! 一个报名的一生 (条例第十六条): it counts until whoever enrolled takes it back, or it is found not to fit the conditions of the
//! notice; both are final. Whether it may be done on a day is told by the stage of the hearing.

use law::{Provision, article};

use crate::{DECISIONS, Refused};

/// 个人信息保护法第四十五条: one's own data are taken back.
const OWN: Provision = article("个人信息保护法", 45);
/// 第十六条: who takes part is chosen by a published rule.
const SELECTED: Provision = article(DECISIONS, 16);

/// What became of an enrolment before the list was bound.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum EnrolmentState {
    /// It counts.
    Enrolled,
    /// 已撤回, by whoever enrolled.
    Retracted,
    /// 不符合条件.
    Excluded,
}

/// What can be done to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum EnrolmentStep {
    /// 本人撤回.
    Retract,
    /// 认定不符合条件.
    Exclude,
}

impl EnrolmentState {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Enrolled, Self::Retracted, Self::Excluded];

    /// As a column keeps it.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Enrolled => "enrolled",
            Self::Retracted => "retracted",
            Self::Excluded => "excluded",
        }
    }

    /// As people read it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Enrolled => "已报名",
            Self::Retracted => "本人已撤回",
            Self::Excluded => "不符合条件",
        }
    }

    /// The state a column keeps.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.word() == word)
    }

    /// The state after a step.
    ///
    /// # Errors
    /// The step does not follow here: why, what to do, and the provision.
    pub fn after(self, step: EnrolmentStep) -> Result<Self, Refused> {
        let (words, remedy, basis) = match (self, step) {
            (Self::Enrolled, EnrolmentStep::Retract) => return Ok(Self::Retracted),
            (Self::Enrolled, EnrolmentStep::Exclude) => return Ok(Self::Excluded),
            (Self::Retracted, EnrolmentStep::Retract) => {
                ("这次报名已经撤回", "不用再办；还想参加的，重新报名", OWN)
            }
            (Self::Retracted, EnrolmentStep::Exclude) => ("这个编号已经撤回", "不用再办", SELECTED),
            (Self::Excluded, EnrolmentStep::Retract) => {
                ("这次报名不符合条件，没有算进名单", "不用再办；有异议的，打公告上的电话", SELECTED)
            }
            (Self::Excluded, EnrolmentStep::Exclude) => {
                ("这个编号已经认定过", "不用再办", SELECTED)
            }
        };
        Err(Refused { words, remedy, basis })
    }
}

impl EnrolmentStep {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Retract, Self::Exclude];

    /// As people read it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Retract => "本人撤回",
            Self::Exclude => "认定不符合条件",
        }
    }
}
