//! 在线访谈 (67号三（三）): which step follows which, on which days, and who may stand at the desk while it is live. Every
//! pair of a stage and a step is either a transition or a refusal that cites its provision (docs/readings/304).

mod live;

use jiff::ToSpan;
use law::{CalendarDays, Date, Provision, article, document};

use crate::{NOTICE_2020, Refused};

pub use live::{Correction, LiveChange, LiveEntry, Voice, live_text, transcript_of};

/// 三（三）: interviews are held online, questions are taken beforehand, and what was said is public.
const HELD: Provision = document(NOTICE_2020);

/// 政府信息公开条例第十七条: what is published is reviewed before.
const REVIEWED: Provision = article("政府信息公开条例", 17);

/// 第六条: what was published stays as it was; what is wrong is put right in the open.
const KEPT: Provision = article("政府信息公开条例", 6);

/// So long questions are taken at least: our reading (docs/readings/304).
const ASKING: CalendarDays = CalendarDays(3);

/// How far an interview has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum InterviewStage {
    /// 起草.
    Draft,
    /// 预告审查中.
    InReview,
    /// 征集提问: the notice is public and the last day for questions is not over.
    Announced,
    /// 提问截止.
    Closed,
    /// 正在进行.
    Live,
    /// 已经结束: the live text stands, the transcript is written.
    Ended,
    /// 实录审查中.
    TranscriptInReview,
    /// 实录已公布.
    Published,
    /// 已放弃, before it was public.
    Dropped,
    /// 已取消, after it was public and before it began.
    Cancelled,
    /// 已撤下: it should not have been public.
    Withdrawn,
}

/// What can be done to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum InterviewStep {
    /// 修改预告.
    Edit,
    /// 预告送审.
    Submit,
    /// 预告退回.
    Return,
    /// 公布预告.
    Announce,
    /// 放弃.
    Drop,
    /// 提问.
    Ask,
    /// 撤回本人的提问.
    Retract,
    /// 开始.
    Start,
    /// 录入发言.
    Enter,
    /// 提出更正、删去.
    Amend,
    /// 放行.
    Release,
    /// 结束.
    End,
    /// 实录送审.
    SubmitTranscript,
    /// 实录退回.
    ReturnTranscript,
    /// 公布实录.
    PublishTranscript,
    /// 取消.
    Cancel,
    /// 撤下.
    Withdraw,
}

/// What follows what; nothing else does.
const FOLLOWS: &[(InterviewStage, InterviewStep, InterviewStage)] = {
    use InterviewStage as Stage;
    use InterviewStep as Step;
    &[
        (Stage::Draft, Step::Edit, Stage::Draft),
        (Stage::Draft, Step::Submit, Stage::InReview),
        (Stage::Draft, Step::Drop, Stage::Dropped),
        (Stage::InReview, Step::Return, Stage::Draft),
        (Stage::InReview, Step::Announce, Stage::Announced),
        (Stage::Announced, Step::Ask, Stage::Announced),
        (Stage::Announced, Step::Retract, Stage::Announced),
        (Stage::Announced, Step::Cancel, Stage::Cancelled),
        (Stage::Announced, Step::Withdraw, Stage::Withdrawn),
        (Stage::Closed, Step::Retract, Stage::Closed),
        (Stage::Closed, Step::Start, Stage::Live),
        (Stage::Closed, Step::Cancel, Stage::Cancelled),
        (Stage::Closed, Step::Withdraw, Stage::Withdrawn),
        (Stage::Live, Step::Enter, Stage::Live),
        (Stage::Live, Step::Amend, Stage::Live),
        (Stage::Live, Step::Release, Stage::Live),
        (Stage::Live, Step::End, Stage::Ended),
        (Stage::Live, Step::Withdraw, Stage::Withdrawn),
        (Stage::Ended, Step::Amend, Stage::Ended),
        (Stage::Ended, Step::Release, Stage::Ended),
        (Stage::Ended, Step::SubmitTranscript, Stage::TranscriptInReview),
        (Stage::Ended, Step::Withdraw, Stage::Withdrawn),
        (Stage::TranscriptInReview, Step::ReturnTranscript, Stage::Ended),
        (Stage::TranscriptInReview, Step::PublishTranscript, Stage::Published),
        (Stage::TranscriptInReview, Step::Withdraw, Stage::Withdrawn),
        (Stage::Published, Step::Withdraw, Stage::Withdrawn),
        (Stage::Cancelled, Step::Withdraw, Stage::Withdrawn),
    ]
};

