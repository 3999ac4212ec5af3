//! What can be done in 监督评估: one file for each act, named by its noun.

pub mod counting;
mod tally;

pub use tally::{Counted, count};

use ledger::DeskError;
use store::StoreError;
use web::Fault;

/// Why nothing was counted. Nothing of it was stored.
#[derive(Debug, thiserror::Error)]
pub enum ActError {
    /// A room could not hand over what is assessed.
    #[error(transparent)]
    Room(#[from] Fault),
    /// The calendar does not reach so far.
    #[error("工作日历没有到这一年")]
    Calendar(#[from] law::CalendarGap),
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
            Self::Calendar(_) => "请核对日期；新一年的放假安排用 gongkai calendar import 导入",
            _ => "请稍后再试；数据保持原样",
        }
    }
}
