//! 期限的重算: what stands otherwise because a day has begun, and what an arrangement of holidays moved
//! (docs/readings/117). How it was before stays beside how it is.

use std::collections::BTreeSet;
use std::time::Duration;

use ::store::{Statements, Transaction, moment};
use law::{Date, WorkCalendar, article};
use ledger::{Actor, Desk, Entry, Event, Ledger};
use requests_rules::{REGULATION, recount};
use serde_json::json;
use web::{Chore, Fault, House, Listener};

use super::{ActError, removal};
use crate::store::{self, CaseEvent, DueMoved, Projection, Shown, Stood};

/// Looks every ten minutes for what a new day has changed.
pub(crate) const CHORE: Chore = Chore {
    name: "requests.renewal",
    every: Duration::from_secs(600),
    work: |house| Box::pin(day_begun(house)),
};

/// Hears of new arrangements, and of files whose applicant was taken out.
pub(crate) const LISTENERS: &[Listener] = &[
    Listener {
        name: "requests.recount",
        acts: &["calendar.arrangement"],
        hear: |house, event, change| Box::pin(arranged(house, event, change)),
    },
    Listener {
        name: "requests.erasure",
        acts: &["requests.removal"],
        hear: |house, event, change| Box::pin(removed(house, event, change)),
    },
];

async fn day_begun(house: &House) -> Result<(), Fault> {
    renew(house.ledger()).await.map(|_| ()).map_err(ActError::into_fault)
}

/// Tells the register anew how those requests stand that stand otherwise since a day has begun: a period
/// for an opinion, a correction or a payment ran out. Says how many.
///
/// # Errors
/// The calendar does not reach a day to be counted, or the database refuses.
pub async fn renew(ledger: &Ledger) -> Result<usize, ActError> {
    let today = ledger.clock().today();
    if !store::is_any_due(ledger.store(), today).await? {
        return Ok(0);
    }
    let mut desk = ledger.desk(Actor::Timer).await?;
    let (mut renewed, mut missed) = (0, BTreeSet::new());
    loop {
        store::hold_all(desk.change(), &missed).await?;
        let mut told = standing(desk.change(), Some(today), (today, desk.calendar())).await?;
        told.retain(|one| missed.is_empty() || missed.contains(&one.request));
        let left = store::keep_all(desk.change(), &told).await?;
        renewed += told.len().saturating_sub(left.len());
        if left.is_empty() {
            break;
        }
        missed = left;
    }
    desk.record(entry(&desk, renewed)).await?;
    desk.seal().await?;
    Ok(renewed)
}

fn entry(desk: &Desk, renewed: usize) -> Entry {
    Entry {
        room: "requests",
        act: "renewal",
        subject: format!("day:{}", desk.today()),
        organ: String::new(),
        basis: article(REGULATION, 33).to_string(),
        facts: json!({ "renewed": renewed }),
    }
}

/// How open requests stand by a calendar: those a day has changed, or all. What happens to one of them
/// meanwhile is told by its revision, and the one is counted anew, held this time.
async fn standing(
    from: &impl Statements,
    until: Option<Date>,
    (on, calendar): (Date, &WorkCalendar),
) -> Result<Vec<Stood>, ActError> {
    let revisions = store::revisions(from).await?;
    let events = CaseEvent::of_open(from, until).await?;
    let mut told = Vec::new();
    for of_one in events.chunk_by(|one, other| one.0 == other.0) {
        let history: Vec<_> = of_one.iter().map(|(_, event)| event.clone()).collect();
        let Some(clock) = recount(&history, calendar)? else { continue };
        let projection = Projection::of(&clock.standing(on, calendar)?);
        if let Some((request, _)) = of_one.first() {
            let revision = revisions.get(request).copied().unwrap_or_default();
            told.push(Stood { request: request.clone(), revision, projection });
        }
    }
    Ok(told)
}

/// Counts every open request with the calendar as it is now, and keeps which last days moved, as they were
/// and as they are. `cause` is the entry that brought the arrangement; done twice it changes nothing. Says
/// how many moved.
///
/// # Errors
/// The calendar does not reach a day to be counted, or the database refuses.
pub async fn recount_all(
    change: &Transaction,
    (cause, at): (&str, &str),
    (on, calendar): (Date, &WorkCalendar),
) -> Result<usize, ActError> {
    let (mut moved, mut missed) = (Vec::new(), BTreeSet::new());
    loop {
        store::hold_all(change, &missed).await?;
        let before = store::shown(change).await?;
        let mut changed = standing(change, None, (on, calendar)).await?;
        changed.retain(|one| missed.is_empty() || missed.contains(&one.request));
        changed.retain(|one| one.differs(before.get(&one.request)));
        let left = store::keep_all(change, &changed).await?;
        let written = changed.iter().filter(|one| !left.contains(&one.request));
        moved.extend(written.filter_map(|one| due_moved(one, before.get(&one.request), at)));
        if left.is_empty() {
            break;
        }
        missed = left;
    }
    let many = moved.len();
    DueMoved::keep_all(change, cause, moved).await?;
    Ok(many)
}

/// The last day as it was and is, where it moved.
fn due_moved(one: &Stood, was: Option<&Shown>, at: &str) -> Option<DueMoved> {
    let (before, after) = (was.and_then(|was| was.due), one.projection.due);
    let (request, moved_at) = (one.request.clone(), at.to_owned());
    (before != after).then_some(DueMoved { request, before, after, moved_at })
}

async fn arranged(house: &House, event: &Event, change: &Transaction) -> Result<(), Fault> {
    let ledger = house.ledger();
    let calendar = ledger.calendar();
    let at = moment(ledger.clock().now());
    let today = ledger.clock().today();
    let counted = recount_all(change, (&event.id, &at), (today, &calendar)).await;
    counted.map(|_| ()).map_err(ActError::into_fault)
}

async fn removed(house: &House, event: &Event, change: &Transaction) -> Result<(), Fault> {
    let Some(request) = event.subject.strip_prefix("request:") else { return Ok(()) };
    let erased = removal::erase_files(change, house.folder(), request).await;
    erased.map_err(ActError::into_fault)
}
