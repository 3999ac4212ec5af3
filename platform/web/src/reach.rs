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

/// Coming and going of clerks, which is shown to nobody outside.
const COMING_AND_GOING: [&str; 8] = [
    "password_accepted",
    "sign_in_refused",
    "factor_begun",
    "factor",
    "factor_refused",
    "password",
    "standing",
    "sign_out",
];

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
    pub(crate) of_any: bool,
}

impl Reach {
    /// What these acts reach.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn of(house: &House, events: &[Event]) -> Result<Self, Fault> {
        let mut reach = Self::default();
        let structural = |event: &Event| {
            let everywhere = EVERYWHERE.iter().any(|start| event.subject.starts_with(start));
            everywhere && event.room != "review"
        };
        if events.iter().any(structural) {
            reach.whole = true;
            return Ok(reach);
        }
        let mut seen = BTreeSet::new();
        for event in events {
            if !seen.insert((&event.subject, &event.organ)) || is_unseen(house, event) {
                continue;
            }
            match house.inscribed(&event.subject) {
                Some(_) => reach.thing(house, &event.subject, &event.organ).await?,
                None if is_nearby(house, event) => {
                    reach.around(house, &event.organ).await.map(drop)?
                }
                None => reach.anywhere = true,
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

/// Whether nobody outside sees anything of it.
fn is_unseen(house: &House, event: &Event) -> bool {
    let begins = |start: &&str| event.subject.starts_with(*start);
    let unseen = house.rooms().iter().flat_map(|room| room.unseen);
    event.room == "identity" && COMING_AND_GOING.contains(&event.act.as_str())
        || unseen.into_iter().any(begins)
}

/// Whether it changes lists around its organ alone.
fn is_nearby(house: &House, event: &Event) -> bool {
    let nearby = house.rooms().iter().flat_map(|room| room.nearby);
    nearby.into_iter().any(|start| event.subject.starts_with(start))
}
