//! `/gongzuo/shencha/shixian`: how many working days the organ gives itself for each step.

use std::collections::BTreeMap;

use askama::Template;
use axum::extract::Query;
use axum::response::{IntoResponse, Response};
use identity::powers::Tie;
use serde::Deserialize;
use web::components::{ErrorSummary, FieldError};
use web::workbench::{Submitted, Workbench};
use web::{Clerk, Fault, Visit};

use super::acting::see;
use super::additions::{EDIT, READ};
use super::{PACE, QUEUE};
use crate::pace;
use crate::store::Pace;

/// The act of the access policy by which it is read.
pub(super) const MAY_READ: &str = READ;
/// The act of the access policy by which it is set.
pub(super) const MAY_SET: &str = EDIT;

#[derive(Template)]
#[template(path = "workbench/pace.html")]
struct PacePage {
    desk: Workbench,
    rows: Vec<Row>,
    reason: String,
    errors: Vec<FieldError>,
    may_set: bool,
}

struct Row {
    /// The word of the step, and the name of its field.
    word: &'static str,
    name: &'static str,
    /// As it is, or as it was typed.
    days: String,
}

/// What was done just now.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    done: String,
}

const SAID: &[(&str, &str)] = &[("set", "已经改好，待办里从现在起按新的时限显示。")];

/// Shows them.
pub async fn show(
    visit: Visit,
    clerk: Clerk,
    Query(asked): Query<Asked>,
) -> Result<Response, Fault> {
    let pace = Pace::of(visit.house.store(), &clerk.organ.code).await?;
    let rows =
        Pace::all().map(|(word, name)| Row { word, name, days: pace.days(word).to_string() });
    page(&visit, clerk, &asked.done, (rows.collect(), String::new()), vec![]).await
}

async fn page(
    visit: &Visit,
    clerk: Clerk,
    done: &str,
    (rows, reason): (Vec<Row>, String),
    errors: Vec<FieldError>,
) -> Result<Response, Fault> {
    let may_set = clerk.has_power(MAY_SET);
    let desk = Workbench::of(visit, clerk, "shencha", "办理时限").await?;
    let desk = desk.under("审查与发布", QUEUE).saying(done, SAID);
    let desk = if errors.is_empty() { desk } else { desk.with_errors() };
    let page = PacePage { desk, rows, reason, errors, may_set };
    Ok(web::page::answer(&page)?.into_response())
}

/// Sets them.
pub async fn act(visit: Visit, clerk: Clerk, form: Submitted) -> Result<Response, Fault> {
    let reason = form.get("liyou").trim().to_owned();
    let typed = |(word, name)| Row { word, name, days: form.get(word).trim().to_owned() };
    let rows: Vec<Row> = Pace::all().map(typed).collect();
    let wrong = |field: &str, message: String| FieldError { field: field.into(), message };
    let mut errors = Vec::new();
    let mut days = BTreeMap::new();
    for row in &rows {
        match row.days.parse::<u32>() {
            Ok(number) if (1..=Pace::MOST).contains(&number) => {
                days.insert(row.word.to_owned(), number);
            }
            _ => {
                let words = format!("{}的时限要写 1 到 {} 的整数", row.name, Pace::MOST);
                errors.push(wrong(row.word, words));
            }
        }
    }
    if reason.is_empty() {
        errors.push(wrong("liyou", "请写明理由".into()));
    }
    if !errors.is_empty() {
        return page(&visit, clerk, "", (rows, reason), errors).await;
    }
    clerk.may(MAY_SET, &Tie::to(clerk.organ.code.clone()).because(reason.clone()))?;
    let desk = visit.house.ledger().desk(clerk.actor()).await?;
    pace::set(desk, &clerk.organ.code, &days, &reason).await?;
    Ok(see(&visit.site.link(&format!("{PACE}?done=set"))))
}

impl PacePage {
    fn wrong(&self, field: &str) -> Option<&str> {
        let error = self.errors.iter().find(|error| error.field == field);
        error.map(|error| error.message.as_str())
    }

    fn summary(&self) -> ErrorSummary {
        ErrorSummary(self.errors.clone())
    }

    fn most(&self) -> u32 {
        Pace::MOST
    }
}