impl InterviewStage {
    /// All of them, in the order of a life.
    pub const ALL: [Self; 11] = [
        Self::Draft,
        Self::InReview,
        Self::Announced,
        Self::Closed,
        Self::Live,
        Self::Ended,
        Self::TranscriptInReview,
        Self::Published,
        Self::Dropped,
        Self::Cancelled,
        Self::Withdrawn,
    ];

    /// As people read it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Draft => "起草",
            Self::InReview => "预告审查中",
            Self::Announced => "征集提问",
            Self::Closed => "提问截止",
            Self::Live => "正在进行",
            Self::Ended => "已经结束",
            Self::TranscriptInReview => "实录审查中",
            Self::Published => "实录已公布",
            Self::Dropped => "已放弃",
            Self::Cancelled => "已取消",
            Self::Withdrawn => "已撤下",
        }
    }

    /// As a column keeps it: what the last day makes of it is told by [`InterviewStage::on`].
    pub const fn word(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::InReview => "review",
            Self::Announced | Self::Closed => "announced",
            Self::Live => "live",
            Self::Ended => "ended",
            Self::TranscriptInReview => "transcript_review",
            Self::Published => "published",
            Self::Dropped => "dropped",
            Self::Cancelled => "cancelled",
            Self::Withdrawn => "withdrawn",
        }
    }

    /// The stage a column keeps.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|stage| stage.word() == word)
    }

    /// What it is on a day: nobody closes the questions by hand, their last day does.
    #[must_use]
    pub fn on(self, today: Date, ask_until: Option<Date>) -> Self {
        match self {
            Self::Announced if ask_until.is_some_and(|last| today > last) => Self::Closed,
            other => other,
        }
    }

    /// Whether everybody may read the notice.
    pub const fn is_public(self) -> bool {
        !matches!(self, Self::Draft | Self::InReview | Self::Dropped | Self::Withdrawn)
    }

    /// Whether what is said stands there as it was entered and released, and no transcript yet.
    pub const fn shows_live_text(self) -> bool {
        matches!(self, Self::Live | Self::Ended | Self::TranscriptInReview)
    }

    /// The stage after a step.
    ///
    /// # Errors
    /// The step does not follow here: why, what to do, and the provision.
    pub fn after(self, step: InterviewStep) -> Result<Self, Refused> {
        let follows = FOLLOWS.iter().find(|(from, by, _)| (*from, *by) == (self, step));
        follows.map(|(.., next)| *next).ok_or_else(|| self.refusal())
    }

    fn refusal(self) -> Refused {
        let (words, remedy, basis) = match self {
            Self::Draft => ("访谈预告还没有公布", "送审、公布以后再办", REVIEWED),
            Self::InReview => ("访谈预告正在审查", "要改的，由起草人撤回送审", REVIEWED),
            Self::Announced => (
                "预告已经公布，正在征集提问",
                "提问截止以后、访谈当天再办；要改期的，取消以后另行预告",
                HELD,
            ),
            Self::Closed => ("提问已经截止", "访谈当天打开本页看实时文字", HELD),
            Self::Live => ("访谈正在进行", "结束以后再办", HELD),
            Self::Ended => ("访谈已经结束", "整理实录，送审以后公布", HELD),
            Self::TranscriptInReview => ("访谈实录正在审查", "要改的，由送审人撤回送审", REVIEWED),
            Self::Published => ("访谈实录已经公布", "公布错了的，两个人撤下", KEPT),
            Self::Dropped => ("已经放弃", "要访谈的，重新起草", HELD),
            Self::Cancelled => ("这次访谈已经取消", "要访谈的，另行预告", HELD),
            Self::Withdrawn => ("这次访谈已经撤下", "要访谈的，重新起草", KEPT),
        };
        Refused { words, remedy, basis }
    }
}

