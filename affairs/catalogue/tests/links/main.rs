//! Items, their obligations and records, and what readers ask for, on either engine.

mod coverage;
mod house;
mod reminders;
mod standing;
mod wishes;
