//! The tables of 互动交流.

mod answers;
mod assistance;
mod closings;
mod drafts;
mod events;
mod letters;
mod lists;
mod order_tables;
mod orders;
mod pieces;
mod platforms;
mod serials;
mod tallies;
mod words;

pub(crate) use answers::NewAnswer;
pub use answers::{Answer, AnswerState};
pub use assistance::Assistance;
pub(crate) use assistance::NewAssistance;
pub use closings::Closing;
pub(crate) use closings::NewClosing;
pub use drafts::AnswerDraft;
pub(crate) use drafts::NewDraft;
pub use events::Event;
pub(crate) use events::{NewEvent, add_event, add_receipts};
pub(crate) use letters::NewSuggestion;
pub use letters::{Source, Suggestion, Written};
pub use lists::{Mark, Page, Query, Tally};
pub use order_tables::OrderTableKept;
pub(crate) use orders::NewOrder;
pub use orders::{OrderLine, OrderQuery, OrderReasons, OrderSlip};
pub use pieces::{Piece, PieceMark, PieceState, TakenDown};
pub use platforms::Platform;
pub(crate) use serials::{hold_serials, next_serials};
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