impl InterviewStep {
    /// All of them.
    pub const ALL: [Self; 17] = [
        Self::Edit,
        Self::Submit,
        Self::Return,
        Self::Announce,
        Self::Drop,
        Self::Ask,
        Self::Retract,
        Self::Start,
        Self::Enter,
        Self::Amend,
        Self::Release,
        Self::End,
        Self::SubmitTranscript,
        Self::ReturnTranscript,
        Self::PublishTranscript,
        Self::Cancel,
        Self::Withdraw,
    ];

    /// As people read it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Edit => "修改预告",
            Self::Submit => "预告送审",
            Self::Return => "预告退回",
            Self::Announce => "公布预告",
            Self::Drop => "放弃",
            Self::Ask => "提问",
            Self::Retract => "撤回提问",
            Self::Start => "开始",
            Self::Enter => "录入发言",
            Self::Amend => "提出更正、删去",
            Self::Release => "放行",
            Self::End => "结束",
            Self::SubmitTranscript => "实录送审",
            Self::ReturnTranscript => "实录退回",
            Self::PublishTranscript => "公布实录",
            Self::Cancel => "取消",
            Self::Withdraw => "撤下",
        }
    }
}

/// What a notice of an interview lacks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InterviewLack {
    /// What to do.
    pub words: String,
    /// Says who.
    pub basis: Provision,
}

/// The days of an interview, in the order in which they come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct InterviewDays {
    /// The last day on which questions are taken.
    pub ask_until: Date,
    /// The day it is held.
    pub held_on: Date,
}

impl InterviewDays {
    /// What is wrong with them for a notice of this day.
    pub fn lacks(self, today: Date) -> Vec<InterviewLack> {
        let mut lacks = Vec::new();
        let mut lack = |words: String| lacks.push(InterviewLack { words, basis: HELD });
        let least = today.saturating_add(i64::from(ASKING.0).days());
        if self.ask_until < least {
            let days = ASKING.0;
            lack(format!("提问至少留 {days} 天：今天公布的，收到 {least} 或者以后"));
        }
        // What was asked is sorted before the day.
        if self.held_on <= self.ask_until {
            lack("访谈要在提问截止的次日或者以后，留出整理提问的时间".to_owned());
        }
        lacks
    }
}

/// What is wrong with the names of who enters and who releases.
pub fn desk_lacks(enterers: &[String], releasers: &[String]) -> Vec<InterviewLack> {
    let lack = |words: &str| InterviewLack { words: words.to_owned(), basis: REVIEWED };
    let mut lacks = Vec::new();
    if enterers.is_empty() {
        lacks.push(lack("写明谁录入实时文字"));
    }
    if releasers.is_empty() {
        lacks.push(lack("写明谁逐条放行实时文字"));
    }
    if enterers.iter().any(|one| releasers.contains(one)) {
        lacks.push(lack("录入的人和放行的人不能是同一个人"));
    }
    lacks
}

/// The names in a text: one on a line, or with 、 between them.
pub fn names_in(text: &str) -> Vec<String> {
    let parts = text.split(['\n', '、', '，', ',', '；', ';']).map(str::trim);
    let mut names: Vec<String> = Vec::new();
    for part in parts.filter(|part| !part.is_empty()) {
        let name = part.split_whitespace().collect::<Vec<_>>().join(" ");
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names
}
