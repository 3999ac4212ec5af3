//! 公开义务: every row of a catalogue as something owed, with the day it is owed by.
//!
//! An item of a catalogue, an organ and what set it off make an [`Obligation`]: a record that was
//! made or changed, a registered event, or a period of the calendar. What is owed is a function of
//! the catalogue's versions, what happened, what was published, what does not apply, the calendar,
//! the measures and the day ([`of_catalogue`]); the same input gives the same obligations, in the
//! same order, whatever the order of what was handed in.
//!
//! Every due day explains itself ([`explain`]). A limit that names no day leaves the due day open:
//! such an obligation is shown and never counted late.

mod anchor;
mod answering;
mod bound;
mod contract;
mod cycles;
mod explanation;
mod governing;
mod measures;
mod responsible;
mod state;
mod trigger;
mod unit;

use std::collections::{BTreeMap, BTreeSet};

use law::{Counted, Date, WorkCalendar};
use serde::Serialize;

use anchor::Anchor;
use answering::Judge;
use bound::Bound;
pub use bound::Cause;
pub use contract::{Answerable, Contract, Duty, Term};
pub use explanation::{Explanation, explain};
pub use governing::{Governed, governing};
pub use measures::{Measures, TooLong};
pub use responsible::{Home, KnownOrgan, responsible};
pub use state::{Kept, ObligationState};
pub use trigger::Trigger;
pub use unit::counted_in;

/// 起算事件: what happened that makes information due, as a person registered it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Occurrence {
    /// Its key; keys sort in the order of registration.
    pub id: String,
    /// The organ that owes the information.
    pub organ: String,
    /// The division that organ serves.
    pub division: String,
    /// The item's key.
    pub item: String,
    /// What happened, as people say it; a special limit applies where these words name its scope.
    pub words: String,
    /// The day it happened, or will.
    pub happened_on: Date,
    /// The day it was registered.
    pub registered_on: Date,
}

/// A record that was published for an item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Disclosure {
    /// The record's key; keys sort in the order of publication.
    pub record: String,
    /// The organ that published it.
    pub organ: String,
    /// The division that organ serves.
    pub division: String,
    /// The item's key.
    pub item: String,
    /// Its title; a special limit applies where it names that limit's scope.
    pub title: String,
    /// 成文日期, or the day of the change.
    pub made_on: Date,
    /// The day this platform published it.
    pub published_on: Date,
    /// 原发布日期, where the source states one (docs/readings/018).
    pub stated_on: Option<Date>,
    /// The registered event it names as the one it answers.
    pub answers: Option<String>,
}

impl Occurrence {
    /// The day whose catalogue decides the limit: that of the event, or of its registration where it
    /// is still to come.
    pub fn known_on(&self) -> Date {
        self.happened_on.min(self.registered_on)
    }
}

impl Disclosure {
    /// The day that counts as the day of publication: what a source states, if it is earlier.
    pub fn day(&self) -> Date {
        self.stated_on.map_or(self.published_on, |stated| stated.min(self.published_on))
    }

    /// Whether that day is stated by a source and not this platform's own.
    pub fn is_stated(&self) -> bool {
        self.day() != self.published_on
    }
}

/// Everything that happened in the reach of a catalogue.
#[derive(Debug, Clone, Default)]
pub struct Facts {
    /// Registered events, without those withdrawn.
    pub occurrences: Vec<Occurrence>,
    /// Records published.
    pub disclosures: Vec<Disclosure>,
    /// 本期不适用: the reason, by the obligation's key.
    pub waivers: BTreeMap<String, String>,
}

/// By what days are counted and judged.
#[derive(Debug, Clone, Copy)]
pub struct Terms<'a> {
    /// The working calendar.
    pub calendar: &'a WorkCalendar,
    /// How 实时, 及时 and 即将到期 are measured.
    pub measures: Measures,
    /// The day it is.
    pub today: Date,
}

