//! Moments and states in words.

use jiff::tz::{Offset, TimeZone};
use store::parse_moment;
use web::components::{Tag, Tone};
use web::icons;

use crate::State;

/// A stored moment as people in China read it: `2026-11-25 09:30`.
pub(crate) fn minute(moment: &str) -> String {
    let in_china = TimeZone::fixed(Offset::constant(8));
    let told =
        parse_moment(moment).map(|at| at.to_zoned(in_china).strftime("%Y-%m-%d %H:%M").to_string());
    told.unwrap_or_default()
}

/// Where a unit is, as a tag.
pub(super) fn state_tag(state: State) -> Tag {
    match state {
        State::InReview => Tag::marked(Tone::Info, icons::PEN, state.name()),
        State::Signed => Tag::marked(Tone::Warn, icons::CLOCK, state.name()),
        State::Scheduled => Tag::marked(Tone::Info, icons::CLOCK, state.name()),
        State::Published => Tag::good(state.name()),
        State::Returned | State::Lapsed => Tag::over(state.name()),
        State::Withdrawn => Tag::void(state.name()),
    }
}
