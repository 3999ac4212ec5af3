//! Entries and who makes them.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use store::{FromQueryResult, parse_moment};

/// Who acted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Actor {
    /// A person at the command line of the machine, by login name.
    Operator(String),
    /// A person with an account.
    Person(String),
    /// A visitor of the portal, of whom nothing is known and nothing is kept.
    Visitor,
    /// A timed job carrying out what a person or the law has decided already.
    Timer,
}

impl Actor {
    /// The word stored for it.
    pub fn word(&self) -> String {
        match self {
            Self::Operator(name) => format!("operator:{name}"),
            Self::Person(id) => format!("person:{id}"),
            Self::Visitor => "visitor".into(),
            Self::Timer => "timer".into(),
        }
    }
}

/// What an act says of itself.
#[derive(Debug, Clone)]
pub struct Entry {
    /// The room, `records`.
    pub room: &'static str,
    /// The act, a noun: `publication`.
    pub act: &'static str,
    /// What it was done to.
    pub subject: String,
    /// The organ in whose name.
    pub organ: String,
    /// The provision it rests on, in Chinese; never empty.
    pub basis: String,
    /// What listeners need to know.
    pub facts: serde_json::Value,
}

/// An entry as it stands in the ledger.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Event {
    /// Its key; keys sort in order of time.
    pub id: String,
    /// When.
    pub happened_at: Timestamp,
    /// The room.
    pub room: String,
    /// The act.
    pub act: String,
    /// What it was done to.
    pub subject: String,
    /// In whose name.
    pub organ: String,
    /// Who did it.
    pub actor: String,
    /// On what basis.
    pub basis: String,
    /// What listeners need to know.
    pub facts: serde_json::Value,
}

#[derive(FromQueryResult)]
pub(crate) struct EventRow {
    id: String,
    happened_at: String,
    room: String,
    act: String,
    subject: String,
    organ: String,
    actor: String,
    basis: String,
    facts: String,
}

impl From<EventRow> for Event {
    fn from(row: EventRow) -> Self {
        Self {
            happened_at: parse_moment(&row.happened_at).unwrap_or(Timestamp::UNIX_EPOCH),
            facts: serde_json::from_str(&row.facts).unwrap_or_default(),
            id: row.id,
            room: row.room,
            act: row.act,
            subject: row.subject,
            organ: row.organ,
            actor: row.actor,
            basis: row.basis,
        }
    }
}

pub(crate) const COLUMNS: &str = "id, happened_at, room, act, subject, organ, actor, basis, facts";
