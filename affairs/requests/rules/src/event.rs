//! 经过: what happens to a request, as far as it moves the clock.

use law::{Date, WorkingDays};
use serde::{Deserialize, Serialize};

/// Something that happened on a day.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Event {
    /// The day in China.
    pub on: Date,
    /// What happened.
    #[serde(flatten)]
    pub what: Happening,
}

/// What happens to a request.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(tag = "what", rename_all = "snake_case")]
pub enum Happening {
    /// 收到 (第三十一条); always the first.
    Received,
    /// 补正告知 (第三十条).
    CorrectionAsked {
        /// 补正期限; the default where the notice states none.
        days: Option<WorkingDays>,
        /// A second one, agreed to by the head of the office.
        supervisor: bool,
        /// The day the applicant got it, where shown.
        served: Option<Date>,
    },
    /// 补正申请收到.
    CorrectionReceived {
        /// There was good reason for being late.
        excuse: bool,
    },
    /// 征求意见 (第三十二条, 第三十三条第三款, 第三十四条).
    OpinionAsked {
        /// In what standing they are asked.
        of: Consulted,
        /// Whose opinion.
        who: String,
        /// The day they received the letter, where shown.
        served: Option<Date>,
    },
    /// 意见反馈.
    OpinionGiven {
        /// In what standing they were asked.
        of: Consulted,
        /// Whose opinion.
        who: String,
    },
    /// 送达 of a letter whose receipt had not been shown when it was sent.
    Served {
        /// What the letter asked for.
        letter: Awaited,
    },
    /// 延长答复期限 (第三十三条第二款): agreed and told to the applicant on this day.
    Extended {
        /// By how much.
        days: WorkingDays,
        /// By the head of the office.
        approved: bool,
    },
    /// 延迟答复 (第三十五条): the organ set a reasonable day and told the applicant.
    Delayed {
        /// The last day for the reply.
        until: Date,
    },
    /// 收费通知 (国办函〔2020〕109号).
    FeeNoticed {
        /// The day the applicant received it, where shown.
        served: Option<Date>,
    },
    /// Paid in full.
    FeePaid,
    /// 答复 sent out.
    Replied,
    /// 撤回 by the applicant.
    Withdrawn,
}

/// In what standing somebody's opinion is sought.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Consulted {
    /// 第三方, whose rights disclosure might harm (第三十二条).
    ThirdParty,
    /// 共同制作的其他机关 (第三十四条).
    JointMaker,
    /// 其他机关 (第三十三条第三款).
    OtherOrgan,
}

/// What a file waits for.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(tag = "for", rename_all = "snake_case")]
pub enum Awaited {
    /// 补正.
    Correction,
    /// 缴费.
    Payment,
    /// 意见.
    Opinion {
        /// In what standing.
        of: Consulted,
        /// Whose.
        who: String,
    },
}

impl Event {
    /// An event on a day.
    pub const fn new(on: Date, what: Happening) -> Self {
        Self { on, what }
    }
}

impl Consulted {
    /// Whether a citizen, company or other third party is asked, and not an organ.
    pub const fn is_third_party(self) -> bool {
        matches!(self, Self::ThirdParty)
    }

    /// What people call it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::ThirdParty => "第三方",
            Self::JointMaker => "共同制作机关",
            Self::OtherOrgan => "其他机关",
        }
    }

    /// Whether an answer in the standing of `other` answers a letter in this one: organs are not
    /// told apart by why they were asked.
    pub const fn is_answered_by(self, other: Self) -> bool {
        self.is_third_party() == other.is_third_party()
    }
}

impl Happening {
    /// What people call it.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Received => "收到申请",
            Self::CorrectionAsked { .. } => "补正告知",
            Self::CorrectionReceived { .. } => "收到补正",
            Self::OpinionAsked { of: Consulted::ThirdParty, .. } => "征求第三方意见",
            Self::OpinionAsked { .. } => "征求其他机关意见",
            Self::OpinionGiven { of: Consulted::ThirdParty, .. } => "第三方反馈意见",
            Self::OpinionGiven { .. } => "其他机关反馈意见",
            Self::Served { .. } => "送达",
            Self::Extended { .. } => "延长答复期限",
            Self::Delayed { .. } => "延迟答复",
            Self::FeeNoticed { .. } => "收费通知",
            Self::FeePaid => "缴费",
            Self::Replied => "答复",
            Self::Withdrawn => "撤回",
        }
    }
}

impl Awaited {
    /// What people call it.
    pub fn name(&self) -> String {
        match self {
            Self::Correction => "补正".to_owned(),
            Self::Payment => "缴费".to_owned(),
            Self::Opinion { of, who } => format!("{}{who}的意见", of.name()),
        }
    }

    /// The same without naming anybody, for the applicant.
    pub const fn anonymous(&self) -> &'static str {
        match self {
            Self::Correction => "您补正申请",
            Self::Payment => "您缴纳信息处理费",
            Self::Opinion { of: Consulted::ThirdParty, .. } => "第三方的意见",
            Self::Opinion { .. } => "其他机关的意见",
        }
    }
}
