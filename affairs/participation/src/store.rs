//! What the room keeps.

mod consultation;
mod decision;
mod enrolment;
mod hearing;
mod hiding;
mod list;
mod opinion;
mod told;
mod withdrawal;

pub use consultation::{Consultation, Said};
pub use decision::{DecisionList, DecisionSaid, ListState, Progress};
pub use enrolment::{Enroller, Enrolment, EnrolmentState};
pub use hearing::{Hearing, HearingMark, HearingSaid};
pub use hiding::Hiding;
pub use list::{Mapped, Mark, Shelf};
pub use opinion::{COVERED, Contact, Opinion, OpinionState, Original};
pub use told::{Counts, Told};
pub use withdrawal::Withdrawal;

pub(crate) use consultation::State;
pub(crate) use enrolment::{NewEnrolment, enroller_place};
pub(crate) use hearing::Drawing;
pub(crate) use hiding::NewHiding;
pub(crate) use opinion::{NewOpinion, original_place};
pub(crate) use withdrawal::NewWithdrawal;

/// A list of words as a column keeps it.
fn words_of(list: &[String]) -> String {
    serde_json::json!(list).to_string()
}
