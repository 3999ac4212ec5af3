//! What the room keeps.

pub(crate) mod announced;
mod cancellation;
mod consultation;
mod decision;
mod enrolment;
mod gathering;
mod handed_in;
mod hearing;
mod hiding;
mod interview;
mod list;
mod live;
mod material;
mod opinion;
mod question;
mod questionnaire;
mod report;
mod told;
mod withdrawal;

pub use announced::Mark;
pub use cancellation::Cancellable;
pub use consultation::{Consultation, Said};
pub use decision::{DecisionList, DecisionSaid, Progress};
pub use enrolment::{Enroller, Enrolment};
pub use gathering::{Gathering, GatheringSaid, Noted, Place, PlaceState};
pub use handed_in::{HandedIn, KeptForATime};
pub use hearing::{Hearing, HearingSaid};
pub use hiding::Hiding;
pub use interview::{Interview, InterviewSaid};
pub use list::{Mapped, Shelf};
pub use live::{Change, Entered};
pub use material::Materials;
pub use opinion::{COVERED, Contact, Opinion, Original};
pub use question::{Asker, InterviewQuestion};
pub use questionnaire::{Answered, PublishedText, Questionnaire, QuestionnaireSaid};
pub use report::{DecisionReport, ReportSaid};
pub use told::{Counts, Told};
pub use withdrawal::{Proposed, Withdrawable, Withdrawal};

// As the rules name them.
pub use participation_rules::{EnrolmentState, ListState, OpinionState};

pub(crate) use announced::{Announced, Head, Piece};
pub(crate) use consultation::State;
pub(crate) use enrolment::{NewEnrolment, REPEATED};
pub(crate) use gathering::NewPlace;
pub(crate) use hearing::Drawing;
pub(crate) use hiding::NewHiding;
pub(crate) use live::{Deciding, NewChange, text_of};
pub(crate) use opinion::NewOpinion;
pub(crate) use question::NewQuestion;
pub(crate) use questionnaire::{NewAnswer, words_place};
pub(crate) use withdrawal::NewWithdrawal;

/// A list of words as a column keeps it.
fn words_of(list: &[String]) -> String {
    serde_json::json!(list).to_string()
}
