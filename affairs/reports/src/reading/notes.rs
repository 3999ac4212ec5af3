//! What was overlooked, guessed or not found while a report was read, and where.

use std::fmt;

use serde::Serialize;

/// Something that a person should look at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Note {
    /// Where it stands; empty where it is of the whole.
    pub place: String,
    /// What it is.
    pub words: String,
}

/// The notes of one reading.
#[derive(Debug, Clone, Default)]
pub(super) struct Notes {
    list: Vec<Note>,
    more: usize,
}

/// More notes help nobody.
const MOST: usize = 200;

impl Notes {
    pub(super) fn add(&mut self, place: impl Into<String>, words: impl Into<String>) {
        let note = Note { place: place.into(), words: words.into() };
        if self.list.contains(&note) {
            return;
        }
        if self.list.len() < MOST { self.list.push(note) } else { self.more += 1 }
    }

    pub(super) fn finish(mut self) -> Vec<Note> {
        if self.more > 0 {
            let words = format!("还有{}处没有列出", self.more);
            self.list.push(Note { place: String::new(), words });
        }
        self.list
    }
}

/// `第2个表第3行第4格：数后面有单位，略去`.
impl fmt::Display for Note {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.place.as_str() {
            "" => out.write_str(&self.words),
            place => write!(out, "{place}：{}", self.words),
        }
    }
}
