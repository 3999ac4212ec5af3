//! Why something cannot happen to a letter now, on which provision, and what to do.

use std::fmt;

use law::{Provision, article, document};

use crate::{ANSWERED_IN_TIME, SITE_GUIDELINE, SuggestionEvent, SuggestionState};

/// A step that does not fit; nothing has changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Unfit {
    /// What was to happen.
    pub event: SuggestionEvent,
    /// How far the letter had come.
    pub state: SuggestionState,
    /// Why it cannot.
    pub why: Why,
}

/// Why a step does not fit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Why {
    /// 还没有受理.
    NotAccepted,
    /// 已经受理.
    Accepted,
    /// 答复正在审核.
    UnderReview,
    /// 答复还没有审核.
    NotReviewed,
    /// 没有送审的答复.
    NothingToReview,
    /// 已经答复.
    Answered,
    /// 还没有答复.
    NotAnswered,
    /// 已经延长过.
    Extended,
    /// 延期正等审批.
    ExtensionWaits,
    /// 没有人提请延期.
    NoExtensionWaits,
    /// 期限已过.
    TooLate,
    /// 已经再次办理过.
    AskedAgain,
    /// 正在再次办理.
    AnswersAgain,
    /// 不是重复件.
    NotJoined,
    /// 已经评价过.
    Rated,
    /// 已按信访告知.
    WithPetitions,
    /// 已告知依申请公开.
    WithDisclosure,
    /// 重复件.
    Duplicate,
    /// 不予受理.
    NotTaken,
    /// 已撤回.
    Withdrawn,
}

impl Why {
    /// Its word, as tables of cases have it.
    pub const fn word(self) -> &'static str {
        self.told().0
    }

    /// What it rests on.
    pub const fn basis(self) -> Provision {
        match self {
            Self::NotAccepted
            | Self::Accepted
            | Self::NotTaken
            | Self::Duplicate
            | Self::NotJoined => ANSWERED_IN_TIME,
            Self::UnderReview | Self::NotReviewed | Self::NothingToReview => {
                document("厦府办〔2020〕67号").item(2)
            }
            Self::Answered
            | Self::NotAnswered
            | Self::Extended
            | Self::ExtensionWaits
            | Self::NoExtensionWaits
            | Self::TooLate
            | Self::AskedAgain
            | Self::AnswersAgain
            | Self::Rated => SITE_GUIDELINE,
            Self::WithPetitions => article("信访工作条例", 23),
            Self::WithDisclosure => article("政府信息公开条例", 29),
            Self::Withdrawn => article("个人信息保护法", 15),
        }
    }

    /// What to do instead.
    pub const fn remedy(self) -> &'static str {
        self.told().2
    }

    const fn told(self) -> (&'static str, &'static str, &'static str) {
        match self {
            Self::NotAccepted => ("not_accepted", "还没有受理", "先受理"),
            Self::Accepted => ("accepted", "已经受理", "刷新页面再看"),
            Self::UnderReview => ("under_review", "答复正在审核", "先退回答复"),
            Self::NotReviewed => ("not_reviewed", "答复还没有经另一人审核", "等审核通过再发出"),
            Self::NothingToReview => ("nothing_to_review", "没有送审的答复", "先起草答复"),
            Self::Answered => ("answered", "已经答复", "留言人不满意的，可以自己要求再次答复"),
            Self::NotAnswered => ("not_answered", "还没有答复", "请等答复"),
            Self::Extended => ("extended", "已经延长过一次", "请按期答复"),
            Self::ExtensionWaits => ("extension_waits", "延期正等另一人审批", "等审批"),
            Self::NoExtensionWaits => ("no_extension_waits", "没有人提请延期", "刷新页面再看"),
            Self::TooLate => ("too_late", "最迟答复的日子已经过了，不能再延长", "请尽快答复"),
            Self::AskedAgain => ("asked_again", "已经再次答复过一次", "有新的问题请另写一件"),
            Self::AnswersAgain => {
                ("answers_again", "留言人要求再次答复，由原来答复的机关再答", "请起草再次答复")
            }
            Self::NotJoined => ("not_joined", "不是重复件", "刷新页面再看"),
            Self::Rated => ("rated", "已经评价过", "每次答复评价一次"),
            Self::WithPetitions => ("with_petitions", "是信访事项，已经告知", "请看告知的内容"),
            Self::WithDisclosure => {
                ("with_disclosure", "已告知依申请公开", "请从申请公开的入口提交")
            }
            Self::Duplicate => ("duplicate", "是重复件，随第一件一并答复", "请看第一件"),
            Self::NotTaken => ("not_taken", "不予受理，理由已经告知", "有新的问题请另写一件"),
            Self::Withdrawn => ("withdrawn", "留言人已经撤回", "不再办理"),
        }
    }
}

impl fmt::Display for Why {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.told().1)
    }
}

impl fmt::Display for Unfit {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "不能{}：{}。{}。", self.event.name(), self.why, self.why.remedy())
    }
}

impl std::error::Error for Unfit {}
