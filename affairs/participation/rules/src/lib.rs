//! 公众参与: what the law says of asking the public before a decision is taken (重大行政决策程序暂行条例, in force
//! since 2019-09-01): the time for opinions, what a notice must say, which step follows which, how a draft is
//! divided so that each clause can be spoken about, and that every opinion has an answer with its reason.

mod answer;
mod change;
mod clause;
mod decision;
mod enrolment;
mod gathering;
mod hearing;
mod interview;
mod list;
mod masking;
mod material;
mod notice;
mod opinion;
mod period;
mod questionnaire;
mod report;
mod stage;
mod way;

pub use answer::{AnswerLack, Verdict, answers_due, kept_since};
pub use change::{Change, Piece, changes, pieces};
pub use clause::{Clause, WHOLE, about, clauses};
pub use decision::{BadItems, DecisionItem, Milestone, Phase};
pub use enrolment::{EnrolmentState, EnrolmentStep};
pub use gathering::{
    Enrols, GatheringDays, GatheringKind, GatheringLack, GatheringStage, GatheringStep,
    GatheringTerms, Placing, Queued, record_due,
};
pub use hearing::{BadSeats, HearingDays, HearingLack, HearingStage, HearingStep, Seats};
pub use interview::{
    Correction, InterviewDays, InterviewLack, InterviewStage, InterviewStep, LiveChange, LiveEntry,
    Voice, desk_lacks, live_text, names_in, transcript_of,
};
pub use list::{ListState, ListStep};
pub use masking::{SOME_ORGANISATION, is_masked_name, masked_name, masked_words};
pub use material::{LegalOpinion, Material, MaterialFact, MaterialLack};
pub use notice::{Lack, Notice};
pub use opinion::{Ground, OpinionState, OpinionStep, Sender, Source};
pub use period::{NoPeriod, Period};
pub use questionnaire::{
    BadAnswer, BadLine, BadQuestion, Filled, Question, QuestionKind, QuestionTally,
    QuestionnaireStage, QuestionnaireStep, Questions, ShownIf, Tally,
};
pub use report::{DecisionAccount, EvaluationGround, ReportKind, ReportLack, ReportState};
pub use stage::{Refused, Stage, Step};
pub use way::Way;

/// 重大行政决策程序暂行条例 (国务院令第713号), by its title.
pub const DECISIONS: &str = "重大行政决策程序暂行条例";

/// The notice of 2020, whose third part asks for participation.
pub const NOTICE_2020: &str = "厦府办〔2020〕67号";
