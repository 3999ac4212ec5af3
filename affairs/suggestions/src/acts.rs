//! What is done with letters. Each act is a noun with a file of its own; the rules' table says what fits.

pub mod acceptance;
pub mod answer;
pub mod answer_saving;
pub mod assistance;
pub mod closing;
pub mod erasure;
pub mod extension;
mod joining;
pub mod order_export;
pub mod order_intake;
mod order_letters;
pub mod order_table;
pub mod perusal;
pub mod piece;
pub mod piece_withdrawal;
pub mod platform;
pub mod receipt;
pub mod recount;
pub mod transfer;
pub mod writer;

use ledger::{Desk, DeskError, Entry};
use review::Signatory;
use secrets::Sealer;
use serde_json::Value;
use store::{StoreError, moment};
use suggestions_rules::{Extension, NoLastDay, SuggestionEvent, Unfit};
use web::Fault;
use web::workbench::REASON;

use crate::store::{AnswerDraft, Assistance, Closing, KeepError, NewEvent, Suggestion, add_event};

/// The longest words of a letter or an answer, in letters: a decision of ours.
pub const LONGEST: usize = 3_000;

/// The longest reason, in letters: a decision of ours.
const LONGEST_REASON: usize = 500;

/// Why an act was not carried out. Nothing of it was stored.
#[derive(Debug, thiserror::Error)]
pub enum ActError {
    /// It may not be done as things stand; the sentence says why and what to do.
    #[error("{0}")]
    Refused(String),
    /// A field is not as it must be: its name, and what to do.
    #[error("{1}")]
    Field(&'static str, String),
    /// There is no last day for an answer.
    #[error(transparent)]
    NoLastDay(#[from] NoLastDay),
    /// Review refuses.
    #[error(transparent)]
    Review(#[from] review::ActError),
    /// The keys cannot be used.
    #[error(transparent)]
    Sealing(#[from] secrets::Refused),
    /// The act was not kept.
    #[error(transparent)]
    Desk(#[from] DeskError),
    /// The database refused.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<Unfit> for ActError {
    fn from(unfit: Unfit) -> Self {
        Self::Refused(unfit.to_string())
    }
}

impl From<KeepError> for ActError {
    fn from(error: KeepError) -> Self {
        match error {
            KeepError::Sealing(refused) => Self::Sealing(refused),
            KeepError::Store(refused) => Self::Store(refused),
        }
    }
}

impl ActError {
    pub(crate) fn refused(words: &str) -> Self {
        Self::Refused(words.to_owned())
    }

    pub(crate) fn overtaken() -> Self {
        Self::refused("这一件刚才有人处理过。请刷新页面再看。")
    }

    /// The same as a page.
    pub fn into_fault(self) -> Fault {
        match self {
            Self::Refused(words) => Fault::Refused(words),
            Self::Field(field, words) => Fault::field(field, words),
            Self::Review(refused) => refused.into(),
            other => Fault::inside(other),
        }
    }
}

impl From<ActError> for Fault {
    fn from(error: ActError) -> Self {
        error.into_fault()
    }
}

/// Who acts where something is changed, and with which keys what is said is sealed.
#[derive(Clone, Copy)]
pub struct By<'a> {
    /// The natural person in his post.
    pub who: &'a Signatory,
    /// The keys.
    pub sealer: &'a Sealer,
}

impl By<'_> {
    /// The natural persons as whom he counts.
    pub(crate) fn persons(&self) -> Vec<String> {
        self.who.persons().map(str::to_owned).collect()
    }

    /// Whether he counts as one of these.
    pub(crate) fn is_among(&self, persons: &[String]) -> bool {
        persons.iter().any(|person| self.who.counts_as(person))
    }
}

/// A reason as it is kept: without blanks around it, and not empty.
pub(crate) fn reasoned(field: &'static str, reason: &str) -> Result<String, ActError> {
    let reason = reason.split_whitespace().collect::<Vec<_>>().join(" ");
    if reason.is_empty() {
        return Err(ActError::Field(field, "写明理由。".into()));
    }
    if reason.chars().count() > LONGEST_REASON {
        return Err(ActError::Field(field, format!("不超过 {LONGEST_REASON} 字。")));
    }
    Ok(reason)
}

/// Words that the writer reads, or another organ, name nobody.
pub(crate) fn unnamed(field: &'static str, words: &str) -> Result<(), ActError> {
    match crate::masking::found_in(words) {
        Some(found) => {
            let words = format!("里面有{found}。这里不写个人信息，请去掉以后再提交。");
            Err(ActError::Field(field, words))
        }
        None => Ok(()),
    }
}

/// Words of several lines that must say something.
pub(crate) fn worded(field: &'static str, what: &str, words: &str) -> Result<String, ActError> {
    let words = words.replace("\r\n", "\n").trim().to_owned();
    if words.is_empty() {
        return Err(ActError::Field(field, format!("写明{what}。")));
    }
    if words.chars().count() > LONGEST {
        return Err(ActError::Field(field, format!("{what}不超过 {LONGEST} 字，请写短一些。")));
    }
    Ok(words)
}

/// A letter of an organ that is to be changed; who comes at the same moment waits until this act is sealed.
pub(crate) async fn taken(desk: &Desk, organ: &str, id: &str) -> Result<Suggestion, ActError> {
    Suggestion::hold(desk.change(), id).await?;
    let found = Suggestion::find(desk.change(), organ, id).await?;
    found.ok_or_else(|| ActError::refused("没有这一件，或者已经转给别的机关。"))
}

/// What an event makes of a letter: its course, and the day it ends where it does.
pub(crate) fn stepped(
    desk: &Desk,
    before: &Suggestion,
    event: SuggestionEvent,
) -> Result<Suggestion, ActError> {
    let today = desk.today();
    let course = before.course.step(event, today > before.due_on)?;
    let mut now = before.clone();
    now.ended_on = if course.state.is_open() { None } else { before.ended_on.or(Some(today)) };
    now.course = course;
    if course.extension != Extension::Proposed {
        now.proposer = vec![];
    }
    Ok(now)
}

/// What is told of a step besides the letter itself.
pub(crate) struct Told<'a> {
    pub event: SuggestionEvent,
    /// What was said; sealed.
    pub words: &'a str,
    /// What the ledger is told, without anything of a person.
    pub facts: Value,
}

/// Keeps what a step made of a letter, what was said, and tells the ledger; and takes up what was joined to it where
/// it has ended without an answer.
pub(crate) async fn keep(
    desk: &mut Desk,
    by: Option<By<'_>>,
    sealer: &Sealer,
    (before, now): (&Suggestion, &Suggestion),
    told: Told<'_>,
) -> Result<(), ActError> {
    write_down(desk, by, sealer, (before, now), told).await?;
    joining::reopen(desk, by, sealer, now).await
}

/// The same for one letter alone.
async fn write_down(
    desk: &mut Desk,
    by: Option<By<'_>>,
    sealer: &Sealer,
    (before, now): (&Suggestion, &Suggestion),
    told: Told<'_>,
) -> Result<(), ActError> {
    if !before.change(desk.change(), now).await? {
        return Err(ActError::overtaken());
    }
    if before.course.state != now.course.state || before.organ != now.organ {
        // What was proposed of it as it stood falls away.
        Closing::drop_of(desk.change(), &before.id).await?;
    }
    if !now.course.state.is_open() || before.organ != now.organ {
        Assistance::end_of(desk.change(), &before.id).await?;
        AnswerDraft::drop_of(desk.change(), &before.id).await?;
    }
    let at = moment(desk.now());
    let (person, name, organ) = match &by {
        Some(by) => (by.who.person.as_str(), by.who.name.as_str(), by.who.organ.as_str()),
        None => ("", "", ""),
    };
    let new = NewEvent {
        suggestion: &before.id,
        act: told.event.word(),
        at: &at,
        person,
        name,
        organ,
        words: told.words,
    };
    add_event(desk.change(), sealer, new).await?;
    let mut facts = told.facts;
    if let Some(facts) = facts.as_object_mut() {
        facts.insert("number".into(), before.number.clone().into());
    }
    desk.record(entry(told.event.word(), before, told.event.basis().to_string(), facts)).await?;
    Ok(())
}

/// What the ledger is told of an act on a letter.
pub(crate) fn entry(act: &'static str, letter: &Suggestion, basis: String, facts: Value) -> Entry {
    Entry {
        room: "suggestions",
        act,
        subject: format!("suggestion:{}", letter.id),
        organ: letter.organ.clone(),
        basis,
        facts,
    }
}

/// The field of a reason in most forms.
pub(crate) const WHY: &str = REASON;
