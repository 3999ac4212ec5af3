//! 回应关切: what people ask or say in public is verified, answered and told, each within hours
//! (国办发〔2016〕61号、80号).

use jiff::{SignedDuration, Span, Timestamp};
use law::{Date, Dated, NotInForce, Provision, day, document};
use serde::{Deserialize, Serialize};

use crate::{BadBody, Refusal, Turn};

/// 政务舆情回应 (2016).
pub const RESPONDING: Provision = document("国办发〔2016〕61号");

/// 关于全面推进政务公开工作的意见 实施细则 (2016).
const IN_DETAIL: Provision = document("国办发〔2016〕80号");

/// A number of hours by the clock, rest days too.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ClockHours(pub u32);

impl ClockHours {
    /// The moment so many hours after another.
    pub fn after(self, from: Timestamp) -> Timestamp {
        from.checked_add(SignedDuration::from_hours(i64::from(self.0))).unwrap_or(Timestamp::MAX)
    }
}

/// 特别重大、重大突发事件: how soon 权威信息 is told.
pub const STATEMENT: Dated<ClockHours> =
    Dated::since(&[(day(2016, 11, 10), ClockHours(5), IN_DETAIL)]);

/// 特别重大、重大突发事件: how soon there is a press conference.
pub const PRESS_CONFERENCE: Dated<ClockHours> = Dated::since(&[
    (day(2016, 7, 30), ClockHours(24), RESPONDING),
    (day(2016, 11, 10), ClockHours(24), IN_DETAIL),
]);

/// Everything else: how soon it is responded to.
pub const RESPONSE: Dated<ClockHours> =
    Dated::since(&[(day(2016, 7, 30), ClockHours(48), RESPONDING)]);

/// What has to be done within hours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Milestone {
    /// 发布权威信息.
    Statement,
    /// 举行新闻发布会.
    Conference,
    /// 回应.
    Response,
}

impl Milestone {
    /// As people read it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Statement => "发布权威信息",
            Self::Conference => "举行新闻发布会",
            Self::Response => "回应",
        }
    }

    /// Whether it is done by publishing the response; a press conference is not.
    pub const fn is_published(self) -> bool {
        matches!(self, Self::Statement | Self::Response)
    }
}

/// How one clock stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ClockStanding {
    /// 按时: it was done before the last moment, or at it.
    InTime,
    /// 超时以后才办: it was done after it.
    Late,
    /// There are so many whole hours left.
    Running(i64),
    /// 已超时: it is not done, and the last moment has passed.
    Overdue,
}

impl ClockStanding {
    /// By the last moment, when it was done, and what moment it is.
    pub fn of(due: Timestamp, done: Option<Timestamp>, now: Timestamp) -> Self {
        match done {
            Some(done) if done <= due => Self::InTime,
            Some(_) => Self::Late,
            None if now > due => Self::Overdue,
            None => Self::Running(due.duration_since(now).as_hours()),
        }
    }

    /// As people read it.
    pub fn words(self) -> String {
        match self {
            Self::InTime => "按时".to_owned(),
            Self::Late => "超过时限才办".to_owned(),
            Self::Running(0) => "还剩不到 1 小时".to_owned(),
            Self::Running(hours) => format!("还剩 {hours} 小时"),
            Self::Overdue => "已超过时限".to_owned(),
        }
    }
}

/// What kind of concern it is, by which its clock runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Concern {
    /// 特别重大、重大突发事件.
    Grave,
    /// 其他政务舆情.
    Ordinary,
}

impl Concern {
    /// Both, in order.
    pub const ALL: [Self; 2] = [Self::Grave, Self::Ordinary];

    /// By which it is kept.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Grave => "zhongda",
            Self::Ordinary => "yiban",
        }
    }

    /// As people read it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Grave => "特别重大、重大突发事件",
            Self::Ordinary => "其他政务舆情",
        }
    }

    /// The one of that word.
    pub fn read(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.word() == word)
    }

    /// The last moments: for what is to be done, by which provision.
    ///
    /// # Errors
    /// There was no such rule yet on that day.
    pub fn due(
        self,
        heard: Timestamp,
        on: law::Date,
    ) -> Result<Vec<(Milestone, Timestamp, Provision)>, NotInForce> {
        let due = |what: Milestone, hours: &Dated<ClockHours>| {
            let hours = hours.on(on)?;
            Ok((what, hours.value.after(heard), hours.basis))
        };
        match self {
            Self::Grave => Ok(vec![
                due(Milestone::Statement, &STATEMENT)?,
                due(Milestone::Conference, &PRESS_CONFERENCE)?,
            ]),
            Self::Ordinary => Ok(vec![due(Milestone::Response, &RESPONSE)?]),
        }
    }
}

