//! What can be done to a record. Each act is a noun with a file of its own.

pub mod attachment_text;
pub mod attribute;
pub mod check_draw;
pub mod check_rule;
pub(crate) mod checks;
pub mod clearing;
pub(crate) mod conversion;
pub mod correction;
pub mod deposit;
pub mod destruction;
pub mod drafting;
mod examination;
pub mod expiry;
pub mod handing_in;
pub mod impact;
pub mod intake;
mod lines;
pub mod publication;
mod reach;
pub mod reassessment;
pub mod rescan;
pub mod retention;
pub mod spot_check;
mod submission;
pub mod takeover;
pub mod upload;
pub mod withdrawal;
pub mod wording;

use std::path::PathBuf;

use law::CalendarGap;
use ledger::DeskError;
use records_rules::{BadIndexNumber, Fault};
use store::StoreError;

use crate::store::RecordError;
use web::workbench::REASON;

pub use crate::hand::Hand;
pub use crate::store::FoundItem;
pub use examination::examine;
pub use submission::{File, Submission};
pub use wording::WordingLine;

/// Why an act on records was not carried out. Nothing of it was stored.
#[derive(Debug, thiserror::Error)]
pub enum ActError {
    /// What was handed in has faults; all of them.
    #[error("有 {} 处需要改正", .0.len())]
    Faults(Vec<Fault>),
    /// No index number can be given: the year's serials are used up, or the organ's code is none.
    #[error(transparent)]
    Index(#[from] BadIndexNumber),
    /// A file cannot be kept.
    #[error("附件无法存入 {path}")]
    File {
        /// Where it was to be kept.
        path: PathBuf,
        /// What the system said.
        #[source]
        cause: std::io::Error,
    },
    /// It may not be done as things stand: why, and what to do.
    #[error("{0}")]
    Refused(&'static str, &'static str),
    /// 抽查: what is drawn from is not over; the first day on which it is.
    #[error("这一期还没有结束，{0}起才能抽取")]
    NotBefore(law::Date),
    /// The reason that is kept with an act is missing or too long: what is wrong, and what to do.
    #[error("{0}")]
    Reason(&'static str, &'static str),
    /// An entry of a form cannot be taken: its name in the form, what is wrong, and what to do.
    #[error("{1}")]
    Entry(&'static str, &'static str, &'static str),
    /// A text is no list of words: what is wrong and what to do, in Chinese.
    #[error("{0}")]
    Wording(String),
    /// Review refuses.
    #[error(transparent)]
    Review(#[from] review::ActError),
    /// The working calendar does not reach a day that must be told.
    #[error(transparent)]
    Calendar(#[from] CalendarGap),
    /// A record could not be read.
    #[error(transparent)]
    Record(#[from] RecordError),
    /// The act was not kept.
    #[error(transparent)]
    Desk(#[from] DeskError),
    /// The database refused.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl ActError {
    pub(crate) const NO_DRAFT: Self = Self::Refused("没有这件稿件", "在“我的稿件”中查看");
    pub(crate) const NO_RECORD: Self = Self::Refused("本机关没有发布过这份信息", "核对地址");
    pub(crate) const NO_PROPOSAL: Self = Self::Refused("没有这一件", "刷新页面再看");
    pub(crate) const DECIDED: Self = Self::Refused("这一件已经办过了", "刷新页面再看");
    pub(crate) const OVERTAKEN: Self = Self::Refused("稿件刚才有人改动过", "刷新页面再看");
    /// What is new is public only after its review.
    pub const NOT_REVIEWED: Self = Self::Refused(
        "新文件要审查完毕才能发布",
        "用 gongkai record submit 送审，或者在工作台起草；在别处发布过的，写明原发布日期和来源再导入",
    );
    /// What goes out was looked through by the rules of the day, before the act that lets it out.
    pub(crate) const NOT_EXAMINED: Self = Self::Refused(
        "检查规则更新了，附件还没有按新的规则检查",
        "再办一次，平台先检查附件；仍然这样的，重新上传附件",
    );
    pub(crate) const SAME_PERSON: Self =
        Self::Refused("提出的人和写稿的人不能自己决定", "请本机关另一位有权限的人办理");
    /// The same as a page.
    pub(crate) fn into_fault(self) -> web::Fault {
        match self {
            Self::Review(refused) => refused.into(),
            Self::Wording(told) => web::Fault::Refused(told),
            Self::Faults(faults) => {
                let told =
                    faults.iter().map(|fault| format!("{}：{}。", fault.field, fault.message));
                web::Fault::Refused(told.collect())
            }
            Self::Reason(..) => web::Fault::field(REASON, format!("{self}。{}。", self.remedy())),
            Self::Entry(name, ..) => {
                web::Fault::field(name, format!("{self}。{}。", self.remedy()))
            }
            Self::Refused(..) | Self::NotBefore(_) | Self::Index(_) | Self::Calendar(_) => {
                web::Fault::Refused(format!("{self}。{}。", self.remedy()))
            }
            Self::File { .. } | Self::Desk(_) | Self::Store(_) | Self::Record(_) => {
                web::Fault::inside(self)
            }
        }
    }

    /// What the person may do about it.
    pub fn remedy(&self) -> &'static str {
        match self {
            Self::Faults(_) => "按各处说明改正后再发布；没有任何一件已经发布",
            Self::Index(bad) => bad.remedy(),
            Self::Refused(_, remedy) | Self::Reason(_, remedy) | Self::Entry(.., remedy) => remedy,
            Self::NotBefore(_) => "到那一天由平台抽取，也可以那天以后再按",
            Self::Wording(_) => "照提示改正词表",
            Self::Review(refused) => refused.remedy(),
            Self::Calendar(_) => "导入那一年的放假安排后再试",
            Self::File { .. } => "请检查数据目录的权限和剩余空间；没有任何一件已经发布",
            Self::Store(StoreError::Duplicate(_))
            | Self::Desk(DeskError::Store(StoreError::Duplicate(_))) => {
                "可能有人同时发布了同一份文件；请查看文件列表后再试"
            }
            Self::Desk(_) | Self::Store(_) | Self::Record(_) => "请稍后再试；数据保持原样",
        }
    }
}

/// What one of two who do the same at the same moment is told: the database takes the first alone.
fn first<T>(done: Result<T, impl Into<ActError>>, told: ActError) -> Result<T, ActError> {
    done.map_err(|error| match error.into() {
        ActError::Store(StoreError::Duplicate(_)) => told,
        other => other,
    })
}

/// The longest reason, in letters: a decision of ours.
const LONGEST_REASON: usize = 500;

/// A reason on one line; acts that need one take no empty one.
fn reasoned(text: &str) -> Result<String, ActError> {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match text.chars().count() {
        0 => Err(ActError::Reason("没有写理由", "写明理由再提交")),
        1..=LONGEST_REASON => Ok(text),
        _ => Err(ActError::Reason("理由超过500字", "写短一些")),
    }
}
