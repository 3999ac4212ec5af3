//! Checking a catalogue: the elements every 公开事项 must have, limits longer than the law allows,
//! bases no longer in force, unknown bodies, rows that repeat one another, and mere copies.
//!
//! A missing element is an error. The rest is a warning or a hint: the words of a catalogue are
//! shorter than the law, and whether a shorter limit applies or a row is right is for a person to
//! say. Every rule has a key, a column and a source ([`Rule`]).

mod bases;
mod bodies;
mod elements;
mod finding;
mod instruments;
mod limits;
mod repeats;
mod sequence;
mod uniform;

use law::Date;

use crate::{Item, ReadCatalogue};
use finding::Row;
pub use finding::{Finding, Rule, Weight};
pub use limits::{ASSISTANCE, BUDGET, DECISIONS, EXPROPRIATION, PROCUREMENT};

/// What is known around a catalogue. A rule that needs what is not known is silent.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Surroundings<'a> {
    /// The day on which it is to be in force. Without it, limits are held against the newest law and
    /// nothing is said of bases.
    pub day: Option<Date>,
    /// The names, full and short, of the organs of the division, and of those below it that the
    /// catalogue may name.
    pub organs: Option<&'a [String]>,
    /// The items of the catalogue it takes up.
    pub above: Option<&'a [Item]>,
}

/// Everything to be said about a catalogue by itself, in the order of its items.
pub fn check(catalogue: &ReadCatalogue) -> Vec<Finding> {
    check_within(catalogue, &Surroundings::default())
}

/// Everything to be said about a catalogue within its surroundings, in the order of its items; what
/// concerns the whole comes last.
pub fn check_within(catalogue: &ReadCatalogue, around: &Surroundings<'_>) -> Vec<Finding> {
    let rows = rows(catalogue);
    let bases = around.day.map(bases::Bases::on);
    let mut findings = Vec::new();
    for row in &rows {
        findings.extend(elements::check(row));
        findings.extend(limits::check(row, around.day));
        findings.extend(bases.iter().flat_map(|bases| bases.check(row)));
        findings.extend(around.organs.iter().flat_map(|organs| bodies::check(row, organs)));
    }
    findings.extend(repeats::check(&rows));
    findings.extend(sequence::check(&rows));
    findings.sort_by_key(|finding| finding.item);
    findings.extend(around.above.and_then(|above| uniform::check(&catalogue.items, above)));
    findings
}

fn rows(catalogue: &ReadCatalogue) -> Vec<Row<'_>> {
    let whole = catalogue.domain.as_deref();
    let items = catalogue.items.iter().enumerate();
    items.map(|(at, item)| Row { at, item, domain: item.domain.as_deref().or(whole) }).collect()
}

#[cfg(test)]
mod tests;
