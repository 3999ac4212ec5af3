//! 必备内容: what an answer must contain, by its kind (条例第三十六条至第三十九条).

use serde::{Deserialize, Serialize};

/// Something an answer must contain.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Fact {
    /// 获取该政府信息的方式、途径, for the web the exact address.
    Whereabouts,
    /// The information itself, or way, path and time of getting it.
    Provided,
    /// Which part is open.
    OpenPart,
    /// 理由.
    Reason,
    /// The law or administrative regulation that forbids it, with its article.
    ForbiddingStatute,
    /// How the third party was asked and what it said.
    ThirdPartyRecord,
    /// Which of the kinds the article lists.
    Kind,
    /// The special statute, and where to ask.
    SpecialStatute,
    /// 检索记录: systems, words, who, when.
    SearchRecord,
    /// Which organ is responsible, as far as known, with its contact.
    ResponsibleOrgan,
    /// What stays unclear.
    Unclear,
    /// The number of the earlier answer.
    EarlierAnswer,
    /// The reasons asked for and how they were judged.
    ReasonsJudged,
    /// When the information was provided before.
    EarlierProvision,
    /// Proof that the notice was served.
    ProofOfService,
}

impl Fact {
    /// Whether an answer may be sent without it: 第三十六条第（五）项 asks for the responsible organ
    /// only where it can be made out.
    pub const fn may_be_unknown(self) -> bool {
        matches!(self, Self::ResponsibleOrgan)
    }

    /// What the form calls it.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Whereabouts => "获取信息的方式、途径",
            Self::Provided => "所提供的信息，或者获取的方式、途径和时间",
            Self::OpenPart => "公开的部分",
            Self::Reason => "理由",
            Self::ForbiddingStatute => "禁止公开的法律、行政法规及条款",
            Self::ThirdPartyRecord => "征求第三方意见的情况",
            Self::Kind => "属于哪一类",
            Self::SpecialStatute => "有特别规定的法律、行政法规和查询途径",
            Self::SearchRecord => "检索记录（系统、检索词、人员、时间）",
            Self::ResponsibleOrgan => "负责公开的机关及联系方式（能够确定的）",
            Self::Unclear => "仍不明确的内容",
            Self::EarlierAnswer => "此前答复的文号",
            Self::ReasonsJudged => "要求说明的理由及认定",
            Self::EarlierProvision => "此前提供的时间和方式",
            Self::ProofOfService => "告知、通知的送达证明",
        }
    }
}
