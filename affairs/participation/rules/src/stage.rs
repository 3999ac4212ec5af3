//! 一次征求意见的一生: which step follows which. Every pair of a stage and a step is either a transition or a
//! refusal that cites the provision it rests on and says what to do instead.

use law::{Date, Provision, article, document};

use crate::{DECISIONS, NOTICE_2020};

/// How far a consultation has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Stage {
    /// 起草.
    Draft,
    /// 公告审查中.
    InReview,
    /// 征求中: the notice is public and its last day is not over.
    Open,
    /// 已截止: opinions are studied.
    Closed,
    /// 采纳情况审查中.
    AnswersInReview,
    /// 已反馈: the answers are public.
    Answered,
    /// 已放弃, before it was public.
    Dropped,
    /// 已撤下: it should not have been public.
    Withdrawn,
}

/// What can be done to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Step {
    /// 修改公告.
    Edit,
    /// 公告送审.
    Submit,
    /// 公告退回.
    Return,
    /// 公布.
    Open,
    /// 放弃.
    Drop,
    /// 网上提出意见.
    Opinion,
    /// 登记来信、来访、会上的意见.
    Register,
    /// 撤回本人的意见.
    Retract,
    /// 屏蔽违法内容.
    Hide,
    /// 截止.
    Close,
    /// 研究采纳情况.
    Answer,
    /// 采纳情况送审.
    SubmitAnswers,
    /// 采纳情况退回.
    ReturnAnswers,
    /// 公布采纳情况.
    PublishAnswers,
    /// 撤下: what should not have been published.
    Withdraw,
    /// 撤下采纳情况: the answers alone should not have been published; they are put right and published anew.
    WithdrawAnswers,
}

/// Why a step is not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{words}。{remedy}。（{basis}）")]
pub struct Refused {
    /// What stands in the way.
    pub words: &'static str,
    /// What to do instead.
    pub remedy: &'static str,
    /// Says who.
    pub basis: Provision,
}

/// 第十四条: people are heard before the decision.
const HEARD: Provision = article(DECISIONS, 14);
/// 第十五条: draft and explanation are published, with ways and time.
const PUBLISHED: Provision = article(DECISIONS, 15);
/// 第十八条: the organ sums up and studies what was said, and takes what is reasonable.
const STUDIED: Provision = article(DECISIONS, 18);
/// 第三十三条: what was done is kept as it was.
const KEPT: Provision = article(DECISIONS, 33);
/// 三(三): opinions are answered, and the answers published.
const TOLD: Provision = document(NOTICE_2020);

const fn no(words: &'static str, remedy: &'static str, basis: Provision) -> Result<Stage, Refused> {
    Err(Refused { words, remedy, basis })
}

impl Stage {
    /// All of them, in the order of a life.
    pub const ALL: [Self; 8] = [
        Self::Draft,
        Self::InReview,
        Self::Open,
        Self::Closed,
        Self::AnswersInReview,
        Self::Answered,
        Self::Dropped,
        Self::Withdrawn,
    ];

