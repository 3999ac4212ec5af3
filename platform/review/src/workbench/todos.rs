//! What of reviews waits for a clerk: steps in his role, releases, what came back to him, and alarms.

use law::Date;
use web::workbench::{Clock, Todo};
use web::{Clerk, House, Later};

use super::queue::offered;
use crate::store::{Asked, Listed};
use crate::{Signatory, State, unit_path};

/// Lists it.
pub(super) fn list<'a>(house: &'a House, clerk: &'a Clerk) -> Later<'a, Vec<Todo>> {
    Box::pin(async move {
        let (by, publishers) = (Signatory::of(clerk), house.publishers());
        let today = house.ledger().clock().today();
        let units = Listed::all(house.store(), Asked::UnderWay(&clerk.organ.code)).await?;
        let todo = |unit: &Listed| {
            let alarm = alarm(unit, &by, today);
            alarm.or_else(|| {
                offered(unit, &by, &publishers).map(|(what, act)| Todo {
                    entry: "shencha",
                    kind: "审查与发布",
                    title: format!("{what}：{}", unit.title),
                    detail: format!("{} 送审", unit.submitted_name),
                    clock: clock(unit),
                    path: unit_path(&unit.id),
                    act,
                })
            })
        };
        Ok(units.iter().filter_map(todo).collect())
    })
}

/// A late 初审 has its day; for other steps no law sets one.
fn clock(unit: &Listed) -> Clock {
    match unit.late_due.filter(|_| unit.review.state == State::Published) {
        Some(due) => Clock::Due(due),
        None => Clock::Open,
    }
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
