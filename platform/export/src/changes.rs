//! What happened since a copy was brought up to date, and what of it has to be asked for again.
//!
//! What acts reach is told by [`Reach`] (docs/decisions/032); a new day and a new version of the program change every
//! page.

use std::collections::BTreeSet;

use ledger::LeafEvent;
use web::{Fault, House, Reach};

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
    /// A page and those below it, and nothing else with them.
    Branch(String),
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

/// The pages that tell of the whole log.
const LOG_PAGES: [&str; 2] = ["/gongkai-rizhi", "/checkpoint"];

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
    if i64::try_from(events.len()).is_ok_and(|found| found >= MOST) {
        return Ok(whole);
    }
    let mut reach = Reach::of(house, &events).await?;
    if reach.whole {
        return Ok(whole);
    }
    reach.grown(house, last.leaves..now.leaves).await?;
    if now.signed != last.signed || now.leaves != last.leaves {
        reach.signed_over(last.signed..now.signed);
    }
    Ok(changes(house, leading, reach))
}

/// What a reach means for the addresses of a copy.
fn changes(house: &House, leading: &Leading, reach: Reach) -> Changes {
    let sites = leading.directory().all();
    let around = sites.iter().filter(|site| reach.is_around(site));
    let scope = Scope::Around(around.map(|site| site.base().to_owned()).collect());
    let mut touched = BTreeSet::new();
    for site in sites {
        touched.extend(reach.things.keys().map(|path| Touched::Thing(site.link(path))));
        if reach.reaches_lists() {
            let overall = house.rooms().iter().flat_map(|room| room.overall);
            touched.extend(overall.map(|path| Touched::Branch(site.link(path))));
        }
        if reach.signed {
            touched.extend(LOG_PAGES.map(|path| Touched::Alone(site.link(path))));
        }
    }
    if let Some(first) = sites.first() {
        let leaf =
            |position: &i64| Touched::Thing(first.link(&format!("/gongkai-rizhi/{position}")));
        touched.extend(reach.leaves.iter().map(leaf));
    }
    Changes { scope, touched: touched.into_iter().collect(), anywhere: reach.anywhere }
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
