//! The queries of 依申请公开; only this room reads and writes its tables.
//!
//! [`Filing`] is a row of the register, [`Case`] the file: the filing with everything that happened to it
//! and the clock that makes of it. Who asked stands in neither; [`Particulars`] are opened with the keys.

mod advice;
mod answers;
mod applicants;
mod archives;
mod case;
mod complaints;
mod events;
mod fees;
pub mod figures;
mod files;
mod filings;
mod holds;
mod letters;
mod looked;
mod moved;
mod opinions;
mod proposals;
mod rectifications;
mod register;
mod remedies;
mod searches;
mod serials;
mod several;
mod writing;

use secrets::Refused;
use store::StoreError;

pub use advice::Advice;
pub use answers::{Answer, AnswerFacts, AnswerState, AnswerStep, AnswerVersion, ProvidedFile};
pub use applicants::{Particulars, masked};
pub use archives::{Archive, ArchivedPiece};
pub use case::{Case, Projection};
pub use complaints::{ComplaintCase, Complainant};
pub use events::CaseEvent;
pub use fees::Fee;
pub use files::{CaseFile, Purpose};
pub use filings::{Filing, FilingState};
pub use holds::Hold;
pub use letters::IssuedLetter;
pub use moved::DueMoved;
pub use opinions::{Asked, OpinionCase, ThirdParty};
pub use proposals::{Proposal, ProposalKind};
pub use rectifications::{RectificationCase, RectificationWish};
pub use register::{Line, Mark, Page, Query, Tally};
pub use remedies::{RemedyCase, RemedyKind, RemedyResult};
pub use searches::KeptSearch;
pub use several::Several;

pub use looked::Looked;
/// What the acts put into the tables.
pub(crate) mod putting {
    pub(crate) use super::events::NewEvent;
    pub(crate) use super::filings::NewFiling;
    pub(crate) use super::serials::{letter_number, next, request_number};
    pub(crate) use super::writing::new_key;
}

/// Why a file could not be read.
#[derive(Debug, thiserror::Error)]
pub enum CaseError {
    /// The database refused.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// What is sealed cannot be opened.
    #[error(transparent)]
    Sealed(#[from] Refused),
    /// The calendar does not reach the days to be counted.
    #[error(transparent)]
    Calendar(#[from] law::CalendarGap),
    /// Something in a row is not what this program writes.
    #[error("request {request}: {field} reads {text}")]
    Unreadable {
        /// The key of the request.
        request: String,
        /// The column.
        field: &'static str,
        /// What is in it.
        text: String,
    },
}

impl From<CaseError> for web::Fault {
    fn from(error: CaseError) -> Self {
        Self::inside(error)
    }
}
