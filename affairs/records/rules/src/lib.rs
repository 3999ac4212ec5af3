//! What the law and the field's standards say of a published document (政府信息): its numbers, its
//! dates, its kind, whether it is open, whether it still holds, and by when it must be out.
//!
//! - [`DocumentNumber`] (文号) and [`IndexNumber`] (索引号) read what is found and print one form.
//! - [`MadeOn`], [`PublishedAt`] and [`OriginalPublication`] keep three days apart that are easily
//!   confused; 发布日期 comes from the platform's clock alone.
//! - [`Genre`] and [`Theme`] are lists kept as data; [`Openness`] and [`Validity`] are closed.
//! - [`Metadata`] holds a document's particulars and says what is wrong with them as [`Fault`]s.
//! - [`PublicationDue`] counts the twenty working days of 条例第二十六条.
//! - [`Reach`] (公开范围) says whether a document is for everybody or for a group.
//! - [`StatutoryItem`] lists what 条例第二十、二十一条 bind each level of government to publish.
//! - [`Attribute`] is 公开属性 with its ground; [`Outcome`] what an assessment of it comes to.
//! - [`Frequency`], [`Amount`], [`FindingKind`] and [`Severity`] are the words of 抽查; [`Deposit`] and
//!   [`MustStay`] those of 提供、移交、销毁.
//! - [`Provenance`] and [`Custody`] say where a document comes from, who must disclose it (条例第十条)
//!   and who keeps it; [`Withdrawal`] how it stops standing as it stood.
//! - [`Head`] holds particulars as a draft has them; [`Manuscript`] reads a document with its particulars from one plain text file.
//!
//! Nothing here does input or output or asks what day it is.

mod address;
mod attribute;
mod blocks;
mod characters;
mod dates;
mod fault;
mod genre;
mod head;
mod impact;
mod index;
mod life;
mod manuscript;
mod metadata;
mod number;
mod openness;
mod particulars;
mod provenance;
mod publication;
mod reach;
mod reassessment;
mod retention;
mod runs;
mod spot_check;
mod statutory;
mod theme;
mod withdrawal;

pub use address::link_address;
pub use attribute::{Attribute, OnRequestGround, review_day};
pub use blocks::{Block, Cell, Item, Placed};
pub use dates::{MadeOn, NoSource, Origin, OriginalPublication, PublicationDates, PublishedAt};
pub use fault::{Fault, Field, Weight};
pub use genre::{Genre, UnknownGenre};
pub use head::Head;
pub use impact::{IMPACT_KEPT, impact_answer, impact_kept_until};
pub use index::{BadIndexNumber, FujianIndex, IndexNumber, OpaqueScheme, OrganCode};
pub use life::{Life, Repeal, Validity};
pub use manuscript::{ItemLink, Manuscript, ReadThrough};
pub use metadata::Metadata;
pub use number::{BadDocumentNumber, DocumentNumber, NumberForm};
pub use openness::{InternalAffair, Openness, ProcessRecord, UnknownOpenness, Withholding};
pub use particulars::{NOT_STATED, SHOWN_NO_MORE};
pub use provenance::{
    Custody, Discloser, Provenance, Retention, UnknownProvenance, UnknownRetention,
};
pub use publication::{DISCLOSURE_PERIOD, PublicationDue, Standing, Timeliness, Untold};
pub use reach::{BadReach, HeldMatter, Reach, reach_fault};
pub use reassessment::{LISTING_PERIOD, Outcome};
pub use retention::{
    Deposit, MustStay, SUPPLY_PERIOD, TRANSFER_YEARS, may_be_destroyed, supply_due, transfer_due,
    transfer_through,
};
pub use runs::{Run, unmarked};
pub use spot_check::{
    Amount, BadRule, CheckPeriod, FindingKind, Frequency, RECTIFICATION, Severity,
    rectification_due,
};
pub use statutory::{Level, STATUTORY_ITEMS, StatutoryItem, statutory_item};
pub use theme::{THEMES, Theme, ThemeRow, UnknownTheme};
pub use withdrawal::{
    EMERGENCY_CONFIRMATION, PUNISHMENT_WITHDRAWAL, Withdrawal, confirmation_due, punishment_due,
};
