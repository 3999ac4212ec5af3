//! 催: what readers ask organs to publish that should have been, for the one entrance of turning to organs. Whoever
//! keeps it says where one finds what to urge, what became of it, and what waits for an answer.

use law::Date;

use crate::{CountQuery, House, Later};

/// Of which days and where it is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct UrgingAsk<'a> {
    /// The lowest and highest division.
    pub range: (&'a str, &'a str),
    /// The first day on which it was asked.
    pub from: Date,
    /// The day after the last.
    pub until: Date,
    /// The day on which it is counted.
    pub today: Date,
}

/// One thing that an organ was urged to publish and has not answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Urged {
    /// What it is called.
    pub name: String,
    /// How many times it was asked for.
    pub times: i64,
    /// The day it was first asked for.
    pub asked_on: Date,
    /// By when it has to be answered.
    pub due_on: Date,
    /// Whether that day rests on a calendar not yet issued.
    pub provisional: bool,
    /// Where it is answered, below a site.
    pub path: String,
}

/// Who keeps what is urged.
#[derive(Clone, Copy)]
pub struct UrgingSource {
    /// The search in which one finds what to urge, below a site; the words go along as `q`.
    pub search: &'static str,
    /// What goes along besides: parameters and their values.
    pub besides: &'static [(&'static str, &'static str)],
    /// Where all of it is looked through, below a site.
    pub all: &'static str,
    /// Counts; of each row `words` says which number it is: `received`, `answered`, `in_time`, `open`, `overdue`.
    pub count: for<'a> fn(UrgingAsk<'a>) -> CountQuery,
    /// The power without which nobody sees what waits.
    pub opens: &'static str,
    /// What waits for an answer of an organ, the soonest due first.
    pub waiting: for<'a> fn(&'a House, organ: &'a str) -> Later<'a, Vec<Urged>>,
}
