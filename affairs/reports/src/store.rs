//! The queries of 年度报告; only this room reads and writes its tables.

mod basis;
mod content;
mod lists;
mod members;
mod reminders;
mod stages;
mod versions;

pub use basis::Basis;
pub(crate) use basis::keep as keep_bases;
pub use content::{Content, KeptCell};
pub(crate) use content::{fee_texts, keep_all, keep_cells, keep_explained, keep_texts};
pub use lists::{Listed, ListedAsk, Standing};
pub(crate) use members::keep as keep_members;
pub use members::{MemberLine, candidates};
pub use reminders::Reminder;
pub(crate) use stages::{
    begin, counted, dropped, frozen, published, reopened, reviewed_in, submitted, taken_out,
    written_by,
};
pub use versions::{Origin, Version, VersionState};
