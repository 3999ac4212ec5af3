//! The tables of 互动交流.

mod answers;
mod assistance;
mod closings;
mod events;
mod letters;
mod lists;
mod orders;
mod pieces;
mod tallies;

pub(crate) use answers::NewAnswer;
pub use answers::{Answer, AnswerState};
pub use assistance::Assistance;
pub(crate) use assistance::NewAssistance;
pub use closings::Closing;
pub(crate) use closings::NewClosing;
pub use events::Event;
pub(crate) use events::{NewEvent, add_event};
pub(crate) use letters::{NewSuggestion, next_serial};
pub use letters::{Source, Suggestion, Written};
pub use lists::{Mark, Page, Query, Tally};
pub(crate) use orders::NewOrder;
pub use orders::{OrderLine, OrderQuery, OrderSlip, Platform};
pub use pieces::{Piece, PieceMark, PieceState, TakenDown};
pub use tallies::{Counted, Period};

/// Why something sealed was not kept or found.
#[derive(Debug, thiserror::Error)]
pub enum KeepError {
    /// The keys cannot be used.
    #[error(transparent)]
    Sealing(#[from] secrets::Refused),
    /// The database refused.
    #[error(transparent)]
    Store(#[from] ::store::StoreError),
}

/// A list of natural persons as a column keeps it.
pub(crate) fn persons_of(text: &str) -> Vec<String> {
    serde_json::from_str(text).unwrap_or_default()
}

/// The same on its way into the column.
pub(crate) fn kept_persons(persons: &[String]) -> String {
    serde_json::to_string(persons).unwrap_or_else(|_| "[]".to_owned())
}
