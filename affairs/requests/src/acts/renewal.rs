//! 期限的重算: what stands otherwise because a day has begun, and what an arrangement of holidays moved
//! (docs/readings/117). How it was before stays beside how it is.

use std::time::Duration;

use ::store::{Statements, Transaction, moment};
use law::{Date, WorkCalendar, article};
use ledger::{Actor, Desk, Entry, Event, Ledger};
use requests_rules::{REGULATION, recount};
use serde_json::json;
use web::{Chore, Fault, House, Listener};

use super::{ActError, removal};
use crate::store::{self, CaseEvent, DueMoved, Projection, Stood};

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
    let told = standing(desk.change(), Some(today), (today, desk.calendar())).await?;
    store::keep_all(desk.change(), &told).await?;
    let renewed = told.len();
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

/// How open requests stand by a calendar: those a day has changed, or all.
async fn standing(
    from: &impl Statements,
    until: Option<Date>,
    (on, calendar): (Date, &WorkCalendar),
) -> Result<Vec<Stood>, ActError> {
    let events = CaseEvent::of_open(from, until).await?;
    let mut told = Vec::new();
    for of_one in events.chunk_by(|one, other| one.0 == other.0) {
        let history: Vec<_> = of_one.iter().filter_map(|(_, event)| event.told()).collect();
        let Some(clock) = recount(&history, calendar)? else { continue };
        let projection = Projection::of(&clock.standing(on, calendar)?);
        if let Some((request, _)) = of_one.first() {
            told.push(Stood { request: request.clone(), projection });
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
    let before = store::shown(change).await?;
    let (mut changed, mut moved) = (Vec::new(), Vec::new());
    for one in standing(change, None, (on, calendar)).await? {
        let was = before.get(&one.request);
        if !one.differs(was) {
            continue;
        }
        let (was, is) = (was.and_then(|was| was.due), one.projection.due);
        if was != is {
            let (request, moved_at) = (one.request.clone(), at.to_owned());
            moved.push(DueMoved { request, before: was, after: is, moved_at });
        }
        changed.push(one);
    }
    store::keep_all(change, &changed).await?;
    let many = moved.len();
    DueMoved::keep_all(change, cause, moved).await?;
    Ok(many)
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
