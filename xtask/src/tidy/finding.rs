//! One thing a check has found.

use std::fmt;

/// Whether a finding fails the gate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Weight {
    /// A rule is broken: the gate fails.
    Broken,
    /// Worth a look: the gate passes.
    Reminder,
}

/// A place, what is wrong there, and what to do.
#[derive(Debug, Clone)]
pub struct Finding {
    /// Whether the gate fails.
    pub weight: Weight,
    /// A file with its line, or a crate.
    pub place: String,
    /// What is wrong.
    pub words: String,
    /// What to do about it.
    pub remedy: &'static str,
}

impl Finding {
    /// A broken rule.
    pub fn broken(
        place: impl Into<String>,
        words: impl Into<String>,
        remedy: &'static str,
    ) -> Self {
        Self { weight: Weight::Broken, place: place.into(), words: words.into(), remedy }
    }

    /// A reminder.
    pub fn reminder(
        place: impl Into<String>,
        words: impl Into<String>,
        remedy: &'static str,
    ) -> Self {
        Self { weight: Weight::Reminder, ..Self::broken(place, words, remedy) }
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let word = match self.weight {
            Weight::Broken => "错误",
            Weight::Reminder => "提醒",
        };
        write!(out, "{word} {}: {}。改法: {}", self.place, self.words, self.remedy)
    }
}
