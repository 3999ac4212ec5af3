//! `/gongzuo/huodong/{id}/baoming`: who has a place and who waits; those who come are chosen, who does not fit is excluded,
//! and who moved up is told.

use askama::Template;
use axum::extract::{Path, Query};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Response};
use participation_rules::{GatheringStage, GatheringStep, Placing, Queued};
use serde::Deserialize;
use web::components::{ErrorSummary, FieldError};
use web::workbench::{REASON, Submitted, Workbench};
use web::{Clerk, Fault, Visit};

use super::super::{HEARING_SELECT, desk_of, seen, sent_to};
use super::{below, desk_below, of_organ, tie};
use crate::acts::ActError;
use crate::acts::gathering::{choosing, places};
use crate::store::{Enroller, Gathering, HandedIn, Place, PlaceState};

/// Rows at once.
const AT_ONCE: i64 = 100;

const SAID: &[(&str, &str)] = &[
    ("buhe", "已认定不符合条件，报名人凭查询码看得到原因。有候补的已经递补，请通知。"),
    ("xuanding", "已选定。请逐个通知，通知到了登记。"),
    ("tongzhi", "已登记通知到了。"),
];

#[derive(Template)]
#[template(path = "workbench/gathering/places.html")]
struct PlacesPage {
    desk: Workbench,
    errors: ErrorSummary,
    title: String,
    rule: String,
    rows: Vec<Row>,
    /// Each group with how many have a place, of how many, and how many wait.
    groups: Vec<(String, usize, u32, usize)>,
    here: String,
    next: Option<String>,
    /// From which number the page goes on, for the form that opens names.
    from: i64,
    opened: bool,
    chooses: bool,
    excludes: bool,
    tells: bool,
    numbers: String,
}

struct Row {
    number: i64,
    group: String,
    received: String,
    state: &'static str,
    reason: String,
    to_tell: bool,
    who: Option<Enroller>,
}

/// Where the list goes on, and what was done.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    hou: String,
    done: String,
}

