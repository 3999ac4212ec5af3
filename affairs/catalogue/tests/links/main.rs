//! Items, their obligations and records, and what readers ask for, on either engine.

mod house;
mod reminders;
mod standing;
