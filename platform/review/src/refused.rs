//! Why an act on a unit is not done, and what may be done instead.

use crate::Step;
use crate::steps::State;

/// A refusal by the rules.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// Nothing more is done with it.
    #[error("这一件{name}，不能再办", name = .0.name())]
    Ended(State),
    /// The step is not asked for.
    #[error("这一件不需要{0}")]
    NotDemanded(Step),
    /// Somebody has passed it.
    #[error("{0}已经通过，不用再办")]
    PassedAlready(Step),
    /// Another step comes first.
    #[error("还没有轮到{0}{wait}", wait = before(*.1))]
    NotItsTurn(Step, Option<Step>),
    /// The content is no longer what was submitted.
    #[error("内容在送审以后改动过，原来的审查不再算数")]
    ContentChanged,
    /// The person wrote it.
    #[error("您起草或者改动过这一件，不能审查、签发或者发布它")]
    Author,
    /// The person took another step.
    #[error("您已经办过这一件的{0}，同一个人不能再办这一环节")]
    TookAnother(Step),
    /// The person opened the urgent path, or released it.
    #[error("您决定或者发布了这一件，不能再办它的{0}")]
    OpenedIt(Step),
    /// The person's role or organ does not take this step.
    #[error("{0}由{who}办理", who = .0.who())]
    NotYours(Step),
    /// The person's role or organ releases nothing here.
    #[error("发布由本机关的发布员或者签发人办理")]
    NotReleaser,
    /// Only the author withdraws.
    #[error("只有起草人和送审人可以撤回送审")]
    NotAuthor,
    /// A return or an urgent path without a reason.
    #[error("没有写理由")]
    NoReason,
    /// Steps are lacking.
    #[error("审查没有完毕{wait}，不能发布", wait = before(*.0))]
    NotCleared(Option<Step>),
    /// The urgent path is open already.
    #[error("这一件已经决定应急发布")]
    UrgentAlready,
    /// The urgent path is not open.
    #[error("这一件没有决定应急发布")]
    NotUrgent,
    /// No time was set.
    #[error("这一件没有定时")]
    NotScheduled,
}

fn before(step: Option<Step>) -> String {
    step.map(|step| format!("，现在等待{step}")).unwrap_or_default()
}

impl Refused {
    /// What the person may do.
    pub fn remedy(self) -> &'static str {
        match self {
            Self::Ended(_) => "要再次发布的，由起草人重新送审",
            Self::NotDemanded(_) | Self::PassedAlready(_) => "刷新页面，看这一件现在到了哪一环节",
            Self::NotItsTurn(..) | Self::NotCleared(_) => "等前面的环节办完再办",
            Self::ContentChanged => "由起草人撤回，核对改动，再重新送审",
            Self::Author | Self::TookAnother(_) | Self::OpenedIt(_) => {
                "请本机关另一位有此职责的人办理；换账号、换岗位、代理都算同一个人"
            }
            Self::NotYours(_) | Self::NotReleaser => "请有此职责的人办理",
            Self::NotAuthor => "审查人认为不妥的，退回并写明理由",
            Self::NoReason => "写一句话，让起草人和以后查阅的人看得明白",
            Self::NotUrgent => "按常规签发，再由发布员发布",
            Self::UrgentAlready | Self::NotScheduled => "刷新页面再看",
        }
    }
}
