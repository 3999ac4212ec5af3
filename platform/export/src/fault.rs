//! Why a copy was not brought up to date, in words for the operator.

use std::io;
use std::path::{Path, PathBuf};

use store::StoreError;
use web::Fault;

/// Why not. Whatever it is, the files that were there before still are, and the next call goes on.
#[derive(Debug, thiserror::Error)]
pub enum ExportFault {
    /// The folder holds something else.
    #[error("{} 里有别的东西，不是导出的静态副本", .0.display())]
    NotOurs(PathBuf),
    /// Another process writes there.
    #[error("另一个导出正在写 {}", .0.display())]
    Taken(PathBuf),
    /// A file cannot be written.
    #[error("写不进 {}", .0.display())]
    Unwritten(PathBuf, #[source] io::Error),
    /// There is nothing to copy.
    #[error("还没有站点，没有可以导出的网页")]
    NoSite,
    /// A page failed inside, or the house cannot be read.
    #[error("有内容读不出来")]
    House(#[source] Fault),
    /// The copy's own list cannot be read or written.
    #[error("副本的清单读写不了（.gongkai 文件夹里的 list.db）")]
    List(#[source] StoreError),
}

impl ExportFault {
    /// What the system said of a file.
    pub(crate) fn unwritten(path: &Path) -> impl FnOnce(io::Error) -> Self + '_ {
        move |error| Self::Unwritten(path.to_owned(), error)
    }

    /// Whether the disk is full.
    pub fn is_full(&self) -> bool {
        let full = |error: &io::Error| {
            matches!(error.kind(), io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded)
        };
        match self {
            Self::Unwritten(_, error) => full(error),
            Self::List(error) => error.to_string().contains("disk is full"),
            _ => false,
        }
    }
}

impl From<Fault> for ExportFault {
    fn from(fault: Fault) -> Self {
        Self::House(fault)
    }
}
