//! 起草、征求意见、审核: how far the draft of a version has come (docs/readings/021).

use law::Date;
use serde::{Deserialize, Serialize};

/// Where a draft stands on its way to 发布.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(tag = "stage", rename_all = "snake_case")]
pub enum DraftStage {
    /// 起草: seen by nobody outside.
    #[default]
    Drafting,
    /// 征求意见: everybody may read it and say what they think.
    Consultation {
        /// The last day on which opinions are taken.
        until: Date,
    },
    /// 审核: what was said is weighed; the draft may still be changed.
    Review,
}

/// Why a draft cannot go on.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum OutOfTurn {
    /// 征求意见 must end on a later day.
    #[error("征求意见截止日 {0} 不晚于今天")]
    NoTimeToAnswer(Date),
    /// Opinions are still being taken.
    #[error("征求意见到 {0} 才截止")]
    StillAsking(Date),
    /// It has to be put to the public first.
    #[error("草稿还没有征求意见")]
    NotAsked,
    /// It has been reviewed already.
    #[error("草稿已经在审核")]
    UnderReview,
    /// The time for opinions is over and they have not been weighed.
    #[error("草稿还没有审核")]
    NotReviewed,
    /// What people are asked about stays as it is until they have answered.
    #[error("草稿正在征求意见，到 {0} 截止，其间不能改动")]
    Fixed(Date),
}

impl OutOfTurn {
    /// What the person may do about it.
    pub const fn remedy(&self) -> &'static str {
        match self {
            Self::NoTimeToAnswer(_) => "写一个今天以后的日子",
            Self::StillAsking(_) => "等截止后再审核",
            Self::NotAsked => "先征求意见",
            Self::UnderReview => "要重新征求意见或者整份换掉的，先退回起草",
            Self::NotReviewed => "先审核",
            Self::Fixed(_) => "等截止后在审核时修改，或者退回起草",
        }
    }
}

impl DraftStage {
    /// In Chinese.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Drafting => "起草",
            Self::Consultation { .. } => "征求意见",
            Self::Review => "审核",
        }
    }

    /// 征求意见 until `until`; one that is under way may be given another last day.
    ///
    /// # Errors
    /// It is under review, or the day is not to come.
    pub fn consult(self, today: Date, until: Date) -> Result<Self, OutOfTurn> {
        match self {
            Self::Review => Err(OutOfTurn::UnderReview),
            _ if until <= today => Err(OutOfTurn::NoTimeToAnswer(until)),
            _ => Ok(Self::Consultation { until }),
        }
    }

    /// 审核, once the time for opinions is over.
    ///
    /// # Errors
    /// It was not put to the public, or opinions are still being taken.
    pub fn review(self, today: Date) -> Result<Self, OutOfTurn> {
        match self {
            Self::Drafting => Err(OutOfTurn::NotAsked),
            Self::Consultation { until } if today <= until => Err(OutOfTurn::StillAsking(until)),
            Self::Consultation { .. } | Self::Review => Ok(Self::Review),
        }
    }

    /// Whether its rows may be changed.
    ///
    /// # Errors
    /// People are being asked about it as it stands.
    pub const fn may_change(self) -> Result<(), OutOfTurn> {
        match self {
            Self::Consultation { until } => Err(OutOfTurn::Fixed(until)),
            Self::Drafting | Self::Review => Ok(()),
        }
    }

    /// Whether another draft may take its place: only while nobody but its authors has seen it.
    ///
    /// # Errors
    /// People are being asked about it, or it is under review.
    pub const fn may_be_replaced(self) -> Result<(), OutOfTurn> {
        match self {
            Self::Drafting => Ok(()),
            Self::Consultation { until } => Err(OutOfTurn::Fixed(until)),
            Self::Review => Err(OutOfTurn::UnderReview),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::DraftStage::{Consultation, Drafting, Review};
    use super::OutOfTurn;
    use law::day;

    #[test]
    fn a_draft_goes_from_step_to_step_and_leaves_none_out() {
        let (today, until) = (day(2026, 11, 25), day(2026, 12, 25));
        let asked = Consultation { until };
        assert_eq!(Drafting.consult(today, until), Ok(asked));
        assert_eq!(Drafting.consult(today, today), Err(OutOfTurn::NoTimeToAnswer(today)));
        assert_eq!(Drafting.review(today), Err(OutOfTurn::NotAsked));
        assert_eq!(asked.review(until), Err(OutOfTurn::StillAsking(until)));
        assert_eq!(asked.review(day(2026, 12, 26)), Ok(Review));
        assert_eq!(Review.consult(today, until), Err(OutOfTurn::UnderReview));
        assert_eq!(asked.may_change(), Err(OutOfTurn::Fixed(until)));
        assert!(Drafting.may_change().is_ok() && Review.may_change().is_ok());
    }
}