/// 公开义务: an item, an organ, and what set it off.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Obligation {
    /// Its key, made of domain, item, organ and trigger: the same whenever it is computed.
    pub id: String,
    /// The catalogue that asks for it.
    pub catalogue: String,
    /// The division of the organ.
    pub division: String,
    /// The domain's slug.
    pub domain: String,
    /// The item's key.
    pub item: String,
    /// The organ that owes it.
    pub organ: String,
    /// What set it off.
    pub trigger: Trigger,
    /// The day it arose.
    pub arose_on: Date,
    /// The day its limit is counted from, or towards.
    pub start: Date,
    /// The last day in time; `None` where the limit's words set none.
    pub due: Option<Counted>,
    /// What kept it.
    pub kept: Option<Kept>,
    /// Why it does not apply, where an organ said so.
    pub waived: Option<String>,
    /// How it stands on the day.
    pub state: ObligationState,
}

/// The obligations of a catalogue, by item, organ and the day they arose.
pub fn of_catalogue(contract: &Contract, facts: &Facts, terms: &Terms<'_>) -> Vec<Obligation> {
    let soon = terms.measures.soon_until(terms.today, terms.calendar);
    let maker = Maker { contract, facts, terms, soon };
    let mut owed = Vec::new();
    for (key, pile) in piles(contract, facts) {
        maker.of_pile(key, &pile, &mut owed);
    }
    owed.sort_by(|a, b| a.place().cmp(&b.place()));
    owed
}

impl Obligation {
    fn place(&self) -> (&str, &str, Date, &str) {
        (&self.item, &self.organ, self.arose_on, &self.id)
    }
}

/// An item and an organ, and everything that concerns both.
#[derive(Default)]
struct Pile<'a> {
    division: &'a str,
    occurrences: Vec<&'a Occurrence>,
    disclosures: Vec<&'a Disclosure>,
}

type Key<'a> = (&'a str, &'a str);

fn piles<'a>(contract: &'a Contract, facts: &'a Facts) -> BTreeMap<Key<'a>, Pile<'a>> {
    let mut piles: BTreeMap<Key<'a>, Pile<'a>> = BTreeMap::new();
    for occurrence in &facts.occurrences {
        let pile = piles.entry((&occurrence.item, &occurrence.organ)).or_default();
        pile.division = &occurrence.division;
        pile.occurrences.push(occurrence);
    }
    for disclosure in &facts.disclosures {
        let pile = piles.entry((&disclosure.item, &disclosure.organ)).or_default();
        pile.division = &disclosure.division;
        pile.disclosures.push(disclosure);
    }
    let duties = contract.terms.iter().flat_map(|term| &term.duties);
    for duty in duties.filter(|duty| duty.is_periodic()) {
        for answerable in &duty.answerable {
            let pile = piles.entry((&duty.item, &answerable.organ)).or_default();
            pile.division = &answerable.division;
        }
    }
    piles
}

/// Makes the obligations of one catalogue.
struct Maker<'a> {
    contract: &'a Contract,
    facts: &'a Facts,
    terms: &'a Terms<'a>,
    /// The last day that is still due soon.
    soon: Date,
}

/// What has been found out about an obligation before it is judged.
struct Found {
    trigger: Trigger,
    arose_on: Date,
    start: Date,
    due: Option<Counted>,
    kept: Option<Kept>,
}

