//! 转送与告知: what becomes of a request or a demand for correction that is another's to answer
//! (条例第三十六条第（五）项、第四十一条; docs/readings/125).

use law::{Provision, article};
use serde::{Deserialize, Serialize};

use crate::period::REGULATION;

/// What came to the wrong place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Misplaced {
    /// A request, sent to another unit or person of the organ.
    RequestWithinOrgan,
    /// A request for what another organ is to disclose.
    RequestForOtherOrgan,
    /// A demand to correct a record that another organ may correct.
    RectificationForOtherOrgan,
    /// A matter of a 公共企事业单位, to which the sector's rules apply (第五十五条).
    PublicEnterprise,
}

/// What is done with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Whither {
    /// Handed to the 工作机构 the same day; it is received when that has it.
    ToOffice,
    /// The applicant is told which organ it is, as far as known (answer U1b); nothing is sent on.
    TellApplicant,
    /// Sent on to the organ that may correct it, or the applicant told whom to ask.
    SendOnOrTell,
    /// The applicant is told of 申诉 to the competent department.
    TellOfComplaint,
}

impl Misplaced {
    /// What is done with it.
    pub const fn whither(self) -> Whither {
        match self {
            Self::RequestWithinOrgan => Whither::ToOffice,
            Self::RequestForOtherOrgan => Whither::TellApplicant,
            Self::RectificationForOtherOrgan => Whither::SendOnOrTell,
            Self::PublicEnterprise => Whither::TellOfComplaint,
        }
    }

    /// The provision.
    pub const fn basis(self) -> Provision {
        match self {
            Self::RequestWithinOrgan => article(REGULATION, 31),
            Self::RequestForOtherOrgan => article(REGULATION, 36).item(5),
            Self::RectificationForOtherOrgan => article(REGULATION, 41),
            Self::PublicEnterprise => article(REGULATION, 55),
        }
    }

    /// The code of the answer, where there is one.
    pub const fn answer_code(self) -> Option<&'static str> {
        match self {
            Self::RequestForOtherOrgan => Some("U1b"),
            _ => None,
        }
    }
}
