//! States in words, and the moments beside them.

use web::components::{Tag, Tone};
use web::icons;
pub(crate) use web::moments::minute;

use crate::State;

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
