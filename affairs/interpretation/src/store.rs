//! The queries of 政策解读; only this room reads and writes its tables.

mod coverage;
mod interpretations;
mod lists;
mod policies;

pub use coverage::{Covered, CoveredRow};
pub use interpretations::Interpretation;
pub(crate) use interpretations::{Begun, Written, beside_in_unit};
pub use lists::{Listed, Page, Wanted};
pub(crate) use policies::{Appearance, Judged};
pub use policies::{Plan, Policy};

use uuid::Uuid;

/// A key nobody had before; later ones are greater.
pub(crate) fn new_key() -> String {
    Uuid::now_v7().simple().to_string()
}
