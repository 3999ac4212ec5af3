//! 听证会 (条例第十六、十七条): which step follows which, on which days, and how many seats each side has. Every pair of
//! a stage and a step is either a transition or a refusal that cites its provision.

use jiff::ToSpan;
use law::{CalendarDays, Date, Dated, Provision, article, day};

use crate::{DECISIONS, Refused};

/// 第十六条: draft, time and place are published beforehand.
const PUBLISHED: Provision = article(DECISIONS, 16);
/// 第十六条: who takes part is chosen fairly and openly by a published rule.
const SELECTED: Provision = article(DECISIONS, 16);
/// 第十七条: how it is held, and that its record is signed.
const HELD: Provision = article(DECISIONS, 17);
/// 第三十三条: what was done is kept as it was.
const KEPT: Provision = article(DECISIONS, 33);

/// 第十六条: papers reach who takes part so many days before.
const PAPERS: Dated<CalendarDays> =
    Dated::since(&[(day(2019, 9, 1), CalendarDays(7), article(DECISIONS, 16))]);

/// So long one may enrol at least: our reading (docs/readings/290).
const ENROLMENT: CalendarDays = CalendarDays(7);

/// How far a hearing has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum HearingStage {
    /// 起草.
    Draft,
    /// 公告审查中.
    InReview,
    /// 报名中: the notice is public and its last day for enrolment is not over.
    Open,
    /// 报名截止.
    Closed,
    /// 名单已固定: whom the draw is made from can no longer change.
    Listed,
    /// 已抽取, and another person looks at it.
    Drawn,
    /// 参加人已公布.
    Confirmed,
    /// 记录审查中.
    RecordInReview,
    /// 记录已公布.
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
pub enum HearingStep {
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
    /// 认定不符合条件.
    Exclude,
    /// 固定名单.
    List,
    /// 抽取.
    Draw,
    /// 不确认抽取.
    Reject,
    /// 确认参加人.
    Confirm,
    /// 送达材料.
    Deliver,
    /// 记录送审.
    Record,
    /// 记录退回.
    ReturnRecord,
    /// 公布记录.
    PublishRecord,
    /// 取消.
    Cancel,
    /// 撤下: what should not have been published.
    Withdraw,
}

/// What follows what; nothing else does.
const FOLLOWS: &[(HearingStage, HearingStep, HearingStage)] = {
    use HearingStage as Stage;
    use HearingStep as Step;
    &[
        (Stage::Draft, Step::Edit, Stage::Draft),
        (Stage::Draft, Step::Submit, Stage::InReview),
        (Stage::Draft, Step::Drop, Stage::Dropped),
        (Stage::InReview, Step::Return, Stage::Draft),
        (Stage::InReview, Step::Open, Stage::Open),
        (Stage::Open, Step::Enrol, Stage::Open),
        (Stage::Open, Step::Retract, Stage::Open),
        (Stage::Open, Step::Exclude, Stage::Open),
        (Stage::Open, Step::Cancel, Stage::Cancelled),
        (Stage::Closed, Step::Exclude, Stage::Closed),
        (Stage::Closed, Step::List, Stage::Listed),
        (Stage::Closed, Step::Cancel, Stage::Cancelled),
        (Stage::Listed, Step::Draw, Stage::Drawn),
        (Stage::Listed, Step::Cancel, Stage::Cancelled),
        (Stage::Drawn, Step::Reject, Stage::Listed),
        (Stage::Drawn, Step::Confirm, Stage::Confirmed),
        (Stage::Drawn, Step::Cancel, Stage::Cancelled),
        (Stage::Confirmed, Step::Deliver, Stage::Confirmed),
        (Stage::Confirmed, Step::Record, Stage::RecordInReview),
        (Stage::Confirmed, Step::Cancel, Stage::Cancelled),
        (Stage::RecordInReview, Step::ReturnRecord, Stage::Confirmed),
        (Stage::RecordInReview, Step::PublishRecord, Stage::Recorded),
        (Stage::Open, Step::Withdraw, Stage::Withdrawn),
        (Stage::Closed, Step::Withdraw, Stage::Withdrawn),
        (Stage::Listed, Step::Withdraw, Stage::Withdrawn),
        (Stage::Drawn, Step::Withdraw, Stage::Withdrawn),
        (Stage::Confirmed, Step::Withdraw, Stage::Withdrawn),
        (Stage::RecordInReview, Step::Withdraw, Stage::Withdrawn),
        (Stage::Recorded, Step::Withdraw, Stage::Withdrawn),
        (Stage::Cancelled, Step::Withdraw, Stage::Withdrawn),
    ]
};

