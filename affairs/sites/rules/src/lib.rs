//! What the law says of government sites and their columns.
//!
//! - [`statutory_columns`] are the parts of 法定主动公开内容 that a level of government must keep
//!   (条例第二十条、第二十一条).
//! - [`Freshness`] says after how long without anything new a column counts as not kept up
//!   (国办秘函〔2019〕19号).
//! - [`columns_of`] are those that one organ keeps, by what it is and does; 公共企事业单位 have their own.
//! - [`paper_lacks`] says what a 指南 or 目录 does not say and must (条例第十二条).
//! - [`Particulars::faults`] is the check before a site may open: what 条例第十二条 and
//!   国办发〔2017〕47号 require it to show.
//! - [`inspection::inspect`] applies the indicators to a site as it stands.
//! - [`answer_due`] is the day by which a message is answered; [`PALETTES`] the colours of a site.
//! - [`report_due`] is the day by which an annual report is due (条例第四十九条).

mod columns;
mod freshness;
pub mod inspection;
mod launch;
mod message;
mod palette;
mod papers;
mod terms;

pub use columns::{
    Column, ColumnKind, Keeper, Tier, columns_of, possible_columns, statutory_column,
    statutory_columns,
};
pub use freshness::{Condition, Freshness};
pub use launch::{Lack, Particulars};
pub use message::{
    FaultSubject, MessageKind, NoAnswerDay, SITE_GUIDELINE, answer_due, kept_since, wants_answer,
};
pub use palette::{Colour, PALETTES, Palette, contrast};
pub use papers::{KEPT, PaperField, PaperKind, fields_of, kept_columns, paper_lacks};
pub use reports_rules::{Reporter, next_report, report_due};
pub use terms::reply_term;
