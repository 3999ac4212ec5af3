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
    /// A natural person acting in one of his posts.
    Officer {
        /// The person's key.
        person: String,
        /// The post's key.
        post: String,
    },
    /// A visitor of the portal, of whom nothing is known and nothing is kept.
    Visitor,
    /// A timed job carrying out what a person or the law has decided already.
    Timer,
    /// A program of another organ with a credential of its own, by the key under which it was let in.
    Machine(String),
}

impl Actor {
    /// The word stored for it. A person is the same in whatever post he acts.
    pub fn word(&self) -> String {
        match self {
            Self::Operator(name) => format!("operator:{name}"),
            Self::Person(id) | Self::Officer { person: id, .. } => format!("person:{id}"),
            Self::Visitor => "visitor".into(),
            Self::Timer => "timer".into(),
            Self::Machine(id) => format!("machine:{id}"),
        }
    }

    /// The post acted in; empty for whoever acts in none.
    pub fn post(&self) -> &str {
        match self {
            Self::Officer { post, .. } => post,
            _ => "",
        }
    }

    /// The natural person, where one signed in.
    pub fn person(&self) -> Option<&str> {
        match self {
            Self::Person(id) | Self::Officer { person: id, .. } => Some(id),
            _ => None,
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

/// What an act altered. It stays for ever: whoever records personal data that may have to be
/// destroyed one day names where they stand, never the data.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Change {
    /// As it was; null where there was nothing.
    pub before: serde_json::Value,
    /// As it is now; null where it was taken away.
    pub after: serde_json::Value,
}

/// An entry as it stands in the ledger.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Event {
    /// Its place in the chain, from 1.
    pub seq: i64,
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
    /// In which post; empty where in none.
    pub post: String,
    /// On what basis.
    pub basis: String,
    /// What listeners need to know.
    pub facts: serde_json::Value,
    /// What was altered, where the act says so.
    pub change: Option<Change>,
}

/// An entry as it is stored, word for word, which is what its hash is made of.
#[derive(Debug, Clone, FromQueryResult)]
pub(crate) struct EventRow {
    pub seq: i64,
    pub id: String,
    pub happened_at: String,
    pub room: String,
    pub act: String,
    pub subject: String,
    pub organ: String,
    pub actor: String,
    pub post: String,
    pub basis: String,
    pub facts: String,
    pub alteration: Option<String>,
    pub prev: String,
    pub hash: String,
}

impl From<EventRow> for Event {
    fn from(row: EventRow) -> Self {
        Self {
            happened_at: parse_moment(&row.happened_at).unwrap_or(Timestamp::UNIX_EPOCH),
            facts: serde_json::from_str(&row.facts).unwrap_or_default(),
            change: row.alteration.and_then(|text| serde_json::from_str(&text).ok()),
            seq: row.seq,
            id: row.id,
            room: row.room,
            act: row.act,
            subject: row.subject,
            organ: row.organ,
            actor: row.actor,
            post: row.post,
            basis: row.basis,
        }
    }
}

pub(crate) const COLUMNS: &str = "seq, id, happened_at, room, act, subject, organ, actor, post, \
                                  basis, facts, alteration, prev, hash";