impl HearingStage {
    /// All of them, in the order of a life.
    pub const ALL: [Self; 12] = [
        Self::Draft,
        Self::InReview,
        Self::Open,
        Self::Closed,
        Self::Listed,
        Self::Drawn,
        Self::Confirmed,
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
            Self::Closed => "报名截止",
            Self::Listed => "名单已固定",
            Self::Drawn => "已抽取，待确认",
            Self::Confirmed => "参加人已公布",
            Self::RecordInReview => "记录审查中",
            Self::Recorded => "记录已公布",
            Self::Dropped => "已放弃",
            Self::Cancelled => "已取消",
            Self::Withdrawn => "已撤下",
        }
    }

    /// As a column keeps it: what the last day makes of it is told by [`HearingStage::on`].
    pub const fn word(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::InReview => "review",
            Self::Open | Self::Closed => "open",
            Self::Listed => "listed",
            Self::Drawn => "drawn",
            Self::Confirmed => "confirmed",
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

    /// What it is on a day: nobody closes the enrolment by hand, its last day does.
    #[must_use]
    pub fn on(self, today: Date, enrol_until: Option<Date>) -> Self {
        match self {
            Self::Open if enrol_until.is_some_and(|last| today > last) => Self::Closed,
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
    pub fn after(self, step: HearingStep) -> Result<Self, Refused> {
        let follows = FOLLOWS.iter().find(|(from, by, _)| (*from, *by) == (self, step));
        follows.map(|(.., next)| *next).ok_or_else(|| self.refusal())
    }

    fn refusal(self) -> Refused {
        let (words, remedy, basis) = match self {
            Self::Draft => ("听证公告还没有公布", "公布以后再办", PUBLISHED),
            Self::InReview => ("听证公告正在审查", "要改的，由起草人撤回送审", PUBLISHED),
            Self::Open => (
                "公告已经公布，正在报名",
                "报名截止以后再办；公告要改的，取消以后另行公告",
                PUBLISHED,
            ),
            Self::Closed => ("报名已经截止", "先固定名单，再按公布的办法抽取", SELECTED),
            Self::Listed => ("名单已经固定，不能再动", "按公布的办法抽取", SELECTED),
            Self::Drawn => ("参加人正在等另一人确认", "确认以后再办", SELECTED),
            Self::Confirmed => ("参加人已经公布，不能再动", "按公告的时间开听证会", SELECTED),
            Self::RecordInReview => ("听证记录正在审查", "要改的，由送审人撤回送审", HELD),
            Self::Recorded => ("听证记录已经公布，全过程已经留存", "有新情况的，另行公布", KEPT),
            Self::Dropped => ("已经放弃", "要听证的，重新起草", PUBLISHED),
            Self::Cancelled => ("这次听证已经取消", "要听证的，另行公告", PUBLISHED),
            Self::Withdrawn => ("听证公告已经撤下", "要听证的，重新起草", PUBLISHED),
        };
        Refused { words, remedy, basis }
    }
}

impl HearingStep {
    /// All of them.
    pub const ALL: [Self; 18] = [
        Self::Edit,
        Self::Submit,
        Self::Return,
        Self::Open,
        Self::Drop,
        Self::Enrol,
        Self::Retract,
        Self::Exclude,
        Self::List,
        Self::Draw,
        Self::Reject,
        Self::Confirm,
        Self::Deliver,
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
            Self::Exclude => "认定不符合条件",
            Self::List => "固定名单",
            Self::Draw => "抽取",
            Self::Reject => "不确认抽取",
            Self::Confirm => "确认参加人",
            Self::Deliver => "送达材料",
            Self::Record => "记录送审",
            Self::ReturnRecord => "记录退回",
            Self::PublishRecord => "公布记录",
            Self::Cancel => "取消",
            Self::Withdraw => "撤下",
        }
    }
}

/// What is wrong with the days of a hearing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HearingLack {
    /// What to do.
    pub words: String,
    /// Says who.
    pub basis: Provision,
}

