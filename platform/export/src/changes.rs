//! What happened since a copy was brought up to date, and what of it has to be asked for again.
//!
//! A kept page is let go with every act, because asking once more costs nothing. A copy has all pages, so it
//! looks at what an act was about (docs/decisions/032): a thing that is shown to everybody changes what is said
//! of it and of what it is linked with, and the lists of the sites whose part of the country it belongs to.
//! Everything else changes lists anywhere. What concerns organs and sites changes every page, as a new day and a
//! new version of the program do.

use std::collections::BTreeSet;

use identity::Organ;
use ledger::{Event, LeafEvent};
use web::{Fault, House};

use crate::leading::Leading;
use crate::list::Scope;

/// How far the house is, or a copy of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct State {
    /// The newest entry of the ledger.
    pub seq: i64,
    /// Leaves of the public log.
    pub leaves: i64,
    /// Of these, how many the newest checkpoint covers.
    pub signed: i64,
    /// The day, for what is in force changes with it.
    pub day: String,
    /// The version of the program, with whose pages the copy was made.
    pub version: String,
}

impl State {
    pub(crate) async fn of(house: &House) -> Result<Self, Fault> {
        let (ledger, log) = (house.ledger(), house.ledger().log());
        Ok(Self {
            seq: ledger.newest_seq().await?,
            leaves: log.leaves().await?,
            signed: log.checkpoint().await?.map_or(0, |signed| signed.size),
            day: ledger.clock().today().to_string(),
            version: version(),
        })
    }

    pub(crate) fn written(&self) -> String {
        format!("{} {} {} {} {}", self.seq, self.leaves, self.signed, self.day, self.version)
    }

    pub(crate) fn read(text: &str) -> Option<Self> {
        let words: Vec<&str> = text.split(' ').collect();
        let [seq, leaves, signed, day, version] = words.as_slice() else { return None };
        Some(Self {
            seq: seq.parse().ok()?,
            leaves: leaves.parse().ok()?,
            signed: signed.parse().ok()?,
            day: (*day).into(),
            version: (*version).into(),
        })
    }
}

/// The program's version and that of its style sheet, which every page names.
fn version() -> String {
    let sheet = web::layout::href("gk.css");
    let sheet = sheet.rsplit('=').next().unwrap_or_default();
    format!("{}/{sheet}", env!("CARGO_PKG_VERSION"))
}

/// One address that is asked for again.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Touched {
    /// A thing: what belongs to it too, and the pages that lead to it or from it.
    Thing(String),
    /// A page that tells of everything, and nothing else with it.
    Alone(String),
}

/// What has to be asked for again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Changes {
    pub scope: Scope,
    /// Single things, by their addresses.
    pub touched: Vec<Touched>,
    /// Whether lists anywhere may have changed besides.
    pub anywhere: bool,
}

/// So many acts are looked at one by one; after more, everything is asked for.
const MOST: i64 = 2_000;

/// What concerns organs, divisions and sites stands on every page.
const EVERYWHERE: [&str; 4] = ["organ:", "site:", "identity:tables", "calendar:"];

/// What happened between two states.
pub(crate) async fn between(
    house: &House,
    leading: &Leading,
    last: &State,
    now: &State,
) -> Result<Changes, Fault> {
    let whole = Changes { scope: Scope::Whole, touched: vec![], anywhere: false };
    if last.day != now.day || last.version != now.version || last.seq > now.seq {
        return Ok(whole);
    }
    let events = house.ledger().events_after(last.seq, MOST).await?;
    let structural = |event: &Event| {
        EVERYWHERE.iter().any(|start| event.subject.starts_with(start)) && event.room != "review"
    };
    if i64::try_from(events.len()).is_ok_and(|found| found >= MOST) || events.iter().any(structural)
    {
        return Ok(whole);
    }
    let mut found = Found::default();
    for event in &events {
        match house.inscribed(&event.subject) {
            Some(_) => found.thing(house, leading, &event.subject, &event.organ).await?,
            None => found.anywhere = true,
        }
    }
    let log = house.ledger().log();
    for (_, subject) in log.subjects(last.leaves..now.leaves).await? {
        let history = log.history(&subject).await?;
        let organ = history.last().map(|leaf| leaf.body.organ.clone()).unwrap_or_default();
        // What had to be written anew because of it is asked for again when it is there.
        found.anywhere |= history.len() > 1;
        found.thing(house, leading, &subject, &organ).await?;
    }
    if now.signed != last.signed || now.leaves != last.leaves {
        found.signed(leading, last.signed..now.signed);
    }
    Ok(Changes {
        scope: Scope::Around(found.sites.into_iter().collect()),
        touched: found.touched.into_iter().collect(),
        anywhere: found.anywhere,
    })
}

