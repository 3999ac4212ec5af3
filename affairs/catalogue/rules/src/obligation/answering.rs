//! Which record answers which event of an item and an organ.
//!
//! Events and records are taken in the order in which this platform came to know them, as a clerk
//! would: a record answers the nearest open event it can answer; an event registered late takes the
//! nearest record that answers none yet. So what is learned later never takes away what kept an
//! obligation before.
//!
//! A record also stands alone, judged by its own day, where its limit runs from the information
//! itself, where it answers no event, and where it was late before the event it answers was
//! registered: no event registered afterwards makes a late record one in time (docs/readings/016).

use jiff::Unit;
use law::Date;

use super::anchor::Anchor;
use super::{Disclosure, Occurrence};

/// An event with the record that answers it, or either alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Answer<'a> {
    pub(super) occurrence: Option<&'a Occurrence>,
    pub(super) disclosure: Option<&'a Disclosure>,
    /// Whether the record is also judged by its own day.
    pub(super) stands_alone: bool,
}

/// What has to be known of events and records to match them.
pub(super) trait Judge {
    /// What the event's limit is counted from.
    fn anchor_of_event(&self, event: &Occurrence) -> Anchor;
    /// What the record's own limit is counted from.
    fn anchor_of_record(&self, record: &Disclosure) -> Anchor;
    /// Whether the record is late by its own day.
    fn is_late(&self, record: &Disclosure) -> bool;
}

/// Matches events and records of one item and one organ.
pub(super) fn match_up<'a>(
    occurrences: &[&'a Occurrence],
    disclosures: &[&'a Disclosure],
    judge: &impl Judge,
) -> Vec<Answer<'a>> {
    let mut known: Vec<Learned<'a>> = Vec::with_capacity(occurrences.len() + disclosures.len());
    known.extend(occurrences.iter().map(|one| Learned::Event(one)));
    known.extend(disclosures.iter().map(|one| Learned::Record(one)));
    known.sort_by(|a, b| a.order().cmp(&b.order()));
    let mut matching = Matching { judge, answers: Vec::new(), open: Vec::new(), free: Vec::new() };
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

struct Matching<'a, 'j, J> {
    judge: &'j J,
    answers: Vec<Answer<'a>>,
    /// Events without a record, by their places.
    open: Vec<usize>,
    /// Records without an event, by their places.
    free: Vec<usize>,
}

impl<'a, J: Judge> Matching<'a, '_, J> {
    fn publish(&mut self, record: &'a Disclosure) {
        let fitting = self.open.iter().enumerate().filter_map(|(place, at)| {
            let event = self.answers[*at].occurrence?;
            let named = record.answers.as_ref().map(|id| *id == event.id);
            let fits =
                named.unwrap_or_else(|| fits(event, record, self.judge.anchor_of_event(event)));
            // What was registered on the very day may have been registered after the record: it
            // comes last, in the order of registration, and takes nothing from one known before.
            let at_once = event.registered_on == record.published_on;
            let apart = if at_once { 0 } else { apart(event.happened_on, record.day()) };
            fits.then_some((at_once, apart, event.id.as_str(), place))
        });
        match fitting.min() {
            Some((.., place)) => {
                let at = self.open.remove(place);
                self.answers[at].disclosure = Some(record);
                self.answers[at].stands_alone =
                    self.judge.anchor_of_record(record) == Anchor::Itself;
            }
            None => {
                self.free.push(self.answers.len());
                self.answers.push(Answer {
                    occurrence: None,
                    disclosure: Some(record),
                    stands_alone: true,
                });
            }
        }
    }

    fn register(&mut self, event: &'a Occurrence) {
        let anchor = self.judge.anchor_of_event(event);
        // A notice given before anyone knew of the event was given for another one.
        let late = anchor != Anchor::Ahead;
        let fitting = self.free.iter().enumerate().filter(|_| late).filter_map(|(place, at)| {
            let record = self.answers[*at].disclosure.filter(|one| fits(event, one, anchor))?;
            Some((apart(event.happened_on, record.day()), record.record.as_str(), place, record))
        });
        match fitting.min_by_key(|(apart, key, place, _)| (*apart, *key, *place)) {
            Some((.., place, record)) => {
                let at = self.free.remove(place);
                self.answers[at].occurrence = Some(event);
                self.answers[at].stands_alone = self.judge.anchor_of_record(record)
                    == Anchor::Itself
                    || self.judge.is_late(record);
            }
            None => {
                self.open.push(self.answers.len());
                self.answers.push(Answer {
                    occurrence: Some(event),
                    disclosure: None,
                    stands_alone: false,
                });
            }
        }
    }
}

/// Whether a record can answer an event: published on its day or after it, and made then too where
/// the event is that information came to be; before it, where it is due before.
fn fits(event: &Occurrence, record: &Disclosure, anchor: Anchor) -> bool {
    match anchor {
        Anchor::Ahead => record.day() < event.happened_on,
        Anchor::Event => record.day() >= event.happened_on,
        Anchor::Itself => record.day().min(record.made_on) >= event.happened_on,
    }
}

/// How many days lie between.
fn apart(one: Date, other: Date) -> i64 {
    let span = one.until((Unit::Day, other));
    span.map_or(i64::MAX, |span| i64::from(span.get_days()).abs())
}
