//! 待办: what came back, what ends soon, results that are due.

use law::Date;
use participation_rules::{QuestionnaireStage, answers_due};
use web::workbench::{Clock, Todo};
use web::{Clerk, Fault, House};

use super::super::{ANSWER, DRAFT};
use super::{page_of, tie};
use crate::store::Questionnaire;

/// So many days before the last one is reminded.
const SOON: i32 = 5;

/// What waits for a clerk.
pub(crate) async fn list(house: &House, clerk: &Clerk) -> Result<Vec<Todo>, Fault> {
    let (store, organ) = (house.store(), clerk.organ.code.as_str());
    let mut todos = Vec::new();
    if clerk.has_power(DRAFT) || clerk.has_power(ANSWER) {
        let all = Questionnaire::going_on(store, organ).await?;
        todos.extend(all.iter().filter_map(|of| of_one(house, clerk, of)));
    }
    Ok(todos)
}

fn of_one(house: &House, clerk: &Clerk, of: &Questionnaire) -> Option<Todo> {
    let today = house.ledger().clock().today();
    let stage = of.stage(today);
    let own = |act: &str| clerk.may(act, &tie(of, stage)).is_ok();
    let todo = |kind: &'static str, clock: Clock, rest: &str, act: &'static str| Todo {
        entry: "wenjuan",
        kind,
        title: of.said.title.clone(),
        detail: format!("收到 {} 份", of.answers),
        clock,
        path: page_of(of, rest),
        act,
    };
    match stage {
        QuestionnaireStage::Draft if !of.returned.is_empty() && own(DRAFT) => {
            Some(todo("问卷退回", Clock::Open, "", "去修改"))
        }
        QuestionnaireStage::Open if clerk.has_power(DRAFT) => {
            let last = of.ends_on.filter(|last| (*last - today).get_days() <= SOON);
            last.map(|last| todo("问卷将截止", Clock::Due(last), "", "去看"))
        }
        QuestionnaireStage::Closed if own(ANSWER) => {
            let due =
                of.ends_on.and_then(|last| answers_due(last, &house.ledger().calendar()).ok());
            Some(todo(owed(today, due), due.map_or(Clock::Open, Clock::Due), "/jieguo", "去整理"))
        }
        _ => None,
    }
}

fn owed(today: Date, due: Option<Date>) -> &'static str {
    match due.is_some_and(|due| today > due) {
        true => "到期没有公布问卷结果",
        false => "公布问卷结果",
    }
}