/// The addresses of a thing, one at each site; none where its room shows no page of it.
async fn addresses(house: &House, leading: &Leading, subject: &str) -> Result<Vec<String>, Fault> {
    let Some(source) = house.inscribed(subject) else { return Ok(vec![]) };
    let path = match (source.address)(subject) {
        Some(path) => Some(path),
        None => (source.page)(house.store(), subject).await?.map(|link| link.href),
    };
    let sites = leading.directory().all().iter();
    Ok(path.map(|path| sites.map(|site| site.link(&path)).collect()).unwrap_or_default())
}

/// What was withdrawn or corrected of what stands in the log from a place on, by its addresses, and where to look
/// on from next time.
pub(crate) async fn overtaken(
    house: &House,
    leading: &Leading,
    from: i64,
) -> Result<(Vec<String>, i64), Fault> {
    let log = house.ledger().log();
    let leaves = log.subjects(from..from + MOST).await?;
    let next = leaves.last().map_or(from, |(position, _)| position + 1);
    let subjects: BTreeSet<String> = leaves.into_iter().map(|(_, subject)| subject).collect();
    let mut found = Vec::new();
    for subject in subjects {
        let newest = log.history(&subject).await?.pop().map(|leaf| leaf.body.event);
        if matches!(newest, Some(LeafEvent::Withdrawal | LeafEvent::Correction)) {
            found.extend(addresses(house, leading, &subject).await?);
        }
    }
    Ok((found, next))
}

#[derive(Default)]
struct Found {
    sites: BTreeSet<String>,
    touched: BTreeSet<Touched>,
    anywhere: bool,
}

impl Found {
    /// A thing that is or was shown to everybody.
    async fn thing(
        &mut self,
        house: &House,
        leading: &Leading,
        subject: &str,
        organ: &str,
    ) -> Result<(), Fault> {
        let organ = Organ::find(house.store(), organ).await?;
        let around = leading.directory().all().iter().filter(|site| {
            let (low, high) = &site.range;
            organ.as_ref().is_none_or(|organ| (low..=high).contains(&&organ.division))
        });
        self.sites.extend(around.map(|site| site.base().to_owned()));
        let own = addresses(house, leading, subject).await?;
        self.touched.extend(own.into_iter().map(Touched::Thing));
        for leaf in house.ledger().log().history(subject).await? {
            self.leaf(leading, leaf.position);
        }
        Ok(())
    }

    fn leaf(&mut self, leading: &Leading, position: i64) {
        let first = leading.directory().all().first();
        let leaf = first.map(|site| site.link(&format!("/gongkai-rizhi/{position}")));
        self.touched.extend(leaf.map(Touched::Thing));
    }

    /// The log was signed again: the page that tells of it, and the leaves that have a proof now.
    fn signed(&mut self, leading: &Leading, covered: std::ops::Range<i64>) {
        covered.for_each(|position| self.leaf(leading, position));
        let sites = leading.directory().all().iter();
        let pages = ["/gongkai-rizhi", "/checkpoint"];
        let pages = sites.flat_map(|site| pages.map(|path| Touched::Alone(site.link(path))));
        self.touched.extend(pages);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn how_far_a_copy_is_reads_back_as_it_was_noted() {
        let state =
            State { seq: 71, leaves: 9, signed: 8, day: "2026-11-26".into(), version: version() };
        assert_eq!(State::read(&state.written()), Some(state));
        assert_eq!(State::read("71 9"), None);
    }
}
