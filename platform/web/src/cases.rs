//! 被评估的: what an organ had to do by which day and when it did it, handed over by the rooms that know, for
//! whoever assesses (条例第四十六条).
//!
//! The port knows no affair of the law: a kind is a name on which whoever hands over and whoever assesses agree
//! (`assessment_rules::CaseKind`). What goes through it is told to everybody, so it says nothing of a person.

use law::Date;
use store::Reading;

use crate::Later;

/// What is asked for: everything whose last day or whose deed lies between two days, as it is known on a third.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Assessing {
    /// The first day.
    pub first: Date,
    /// The last day.
    pub last: Date,
    /// What happened up to this day counts.
    pub known: Date,
    /// The last day that is over.
    pub over: Date,
}

/// One thing that had to be done.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AssessedCase {
    /// Of which kind.
    pub kind: &'static str,
    /// Its key in its room, told to nobody.
    pub key: String,
    /// The organ that had to.
    pub organ: String,
    /// Its division, 12 digits.
    pub division: String,
    /// The domain's slug; empty where it has none.
    pub domain: String,
    /// What it is called; empty where it is not listed.
    pub words: String,
    /// Its page below a site, where it has one.
    pub path: Option<String>,
    /// The day it began.
    pub arose: Option<Date>,
    /// The last day in time.
    pub last: Option<Date>,
    /// The day it was done.
    pub done: Option<Date>,
    /// Whether that day is what a source states, and not seen by this platform.
    pub stated: bool,
    /// Whether more time was taken than the law gives at first.
    pub extended: bool,
    /// Whether it may be listed: it is counted in any case.
    pub listed: bool,
    /// Why it is in no rate, where it is not.
    pub left_out: Option<String>,
}

/// One thing of which something has to be there.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AssessedRow {
    /// The organ that answers for it.
    pub organ: String,
    /// Its division, 12 digits.
    pub division: String,
    /// The domain's slug.
    pub domain: String,
    /// The first day by which something had to be there.
    pub due_since: Option<Date>,
    /// The first day on which something was.
    pub published_since: Option<Date>,
    /// Whether what was due last is there.
    pub is_current: bool,
    /// What it is called.
    pub words: String,
    /// Its page below a site.
    pub path: Option<String>,
    /// Whether it may be listed; else it is counted alone.
    pub listed: bool,
}

/// What a room hands over.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Assessed {
    /// What had to be done.
    pub cases: Vec<AssessedCase>,
    /// Of what something has to be there.
    pub rows: Vec<AssessedRow>,
}

/// A room of which something is assessed.
#[derive(Clone, Copy)]
pub struct AssessedSource {
    /// What people call where it comes from: 公开义务台账.
    pub name: &'static str,
    /// Hands over, in few statements however many there are.
    pub hand_over: for<'a> fn(&'a Reading<'a>, Assessing) -> Later<'a, Assessed>,
}
