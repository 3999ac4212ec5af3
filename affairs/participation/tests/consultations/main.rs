//! A consultation from its draft to its published answers, on both engines.

mod answers;
mod decisions;
mod gatherings;
mod guards;
mod hearings;
mod house;
mod opinions;
mod questionnaires;
mod withdrawals;
