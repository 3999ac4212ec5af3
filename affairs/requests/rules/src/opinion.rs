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
    /// 不同意公开, with reasons that hold.
    ObjectsWithReason,
    /// 不同意公开, without reasons or with such that do not hold.
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
    /// Not disclosed (D4).
    Withhold,
    /// The organ decides by the Regulation; silence is neither consent nor refusal.
    OrganDecides,
    /// The organ weighs it: opinions of other organs do not bind.
    Weigh,
}

impl Opinion {
    /// What it leads to. `public_interest`: keeping it back would gravely harm the public interest.
    pub const fn effect(self, of: Consulted, public_interest: bool) -> OpinionEffect {
        match (of, self, public_interest) {
            (_, Self::Agrees, _) | (Consulted::JointMaker, Self::Silent, _) => {
                OpinionEffect::Disclose
            }
            (Consulted::JointMaker | Consulted::OtherOrgan, ..) => OpinionEffect::Weigh,
            (Consulted::ThirdParty, Self::ObjectsWithReason | Self::ObjectsWithoutReason, true) => {
                OpinionEffect::DiscloseAndTell
            }
            (Consulted::ThirdParty, Self::ObjectsWithReason, false) => OpinionEffect::Withhold,
            (Consulted::ThirdParty, Self::ObjectsWithoutReason | Self::Silent, _) => {
                OpinionEffect::OrganDecides
            }
        }
    }

    /// What people call it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Agrees => "同意公开",
            Self::ObjectsWithReason => "不同意公开，理由成立",
            Self::ObjectsWithoutReason => "不同意公开，没有理由或者理由不成立",
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
