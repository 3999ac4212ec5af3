//! The queries of 依申请公开; only this room reads and writes its tables.
//!
//! [`Filing`] is a row of the register, [`Case`] the file: the filing with everything that happened to it
//! and the clock that makes of it. Who asked stands in neither; [`Particulars`] are opened with the keys.

mod answers;
mod applicants;
mod archives;
mod begun;
mod case;
mod complaints;
mod conversions;
mod deliveries;
mod drafts;
mod events;
mod fees;
pub mod figures;
mod files;
mod filings;
pub(crate) mod intakes;
mod known_sender;
mod letter_texts;
mod letters;
mod matter_letters;
mod matters;
mod moved;
mod opinions;
mod oversight;
mod perusals;
mod proposals;
mod quiet;
mod rectifications;
mod register;
mod remedies;
mod reviewing;
mod searches;
mod serials;
mod several;
mod standing;
pub(crate) mod suggestions;
pub(crate) mod tries;
pub(crate) mod uploads;
mod writing;

use secrets::Refused;
use store::StoreError;

pub use answers::{
    Answer, AnswerContent, AnswerItem, AnswerState, AnswerStep, AnswerVersion, ProvidedFile,
    ReviewStep,
};
pub use applicants::{Particulars, masked, tells, veiled};
pub(crate) use applicants::{identity_of, telling, tells_any};
pub use archives::{Archive, ArchivedEntry, ArchivedPiece, Hold};
pub use begun::{HandedIn, Proposed};
pub use case::{Case, Projection};
pub use complaints::{Complainant, ComplaintCase};
pub use conversions::Conversion;
pub use deliveries::LetterDelivery;
pub use drafts::{Draft, DraftContent, DraftFile};
pub use events::CaseEvent;
pub use fees::Fee;
pub(crate) use fees::of_applicant;
pub(crate) use files::name_place;
pub use files::{CaseFile, Purpose};
pub(crate) use filings::taken_by;
pub use filings::{Filing, FilingState};
pub use letter_texts::{LetterTexts, TextVersion};
pub use letters::{GivenAnswer, IssuedLetter};
pub use matter_letters::MatterLetter;
pub use matters::{Lasting, MatterHold, MatterRemoval};
pub use moved::{DueMoved, Looked};
pub use opinions::{Asked, Decided, Judged, OpinionCase, ThirdParty};
pub use oversight::OrganTally;
pub use perusals::Perusal;
pub use proposals::{Proposal, ProposalKind};
pub(crate) use quiet::telling_of;
pub use rectifications::{RectificationCase, RectificationWish};
pub(crate) use register::alike;
pub use register::{Line, Mark, Page, Query, Tally, Theirs};
pub use remedies::{RemedyCase, RemedyKind, RemedyResult};
pub use reviewing::UnderReview;
pub use searches::{Advice, KeptSearch};
pub use several::Several;
pub(crate) use several::earlier;
pub(crate) use standing::{Shown, Stood, hold_all, is_any_due, keep_all, revisions, shown};

pub use suggestions::{Suggested, SuggestionCase};
pub use tries::{Coded, Tracked};

/// What the acts put into the tables.
pub(crate) mod putting {
    pub(crate) use super::complaints::Marks;
    pub(crate) use super::events::NewEvent;
    pub(crate) use super::filings::{Marked, NewFiling};
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
