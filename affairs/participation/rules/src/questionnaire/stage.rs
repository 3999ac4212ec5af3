//! 一份问卷的一生: which step follows which. Every pair of a stage and a step is either a transition or a refusal that
//! cites the provision it rests on and says what to do instead.

use law::{Date, Provision, article, document};

use crate::{DECISIONS, NOTICE_2020, Refused};

/// How far a questionnaire has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum QuestionnaireStage {
    /// 起草.
    Draft,
    /// 审查中.
    InReview,
    /// 正在填写: it is public and its last day is not over.
    Open,
    /// 已截止: the results are summed up.
    Closed,
    /// 结果审查中.
    ResultsInReview,
    /// 结果已公布.
    Told,
    /// 已放弃, before it was public.
    Dropped,
    /// 已撤下: it should not have been public.
    Withdrawn,
}

/// What can be done to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum QuestionnaireStep {
    /// 修改.
    Edit,
    /// 送审.
    Submit,
    /// 退回.
    Return,
    /// 公布.
    Open,
    /// 放弃.
    Drop,
    /// 填写.
    Fill,
    /// 整理结果.
    SumUp,
    /// 结果送审.
    SubmitResults,
    /// 结果退回.
    ReturnResults,
    /// 公布结果.
    PublishResults,
    /// 撤下: what should not have been published.
    Withdraw,
}

/// 第十四条: people are heard before the decision, by questionnaires among other ways.
const HEARD: Provision = article(DECISIONS, 14);
/// 第十八条: what was said is summed up and studied.
const STUDIED: Provision = article(DECISIONS, 18);
/// 第三十三条: what was done is kept as it was.
const KEPT: Provision = article(DECISIONS, 33);
/// 三(三): people are told.
const TOLD: Provision = document(NOTICE_2020);

type Next = Result<QuestionnaireStage, Refused>;

const fn no(words: &'static str, remedy: &'static str, basis: Provision) -> Next {
    Err(Refused { words, remedy, basis })
}

impl QuestionnaireStage {
    /// All of them, in the order of a life.
    pub const ALL: [Self; 8] = [
        Self::Draft,
        Self::InReview,
        Self::Open,
        Self::Closed,
        Self::ResultsInReview,
        Self::Told,
        Self::Dropped,
        Self::Withdrawn,
    ];

