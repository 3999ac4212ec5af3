//! The queries of 政策解读; only this room reads and writes its tables.

mod coverage;
mod interpretations;
mod lists;
mod media;
mod owed;
mod policies;
mod public;
mod pulling;
mod questions;
mod responses;
mod topics;

pub use coverage::{Covered, CoveredRow};
pub(crate) use interpretations::{Begun, Written, beside_in_unit};
pub use interpretations::{Interpretation, Pull};
pub use lists::{Listed, Page, Wanted};
pub use media::KeptMedium;
pub use policies::{Act, Plan, Policy};
pub(crate) use policies::{Appearance, Judged};
pub use public::Public;
pub(crate) use questions::Owner;
pub use questions::{AskedFor, CitedDocument, Question};
pub use responses::{Heard, Inside, Response, Told};
pub use topics::Topic;

use uuid::Uuid;

/// Why something sealed was not kept.
#[derive(Debug, thiserror::Error)]
pub enum KeepError {
    /// The keys cannot be used.
    #[error(transparent)]
    Sealing(#[from] secrets::Refused),
    /// The database refused.
    #[error(transparent)]
    Store(#[from] ::store::StoreError),
}

/// A key nobody had before; later ones are greater.
pub(crate) fn new_key() -> String {
    Uuid::now_v7().simple().to_string()
}
