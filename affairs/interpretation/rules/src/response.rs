//! 回应关切: what people ask or say in public is verified, answered and told, each within hours
//! (国办发〔2016〕61号、80号).

use jiff::{SignedDuration, Timestamp};
use law::{Dated, NotInForce, Provision, day, document};
use serde::{Deserialize, Serialize};

use crate::Refusal;

/// 政务舆情回应 (2016).
const RESPONDING: Provision = document("国办发〔2016〕61号");

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
    ) -> Result<Vec<(&'static str, Timestamp, Provision)>, NotInForce> {
        let due = |what: &'static str, hours: &Dated<ClockHours>| {
            let hours = hours.on(on)?;
            Ok((what, hours.value.after(heard), hours.basis))
        };
        match self {
            Self::Grave => Ok(vec![
                due("发布权威信息", &STATEMENT)?,
                due("举行新闻发布会", &PRESS_CONFERENCE)?,
            ]),
            Self::Ordinary => Ok(vec![due("回应", &RESPONSE)?]),
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
}

impl ResponseState {
    /// All, in order.
    pub const ALL: [Self; 5] =
        [Self::Heard, Self::Verified, Self::UnderReview, Self::Published, Self::Closed];

    /// By which it is kept.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Heard => "heard",
            Self::Verified => "verified",
            Self::UnderReview => "under_review",
            Self::Published => "published",
            Self::Closed => "closed",
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
            _ => return Err(self.refuses(event)),
        })
    }

    const fn refuses(self, event: ResponseEvent) -> Refusal {
        Refusal { thing: "回应", state: self.name(), event: event.name(), basis: RESPONDING }
    }
}

impl ResponseEvent {
    /// All, in order.
    pub const ALL: [Self; 5] =
        [Self::Verify, Self::Submit, Self::Return, Self::Publish, Self::Close];

    /// As people read it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Verify => "核实",
            Self::Submit => "送审",
            Self::Return => "退回",
            Self::Publish => "发布",
            Self::Close => "结束",
        }
    }
}
