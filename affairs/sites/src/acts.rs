//! What is done to sites. Each act is a noun with a file of its own.

pub mod column;
pub mod erasure;
pub mod establishment;
pub mod handling;
pub mod inspection;
pub mod message;
pub mod papers;
pub mod particulars;
pub mod register;
pub mod short_link;
pub mod unmet;
pub mod visits;

use ledger::DeskError;
use store::StoreError;
use web::Fault;

/// Why an act was not carried out. Nothing of it was stored.
#[derive(Debug, thiserror::Error)]
pub enum ActError {
    /// It may not be done as things stand; the sentence says why and what to do.
    #[error("{0}")]
    Refused(String),
    /// A field is not as it must be: its name, and what to do.
    #[error("{1}")]
    Field(&'static str, String),
    /// The keys cannot be used.
    #[error(transparent)]
    Sealing(#[from] secrets::Refused),
    /// The act was not kept.
    #[error(transparent)]
    Desk(#[from] DeskError),
    /// The database refused.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// No random bytes were to be had.
    #[error("没有取到随机数")]
    Random,
}

impl ActError {
    pub(crate) fn refused(words: &str) -> Self {
        Self::Refused(words.to_owned())
    }

    /// The same as a page.
    pub fn into_fault(self) -> Fault {
        match self {
            Self::Refused(words) => Fault::Refused(words),
            Self::Field(field, words) => Fault::field(field, words),
            other => Fault::inside(other),
        }
    }
}

/// A reason as it is kept: without blanks around it, and not empty.
fn reasoned(reason: &str) -> Result<String, ActError> {
    let reason = reason.split_whitespace().collect::<Vec<_>>().join(" ");
    match reason.is_empty() {
        true => Err(ActError::Field(web::workbench::REASON, "写明理由".into())),
        false => Ok(reason),
    }
}
