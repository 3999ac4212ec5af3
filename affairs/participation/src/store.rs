//! What the room keeps.

mod consultation;
mod decision;
mod enrolment;
mod gathering;
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

pub use consultation::{Consultation, Said};
pub use decision::{DecisionList, DecisionSaid, Progress};
pub use enrolment::{Enroller, Enrolment};
pub use gathering::{Gathering, GatheringMark, GatheringSaid, Noted, Place, PlaceState, Proposed};
pub use hearing::{Hearing, HearingMark, HearingSaid};
pub use hiding::Hiding;
pub use interview::{Interview, InterviewMark, InterviewSaid};
pub use list::{Mapped, Mark, Shelf};
pub use live::{Change, Entered};
pub use material::Materials;
pub use opinion::{COVERED, Contact, Opinion, Original};
pub use question::{Asker, InterviewQuestion};
pub use questionnaire::{
    Answered, PublishedText, Questionnaire, QuestionnaireSaid, QuestionnaireWithdrawal,
};
pub use report::{DecisionReport, ReportSaid};
pub use told::{Counts, Told};
pub use withdrawal::{Beside, Withdrawal};

// As the rules name them.
pub use participation_rules::{EnrolmentState, ListState, OpinionState};

pub(crate) use consultation::State;
pub(crate) use enrolment::{NewEnrolment, enroller_place};
pub(crate) use gathering::{NewPlace, place_of};
pub(crate) use hearing::Drawing;
pub(crate) use hiding::NewHiding;
pub(crate) use live::{Deciding, NewChange, text_of};
pub(crate) use opinion::{NewOpinion, original_place};
pub(crate) use question::{NewQuestion, asker_place};
pub(crate) use questionnaire::{
    NewAnswer, NewQuestionnaireWithdrawal, QuestionnaireState, words_place,
};
pub(crate) use withdrawal::NewWithdrawal;

/// A list of words as a column keeps it.
fn words_of(list: &[String]) -> String {
    serde_json::json!(list).to_string()
}
