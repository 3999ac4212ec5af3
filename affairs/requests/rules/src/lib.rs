//! What the law says of a request for government information (依申请公开): 政府信息公开条例 第二十七条 to
//! 第四十五条, 第四十七条, 第五十一条, and 国办函〔2020〕109号.
//!
//! - [`Arrival`] finds 收到之日 by the way a request came; [`Application`] says what it must contain.
//! - [`Event`]s told to a [`Clock`] make its [`Standing`] on a day: running, stopped, overdue, closed;
//!   [`tell`] tells a whole history, [`Refused`] says what the law did not allow and why.
//! - [`Explanation`] says why it is that day, [`TrackStretch`] draws it, [`Alarm`] warns.
//! - [`AnswerType`] holds the twenty-two kinds of answer with provision, facts, row of the report,
//!   [`RemedyRoute`] and [`Letter`].
//! - [`per_item`] and [`per_page`] charge what is beyond reason; [`Relation`] tells repetition.
//! - [`Delivery`] proves 送达; [`RectificationDemand`], [`Complaint`] and [`Closing`] are what comes
//!   beside and after.
//!
//! Nothing here does input or output or asks what day it is.

mod admission;
mod alarm;
mod answer;
mod applicant;
mod application;
mod asking;
mod clock;
mod combined;
mod complaint;
mod correction;
mod delivery;
mod event;
mod explanation;
mod fact;
mod fee;
mod fee_month;
mod history;
mod identity_number;
mod keeping;
mod letter;
mod opinion;
mod period;
mod reasons;
mod receipt;
mod rectification;
mod redaction;
mod refused;
mod remedy;
mod repetition;
mod reviewing;
mod search_record;
mod standing;
mod track;
mod transfer;
mod wait;

pub use alarm::Alarm;
pub use answer::{ANSWER_TYPES, AnswerClass, AnswerType, answer_type};
pub use applicant::{
    Agent, Applicant, ApplicantClass, ApplicantFault, Capacity, Contact, IdentityProof,
};
pub use application::{Application, ApplicationFault, DeliveryWay, Wanted};
pub use asking::Pause;
pub use clock::{Beginning, Clock};
pub use combined::{ItemAnswer, NoWhole, combined};
pub use complaint::{
    COMPLAINT_DECIDED, COMPLAINT_TAKEN_UP, Complaint, ComplaintGround, ComplaintOutcome,
    ComplaintStanding,
};
pub use correction::{BadCorrection, CorrectionNotice};
pub use delivery::{BadDelivery, Delivery, PUBLIC_NOTICE, ServingMethod, ServingProof};
pub use event::{Awaited, Consulted, Event, Happening};
pub use explanation::{Explanation, Step, chinese_day};
pub use fact::Fact;
pub use fee::{Charge, FeeMethod, PER_ITEM, PER_PAGE, ProvidedForm, Rate, Scale, Tier, per_page};
pub use fee_month::{ApplicantMonth, CountedApplication, ItemCharge, ItemCharges, per_item};
pub use history::{Moved, Told, insert, moved, recount, tell};
pub use identity_number::{BadNumber, CreditCode, ResidentNumber};
pub use keeping::{ARCHIVED_BY_MONTH, Closing, FilePiece, MATTER_RETENTION, MustKeep, archived_by};
pub use letter::{Letter, Recipient};
pub use opinion::{Opinion, OpinionEffect};
pub use period::{
    CONFIRMATION_ALARM, CORRECTION_NOTICE, CORRECTION_PERIOD, EXTENSION_LIMIT, FEE_PAYMENT,
    FEE_RULES, JOINT_MAKER_PERIOD, LONGEST_CORRECTION, OTHER_ORGAN_ALARM, RECTIFICATION_PERIOD,
    REGIME, REGULATION, REGULATION_OF_2007, REPLY_PERIOD, Regime, THIRD_PARTY_PERIOD,
};
pub use reasons::{REASONS_BASIS, ReasonsJudged};
pub use receipt::{Arrival, BadArrival, Channel, Receipt};
pub use rectification::{RectificationDemand, RectificationOutcome};
pub use redaction::{RedactionFault, Removal, divided};
pub use refused::{Refused, StepError, Why};
pub use remedy::{
    AFTER_REVIEW, REVIEW_COMES_FIRST, REVIEW_PERIOD, Recourse, RemedyRoute, SUIT_MONTHS, last_days,
};
pub use repetition::{Earlier, REASONABLE_PER_MONTH, Relation, SEVERAL_APPLICANTS, relation};
pub use reviewing::{AnsweringOrgan, ReviewedBy};
pub use search_record::{SearchFault, SearchRecord};
pub use standing::{DUE_SOON, Standing, Waiting};
pub use track::{TrackKind, TrackStretch};
pub use transfer::{Misplaced, Whither};