    /// As people read it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Draft => "起草",
            Self::InReview => "公告审查中",
            Self::Open => "征求中",
            Self::Closed => "已截止，正在研究",
            Self::AnswersInReview => "采纳情况审查中",
            Self::Answered => "已反馈",
            Self::Dropped => "已放弃",
            Self::Withdrawn => "已撤下",
        }
    }

    /// Whether everybody may read the notice.
    pub const fn is_public(self) -> bool {
        matches!(self, Self::Open | Self::Closed | Self::AnswersInReview | Self::Answered)
    }

    /// What it is on a day: nobody closes a consultation by hand, its last day does.
    #[must_use]
    pub fn on(self, today: Date, ends_on: Option<Date>) -> Self {
        match self {
            Self::Open if ends_on.is_some_and(|last| today > last) => Self::Closed,
            other => other,
        }
    }

    /// The stage after a step.
    ///
    /// # Errors
    /// The step does not follow here: why, what to do, and the provision.
    pub const fn after(self, step: Step) -> Result<Self, Refused> {
        match self {
            Self::Draft => Self::after_drafting(step),
            Self::InReview => Self::after_review(step),
            Self::Open => Self::after_opening(step),
            Self::Closed => Self::after_closing(step),
            Self::AnswersInReview => Self::after_submission(step),
            Self::Answered => Self::after_answers(step),
            Self::Dropped => no("已经放弃", "要征求意见的，重新起草", PUBLISHED),
            Self::Withdrawn => no("已经撤下", "要征求意见的，重新起草", PUBLISHED),
        }
    }

    const fn after_drafting(step: Step) -> Result<Self, Refused> {
        match step {
            Step::Edit => Ok(Self::Draft),
            Step::Submit => Ok(Self::InReview),
            Step::Drop => Ok(Self::Dropped),
            Step::Withdraw => no("公告还没有公布", "草稿不要的，放弃", PUBLISHED),
            Step::Open | Step::Return => no("公告还没有送审", "先送审", PUBLISHED),
            Step::Opinion | Step::Register | Step::Retract | Step::Hide => {
                no("公告还没有公布，没有人能提意见", "公布以后再办", PUBLISHED)
            }
            Step::Close => no("公告还没有公布", "公布以后按期限截止", PUBLISHED),
            Step::Answer
            | Step::SubmitAnswers
            | Step::ReturnAnswers
            | Step::PublishAnswers
            | Step::WithdrawAnswers => no("还没有征求意见", "公布公告、听取意见以后再办", HEARD),
        }
    }

    const fn after_review(step: Step) -> Result<Self, Refused> {
        match step {
            Step::Return => Ok(Self::Draft),
            Step::Open => Ok(Self::Open),
            Step::Withdraw => no("公告还没有公布", "不公布的，由起草人撤回送审", PUBLISHED),
            Step::Edit | Step::Submit | Step::Drop => {
                no("公告正在审查", "要改的，由起草人撤回送审", PUBLISHED)
            }
            Step::Opinion | Step::Register | Step::Retract | Step::Hide => {
                no("公告还没有公布，没有人能提意见", "公布以后再办", PUBLISHED)
            }
            Step::Close => no("公告还没有公布", "公布以后按期限截止", PUBLISHED),
            Step::Answer
            | Step::SubmitAnswers
            | Step::ReturnAnswers
            | Step::PublishAnswers
            | Step::WithdrawAnswers => no("还没有征求意见", "公布公告、听取意见以后再办", HEARD),
        }
    }

    const fn after_opening(step: Step) -> Result<Self, Refused> {
        match step {
            Step::Opinion | Step::Register | Step::Retract | Step::Hide => Ok(Self::Open),
            Step::Close => Ok(Self::Closed),
            Step::Withdraw => Ok(Self::Withdrawn),
            Step::Edit | Step::Submit | Step::Return | Step::Open | Step::Drop => {
                no("公告已经公布，征求期间不改草案", "草案要改的，另起草一次征求", PUBLISHED)
            }
            Step::Answer
            | Step::SubmitAnswers
            | Step::ReturnAnswers
            | Step::PublishAnswers
            | Step::WithdrawAnswers => {
                no("还没有截止，后面的意见还没有听", "截止以后一起研究、一起答复", STUDIED)
            }
        }
    }

    const fn after_closing(step: Step) -> Result<Self, Refused> {
        match step {
            Step::Register | Step::Hide | Step::Answer => Ok(Self::Closed),
            Step::SubmitAnswers => Ok(Self::AnswersInReview),
            Step::Withdraw => Ok(Self::Withdrawn),
            Step::Opinion => no("征求意见已经截止", "可以打公告上的电话", PUBLISHED),
            Step::Retract => no("已经截止，意见正在研究", "要更正的，打公告上的电话", STUDIED),
            Step::Close => no("已经截止", "不用再办", PUBLISHED),
            Step::Edit | Step::Submit | Step::Return | Step::Open | Step::Drop => {
                no("公告已经公布", "草案要改的，另起草一次征求", PUBLISHED)
            }
            Step::ReturnAnswers | Step::PublishAnswers => {
                no("采纳情况还没有送审", "逐条答复以后送审", TOLD)
            }
            Step::WithdrawAnswers => no("采纳情况还没有公布", "还没有公布的，直接改", TOLD),
        }
    }

    const fn after_submission(step: Step) -> Result<Self, Refused> {
        match step {
            Step::ReturnAnswers => Ok(Self::Closed),
            Step::PublishAnswers => Ok(Self::Answered),
            Step::Withdraw => Ok(Self::Withdrawn),
            Step::Opinion => no("征求意见已经截止", "可以打公告上的电话", PUBLISHED),
            Step::Close => no("已经截止", "不用再办", PUBLISHED),
            Step::Edit | Step::Submit | Step::Return | Step::Open | Step::Drop => {
                no("公告已经公布", "草案要改的，另起草一次征求", PUBLISHED)
            }
            Step::Register | Step::Retract | Step::Hide | Step::Answer | Step::SubmitAnswers => {
                no("采纳情况正在审查", "要改的，由送审人撤回送审", TOLD)
            }
            Step::WithdrawAnswers => no("采纳情况还没有公布", "要改的，由送审人撤回送审", TOLD),
        }
    }

    const fn after_answers(step: Step) -> Result<Self, Refused> {
        match step {
            // What should not be read is covered; that it was said and answered stays.
            Step::Hide => Ok(Self::Answered),
            Step::Withdraw => Ok(Self::Withdrawn),
            // Every opinion still has a right to its answer: they are put right and published anew.
            Step::WithdrawAnswers => Ok(Self::Closed),
            Step::Opinion => {
                no("征求意见已经截止，采纳情况已经公布", "可以打公告上的电话", PUBLISHED)
            }
            _ => no("采纳情况已经公布，全过程已经留存，不再改动", "有新情况的，另行公布", KEPT),
        }
    }
}

impl Step {
    /// All of them.
    pub const ALL: [Self; 16] = [
        Self::Edit,
        Self::Submit,
        Self::Return,
        Self::Open,
        Self::Drop,
        Self::Opinion,
        Self::Register,
        Self::Retract,
        Self::Hide,
        Self::Close,
        Self::Answer,
        Self::SubmitAnswers,
        Self::ReturnAnswers,
        Self::PublishAnswers,
        Self::Withdraw,
        Self::WithdrawAnswers,
    ];

    /// As people read it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Edit => "修改公告",
            Self::Submit => "公告送审",
            Self::Return => "公告退回",
            Self::Open => "公布公告",
            Self::Drop => "放弃",
            Self::Opinion => "网上提出意见",
            Self::Register => "登记意见",
            Self::Retract => "撤回本人意见",
            Self::Hide => "屏蔽违法内容",
            Self::Close => "截止",
            Self::Answer => "研究采纳情况",
            Self::SubmitAnswers => "采纳情况送审",
            Self::ReturnAnswers => "采纳情况退回",
            Self::PublishAnswers => "公布采纳情况",
            Self::Withdraw => "撤下",
            Self::WithdrawAnswers => "撤下采纳情况",
        }
    }
}
