//! What of reviews waits for a clerk: steps in his role, releases, what came back to him, and alarms.

use law::{Date, WorkCalendar};
use web::workbench::{Clock, Todo};
use web::{Clerk, House, Later};

use super::access::all_held_up;
use super::queue::offered;
use crate::store::{Asked, Listed, Pace};
use crate::{Signatory, State, Step, unit_path};

/// Lists it.
pub(super) fn list<'a>(house: &'a House, clerk: &'a Clerk) -> Later<'a, Vec<Todo>> {
    Box::pin(async move {
        let (by, publishers) = (Signatory::of(clerk), house.publishers());
        let today = house.ledger().clock().today();
        let units = Listed::all(house.store(), Asked::UnderWay(&clerk.organ.code)).await?;
        let pace = Pace::of(house.store(), &clerk.organ.code).await?;
        let calendar = house.ledger().calendar();
        let held = all_held_up(house, &units).await?;
        let todo = |unit: &Listed| {
            let alarm = alarm(unit, &by, today);
            alarm.or_else(|| {
                let offered = offered(unit, &by, &publishers);
                offered.filter(|_| !held.contains(&unit.id)).map(|offer| Todo {
                    entry: "shencha",
                    kind: "审查与发布",
                    title: format!("{}：{}", offer.words, unit.title),
                    detail: format!("{} 送审", unit.submitted_name),
                    clock: clock(unit, offer.step, &pace, &calendar),
                    path: unit_path(&unit.id),
                    act: offer.act,
                })
            })
        };
        Ok(units.iter().filter_map(todo).collect())
    })
}

/// A late 初审 has its statutory day; for other steps no law sets one, and what the organ gives itself
/// counts (docs/readings/145).
fn clock(unit: &Listed, step: Option<Step>, pace: &Pace, calendar: &WorkCalendar) -> Clock {
    if unit.review.state == State::Published {
        return unit.late_due.map_or(Clock::Open, Clock::Due);
    }
    let due = pace.due(step.map_or(Pace::RELEASE, Step::word), unit.waits_since(step), calendar);
    due.map_or(Clock::Open, Clock::Due)
}

/// Nobody may review it any more: the signers are told until it is dealt with.
fn alarm(unit: &Listed, by: &Signatory, today: Date) -> Option<Todo> {
    let due = unit.late_due.filter(|due| *due < today && unit.review.owes_first())?;
    let told = unit.review.state == State::Published && by.role == "approver";
    told.then(|| Todo {
        entry: "yingji",
        kind: "应急发布报警",
        title: format!("没有按期补初审：{}", unit.title),
        detail: format!("应于 {due} 前补"),
        clock: Clock::Due(due),
        path: unit_path(&unit.id),
        act: "去处理",
    })
}
