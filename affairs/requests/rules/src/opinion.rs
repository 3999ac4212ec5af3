//! 意见怎样用: what an opinion given, or the silence kept, leads to (条例第十五条、第三十二条、第三十四条).

use law::{Provision, article};
use serde::{Deserialize, Serialize};

use crate::event::Consulted;
use crate::letter::Letter;
use crate::period::REGULATION;

/// What somebody asked says to disclosure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Opinion {
    /// 同意公开.
    Agrees,
    /// 同意公开其中一部分, with what is to be kept back and why.
    AgreesInPart,
    /// 不同意公开, with a reason. Whether that holds, the organ judges.
    ObjectsWithReason,
    /// 不同意公开, without a reason.
    ObjectsWithoutReason,
    /// 逾期未提出意见.
    Silent,
}

/// What it leads to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OpinionEffect {
    /// May be disclosed as far as this opinion goes.
    Disclose,
    /// Disclosed against it; what is disclosed and why is told in writing.
    DiscloseAndTell,
    /// The organ judges first whether the reason is 合理 (docs/readings/218).
    JudgeFirst,
    /// Not disclosed (D4).
    Withhold,
    /// The organ decides by the Regulation; silence is neither consent nor refusal.
    OrganDecides,
    /// The organ weighs it: opinions of other organs do not bind.
    Weigh,
}

impl Opinion {
    /// What it leads to. `holds`: how the organ judged the reason; none before that. `public_interest`: keeping
    /// it back would gravely harm the public interest.
    pub const fn effect(
        self,
        of: Consulted,
        holds: Option<bool>,
        public_interest: bool,
    ) -> OpinionEffect {
        match (of, self) {
            (_, Self::Agrees) | (Consulted::JointMaker, Self::Silent) => OpinionEffect::Disclose,
            (Consulted::JointMaker | Consulted::OtherOrgan, _) => OpinionEffect::Weigh,
            (Consulted::ThirdParty, Self::Silent) => OpinionEffect::OrganDecides,
            (Consulted::ThirdParty, _) if public_interest => OpinionEffect::DiscloseAndTell,
            (Consulted::ThirdParty, Self::ObjectsWithoutReason) => OpinionEffect::OrganDecides,
            (Consulted::ThirdParty, Self::AgreesInPart | Self::ObjectsWithReason) => match holds {
                None => OpinionEffect::JudgeFirst,
                Some(true) => OpinionEffect::Withhold,
                Some(false) => OpinionEffect::OrganDecides,
            },
        }
    }

    /// Whether it gives a reason against disclosing, which the organ has to judge.
    pub const fn gives_reason(self) -> bool {
        matches!(self, Self::AgreesInPart | Self::ObjectsWithReason)
    }

    /// What people call it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Agrees => "同意公开",
            Self::AgreesInPart => "同意公开其中一部分",
            Self::ObjectsWithReason => "不同意公开，写了理由",
            Self::ObjectsWithoutReason => "不同意公开，没有写理由",
            Self::Silent => "逾期未提出意见",
        }
    }
}

impl OpinionEffect {
    /// The letter that goes to the third party.
    pub const fn letter(self) -> Option<Letter> {
        match self {
            Self::DiscloseAndTell => Some(Letter::DecisionToThirdParty),
            _ => None,
        }
    }

    /// The provision.
    pub const fn basis(self, of: Consulted) -> Provision {
        match of {
            Consulted::ThirdParty => article(REGULATION, 32),
            Consulted::JointMaker => article(REGULATION, 34),
            Consulted::OtherOrgan => article(REGULATION, 33).paragraph(3),
        }
    }
}
