//! 一次活动的一生: which step follows which. Every pair of a stage and a step is either a transition or a refusal that
//! cites its provision.

use law::{Date, Provision, article, document};

use crate::{DECISIONS, NOTICE_2020, Refused};

/// 三（三）: who may come is told beforehand, and people are answered.
const OPENED: Provision = document(NOTICE_2020);
/// 第三十三条: what was done is kept as it was.
const KEPT: Provision = article(DECISIONS, 33);

/// How far a gathering has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum GatheringStage {
    /// 起草.
    Draft,
    /// 公告审查中.
    InReview,
    /// 报名中.
    Open,
    /// 待召开: nobody enrols any more, or nobody had to.
    Awaiting,
    /// 已召开: what is published after it is not public yet.
    Held,
    /// 纪要审查中.
    RecordInReview,
    /// 纪要已公布.
    Recorded,
    /// 已放弃, before it was public.
    Dropped,
    /// 已取消, after it was public.
    Cancelled,
    /// 已撤下: it should not have been public.
    Withdrawn,
}

/// What can be done to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum GatheringStep {
    /// 修改公告.
    Edit,
    /// 公告送审.
    Submit,
    /// 公告退回.
    Return,
    /// 公布公告.
    Open,
    /// 放弃.
    Drop,
    /// 报名.
    Enrol,
    /// 撤回报名.
    Retract,
    /// 选定参加人.
    Choose,
    /// 认定不符合条件.
    Exclude,
    /// 登记已通知.
    Tell,
    /// 登记会上的意见.
    Note,
    /// 纪要送审.
    Record,
    /// 纪要退回.
    ReturnRecord,
    /// 公布纪要.
    PublishRecord,
    /// 取消.
    Cancel,
    /// 撤下.
    Withdraw,
}

/// What follows what; nothing else does.
const FOLLOWS: &[(GatheringStage, GatheringStep, GatheringStage)] = {
    use GatheringStage as Stage;
    use GatheringStep as Step;
    &[
        (Stage::Draft, Step::Edit, Stage::Draft),
        (Stage::Draft, Step::Submit, Stage::InReview),
        (Stage::Draft, Step::Drop, Stage::Dropped),
        (Stage::InReview, Step::Return, Stage::Draft),
        (Stage::InReview, Step::Open, Stage::Open),
        (Stage::Open, Step::Enrol, Stage::Open),
        (Stage::Open, Step::Retract, Stage::Open),
        (Stage::Open, Step::Cancel, Stage::Cancelled),
        (Stage::Open, Step::Withdraw, Stage::Withdrawn),
        (Stage::Awaiting, Step::Retract, Stage::Awaiting),
        (Stage::Awaiting, Step::Choose, Stage::Awaiting),
        (Stage::Awaiting, Step::Exclude, Stage::Awaiting),
        (Stage::Awaiting, Step::Tell, Stage::Awaiting),
        (Stage::Awaiting, Step::Cancel, Stage::Cancelled),
        (Stage::Awaiting, Step::Withdraw, Stage::Withdrawn),
        (Stage::Held, Step::Tell, Stage::Held),
        (Stage::Held, Step::Note, Stage::Held),
        (Stage::Held, Step::Record, Stage::RecordInReview),
        (Stage::Held, Step::Cancel, Stage::Cancelled),
        (Stage::Held, Step::Withdraw, Stage::Withdrawn),
        (Stage::RecordInReview, Step::Note, Stage::RecordInReview),
        (Stage::RecordInReview, Step::ReturnRecord, Stage::Held),
        (Stage::RecordInReview, Step::PublishRecord, Stage::Recorded),
        (Stage::Recorded, Step::Note, Stage::Recorded),
        (Stage::Recorded, Step::Withdraw, Stage::Withdrawn),
        (Stage::Cancelled, Step::Tell, Stage::Cancelled),
        (Stage::Cancelled, Step::Withdraw, Stage::Withdrawn),
        (Stage::Withdrawn, Step::Tell, Stage::Withdrawn),
    ]
};

impl GatheringStage {
    /// All of them, in the order of a life.
    pub const ALL: [Self; 10] = [
        Self::Draft,
        Self::InReview,
        Self::Open,
        Self::Awaiting,
        Self::Held,
        Self::RecordInReview,
        Self::Recorded,
        Self::Dropped,
        Self::Cancelled,
        Self::Withdrawn,
    ];

