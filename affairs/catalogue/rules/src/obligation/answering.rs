//! Which record answers which event of an item and an organ.
//!
//! Events and records are taken in the order in which this platform came to know them, as a clerk
//! would: a record answers the nearest open event it can answer, or is an event of its own; an event
//! registered late takes the nearest record that answers none yet. So what is learned later never
//! takes away what kept an obligation before (docs/readings/016).

use jiff::Unit;
use law::Date;

use super::{Disclosure, Occurrence};

/// An event with the record that answers it, or either alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Answer<'a> {
    pub(super) occurrence: Option<&'a Occurrence>,
    pub(super) disclosure: Option<&'a Disclosure>,
}

/// Matches events and records of one item and one organ. `before` tells of an event whether its
/// information is due before it.
pub(super) fn match_up<'a>(
    occurrences: &[&'a Occurrence],
    disclosures: &[&'a Disclosure],
    before: impl Fn(&Occurrence) -> bool,
) -> Vec<Answer<'a>> {
    let mut known: Vec<Learned<'a>> = Vec::with_capacity(occurrences.len() + disclosures.len());
    known.extend(occurrences.iter().map(|one| Learned::Event(one)));
    known.extend(disclosures.iter().map(|one| Learned::Record(one)));
    known.sort_by(|a, b| a.order().cmp(&b.order()));
    let mut matching = Matching { before, answers: Vec::new(), open: Vec::new(), free: Vec::new() };
    for learned in known {
        match learned {
            Learned::Record(record) => matching.publish(record),
            Learned::Event(event) => matching.register(event),
        }
    }
    matching.answers
}

#[derive(Clone, Copy)]
enum Learned<'a> {
    Event(&'a Occurrence),
    Record(&'a Disclosure),
}

impl Learned<'_> {
    /// On one day events come first: whoever registers one and publishes at once has answered it.
    fn order(&self) -> (Date, u8, &str) {
        match self {
            Self::Event(event) => (event.registered_on, 0, &event.id),
            Self::Record(record) => (record.published_on, 1, &record.record),
        }
    }
}

struct Matching<'a, F> {
    before: F,
    answers: Vec<Answer<'a>>,
    /// Events without a record, by their places.
    open: Vec<usize>,
    /// Records without an event, by their places.
    free: Vec<usize>,
}

impl<'a, F: Fn(&Occurrence) -> bool> Matching<'a, F> {
    fn publish(&mut self, record: &'a Disclosure) {
        let fitting = self.open.iter().enumerate().filter_map(|(place, at)| {
            let event = self.answers[*at].occurrence?;
            let named = record.answers.as_ref().map(|id| *id == event.id);
            let fits = named.unwrap_or_else(|| fits(event, record, (self.before)(event)));
            fits.then(|| (apart(event.happened_on, record.day()), event.id.as_str(), place))
        });
        match fitting.min() {
            Some((.., place)) => {
                let at = self.open.remove(place);
                self.answers[at].disclosure = Some(record);
            }
            None => {
                self.free.push(self.answers.len());
                self.answers.push(Answer { occurrence: None, disclosure: Some(record) });
            }
        }
    }

    fn register(&mut self, event: &'a Occurrence) {
        // A notice given before anyone knew of the event was given for another one.
        let late = !(self.before)(event);
        let fitting = self.free.iter().enumerate().filter(|_| late).filter_map(|(place, at)| {
            let record = self.answers[*at].disclosure.filter(|one| fits(event, one, false))?;
            Some((apart(event.happened_on, record.day()), record.record.as_str(), place))
        });
        match fitting.min() {
            Some((.., place)) => {
                let at = self.free.remove(place);
                self.answers[at].occurrence = Some(event);
            }
            None => {
                self.open.push(self.answers.len());
                self.answers.push(Answer { occurrence: Some(event), disclosure: None });
            }
        }
    }
}

/// Whether a record can answer an event: on its day or after it; before it, where it is due before.
fn fits(event: &Occurrence, record: &Disclosure, before: bool) -> bool {
    if before { record.day() < event.happened_on } else { record.day() >= event.happened_on }
}

/// How many days lie between.
fn apart(one: Date, other: Date) -> i64 {
    let span = one.until((Unit::Day, other));
    span.map_or(i64::MAX, |span| i64::from(span.get_days()).abs())
}
