//! What the law says of 政策解读 and 回应关切 (厦府办〔2020〕67号三（四）; 国办发〔2016〕61号、80号): no IO, no clock.
//!
//! A document that sets policy is judged at drafting: it needs an interpretation, or somebody else has agreed that
//! it does not, or that it follows. Who drafts it interprets it; both are signed and published as one.

mod alarm;
mod body;
mod captions;
mod comparison;
mod conference;
mod element;
mod form;
mod interpretation;
mod medium;
mod need;
mod policy;
mod question;
mod response;
mod topic;

use law::{Provision, document};

pub use alarm::{InterpretationAlarm, LATEST, last_day};
pub use body::{BadBody, Body, DiagramBlock, Difference, TextBlock, Turn};
pub use captions::{BadCaption, Captions};
pub use comparison::Passage;
pub use conference::Conference;
pub use element::ContentElement;
pub use form::Form;
pub use interpretation::{InterpretationEvent, InterpretationState, PullGround, pulled_kept_since};
pub use medium::{LARGEST_AUDIO, LARGEST_VIDEO, Medium, MediumKind};
pub use need::{Presumption, presumed};
pub use policy::{PolicyEvent, PolicyState};
pub use question::{Answered, Footing, QuestionEvent, QuestionState};
pub use response::{
    ClockHours, ClockStanding, Concern, Milestone, PRESS_CONFERENCE, RESPONDING, RESPONSE, Reply,
    ResponseEvent, ResponseState, STATEMENT, words_kept_since,
};
pub use topic::{
    DataTable, GatheringRule, MOST_TABLES, MOST_WORDS, TopicBody, TopicEvent, TopicState,
};

/// 厦府办〔2020〕67号, part three, item four: 谁起草、谁解读; 解读是常态、不解读是例外, 发布与解读同步; 解读方案、解读材料与政策文件
/// 同步组织、同步审签、同步部署.
pub const INTERPRETING: Provision = document("厦府办〔2020〕67号").item(4);

/// Why something is not done with a policy, an interpretation or a response.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{state}的{thing}不能{event}（{basis}）")]
pub struct Refusal {
    /// 政策文件, 解读, 问答, 回应, 专题.
    pub thing: &'static str,
    /// What it is now.
    pub state: &'static str,
    /// What was asked for.
    pub event: &'static str,
    /// On what the refusal rests.
    pub basis: Provision,
}
