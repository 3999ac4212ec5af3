//! 待办 of gatherings: a notice that came back, who is to be chosen or told, a record that is due, something to withdraw.

use law::{Date, WorkCalendar};
use participation_rules::{GatheringStage, Placing, record_due};
use web::workbench::{Clock, Todo};
use web::{Clerk, Fault, House};

use super::super::{DRAFT, HEARING_RECORD, HEARING_SELECT, TAKE_DOWN};
use super::{below, tie};
use crate::store::{Gathering, Place};

/// What waits of them.
pub(in crate::workbench) async fn todos(house: &House, clerk: &Clerk) -> Result<Vec<Todo>, Fault> {
    let powers = [DRAFT, HEARING_SELECT, HEARING_RECORD, TAKE_DOWN.1];
    if !powers.iter().any(|act| clerk.has_power(act)) {
        return Ok(vec![]);
    }
    let (today, calendar) = (house.ledger().clock().today(), house.ledger().calendar());
    let mut todos = Vec::new();
    for of in Gathering::going_on(house.store(), &clerk.organ.code).await? {
        let to_tell = Place::to_be_told(house.store(), &of.id).await?;
        todos.extend(of_one(clerk, &of, (today, &calendar), to_tell));
    }
    Ok(todos)
}

fn of_one(
    clerk: &Clerk,
    of: &Gathering,
    (today, calendar): (Date, &WorkCalendar),
    to_tell: i64,
) -> Vec<Todo> {
    let (stage, said) = (of.stage(today), &of.said);
    let own = |act: &str| clerk.may(act, &tie(of, stage).because("看")).is_ok();
    let todo = |kind: &'static str, day: Option<Date>, rest: &str, act: &'static str| Todo {
        entry: "huodong",
        kind,
        title: said.title.clone(),
        detail: format!("{}，{}", said.kind.name(), stage.name()),
        clock: day.map_or(Clock::Open, Clock::Due),
        path: below(of, rest),
        act,
    };
    let mut todos = Vec::new();
    if stage == GatheringStage::Draft && !of.returned.is_empty() && own(DRAFT) {
        todos.push(todo("活动公告退回", None, "", "去修改"));
    }
    let chooses = said.placing == Placing::Chosen && of.chosen_on.is_none() && of.entries > 0;
    if stage == GatheringStage::Awaiting && chooses && own(HEARING_SELECT) {
        let last = said.held_on.and_then(|day| day.yesterday().ok());
        todos.push(todo("选定参加人", last, "/baoming", "去选定"));
    }
    let tells = !matches!(stage, GatheringStage::Draft | GatheringStage::Open) && to_tell > 0;
    if tells && own(HEARING_SELECT) {
        let told = Todo {
            detail: format!("{}，{to_tell} 人要通知", stage.name()),
            ..todo("通知报名的人", said.held_on, "/baoming", "去通知")
        };
        todos.push(told);
    }
    if stage == GatheringStage::Held && own(HEARING_RECORD) {
        let due = said.held_on.and_then(|held| record_due(held, calendar).ok());
        todos.push(todo("公布活动纪要", due, "/jiyao", "去写"));
    }
    let waiting = of.proposed.as_ref().filter(|_| of.withdrawn_on.is_none());
    if let Some(proposed) = waiting
        && clerk.has_power(TAKE_DOWN.1)
        && !clerk.is_among(proposed.by.iter().map(String::as_str))
    {
        todos.push(todo("审定撤下", None, "/chexia/shending", "去审定"));
    }
    todos
}
