//! 待办 of interviews: what came back, the day itself, what waits to be released, the transcript, what should be withdrawn.

use law::Date;
use participation_rules::InterviewStage;
use web::workbench::{Clock, Todo};
use web::{Clerk, Fault, House};

use super::{DRAFT, ENTER, HEARING_RECORD, RELEASE, TAKE_DOWN, below, tie};
use crate::store::{Change, Interview};

/// What waits of interviews for a clerk.
pub(in crate::workbench) async fn todos(house: &House, clerk: &Clerk) -> Result<Vec<Todo>, Fault> {
    let mut todos = Vec::new();
    let organ = clerk.organ.code.as_str();
    if [DRAFT, ENTER, HEARING_RECORD].iter().any(|act| clerk.has_power(act)) {
        let today = house.ledger().clock().today();
        let all = Interview::going_on(house.store(), organ).await?;
        todos.extend(all.iter().filter_map(|of| of_one(clerk, of, today)));
    }
    let (releases, decides) = (clerk.has_power(RELEASE), clerk.has_power(TAKE_DOWN.1));
    if releases || decides {
        let waiting = Change::waiting_of(house.store(), organ).await?;
        for (id, title, whole) in waiting {
            todos.extend(match whole {
                true if decides => {
                    Some(todo("审定撤下", title, (&id, "/chexia/shending"), "去审定"))
                }
                false if releases => {
                    Some(todo("放行实时文字", title, (&id, "/fangxing"), "去放行"))
                }
                _ => None,
            });
        }
    }
    Ok(todos)
}

fn todo(kind: &'static str, title: String, (id, rest): (&str, &str), act: &'static str) -> Todo {
    let detail = "在线访谈".to_owned();
    let path = format!("/gongzuo/fangtan/{id}{rest}");
    Todo { entry: "fangtan", kind, title, detail, clock: Clock::Open, path, act }
}

fn of_one(clerk: &Clerk, of: &Interview, today: Date) -> Option<Todo> {
    let stage = of.stage(today);
    let own = |act: &str| clerk.may(act, &tie(of, stage)).is_ok();
    let todo = |kind: &'static str, day: Option<Date>, rest: &str, act: &'static str| Todo {
        entry: "fangtan",
        kind,
        title: of.said.title.clone(),
        detail: stage.name().to_owned(),
        clock: day.map_or(Clock::Open, Clock::Due),
        path: below(of, rest),
        act,
    };
    match stage {
        InterviewStage::Draft if !of.returned.is_empty() && own(DRAFT) => {
            Some(todo("访谈预告退回", None, "", "去修改"))
        }
        InterviewStage::Closed if own(ENTER) => {
            Some(todo("在线访谈", of.said.held_on, "/xianchang", "去现场"))
        }
        InterviewStage::Live if own(ENTER) => Some(todo("正在访谈", None, "/xianchang", "去现场")),
        InterviewStage::Ended if own(HEARING_RECORD) => {
            Some(todo("整理访谈实录", None, "/shilu", "去整理"))
        }
        _ => None,
    }
}
