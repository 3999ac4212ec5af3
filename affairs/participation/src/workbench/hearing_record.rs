//! `/gongzuo/tingzheng/{id}/jilu`: papers that reached who takes part, and the record.

use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Response};
use participation_rules::{HearingStage, HearingStep};
use web::components::{ErrorSummary, FieldError};
use web::workbench::{Submitted, Workbench};
use web::{Clerk, Fault, Visit};

use super::hearing::{below, desk_below, of_organ, tie};
use super::{HEARING_RECORD, by, desk_of, seen, sent_to};
use crate::acts::{ActError, record};
use crate::portal::day_words;
use crate::store::Hearing;

#[derive(Template)]
#[template(path = "workbench/hearing_record.html")]
struct RecordPage {
    desk: Workbench,
    errors: ErrorSummary,
    of: Hearing,
    here: String,
    by_day: String,
    papers: String,
    record: String,
    delivers: bool,
    records: bool,
}

async fn page(
    visit: &Visit,
    clerk: Clerk,
    (of, stage): (Hearing, HearingStage),
    (typed, errors): (Option<String>, Vec<FieldError>),
) -> Result<RecordPage, Fault> {
    let today = visit.house.ledger().clock().today();
    let desk = desk_below(visit, clerk, &of, "材料送达和听证记录").await?;
    let held = of.said.held_on.is_some_and(|held| held <= today);
    Ok(RecordPage {
        desk: if errors.is_empty() { desk } else { desk.with_errors() },
        errors: ErrorSummary(errors),
        here: visit.site.link(&below(&of, "/jilu")),
        by_day: of.said.days().map(|days| day_words(days.papers_by())).unwrap_or_default(),
        papers: of.papers_on.map(|day| day.to_string()).unwrap_or_default(),
        record: typed.unwrap_or_else(|| of.record.clone()),
        delivers: stage.after(HearingStep::Deliver).is_ok(),
        records: held && stage.after(HearingStep::Record).is_ok(),
        of,
    })
}

/// Shows what is written down.
pub(super) async fn show(
    visit: Visit,
    clerk: Clerk,
    Path(id): Path<String>,
) -> Result<Html<String>, Fault> {
    let (of, stage) = of_organ(&visit, &clerk, &id).await?;
    clerk.may(HEARING_RECORD, &tie(&of, stage))?;
    web::page::answer(&page(&visit, clerk, (of, stage), (None, vec![])).await?)
}

/// Notes that papers arrived, or hands the record in.
pub(super) async fn act(
    visit: Visit,
    clerk: Clerk,
    Path(id): Path<String>,
    form: Submitted,
) -> Result<Response, Fault> {
    let (of, stage) = of_organ(&visit, &clerk, &id).await?;
    clerk.may(HEARING_RECORD, &tie(&of, stage))?;
    let (organ, here) = (of.organ.clone(), of.desk_path());
    let which = (organ.as_str(), id.as_str());
    let desk = desk_of(&visit, &clerk).await?;
    let (done, word) = match form.get("zuo") {
        "songda" => {
            let day = form.get("songda").trim().parse().ok();
            (record::deliver(desk, which, day).await, "songda")
        }
        _ => {
            let who = by(&clerk);
            let publishers = visit.house.publishers();
            let signed = (&who, form.has("qianzi"));
            let unit = record::submit(desk, &publishers, signed, which, form.get("jilu")).await;
            (unit.map(drop), "jilu")
        }
    };
    match done {
        Err(ActError::Field(field, message)) => {
            let errors = vec![FieldError { field: field.into(), message }];
            let typed = form.has("jilu").then(|| form.get("jilu").to_owned());
            let page = page(&visit, clerk, (of, stage), (typed, errors)).await?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, web::page::answer(&page)?).into_response())
        }
        other => {
            seen(other)?;
            Ok(sent_to(&visit, &format!("{here}?done={word}")))
        }
    }
}
