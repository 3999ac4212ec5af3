//! 波及: which pages may say something else after acts.
//!
//! Two ask: kept pages are let go by it, and a copy as plain files is asked for anew (`docs/decisions/032`,
//! `docs/decisions/033`). An act on a thing that is or was shown to everybody reaches what is said of it and of what
//! it is linked with, and the lists of the sites whose part of the country its organ belongs to. An act on what
//! nobody outside sees ([`crate::Room::unseen`]) reaches nothing, and some reach lists around their organ alone
//! ([`crate::Room::nearby`]). Every other act reaches lists anywhere; what concerns organs, sites and holidays
//! reaches every page.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use identity::Organ;
use ledger::Event;

use crate::{Fault, House, Site};

/// What concerns organs, divisions and sites stands on every page.
const EVERYWHERE: [&str; 4] = ["organ:", "site:", "identity:tables", "calendar:"];

/// Which pages may say something else.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Reach {
    /// Whether every page may.
    pub whole: bool,
    /// Whether lists of any site may.
    pub anywhere: bool,
    /// Single things, by their addresses below a site, each with its organ's division where that is known: what is
    /// said of them, and of what they are linked with.
    pub things: BTreeMap<String, Option<String>>,
    /// Single leaves of the public log, by their positions.
    pub leaves: BTreeSet<i64>,
    /// Whether the log was signed again.
    pub signed: bool,
    /// The divisions of whose sites lists may.
    divisions: BTreeSet<String>,
    /// Whether something belongs to an organ that is not known, so to any site.
    of_any: bool,
}

impl Reach {
    /// What these acts reach.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn of(house: &House, events: &[Event]) -> Result<Self, Fault> {
        let mut reach = Self::default();
        let told: Vec<(&Event, Sight)> =
            events.iter().map(|one| (one, Sight::of(house, one))).collect();
        if told.iter().any(|(_, sight)| *sight == Sight::Everywhere) {
            reach.whole = true;
            return Ok(reach);
        }
        let mut seen = BTreeSet::new();
        for (event, sight) in told {
            if !seen.insert((&event.room, &event.subject, &event.organ)) {
                continue;
            }
            match sight {
                Sight::Nowhere => {}
                Sight::Thing => reach.thing(house, &event.subject, &event.organ).await?,
                Sight::Nearby => drop(reach.around(house, &event.organ).await?),
                Sight::Anywhere | Sight::Everywhere => reach.anywhere = true,
            }
        }
        Ok(reach)
    }

    /// A thing that is or was shown to everybody.
    async fn thing(&mut self, house: &House, subject: &str, organ: &str) -> Result<(), Fault> {
        let Some(source) = house.inscribed(subject) else { return Ok(()) };
        let history = house.ledger().log().history(subject).await?;
        let shown = (source.page)(house.store(), subject).await?.map(|link| link.href);
        let address = (source.address)(subject);
        // What has no address of its own is shown in many places; what has no leaf may be shown to some.
        self.anywhere |= address.is_none() || history.is_empty() && shown.is_none();
        let division = self.around(house, organ).await?;
        self.things.extend(address.or(shown).map(|path| (path, division)));
        self.leaves.extend(history.iter().map(|leaf| leaf.position));
        Ok(())
    }

    /// Adds the lists of the sites around an organ; answers its division.
    async fn around(&mut self, house: &House, organ: &str) -> Result<Option<String>, Fault> {
        let division = Organ::find(house.store(), organ).await?.map(|organ| organ.division);
        match &division {
            Some(division) => drop(self.divisions.insert(division.clone())),
            None => self.of_any = true,
        }
        Ok(division)
    }

    /// Adds what a growth of the log reaches: the things whose leaves are new, and their older leaves.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn grown(&mut self, house: &House, positions: Range<i64>) -> Result<(), Fault> {
        let log = house.ledger().log();
        for (_, subject) in log.subjects(positions).await? {
            let history = log.history(&subject).await?;
            // What had to be written anew because of it is asked for again when it is there.
            self.anywhere |= history.len() > 1;
            let organ = history.last().map(|leaf| leaf.body.organ.clone()).unwrap_or_default();
            self.thing(house, &subject, &organ).await?;
        }
        Ok(())
    }

    /// Adds what a signature reaches that covers these leaves for the first time: they have a proof now.
    pub fn signed_over(&mut self, positions: Range<i64>) {
        self.leaves.extend(positions);
        self.signed = true;
    }

    /// Whether lists of a site may say something else.
    pub fn is_around(&self, site: &Site) -> bool {
        self.is_within(&site.range)
    }

    /// Whether lists of some site do, so that what tells of the whole platform ([`crate::Room::overall`]) does at
    /// every site.
    pub fn reaches_lists(&self) -> bool {
        self.anywhere || self.of_any || !self.divisions.is_empty()
    }

    /// The same of whatever shows the divisions of a range.
    pub(crate) fn is_within(&self, (low, high): &(String, String)) -> bool {
        let within = |division: &String| (low..=high).contains(&division);
        self.whole || self.of_any || self.divisions.iter().any(within)
    }
}

impl House {
    /// Whether anybody outside may see something of an act: on a page, or as a site, an organ or a name there.
    pub fn is_seen(&self, event: &Event) -> bool {
        Sight::of(self, event) != Sight::Nowhere
    }
}

/// Where something of an act may be seen from outside.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sight {
    Nowhere,
    /// With a thing.
    Thing,
    /// In lists around its organ.
    Nearby,
    /// In lists of any site.
    Anywhere,
    /// On every page.
    Everywhere,
}

impl Sight {
    /// As the room says whose act it is; what no room says anything of may be in any list.
    fn of(house: &House, event: &Event) -> Self {
        let begins = |start: &&str| event.subject.starts_with(*start);
        let own = house.rooms().iter().find(|room| room.name == event.room);
        let comes_or_goes =
            event.room == "identity" && identity::sign_in::is_coming_or_going(&event.act);
        if comes_or_goes || own.is_some_and(|room| room.unseen.iter().any(begins)) {
            Self::Nowhere
        } else if own.is_some_and(|room| room.nearby.iter().any(begins)) {
            Self::Nearby
        } else if EVERYWHERE.iter().any(begins) {
            Self::Everywhere
        } else if house.inscribed(&event.subject).is_some() {
            Self::Thing
        } else {
            Self::Anywhere
        }
    }
}

#[cfg(test)]
impl Reach {
    /// One of an organ that is not known.
    pub(crate) fn of_any_site() -> Self {
        Self { of_any: true, ..Self::default() }
    }
}
