//! 解读材料的一生: written by whoever drafts the policy, reviewed with it, published with it.

use jiff::Span;
use law::Date;

use crate::{INTERPRETING, Refusal};

/// Where one interpretation stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum InterpretationState {
    /// 起草.
    Drafting,
    /// 审查中.
    UnderReview,
    /// 已发布.
    Published,
    /// 已由新的解读代替: it was published, and another has taken its place.
    Replaced,
    /// 已下线: what it interprets is shown no more.
    Down,
    /// 已删去, before anybody saw it.
    Dropped,
}

/// What happens to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum InterpretationEvent {
    /// It is written.
    Write,
    /// It goes to review, with its policy or by itself.
    Submit,
    /// It comes back from review.
    Return,
    /// It is published, with its policy or after it.
    Publish,
    /// Another takes its place.
    Replace,
    /// What it interprets is shown no more, or it says what must not be public.
    TakeDown,
    /// What it interprets is shown again.
    Restore,
    /// It is deleted.
    Drop,
}

/// Why one that was published is taken down for what it says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PullGround {
    /// What it says is wrong.
    Wrong,
    /// It says what is personal.
    Personal,
    /// Whoever is seen, heard or named in it no longer agrees.
    Consent,
}

impl PullGround {
    /// All, in order.
    pub const ALL: [Self; 3] = [Self::Wrong, Self::Personal, Self::Consent];

    /// By which it is kept.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Wrong => "wrong",
            Self::Personal => "personal",
            Self::Consent => "consent",
        }
    }

    /// As people read it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Wrong => "内容有误",
            Self::Personal => "带出了个人信息",
            Self::Consent => "当事人不再同意",
        }
    }

    /// The one of that word.
    pub fn read(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|ground| ground.word() == word)
    }

    /// Whether what it says is erased at once, and not only after some time (个人信息保护法第四十七条; docs/readings/307).
    pub const fn erases_at_once(self) -> bool {
        !matches!(self, Self::Wrong)
    }
}

/// How many months what was taken down is kept where nothing personal was the reason: ours, so that whoever was misled by
/// it may still have it looked at (docs/readings/307).
const PULLED_KEPT_MONTHS: i32 = 12;

/// What was taken down before this day is kept no longer (docs/readings/307).
pub fn pulled_kept_since(today: Date) -> Date {
    today.saturating_sub(Span::new().months(PULLED_KEPT_MONTHS))
}

impl InterpretationState {
    /// All, in order.
    pub const ALL: [Self; 6] = [
        Self::Drafting,
        Self::UnderReview,
        Self::Published,
        Self::Replaced,
        Self::Down,
        Self::Dropped,
    ];

    /// By which it is kept.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Drafting => "drafting",
            Self::UnderReview => "under_review",
            Self::Published => "published",
            Self::Replaced => "replaced",
            Self::Down => "down",
            Self::Dropped => "dropped",
        }
    }

    /// As people read it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Drafting => "起草",
            Self::UnderReview => "审查中",
            Self::Published => "已发布",
            Self::Replaced => "已由新的代替",
            Self::Down => "已下线",
            Self::Dropped => "已删去",
        }
    }

    /// The one of that word.
    pub fn read(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.word() == word)
    }

    /// What it is after an event.
    ///
    /// # Errors
    /// The event does not belong to this state.
    pub const fn after(self, event: InterpretationEvent) -> Result<Self, Refusal> {
        use InterpretationEvent as E;
        use InterpretationState as S;
        Ok(match (self, event) {
            (S::Drafting, E::Write) => S::Drafting,
            (S::Drafting, E::Submit) => S::UnderReview,
            (S::Drafting, E::Drop) => S::Dropped,
            (S::UnderReview, E::Return) => S::Drafting,
            (S::UnderReview, E::Publish) => S::Published,
            (S::Published, E::Replace) => S::Replaced,
            (S::Published | S::Replaced, E::TakeDown) => S::Down,
            (S::Down, E::Restore) => S::Published,
            _ => return Err(self.refuses(event)),
        })
    }

    const fn refuses(self, event: InterpretationEvent) -> Refusal {
        Refusal { thing: "解读", state: self.name(), event: event.name(), basis: INTERPRETING }
    }
}

impl InterpretationEvent {
    /// All, in order.
    pub const ALL: [Self; 8] = [
        Self::Write,
        Self::Submit,
        Self::Return,
        Self::Publish,
        Self::Replace,
        Self::TakeDown,
        Self::Restore,
        Self::Drop,
    ];

    /// As people read it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Write => "改写",
            Self::Submit => "送审",
            Self::Return => "退回",
            Self::Publish => "发布",
            Self::Replace => "代替",
            Self::TakeDown => "下线",
            Self::Restore => "恢复",
            Self::Drop => "删去",
        }
    }
}
