//! 决策事项目录的一生 (条例第三、三十三条): which step follows which. Every pair of a state and a step is either a transition
//! or a refusal that cites its provision.

use law::{Provision, article};

use crate::{DECISIONS, Refused};

/// 第三条: the list is agreed to by the party committee, then published.
const LISTED: Provision = article(DECISIONS, 3);
/// 第三十三条: what was done is kept as it was.
const KEPT: Provision = article(DECISIONS, 33);

/// How far a list has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ListState {
    /// 起草.
    Draft,
    /// 审查中.
    Review,
    /// 已公布.
    Published,
    /// 已放弃, before it was public.
    Dropped,
    /// 已撤下: it should not have been public.
    Withdrawn,
}

/// What can be done to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ListStep {
    /// 修改.
    Edit,
    /// 送审.
    Submit,
    /// 退回.
    Return,
    /// 公布.
    Publish,
    /// 放弃.
    Drop,
    /// 登记进展.
    Mark,
    /// 撤销登记错的进展.
    Unmark,
    /// 撤下.
    Withdraw,
}

/// What follows what; nothing else does.
const FOLLOWS: &[(ListState, ListStep, ListState)] = &[
    (ListState::Draft, ListStep::Edit, ListState::Draft),
    (ListState::Draft, ListStep::Submit, ListState::Review),
    (ListState::Draft, ListStep::Drop, ListState::Dropped),
    (ListState::Review, ListStep::Return, ListState::Draft),
    (ListState::Review, ListStep::Publish, ListState::Published),
    (ListState::Published, ListStep::Mark, ListState::Published),
    (ListState::Published, ListStep::Unmark, ListState::Published),
    (ListState::Published, ListStep::Withdraw, ListState::Withdrawn),
];

impl ListState {
    /// All of them, in the order of a life.
    pub const ALL: [Self; 5] =
        [Self::Draft, Self::Review, Self::Published, Self::Dropped, Self::Withdrawn];

    /// As a column keeps it.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Review => "review",
            Self::Published => "published",
            Self::Dropped => "dropped",
            Self::Withdrawn => "withdrawn",
        }
    }

    /// As people read it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Draft => "起草",
            Self::Review => "审查中",
            Self::Published => "已公布",
            Self::Dropped => "已放弃",
            Self::Withdrawn => "已撤下",
        }
    }

    /// The state a column keeps.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.word() == word)
    }

    /// The state after a step.
    ///
    /// # Errors
    /// The step does not follow here: why, what to do, and the provision.
    pub fn after(self, step: ListStep) -> Result<Self, Refused> {
        let follows = FOLLOWS.iter().find(|(from, by, _)| (*from, *by) == (self, step));
        follows.map(|(.., next)| *next).ok_or_else(|| self.refusal(step))
    }

    fn refusal(self, step: ListStep) -> Refused {
        let (words, remedy, basis) = match (self, step) {
            (Self::Draft, ListStep::Mark | ListStep::Unmark) => {
                ("目录还没有公布", "公布以后登记进展", KEPT)
            }
            (Self::Draft, _) => ("目录还是草稿", "写好、经党委同意以后送审", LISTED),
            (Self::Review, ListStep::Mark | ListStep::Unmark) => {
                ("目录正在审查", "公布以后登记进展", KEPT)
            }
            (Self::Review, _) => ("目录正在审查", "要改的，由起草人撤回送审", LISTED),
            (Self::Published, _) => {
                ("目录已经公布", "有变化的，另起草一份；公布错了的，撤下", KEPT)
            }
            (Self::Dropped, _) => ("目录已经放弃", "要公布的，重新起草", LISTED),
            (Self::Withdrawn, _) => ("目录已经撤下", "要公布的，重新起草", LISTED),
        };
        Refused { words, remedy, basis }
    }
}

impl ListStep {
    /// All of them.
    pub const ALL: [Self; 8] = [
        Self::Edit,
        Self::Submit,
        Self::Return,
        Self::Publish,
        Self::Drop,
        Self::Mark,
        Self::Unmark,
        Self::Withdraw,
    ];

    /// As people read it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Edit => "修改",
            Self::Submit => "送审",
            Self::Return => "退回",
            Self::Publish => "公布",
            Self::Drop => "放弃",
            Self::Mark => "登记进展",
            Self::Unmark => "撤销登记错的进展",
            Self::Withdraw => "撤下",
        }
    }
}