    /// As people read it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Draft => "起草",
            Self::InReview => "公告审查中",
            Self::Open => "报名中",
            Self::Awaiting => "待召开",
            Self::Held => "已召开，待公布纪要",
            Self::RecordInReview => "纪要审查中",
            Self::Recorded => "纪要已公布",
            Self::Dropped => "已放弃",
            Self::Cancelled => "已取消",
            Self::Withdrawn => "已撤下",
        }
    }

    /// As a column keeps it: what the day makes of it is told by [`GatheringStage::on`].
    pub const fn word(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::InReview => "review",
            Self::Open | Self::Awaiting | Self::Held => "open",
            Self::RecordInReview => "record_review",
            Self::Recorded => "recorded",
            Self::Dropped => "dropped",
            Self::Cancelled => "cancelled",
            Self::Withdrawn => "withdrawn",
        }
    }

    /// The stage a column keeps.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|stage| stage.word() == word)
    }

    /// What it is on a day: neither the end of the enrolment nor the meeting is noted by hand.
    #[must_use]
    pub fn on(self, today: Date, enrol_until: Option<Date>, held_on: Option<Date>) -> Self {
        match self {
            Self::Open if held_on.is_some_and(|held| today >= held) => Self::Held,
            Self::Open if enrol_until.is_none_or(|last| today > last) => Self::Awaiting,
            other => other,
        }
    }

    /// Whether everybody may read the notice.
    pub const fn is_public(self) -> bool {
        !matches!(self, Self::Draft | Self::InReview | Self::Dropped | Self::Withdrawn)
    }

    /// The stage after a step.
    ///
    /// # Errors
    /// The step does not follow here: why, what to do, and the provision.
    pub fn after(self, step: GatheringStep) -> Result<Self, Refused> {
        let follows = FOLLOWS.iter().find(|(from, by, _)| (*from, *by) == (self, step));
        follows.map(|(.., next)| *next).ok_or_else(|| self.refusal())
    }

    fn refusal(self) -> Refused {
        let (words, remedy, basis) = match self {
            Self::Draft => ("活动公告还没有公布", "公布以后再办", OPENED),
            Self::InReview => ("活动公告正在审查", "要改的，由起草人撤回送审", OPENED),
            Self::Open => {
                ("公告已经公布，正在报名", "报名截止以后再办；公告要改的，取消以后另行公告", OPENED)
            }
            Self::Awaiting => (
                "现在没有在报名，活动还没有开",
                "开过以后写纪要；公告要改的，取消以后另行公告",
                OPENED,
            ),
            Self::Held => ("到了活动的日子", "写纪要送审；没有开成的，取消并写明原因", OPENED),
            Self::RecordInReview => ("纪要正在审查", "要改的，由送审人撤回送审", OPENED),
            Self::Recorded => ("纪要已经公布，全过程已经留存", "公布错了的，提出撤下", KEPT),
            Self::Dropped => ("已经放弃", "要办的，重新起草", OPENED),
            Self::Cancelled => ("这次活动已经取消", "要办的，另行公告", OPENED),
            Self::Withdrawn => ("这次活动已经撤下", "要办的，重新起草", KEPT),
        };
        Refused { words, remedy, basis }
    }
}

impl GatheringStep {
    /// All of them.
    pub const ALL: [Self; 16] = [
        Self::Edit,
        Self::Submit,
        Self::Return,
        Self::Open,
        Self::Drop,
        Self::Enrol,
        Self::Retract,
        Self::Choose,
        Self::Exclude,
        Self::Tell,
        Self::Note,
        Self::Record,
        Self::ReturnRecord,
        Self::PublishRecord,
        Self::Cancel,
        Self::Withdraw,
    ];

    /// As people read it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Edit => "修改公告",
            Self::Submit => "公告送审",
            Self::Return => "公告退回",
            Self::Open => "公布公告",
            Self::Drop => "放弃",
            Self::Enrol => "报名",
            Self::Retract => "撤回报名",
            Self::Choose => "选定参加人",
            Self::Exclude => "认定不符合条件",
            Self::Tell => "登记已通知",
            Self::Note => "登记会上的意见",
            Self::Record => "纪要送审",
            Self::ReturnRecord => "纪要退回",
            Self::PublishRecord => "公布纪要",
            Self::Cancel => "取消",
            Self::Withdraw => "撤下",
        }
    }
}
