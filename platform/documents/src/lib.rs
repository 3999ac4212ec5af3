//! Files as people send and keep them: reading office formats into plain tables and text, and
//! writing tables and documents out again.
//!
//! [`examining`] looks through what is to be published for personal data and writes it clean.
//!
//! Nothing here knows what a catalogue or a record is. Reading gives [`reading::Sheet`]s, writing
//! takes [`writing::Sheet`]s; rooms convert at their own door.

pub mod converting;
pub mod examining;
mod files;
pub mod folder;
pub mod personal;
pub mod reading;
pub mod wording;
pub mod writing;

pub use examining::{
    Cleaned, Examined, Finding, Findings, Masking, Preview, PreviewTable, Refusal, clean,
    examine_upload, preview_of, redact_upload, scan, text_of,
};
