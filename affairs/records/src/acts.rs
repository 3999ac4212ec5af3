//! What can be done to a record. Each act is a noun with a file of its own.

mod examination;
mod lines;
pub mod publication;
mod reach;
mod submission;

use std::path::PathBuf;

use ledger::DeskError;
use records_rules::{BadIndexNumber, Fault};
use store::StoreError;

pub use examination::examine;
pub use submission::{File, FoundItem, Submission};

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
    /// The act was not kept.
    #[error(transparent)]
    Desk(#[from] DeskError),
    /// The database refused.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl ActError {
    /// What the person may do about it.
    pub fn remedy(&self) -> &'static str {
        match self {
            Self::Faults(_) => "按各处说明改正后再发布；没有任何一件已经发布",
            Self::Index(bad) => bad.remedy(),
            Self::File { .. } => "请检查数据目录的权限和剩余空间；没有任何一件已经发布",
            Self::Store(StoreError::Duplicate(_))
            | Self::Desk(DeskError::Store(StoreError::Duplicate(_))) => {
                "可能有人同时发布了同一份文件；请查看文件列表后再试"
            }
            Self::Desk(_) | Self::Store(_) => "请稍后再试；数据保持原样",
        }
    }
}