    /// As people read it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Draft => "起草",
            Self::InReview => "审查中",
            Self::Open => "正在填写",
            Self::Closed => "已截止，正在整理",
            Self::ResultsInReview => "结果审查中",
            Self::Told => "结果已公布",
            Self::Dropped => "已放弃",
            Self::Withdrawn => "已撤下",
        }
    }

    /// Whether everybody may read it.
    pub const fn is_public(self) -> bool {
        matches!(self, Self::Open | Self::Closed | Self::ResultsInReview | Self::Told)
    }

    /// What it is on a day: nobody closes a questionnaire by hand, its last day does.
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
    pub const fn after(self, step: QuestionnaireStep) -> Next {
        match self {
            Self::Draft => Self::after_drafting(step),
            Self::InReview => Self::after_review(step),
            Self::Open => Self::after_opening(step),
            Self::Closed => Self::after_closing(step),
            Self::ResultsInReview => Self::after_submission(step),
            Self::Told => match step {
                QuestionnaireStep::Withdraw => Ok(Self::Withdrawn),
                QuestionnaireStep::Fill => {
                    no("问卷已经截止，结果已经公布", "可以打问卷上的电话", HEARD)
                }
                _ => no("结果已经公布，不再改动", "有新情况的，另行公布", KEPT),
            },
            Self::Dropped => no("已经放弃", "要问的，重新起草", HEARD),
            Self::Withdrawn => no("已经撤下", "要问的，重新起草", HEARD),
        }
    }

    const fn after_drafting(step: QuestionnaireStep) -> Next {
        match step {
            QuestionnaireStep::Edit => Ok(Self::Draft),
            QuestionnaireStep::Submit => Ok(Self::InReview),
            QuestionnaireStep::Drop => Ok(Self::Dropped),
            QuestionnaireStep::Return | QuestionnaireStep::Open => {
                no("问卷还没有送审", "先送审", HEARD)
            }
            QuestionnaireStep::Withdraw => no("问卷还没有公布", "草稿不要的，放弃", HEARD),
            _ => no("问卷还没有公布，没有人能填", "公布以后再办", HEARD),
        }
    }

    const fn after_review(step: QuestionnaireStep) -> Next {
        match step {
            QuestionnaireStep::Return => Ok(Self::Draft),
            QuestionnaireStep::Open => Ok(Self::Open),
            QuestionnaireStep::Edit | QuestionnaireStep::Submit | QuestionnaireStep::Drop => {
                no("问卷正在审查", "要改的，由起草人撤回送审", HEARD)
            }
            QuestionnaireStep::Withdraw => {
                no("问卷还没有公布", "不公布的，由起草人撤回送审", HEARD)
            }
            _ => no("问卷还没有公布，没有人能填", "公布以后再办", HEARD),
        }
    }

    const fn after_opening(step: QuestionnaireStep) -> Next {
        match step {
            QuestionnaireStep::Fill => Ok(Self::Open),
            QuestionnaireStep::Withdraw => Ok(Self::Withdrawn),
            QuestionnaireStep::SumUp
            | QuestionnaireStep::SubmitResults
            | QuestionnaireStep::ReturnResults
            | QuestionnaireStep::PublishResults => {
                no("还没有截止，后面还有人填", "截止以后一起整理、一起公布", STUDIED)
            }
            _ => no("问卷已经公布，题目不改", "题目要改的，另起草一份", HEARD),
        }
    }

    const fn after_closing(step: QuestionnaireStep) -> Next {
        match step {
            QuestionnaireStep::SumUp => Ok(Self::Closed),
            QuestionnaireStep::SubmitResults => Ok(Self::ResultsInReview),
            QuestionnaireStep::Withdraw => Ok(Self::Withdrawn),
            QuestionnaireStep::Fill => no("问卷已经截止", "可以打问卷上的电话", HEARD),
            QuestionnaireStep::ReturnResults | QuestionnaireStep::PublishResults => {
                no("结果还没有送审", "整理以后送审", TOLD)
            }
            _ => no("问卷已经公布，题目不改", "题目要改的，另起草一份", HEARD),
        }
    }

    const fn after_submission(step: QuestionnaireStep) -> Next {
        match step {
            QuestionnaireStep::ReturnResults => Ok(Self::Closed),
            QuestionnaireStep::PublishResults => Ok(Self::Told),
            QuestionnaireStep::Withdraw => Ok(Self::Withdrawn),
            QuestionnaireStep::Fill => no("问卷已经截止", "可以打问卷上的电话", HEARD),
            QuestionnaireStep::SumUp | QuestionnaireStep::SubmitResults => {
                no("结果正在审查", "要改的，由送审人撤回送审", TOLD)
            }
            _ => no("问卷已经公布，题目不改", "题目要改的，另起草一份", HEARD),
        }
    }
}

impl QuestionnaireStep {
    /// All of them.
    pub const ALL: [Self; 11] = [
        Self::Edit,
        Self::Submit,
        Self::Return,
        Self::Open,
        Self::Drop,
        Self::Fill,
        Self::SumUp,
        Self::SubmitResults,
        Self::ReturnResults,
        Self::PublishResults,
        Self::Withdraw,
    ];

    /// As people read it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Edit => "修改",
            Self::Submit => "送审",
            Self::Return => "退回",
            Self::Open => "公布",
            Self::Drop => "放弃",
            Self::Fill => "填写",
            Self::SumUp => "整理结果",
            Self::SubmitResults => "结果送审",
            Self::ReturnResults => "结果退回",
            Self::PublishResults => "公布结果",
            Self::Withdraw => "撤下",
        }
    }
}
