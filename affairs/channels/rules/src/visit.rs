//! 服务登记: what people come for, by the functions the notice names.

use serde::{Deserialize, Serialize};

/// What somebody came for, in the notice's order; nothing of who it was is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Purpose {
    /// 政府信息查询.
    Inquiry,
    /// 信息公开申请.
    Application,
    /// 办事咨询答复.
    Consultation,
}

impl Purpose {
    /// All three.
    pub const ALL: [Self; 3] = [Self::Inquiry, Self::Application, Self::Consultation];

    /// What people call it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Inquiry => "政府信息查询",
            Self::Application => "信息公开申请",
            Self::Consultation => "办事咨询",
        }
    }

    /// The word it is kept by.
    pub fn word(self) -> &'static str {
        match self {
            Self::Inquiry => "inquiry",
            Self::Application => "application",
            Self::Consultation => "consultation",
        }
    }

    /// The purpose of a word; whoever only looks is inquiring.
    pub fn of_word(word: &str) -> Option<Self> {
        match word {
            "" => Some(Self::Inquiry),
            word => Self::ALL.into_iter().find(|purpose| purpose.word() == word),
        }
    }
}