/// Shows who enrolled, by numbers.
pub(super) async fn show(
    visit: Visit,
    clerk: Clerk,
    Path(id): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Html<String>, Fault> {
    let (of, stage) = of_organ(&visit, &clerk, &id).await?;
    clerk.may(HEARING_SELECT, &tie(&of, stage).because("看"))?;
    let from = asked.hou.parse().unwrap_or_default();
    let all = closed(&visit, &id, from).await?;
    let page = page(&visit, clerk, (of, stage), (from, all), None).await?;
    let desk = page.desk.saying(&asked.done, SAID);
    web::page::answer(&PlacesPage { desk, ..page })
}

/// A page of them without names.
async fn closed(
    visit: &Visit,
    id: &str,
    from: i64,
) -> Result<Vec<(Place, Option<Enroller>)>, Fault> {
    let all = Place::after(visit.house.store(), id, (from, AT_ONCE)).await?;
    Ok(all.into_iter().map(|one| (one, None)).collect())
}

async fn page(
    visit: &Visit,
    clerk: Clerk,
    (of, stage): (Gathering, GatheringStage),
    (from, all): (i64, Vec<(Place, Option<Enroller>)>),
    refused: Option<(String, FieldError)>,
) -> Result<PlacesPage, Fault> {
    let last = all.last().map(|(one, _)| one.number).filter(|last| *last < of.entries);
    let queue = Place::queue(visit.house.store(), &of.id).await?;
    let to_tell = Place::to_be_told(visit.house.store(), &of.id).await?;
    let desk = desk_below(visit, clerk, &of, "报名的人").await?;
    let here = visit.site.link(&below(&of, "/baoming"));
    let follows = |step: GatheringStep| stage.after(step).is_ok();
    let seats = of.said.seats();
    let opened = all.iter().any(|(_, who)| who.is_some());
    let name = |at: usize| at.checked_sub(1).and_then(|at| seats.get(at));
    let row = |(one, who): (Place, Option<Enroller>)| Row {
        number: one.number,
        group: name(one.group).map(|own| own.name.clone()).unwrap_or_default(),
        state: match (one.state, of.said.placing, of.chosen_on) {
            (PlaceState::Waiting, Placing::Chosen, None) => "待选定",
            (state, ..) => state.name(),
        },
        received: one.received_on,
        reason: one.reason,
        to_tell: one.to_tell,
        who,
    };
    let (numbers, error) = match refused {
        Some((numbers, error)) => (numbers, vec![error]),
        None => (String::new(), vec![]),
    };
    Ok(PlacesPage {
        desk: if error.is_empty() { desk } else { desk.with_errors() },
        errors: ErrorSummary(error),
        groups: groups(&of, &queue),
        rows: all.into_iter().map(row).collect(),
        next: last.map(|last| format!("{here}?hou={last}")),
        here,
        from,
        opened,
        chooses: of.said.placing == Placing::Chosen
            && of.chosen_on.is_none()
            && follows(GatheringStep::Choose),
        excludes: follows(GatheringStep::Exclude),
        tells: to_tell > 0 && follows(GatheringStep::Tell),
        numbers,
        rule: of.said.rule,
        title: of.said.title,
    })
}

fn groups(of: &Gathering, queue: &[Queued]) -> Vec<(String, usize, u32, usize)> {
    let many = |group: usize, placed: bool| {
        queue.iter().filter(|one| one.group == group && one.placed == placed).count()
    };
    let seats = (1..).zip(of.said.seats());
    seats.map(|(at, own)| (own.name, many(at, true), own.seats, many(at, false))).collect()
}

/// The numbers that a text names, whatever stands between them.
fn numbers(text: &str) -> Vec<i64> {
    let parts = text.split(|one: char| !one.is_ascii_digit());
    parts.filter_map(|part| part.parse().ok()).collect()
}

/// Opens names, chooses who comes, excludes who does not fit, or notes who was told.
pub(super) async fn act(
    visit: Visit,
    clerk: Clerk,
    Path(id): Path<String>,
    form: Submitted,
) -> Result<Response, Fault> {
    let (of, stage) = of_organ(&visit, &clerk, &id).await?;
    let organ = of.organ.clone();
    let (reason, which) = (form.get(REASON).to_owned(), (organ.as_str(), id.as_str()));
    let typed = form.get("bianhao").to_owned();
    if !matches!(form.get("zuo"), "xuanding" | "buhe" | "tongzhi") {
        return opened(&visit, clerk, (of, stage), &form).await;
    }
    let because = if form.get("zuo") == "tongzhi" { "登记通知" } else { reason.as_str() };
    clerk.may(HEARING_SELECT, &tie(&of, stage).because(because))?;
    let desk = desk_of(&visit, &clerk).await?;
    let (done, word) = match form.get("zuo") {
        "xuanding" => (choosing::choose(desk, which, &numbers(&typed), &reason).await, "xuanding"),
        "tongzhi" => (places::tell(desk, which, &numbers(&typed)).await, "tongzhi"),
        _ => {
            let number = numbers(&typed).first().copied().unwrap_or_default();
            (places::exclude(desk, (which.0, which.1, number), &reason).await, "buhe")
        }
    };
    match done {
        Err(ActError::Field(field, message)) => {
            let error = FieldError { field: field.into(), message };
            let all = closed(&visit, &id, 0).await?;
            let page = page(&visit, clerk, (of, stage), (0, all), Some((typed, error))).await?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, web::page::answer(&page)?).into_response())
        }
        other => {
            seen(other)?;
            Ok(sent_to(&visit, &below(&of, &format!("/baoming?done={word}"))))
        }
    }
}

/// The same page with names, once it is written down who looks and why.
async fn opened(
    visit: &Visit,
    clerk: Clerk,
    (of, stage): (Gathering, GatheringStage),
    form: &Submitted,
) -> Result<Response, Fault> {
    let reason = form.get(REASON);
    clerk.may(HEARING_SELECT, &tie(&of, stage).because(reason))?;
    let from = form.get("cong").parse().unwrap_or_default();
    let sealer = visit.house.sealer().map_err(Fault::inside)?;
    let desk = desk_of(visit, &clerk).await?;
    let which = (of.organ.as_str(), of.id.as_str());
    let opened = places::open(desk, sealer, which, (from, AT_ONCE), reason).await;
    let all = seen(opened)?.into_iter().map(|(one, who)| (one, Some(who))).collect();
    let page = page(visit, clerk, (of, stage), (from, all), None).await?;
    Ok(web::page::answer(&page)?.into_response())
}

#[cfg(test)]
mod tests {
    #[test]
    fn numbers_are_read_whatever_stands_between_them() {
        assert_eq!(super::numbers("3、5， 12号"), [3, 5, 12]);
        assert_eq!(super::numbers("没有"), Vec::<i64>::new());
    }
}