/// The days of a hearing, in the order in which they come. Drafts of 规章, which want thirty days between notice and
/// hearing, are not heard here (docs/readings/311).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HearingDays {
    /// The last day on which one enrols.
    pub enrol_until: Date,
    /// The day on which the public value of the draw becomes known.
    pub value_on: Date,
    /// The day it is held.
    pub held_on: Date,
}

impl HearingDays {
    /// What is wrong with them for a notice of this day.
    pub fn lacks(self, today: Date) -> Vec<HearingLack> {
        let mut lacks = Vec::new();
        let mut lack = |words: String, basis| lacks.push(HearingLack { words, basis });
        let least = today.saturating_add(i64::from(ENROLMENT.0).days());
        if self.enrol_until < least {
            let days = ENROLMENT.0;
            lack(format!("报名至少留 {days} 天：今天公布的，报名到 {least} 或者以后"), SELECTED);
        }
        // One whole day lies between, on which the list is bound.
        if self.value_on <= self.enrol_until.saturating_add(1.day()) {
            let words = "公开数值要在报名截止的次日以后才开出，中间留一天固定名单";
            lack(words.into(), SELECTED);
        }
        let by = self.papers_by();
        if self.value_on >= by {
            let words = format!("公开数值要在 {by} 以前开出，抽取以后材料才能按时送达");
            lack(words, PUBLISHED);
        }
        lacks
    }

    /// The last day on which papers reach who takes part in time.
    pub fn papers_by(self) -> Date {
        let days = PAPERS.on(self.held_on).map_or(0, |days| days.value.0);
        self.held_on.saturating_sub(i64::from(days).days())
    }

    /// Whether the list may be bound on a day: nobody enrols any more, and nobody knows the value yet.
    pub fn may_bind(self, today: Date) -> bool {
        self.enrol_until < today && today < self.value_on
    }
}

/// A side of the matter and how many take part for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seats {
    /// 居民代表.
    pub name: String,
    /// How many.
    pub seats: u32,
}

/// Why what is written names no sides.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BadSeats {
    /// None.
    #[error("写明各方各几人，每行一方，例如“居民代表 10”")]
    None,
    /// A line that cannot be read.
    #[error("“{0}”看不懂：每行写名称、空格、人数（1 到 999），例如“居民代表 10”")]
    Line(String),
    /// Two of one name.
    #[error("“{0}”写了两次")]
    Twice(String),
}

impl Seats {
    /// The sides that a text names, one on a line.
    ///
    /// # Errors
    /// There is none, or a line cannot be read.
    pub fn read(text: &str) -> Result<Vec<Self>, BadSeats> {
        let mut all: Vec<Self> = Vec::new();
        for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
            let bad = || BadSeats::Line(line.to_owned());
            let (name, seats) = line.rsplit_once(char::is_whitespace).ok_or_else(bad)?;
            let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
            let seats: u32 = seats.parse().map_err(|_| bad())?;
            if name.is_empty() || !(1..=999).contains(&seats) {
                return Err(bad());
            }
            if all.iter().any(|one| one.name == name) {
                return Err(BadSeats::Twice(name));
            }
            all.push(Self { name, seats });
        }
        if all.is_empty() { Err(BadSeats::None) } else { Ok(all) }
    }

    /// The same as a text.
    pub fn written(all: &[Self]) -> String {
        let lines = all.iter().map(|one| format!("{} {}", one.name, one.seats));
        lines.collect::<Vec<_>>().join("\n")
    }
}