/// Where a response stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ResponseState {
    /// 已立项: a concern was heard.
    Heard,
    /// 已核实.
    Verified,
    /// 审签中.
    UnderReview,
    /// 已回应.
    Published,
    /// 不另行回应, with a reason.
    Closed,
    /// 已撤下: what was answered is wrong.
    Withdrawn,
}

/// What happens to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ResponseEvent {
    /// What was found out is noted.
    Verify,
    /// The answer goes to review.
    Submit,
    /// It comes back.
    Return,
    /// It is published.
    Publish,
    /// Nothing is said of it.
    Close,
    /// What was published is taken down.
    Withdraw,
}

impl ResponseState {
    /// All, in order.
    pub const ALL: [Self; 6] = [
        Self::Heard,
        Self::Verified,
        Self::UnderReview,
        Self::Published,
        Self::Closed,
        Self::Withdrawn,
    ];

    /// By which it is kept.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Heard => "heard",
            Self::Verified => "verified",
            Self::UnderReview => "under_review",
            Self::Published => "published",
            Self::Closed => "closed",
            Self::Withdrawn => "withdrawn",
        }
    }

    /// As people read it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Heard => "已立项，待核实",
            Self::Verified => "已核实，待回应",
            Self::UnderReview => "审签中",
            Self::Published => "已回应",
            Self::Closed => "不另行回应",
            Self::Withdrawn => "已撤下",
        }
    }

    /// The one of that word.
    pub fn read(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.word() == word)
    }

    /// What it is after an event. Nothing is published that nobody has verified.
    ///
    /// # Errors
    /// The event does not belong to this state.
    pub const fn after(self, event: ResponseEvent) -> Result<Self, Refusal> {
        use ResponseEvent as E;
        use ResponseState as S;
        Ok(match (self, event) {
            (S::Heard | S::Verified, E::Verify) => S::Verified,
            (S::Verified, E::Submit) => S::UnderReview,
            (S::UnderReview, E::Return) => S::Verified,
            (S::UnderReview, E::Publish) => S::Published,
            (S::Heard | S::Verified, E::Close) => S::Closed,
            (S::Published, E::Withdraw) => S::Withdrawn,
            _ => return Err(self.refuses(event)),
        })
    }

    const fn refuses(self, event: ResponseEvent) -> Refusal {
        Refusal { thing: "回应", state: self.name(), event: event.name(), basis: RESPONDING }
    }
}

impl ResponseEvent {
    /// All, in order.
    pub const ALL: [Self; 6] =
        [Self::Verify, Self::Submit, Self::Return, Self::Publish, Self::Close, Self::Withdraw];

    /// As people read it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Verify => "核实",
            Self::Submit => "送审",
            Self::Return => "退回",
            Self::Publish => "发布",
            Self::Close => "结束",
            Self::Withdraw => "撤下",
        }
    }
}

/// How many months what people said is kept after a concern is over: ours (个人信息保护法第十九条, docs/readings/301).
const KEPT_MONTHS: i32 = 12;

/// What people said of a concern that was over before this day is kept no longer (docs/readings/301).
pub fn words_kept_since(today: Date) -> Date {
    today.saturating_sub(Span::new().months(KEPT_MONTHS))
}

/// The longest line of a response, in letters: ours (docs/readings/301).
const LONGEST_LINE: usize = 200;

/// The longest answer, in letters: ours (docs/readings/301).
const LONGEST_ANSWER: usize = 5_000;

/// A response as it is written.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Reply {
    /// Its title.
    pub title: String,
    /// What is known and what is done about it.
    pub answer: String,
    /// 逐件解释说明: what many ask, each with its answer.
    pub turns: Vec<Turn>,
}

impl Reply {
    /// Everything wrong with it; what many ask is answered one by one.
    ///
    /// # Errors
    /// All that is wrong, in the order of the form.
    pub fn check(&self, asked_by_many: bool) -> Result<(), Vec<BadBody>> {
        let mut all = Vec::new();
        let mut said = |field: String, name: &str, text: &str, most: usize| {
            let words = if text.trim().is_empty() {
                format!("没有写{name}。请填写。")
            } else if text.chars().count() > most {
                format!("{name}超过 {most} 字。请写短一些。")
            } else {
                return;
            };
            all.push(BadBody { field, words });
        };
        said("biaoti".into(), "标题", &self.title, LONGEST_LINE);
        said("huiying".into(), "回应", &self.answer, LONGEST_ANSWER);
        for (at, turn) in self.turns.iter().enumerate() {
            let at = at + 1;
            said(format!("wen-{at}"), "问题", &turn.question, LONGEST_LINE);
            said(format!("da-{at}"), "答复", &turn.answer, LONGEST_ANSWER);
        }
        if asked_by_many && self.turns.is_empty() {
            let words = "多人问的，要逐件解释说明：把问得多的问题一个一个写出来，各写答复。";
            all.push(BadBody { field: "wen-1".into(), words: words.into() });
        }
        if all.is_empty() { Ok(()) } else { Err(all) }
    }
}