impl Maker<'_> {
    fn of_pile(&self, key: Key<'_>, pile: &Pile<'_>, owed: &mut Vec<Obligation>) {
        let (periodic, single): (Vec<_>, Vec<_>) =
            pile.disclosures.iter().partition(|one| self.is_periodic(key.0, one.published_on));
        let cycles = cycles::of(self.contract, key, self.terms);
        let answered = cycles::answered(&cycles, &periodic);
        for (cycle, kept) in cycles.into_iter().zip(answered) {
            let (arose_on, start) = (cycle.first, cycle.first);
            let trigger = Trigger::Period(cycle.name);
            let found = Found { trigger, arose_on, start, due: cycle.due, kept };
            owed.push(self.judged(key, pile.division, found));
        }
        for answer in answering::match_up(&pile.occurrences, &single, self) {
            let kept = answer.disclosure;
            if let Some(event) = answer.occurrence {
                owed.extend(self.of_event(key, pile.division, event, kept));
            }
            if let Some(record) = kept.filter(|_| answer.stands_alone) {
                owed.extend(self.of_record(key, pile.division, record));
            }
        }
    }

    fn is_periodic(&self, item: &str, day: Date) -> bool {
        self.contract.duty(item, day).is_some_and(Duty::is_periodic)
    }

    /// What an event set off; nothing where the item is not to be published of one's own accord.
    fn of_event(
        &self,
        key: Key<'_>,
        division: &str,
        event: &Occurrence,
        kept: Option<&Disclosure>,
    ) -> Option<Obligation> {
        let day = event.happened_on;
        let duty = self.contract.duty(key.0, event.known_on())?;
        if !duty.is_proactive || !duty.concerns(division) {
            return None;
        }
        let trigger = Trigger::Event(event.id.clone());
        let bound = Bound::of(duty, self.cause(&trigger, &event.words, day), self.terms);
        let due = bound.due(day, self.terms.calendar);
        let arose_on = if bound.is_before() { event.registered_on } else { day };
        let kept = kept.map(Kept::by);
        Some(self.judged(key, division, Found { trigger, arose_on, start: day, due, kept }))
    }

    /// What a record of its own set off, and kept; nothing where the item is not to be published of
    /// one's own accord.
    fn of_record(&self, key: Key<'_>, division: &str, record: &Disclosure) -> Option<Obligation> {
        let (day, due) = (record.made_on, self.due_alone(record)?);
        let (trigger, kept) = (Trigger::Record(record.record.clone()), Some(Kept::by(record)));
        Some(self.judged(key, division, Found { trigger, arose_on: day, start: day, due, kept }))
    }

    /// The last day in time by the record's own day; `None` where it is not owed at all.
    fn due_alone(&self, record: &Disclosure) -> Option<Option<Counted>> {
        let day = record.made_on;
        let duty = self.contract.duty(&record.item, day)?;
        if !duty.is_proactive || !duty.concerns(&record.division) {
            return None;
        }
        let trigger = Trigger::Record(record.record.clone());
        let bound = Bound::of(duty, self.cause(&trigger, &record.title, day), self.terms);
        Some(bound.due(day, self.terms.calendar))
    }

    fn cause<'a>(&'a self, trigger: &'a Trigger, words: &'a str, start: Date) -> Cause<'a> {
        Cause { domain: &self.contract.domain, trigger, words, start }
    }

    fn judged(&self, (item, organ): Key<'_>, division: &str, found: Found) -> Obligation {
        let Found { trigger, arose_on, start, due, kept } = found;
        let id = trigger::id(&self.contract.domain, item, organ, &trigger);
        let waived = self.facts.waivers.get(&id).cloned();
        let state = ObligationState::of(
            due.map(|due| due.date),
            kept.as_ref().map(|kept| kept.on),
            waived.is_some(),
            self.terms.today,
            self.soon,
        );
        Obligation {
            id,
            catalogue: self.contract.catalogue.clone(),
            division: division.to_owned(),
            domain: self.contract.domain.clone(),
            item: item.to_owned(),
            organ: organ.to_owned(),
            trigger,
            arose_on,
            start,
            due,
            kept,
            waived,
            state,
        }
    }
}

impl Judge for Maker<'_> {
    fn anchor_of_event(&self, event: &Occurrence) -> Anchor {
        let duty = self.contract.duty(&event.item, event.known_on());
        Anchor::of(duty.and_then(|duty| duty.limit_for(&event.words).limit))
    }

    fn anchor_of_record(&self, record: &Disclosure) -> Anchor {
        let duty = self.contract.duty(&record.item, record.made_on);
        Anchor::of(duty.and_then(|duty| duty.limit_for(&record.title).limit))
    }

    fn is_late(&self, record: &Disclosure) -> bool {
        self.due_alone(record).flatten().is_some_and(|due| due.date < record.day())
    }
}

/// The items a contract names in any of its versions.
impl Contract {
    /// The keys of all items it names, each once.
    pub fn items(&self) -> BTreeSet<&str> {
        let duties = self.terms.iter().flat_map(|term| &term.duties);
        duties.map(|duty| duty.item.as_str()).collect()
    }
}
