//! What can be done. Each act is a noun with a file of its own.

pub mod answering;
pub mod asking;
pub mod cancellation;
mod code;
pub mod contact;
pub mod decision_report;
pub mod decisions;
pub mod drafting;
pub mod drawing;
pub mod enrolment;
pub mod erasure;
pub mod gathering;
pub mod grouping;
mod handed_in;
pub mod hearing;
pub mod hiding;
pub mod interview;
pub mod live;
pub mod materials;
pub mod opinion;
pub(crate) mod publication;
pub mod questionnaire;
pub mod record;
pub mod shortening;
pub mod transcript;
pub mod withdrawal;

use ::store::{StoreError, moment};
use documents::examining::here::scan_text;
use ledger::{Desk, DeskError, Entry};
use participation_rules::{BadAnswer, Lack, Refused};
use serde_json::Value;
use web::Fault;

use crate::store::Consultation;
use publication::{entry, entry as hearing_entry, taken, taken as taken_hearing};

/// Why an act was not carried out. Nothing of it was stored.
#[derive(Debug, thiserror::Error)]
pub enum ActError {
    /// The rules refuse: why, what to do, and the provision.
    #[error(transparent)]
    Rule(#[from] Refused),
    /// It may not be done as things stand; the sentence says why and what to do.
    #[error("{0}")]
    Standing(String),
    /// The notice lacks what the law asks for.
    #[error("还不能送审，缺 {} 项", .0.len())]
    Lacks(Vec<Lack>),
    /// A field is not as it must be: its name, and what to do.
    #[error("{1}")]
    Field(&'static str, String),
    /// Answers to a questionnaire are not as they must be, question by question.
    #[error("有 {} 题要改", .0.len())]
    Answers(Vec<BadAnswer>),
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

impl ActError {
    fn standing(words: &str) -> Self {
        Self::Standing(words.to_owned())
    }

    fn overtaken() -> Self {
        Self::standing("刚才有人改动过。请刷新再看，您写的内容没有保存。")
    }

    /// The same as a page.
    pub fn into_fault(self) -> Fault {
        match self {
            Self::Rule(refused) => Fault::Refused(refused.to_string()),
            Self::Standing(words) => Fault::Refused(words),
            Self::Lacks(lacks) => {
                let each = lacks.iter().map(|lack| format!("{}（{}）", lack.words, lack.basis));
                let each: Vec<String> = each.collect();
                Fault::Refused(format!("还不能送审：{}。补齐后再送审。", each.join("；")))
            }
            Self::Field(field, words) => Fault::field(field, words),
            Self::Answers(bad) => Fault::Fields(questionnaire::answer::errors(&bad)),
            Self::Review(refused) => refused.into(),
            other => Fault::inside(other),
        }
    }
}

/// What the ledger calls what nobody outside sees of a consultation.
pub(crate) const UNSEEN: &str = "consultation_work:";

/// What it calls an opinion, of which nobody outside sees anything until the answers are public.
pub(crate) const OPINIONS: &str = "opinion:";

/// What it calls an enrolment, of which nobody outside sees anything until the list is bound.
pub(crate) const ENROLMENTS: &str = "enrolment:";

/// An entry about one opinion; nothing of who gave it, and none of its words.
fn entry_of(
    act: &'static str,
    (of, number): (&Consultation, i64),
    basis: impl ToString,
    mut facts: Value,
) -> Entry {
    if let Some(facts) = facts.as_object_mut() {
        facts.insert("number".into(), number.into());
    }
    let subject = format!("{OPINIONS}{}:{number}", of.id);
    Entry { subject, ..entry(act, of, basis, facts) }
}

/// The moment of the act as stored.
fn at(desk: &Desk) -> String {
    moment(desk.now())
}

/// Empties what was signed of pieces that are withdrawn, in the reviews that let them out; hash and steps stay.
async fn forget(desk: &Desk, pieces: &[(&str, &str)]) -> Result<(), ActError> {
    for (kind, id) in pieces {
        review::forgetting::within(desk.change(), kind, id).await?;
    }
    Ok(())
}

/// A text as it is kept: without blanks around it, with one kind of line end.
fn tidy(text: &str) -> String {
    text.replace("\r\n", "\n").trim().to_owned()
}

/// The longest reason of an act, in letters: a decision of ours.
const LONGEST_REASON: usize = 500;

/// A reason as it is kept: on one line, not empty and not too long.
fn reasoned(reason: &str) -> Result<String, ActError> {
    let reason = reason.split_whitespace().collect::<Vec<_>>().join(" ");
    match reason.is_empty() {
        true => Err(ActError::Field(web::workbench::REASON, "写明理由".into())),
        false => within(web::workbench::REASON, &reason, LONGEST_REASON).map(|()| reason),
    }
}

/// A reason that everybody will read: nothing in it is somebody's number or address.
fn public_reason(reason: &str) -> Result<String, ActError> {
    let reason = reasoned(reason)?;
    unnamed(web::workbench::REASON, &reason).map(|()| reason)
}

/// A reason that the ledger keeps for good: nothing in it is somebody's number or address.
fn lasting_reason(reason: &str) -> Result<String, ActError> {
    let reason = reasoned(reason)?;
    free_of(web::workbench::REASON, &reason, "台账一直留着").map(|()| reason)
}

/// Refuses words that everybody will read where something in them is somebody's number or address.
fn unnamed(field: &'static str, words: &str) -> Result<(), ActError> {
    free_of(field, words, "大家都看得到")
}

/// Refuses words where something in them is somebody's number or address, and says why that matters.
fn free_of(field: &'static str, words: &str, because: &str) -> Result<(), ActError> {
    match scan_text(words, "").blocking().next() {
        Some(found) => {
            let words = format!("里面有{}，{because}，请隐去以后再提交", found.kind.name());
            Err(ActError::Field(field, words))
        }
        None => Ok(()),
    }
}

/// What of words that everybody will read whoever reviews them is to look at, in words.
fn doubts(words: &str) -> Vec<String> {
    let found = scan_text(words, "").list;
    found.iter().map(|one| format!("疑似有{}：{}", one.kind.name(), one.masked)).collect()
}

/// Refuses what is longer than a field takes.
fn within(field: &'static str, text: &str, most: usize) -> Result<(), ActError> {
    match text.chars().count() > most {
        true => Err(ActError::Field(field, format!("不超过 {most} 字，请写短一些"))),
        false => Ok(()),
    }
}

/// These persons, and whoever acts now.
fn with_author(persons: &[String], by: &review::Signatory) -> Vec<String> {
    let mut all = persons.to_vec();
    for person in by.persons() {
        if !all.iter().any(|one| one == person) {
            all.push(person.to_owned());
        }
    }
    all
}
