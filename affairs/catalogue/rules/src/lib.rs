//! 基层政务公开标准目录: what a catalogue is, and how one is read out of a published table.
//!
//! - [`Item`] is one 公开事项 with the columns of the 标准目录; [`TimeLimit`], [`Channel`],
//!   [`Audience`], [`Method`], [`Level`] and [`Stage`] are its parts as data.
//! - [`ReadCatalogue`] is what a table yields: the items, and the [`Issue`]s a person has to look at.
//! - [`reading`] turns neutral grids of text into a [`ReadCatalogue`] in stages one can test alone.
//! - [`lint`] holds a catalogue against the notice's minimum elements and the statutory limits.
//! - [`Exposure`] says whether what is published of an item goes to the open web by itself, and
//!   [`Item::concerns`] which levels of government owe it.
//! - [`compare`] tells two versions apart; [`Treatment`] is what a lower catalogue made of a row above
//!   and [`ThreeSides`] what it makes of a change above; [`DraftStage`] leads to 发布.
//! - [`plan`] is a 工作方案 as data, and where each organ stands with it.
//! - [`obligation`] makes of every item what an organ owes, and by which day.
//! - [`power`] is a 权责清单 or 公共服务事项清单, what its lines are like, and what no item discloses.
//! - [`standard`] is a standard with its days, and how far a catalogue keeps to it.
//! - [`domains`] and [`channels`] are the 26 领域 and the 13 渠道 as data.
//!
//! Nothing here opens a file or asks what day it is.

mod answer_link;
pub mod channels;
mod column;
mod comparison;
pub mod domains;
mod draft_step;
mod exposure;
mod issue;
mod item;
mod lateness;
pub mod lint;
mod list_table;
mod merging;
pub mod obligation;
pub mod plan;
pub mod power;
pub mod reading;
pub mod reminder;
mod staging;
pub mod standard;
mod standing;
mod time_limit;
mod treatment;

pub use answer_link::AnswerLink;
pub use channels::Channel;
pub use column::Column;
pub use comparison::{CellChange, Change, Keyed, RowChange, apply, compare};
pub use draft_step::{DecidedRow, DraftState, DraftStep};
pub use exposure::{Exposure, Held, HeldFor, Tier};
pub use issue::{Issue, IssueKind, Place};
pub use item::{Audience, Item, Level, Method, ReadCatalogue, Stage};
pub use lateness::Lateness;
pub use list_table::NotAList;
pub use merging::{
    Adjustment, AdjustmentKind, CellSides, ChangedBy, Decision, Settlement, ThreeSides, Unsettled,
};
pub use reminder::{AnswerDue, NoAnswerDay, ReminderStanding, WordsRefused};
pub use staging::{DraftStage, OutOfTurn};
pub use standing::{Coverage, ItemStanding, Owed};
pub use time_limit::{
    DayUnit, Every, NoticePeriod, Period, PeriodEnd, ScopedLimit, TimeLimit, TimeLimitKind,
};
pub use treatment::{Takeover, Treatment, local_bodies};
