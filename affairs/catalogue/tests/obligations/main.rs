//! What is owed: events, publications, the calendar and the day, on either engine.

mod following;
mod house;
mod keeping;
mod renewing;
