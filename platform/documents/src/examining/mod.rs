//! 个人信息检查: what of a file may not be published, and a clean copy of it.
//!
//! A file from outside is parsed in a child process of the same binary that has shut itself in
//! before it reads the first byte ([`confinement`]); the parent sees findings, text and a copy, or a
//! [`Refusal`] that says what is wrong. [`here`] does the same without a child, for tests and for
//! text of our own.

pub mod child;
pub(crate) mod confinement;
mod finding;
pub mod here;
mod preview;
mod refusal;

use serde::{Deserialize, Serialize};

pub use child::Examiner;
pub use finding::{Finding, Findings, MOST_FINDINGS, Masking};
pub use preview::{MOST_COLUMNS, MOST_LETTERS, MOST_ROWS, MOST_TABLES, Preview, PreviewTable};
pub use refusal::Refusal;

/// A file written anew.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cleaned {
    /// The copy.
    pub bytes: Vec<u8>,
    /// What was found in the original.
    pub findings: Findings,
}

/// What publication needs to know of an upload.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Examined {
    /// What was found in it.
    pub findings: Findings,
    /// The clean copy, or why there is none.
    pub cleaned: Result<Vec<u8>, Refusal>,
    /// Its visible text, for search; at most 8 MiB.
    pub text: String,
}

/// What is asked of the child.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Job {
    /// Findings.
    Scan,
    /// The visible text.
    Read,
    /// Findings, text and a clean copy.
    Examine,
    /// What is shown of it before it is fetched.
    Preview,
}

/// What the child found.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Outcome {
    pub(crate) findings: Findings,
    pub(crate) text: String,
    /// Why there is no copy, if one was asked for.
    pub(crate) refused: Option<Refusal>,
    /// What is shown of it, if that was asked for.
    #[serde(default)]
    pub(crate) preview: Option<Preview>,
}

/// Looks through a file in a child of this program. `name` helps only where the content leaves the
/// kind open. Blocks; from async code call it where blocking is allowed.
///
/// # Errors
///
/// Any [`Refusal`].
pub fn scan(bytes: &[u8], name: &str) -> Result<Findings, Refusal> {
    Examiner::of_this_program()?.scan(bytes, name)
}

/// The visible text of a file, read by a child of this program; at most 8 MiB. Blocks.
///
/// # Errors
///
/// Any [`Refusal`].
pub fn text_of(bytes: &[u8], name: &str) -> Result<String, Refusal> {
    Examiner::of_this_program()?.text_of(bytes, name)
}

/// What of a file is shown before it is fetched, and the picture of its first page as PNG (empty for
/// none), made by a child of this program. Blocks.
///
/// # Errors
///
/// Any [`Refusal`].
pub fn preview_of(bytes: &[u8], name: &str) -> Result<(Preview, Vec<u8>), Refusal> {
    Examiner::of_this_program()?.preview(bytes, name)
}

/// Writes a file clean in a child of this program: hidden content, changes, comments, properties,
/// macros and embedded files are gone, values that stop a publication are masked, and the copy has
/// been looked through again. Blocks.
///
/// # Errors
///
/// Any [`Refusal`]; [`Refusal::NotCleanable`] for kinds that are only examined.
pub fn clean(bytes: &[u8], name: &str) -> Result<Cleaned, Refusal> {
    Examiner::of_this_program()?.clean(bytes, name, &Masking::default())
}

/// Everything that publication needs to know of an upload, by a child of this program. Blocks.
///
/// # Errors
///
/// Any [`Refusal`] to examine the file; that there is no clean copy is part of the answer.
pub fn examine_upload(bytes: &[u8], name: &str) -> Result<Examined, Refusal> {
    Examiner::of_this_program()?.examine(bytes, name, &Masking::default())
}

/// 区分处理: as [`examine_upload`], masking what is told. Blocks.
///
/// # Errors
///
/// Any [`Refusal`] to examine the file.
pub fn redact_upload(bytes: &[u8], name: &str, masking: &Masking) -> Result<Examined, Refusal> {
    Examiner::of_this_program()?.examine(bytes, name, masking)
}
