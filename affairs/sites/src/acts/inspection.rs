//! 日常检查: every site of a city and its districts is inspected once a night; what somebody at the workbench
//! waits for goes first.

use std::sync::Arc;

use ::store::{moment, parse_moment};
use jiff::{SignedDuration, Timestamp};
use law::{CHINA, Provision, document};
use ledger::{Actor, Desk, Entry, Ledger};
use web::{Errand, Fault, House, Site};

use super::ActError;
use crate::inspecting::{self, Looked};
use crate::store::{KeptInspection, Turn};

const BASIS: Provision = document("国办秘函〔2019〕19号");

/// Between these hours of the night, in China; a decision of ours.
const NIGHT: std::ops::Range<i8> = 1..5;

/// Where the program did not run at night, an inspection older than this is made up for at any time.
const OLD: SignedDuration = SignedDuration::from_hours(30);

/// What broke off rests for so long, so that the others have their turn.
const REST: SignedDuration = SignedDuration::from_hours(12);

/// One site in a step.
pub(crate) const ERRAND: Errand = Errand {
    name: "sites.inspection",
    step: |house| {
        Box::pin(async move {
            if !house.can_read_pages() {
                return Ok(false);
            }
            let Some(site) = due(house).await? else { return Ok(false) };
            let Err(fault) = carry_out(house, &site).await else { return Ok(true) };
            fail(house.ledger(), &site).await.map_err(ActError::into_fault)?;
            Err(fault)
        })
    },
};

async fn carry_out(house: &House, site: &Site) -> Result<(), Fault> {
    let looked = inspecting::look(house, site).await?;
    keep(house.ledger(), Actor::Timer, site, &looked).await.map_err(ActError::into_fault)
}

/// The site whose turn it is.
async fn due(house: &House) -> Result<Option<Arc<Site>>, Fault> {
    let turns = Turn::all(house.store()).await?;
    let now = house.ledger().clock().now();
    let never = turns.iter().all(|turn| turn.made_at.is_none() && turn.failed_at.is_none());
    let of = |site: &Arc<Site>| turns.iter().find(|turn| turn.base == site.base());
    let directory = house.directory();
    let sites = || directory.all().iter().filter(|site| inspecting::is_inspected(site));
    let asked = sites().filter_map(|site| Some((of(site)?.asked_at.as_deref()?, site)));
    let asked = asked.min_by_key(|(at, _)| *at).map(|(_, site)| site);
    let waits = |site: &&Arc<Site>| of(site).is_none_or(|turn| waits(turn, now, never));
    Ok(asked.or_else(|| sites().find(waits)).cloned())
}

/// Whether a site is inspected without anybody having asked.
fn waits(turn: &Turn, now: Timestamp, never: bool) -> bool {
    let at = |moment: &Option<String>| moment.as_deref().and_then(parse_moment);
    if at(&turn.failed_at).is_some_and(|failed| now.duration_since(failed) < REST) {
        return false;
    }
    let night = NIGHT.contains(&CHINA.to_datetime(now).hour());
    match at(&turn.made_at) {
        Some(made) => {
            let tonight = night && ledger::day_in_china(made) < ledger::day_in_china(now);
            tonight || now.duration_since(made) > OLD
        }
        // The first site of all is looked at at once, so that the page has something to say.
        None => never || night,
    }
}

/// Notes that somebody waits for an inspection of a site.
///
/// # Errors
/// The database refuses.
pub async fn ask(mut desk: Desk, site: &Site) -> Result<(), ActError> {
    Turn::ask(desk.change(), site.base(), &moment(desk.now())).await?;
    desk.record(entry("inspection_request", site)).await?;
    Ok(desk.seal().await?)
}

/// Notes that an inspection broke off.
async fn fail(ledger: &Ledger, site: &Site) -> Result<(), ActError> {
    let mut desk = ledger.desk(Actor::Timer).await?;
    Turn::fail(desk.change(), site.base(), &moment(desk.now())).await?;
    desk.record(entry("inspection_failure", site)).await?;
    Ok(desk.seal().await?)
}

fn entry(act: &'static str, site: &Site) -> Entry {
    Entry {
        room: "sites",
        act,
        subject: format!("site:{}", site.base()),
        organ: site.organ.clone(),
        basis: BASIS.to_string(),
        facts: serde_json::json!({ "site": site.base() }),
    }
}

/// Keeps what an inspection has found.
///
/// # Errors
/// The database refuses.
pub async fn keep(
    ledger: &Ledger,
    actor: Actor,
    site: &Site,
    looked: &Looked,
) -> Result<(), ActError> {
    let mut desk = ledger.desk(actor).await?;
    let found = (&looked.inspection, looked.pages, looked.links);
    let at = (desk.today(), desk.now());
    let id = KeptInspection::add(desk.change(), site.base(), found, at).await?;
    Turn::end(desk.change(), site.base()).await?;
    let vetoes: Vec<&str> = looked.inspection.vetoes.iter().map(|veto| veto.id()).collect();
    desk.record(Entry {
        room: "sites",
        act: "inspection",
        subject: format!("site_inspection:{id}"),
        organ: site.organ.clone(),
        basis: BASIS.to_string(),
        facts: serde_json::json!({
            "site": site.base(), "vetoes": vetoes, "found": looked.inspection.spots.len(),
        }),
    })
    .await?;
    Ok(desk.seal().await?)
}
