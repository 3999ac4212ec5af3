//! A consultation from its draft to its published answers, on both engines.

mod answers;
mod decisions;
mod following;
mod gatherings;
mod guards;
mod hearings;
mod house;
mod interviews;
mod opinions;
mod questionnaires;
mod telling;
mod withdrawals;
