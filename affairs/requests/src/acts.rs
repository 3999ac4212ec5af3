//! What can be done to a request. Each act is a noun with a file of its own.
//!
//! Who may act at all the guard of the access policy decides before; what its conditions say of the file
//! (assigned, not decided by whoever proposed it, opinions over) the acts ask. No act writes who asked into
//! the ledger.

pub mod answer;
mod answer_content;
pub mod archiving;
pub mod assignment;
pub mod charging;
pub mod complaint;
pub mod confirmation;
pub mod conversion;
pub mod correction;
mod course;
pub mod delivery;
pub mod draft;
pub mod finding;
pub mod inquiry;
pub mod intake;
pub mod joining;
pub mod letter_text;
pub mod looking;
mod matter;
pub mod matter_removal;
pub mod opinion;
pub mod perusal;
pub mod proposal;
pub mod provision;
pub mod reasons;
pub mod rectification;
pub mod recusal;
pub mod remedy;
mod removal;
pub mod renewal;
mod several;
pub mod suggestion;
pub mod tracking;
pub mod unmoved;
pub mod withdrawal;

use std::path::PathBuf;

use law::CalendarGap;
use ledger::DeskError;
use requests_rules::{BadArrival, StepError};
use store::StoreError;

use crate::store::CaseError;

pub use course::By;

/// Why an act on a request was not carried out. Nothing of it was stored.
#[derive(Debug, thiserror::Error)]
pub enum ActError {
    /// It may not be done as things stand: why, and what to do.
    #[error("{0}")]
    Refused(&'static str, &'static str),
    /// The law does not allow the step.
    #[error("{0}")]
    Law(requests_rules::Refused),
    /// The days of arrival contradict each other.
    #[error(transparent)]
    Arrival(BadArrival),
    /// What was handed in has faults; all of them, each with what to do.
    #[error("有 {} 处需要改正: {}", .0.len(), .0.join("；"))]
    Faults(Vec<String>),
    /// The reason that is kept with an act is missing or too long.
    #[error("{0}")]
    Reason(&'static str, &'static str),
    /// Somebody else wrote meanwhile: both texts, so that nothing is lost.
    #[error("{} 刚才改动过这份稿子", .0.theirs_by)]
    Overtaken(Box<Overtaken>),
    /// A file cannot be kept or read.
    #[error("附件无法存取 {path}")]
    File {
        /// Where it lies.
        path: PathBuf,
        /// What the system said.
        #[source]
        cause: std::io::Error,
    },
    /// What is sealed cannot be sealed or opened.
    #[error(transparent)]
    Sealed(#[from] secrets::Refused),
    /// The working calendar does not reach a day that must be told.
    #[error(transparent)]
    Calendar(#[from] CalendarGap),
    /// A file could not be read.
    #[error(transparent)]
    Case(CaseError),
    /// An identity document could not be compared.
    #[error(transparent)]
    Identity(#[from] identity::Refusal),
    /// The act was not kept.
    #[error(transparent)]
    Desk(#[from] DeskError),
    /// The database refused.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// What two wrote in two windows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Overtaken {
    /// What was to be kept now.
    pub mine: String,
    /// What was kept meanwhile.
    pub theirs: String,
    /// By whom, the name.
    pub theirs_by: String,
    /// The number under which that stands: whoever goes on says they saw it.
    pub seen: i64,
}

impl ActError {
    pub(crate) const NO_CASE: Self = Self::Refused("本机关没有这份申请", "核对编号，在台账中查找");
    pub(crate) const SAME_PERSON: Self =
        Self::Refused("提出的人不能自己决定", "请本机关另一位有权限的人办理");
    pub(crate) const NOT_ASSIGNED: Self =
        Self::Refused("这份申请没有分给您办理", "请经办人办理，或者先分办给您");
    pub(crate) const CLOSED: Self =
        Self::Refused("这份申请已经办结", "申请人仍有需要的，请其另行提出申请");
    pub(crate) const DECIDED: Self = Self::Refused("这一件已经决定过了", "刷新页面再看");

    /// What the person may do about it.
    pub fn remedy(&self) -> &'static str {
        match self {
            Self::Refused(_, remedy) | Self::Reason(_, remedy) => remedy,
            Self::Law(refused) => refused.why.remedy(),
            Self::Arrival(_) => "核对各个日期",
            Self::Faults(_) => "按各处说明改正后再提交；已经填的内容还在",
            Self::Overtaken(_) => "把两份稿子合在一起再保存；您写的还在这里",
            Self::Calendar(_) => "导入那一年的放假安排后再试",
            Self::File { .. } => "请检查数据目录的权限和剩余空间；没有任何内容已经保存",
            Self::Sealed(_) => "请检查密钥目录；没有任何内容已经保存",
            Self::Store(StoreError::Duplicate(_))
            | Self::Desk(DeskError::Store(StoreError::Duplicate(_))) => {
                "可能刚才已经办过，刷新页面再看"
            }
            Self::Case(_) | Self::Identity(_) | Self::Desk(_) | Self::Store(_) => {
                "请稍后再试；数据保持原样"
            }
        }
    }

    /// The same as a page.
    pub fn into_fault(self) -> web::Fault {
        match self {
            Self::Refused(..)
            | Self::Law(_)
            | Self::Arrival(_)
            | Self::Faults(_)
            | Self::Overtaken(_)
            | Self::Calendar(_) => web::Fault::Refused(format!("{self}。{}。", self.remedy())),
            Self::Reason(..) => {
                web::Fault::field(web::workbench::REASON, format!("{self}。{}。", self.remedy()))
            }
            Self::File { .. }
            | Self::Sealed(_)
            | Self::Case(_)
            | Self::Identity(_)
            | Self::Desk(_)
            | Self::Store(_) => web::Fault::inside(self),
        }
    }
}

impl From<StepError> for ActError {
    fn from(error: StepError) -> Self {
        match error {
            StepError::Refused(refused) => Self::Law(refused),
            StepError::Calendar(gap) => Self::Calendar(gap),
        }
    }
}

impl From<BadArrival> for ActError {
    fn from(error: BadArrival) -> Self {
        match error {
            BadArrival::Calendar(gap) => Self::Calendar(gap),
            other => Self::Arrival(other),
        }
    }
}

impl From<CaseError> for ActError {
    fn from(error: CaseError) -> Self {
        match error {
            CaseError::Store(error) => Self::Store(error),
            CaseError::Sealed(refused) => Self::Sealed(refused),
            CaseError::Calendar(gap) => Self::Calendar(gap),
            other => Self::Case(other),
        }
    }
}

/// The longest reason, in letters: a decision of ours.
const LONGEST_REASON: usize = 1000;

/// A reason on one line; acts that need one take no empty one.
pub(crate) fn reasoned(text: &str) -> Result<String, ActError> {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match text.chars().count() {
        0 => Err(ActError::Reason("没有写理由", "写明理由再提交")),
        1..=LONGEST_REASON => Ok(text),
        _ => Err(ActError::Reason("理由超过1000字", "写短一些")),
    }
}
