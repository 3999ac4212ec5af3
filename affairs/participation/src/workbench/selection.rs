//! `/gongzuo/tingzheng/{id}/baoming`, `…/chouqu`, `…/queren`: who enrolled is looked through, the list is bound, one draws
//! and another confirms.

use askama::Template;
use axum::extract::{Path, Query};
use axum::response::{Html, IntoResponse, Response};
use participation_rules::{HearingStage, HearingStep};
use serde::Deserialize;
use web::workbench::{REASON, Submitted, Workbench};
use web::{Clerk, Fault, Visit};

use super::hearing::{below, desk_below, of_organ, tie};
use super::{HEARING_CONFIRM, HEARING_SELECT, by, desk_of, seen, sent_to};
use crate::acts::{drawing, enrolment};
use crate::draw::List;
use crate::store::{Enroller, Enrolment, HandedIn, Hearing};

/// Rows at once.
const AT_ONCE: i64 = 100;

const SAID: &[(&str, &str)] = &[
    ("buhe", "已认定不符合条件，报名人凭查询码看得到原因。"),
    ("tuihui", "已退回，照公布的数值重新抽取。"),
];

#[derive(Template)]
#[template(path = "workbench/enrolments.html")]
struct EnrolmentsPage {
    desk: Workbench,
    title: String,
    rows: Vec<Row>,
    here: String,
    next: Option<String>,
    /// From which number the page goes on, for the form that opens names.
    from: i64,
    opened: bool,
    opens: bool,
    excludes: bool,
    binds: bool,
    bind_by: String,
}

struct Row {
    number: i64,
    side: String,
    mark: String,
    received: String,
    state: &'static str,
    reason: String,
    who: Option<Enroller>,
}

#[derive(Template)]
#[template(path = "workbench/drawing.html")]
struct DrawingPage {
    desk: Workbench,
    heading: &'static str,
    of: Hearing,
    here: String,
    draws: bool,
    confirms: bool,
    /// What comes out: the side, the place, the number, whether he takes part.
    drawn: Vec<(String, usize, i64, bool)>,
}

/// Where the list goes on, and what was done.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    hou: String,
    done: String,
}

/// Shows who enrolled, by numbers.
pub(super) async fn enrolled(
    visit: Visit,
    clerk: Clerk,
    Path(id): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Html<String>, Fault> {
    let (of, stage) = of_organ(&visit, &clerk, &id).await?;
    clerk.may(HEARING_SELECT, &tie(&of, stage).because("看"))?;
    let from = asked.hou.parse().unwrap_or_default();
    let all = Enrolment::after(visit.house.store(), &id, (from, AT_ONCE)).await?;
    let all = all.into_iter().map(|one| (one, None)).collect();
    let page = enrolments(&visit, clerk, (of, stage), (from, all)).await?;
    let desk = page.desk.saying(&asked.done, SAID);
    web::page::answer(&EnrolmentsPage { desk, ..page })
}

async fn enrolments(
    visit: &Visit,
    clerk: Clerk,
    (of, stage): (Hearing, HearingStage),
    (from, all): (i64, Vec<(Enrolment, Option<Enroller>)>),
) -> Result<EnrolmentsPage, Fault> {
    let last = all.last().map(|(one, _)| one.number).filter(|last| *last < of.entries);
    let desk = desk_below(visit, clerk, &of, "报名的人").await?;
    let here = visit.site.link(&below(&of, "/baoming"));
    let today = visit.house.ledger().clock().today();
    let sides = of.said.seats();
    let opened = all.iter().any(|(_, who)| who.is_some());
    let row = |(one, who): (Enrolment, Option<Enroller>)| Row {
        number: one.number,
        side: one
            .side
            .checked_sub(1)
            .and_then(|at| sides.get(at))
            .map(|side| side.name.clone())
            .unwrap_or_default(),
        state: one.state.name(),
        mark: one.mark,
        received: one.received_on,
        reason: one.reason,
        who,
    };
    Ok(EnrolmentsPage {
        desk,
        rows: all.into_iter().map(row).collect(),
        next: last.map(|last| format!("{here}?hou={last}")),
        here,
        from,
        opened,
        opens: !opened,
        excludes: stage.after(HearingStep::Exclude).is_ok(),
        binds: stage.after(HearingStep::List).is_ok()
            && of.said.days().is_some_and(|days| days.may_bind(today)),
        bind_by: of.said.value_on.map(|day| day.to_string()).unwrap_or_default(),
        title: of.said.title,
    })
}

/// Opens names, excludes who does not fit, or binds the list.
pub(super) async fn sort(
    visit: Visit,
    clerk: Clerk,
    Path(id): Path<String>,
    form: Submitted,
) -> Result<Response, Fault> {
    let (of, stage) = of_organ(&visit, &clerk, &id).await?;
    let organ = of.organ.clone();
    let (reason, which) = (form.get(REASON).to_owned(), (organ.as_str(), id.as_str()));
    match form.get("zuo") {
        "guding" => {
            clerk.may(HEARING_SELECT, &tie(&of, stage).because("固定名单"))?;
            seen(drawing::bind(desk_of(&visit, &clerk).await?, which).await)?;
            Ok(sent_to(&visit, &format!("{}?done=guding", of.desk_path())))
        }
        "buhe" => {
            clerk.may(HEARING_SELECT, &tie(&of, stage).because(&reason))?;
            let number = form.get("bianhao").trim().parse();
            let number = number.map_err(|_| Fault::field("bianhao", "写报名编号"))?;
            let desk = desk_of(&visit, &clerk).await?;
            seen(enrolment::exclude(desk, (which.0, which.1, number), &reason).await)?;
            Ok(sent_to(&visit, &below(&of, "/baoming?done=buhe")))
        }
        _ => {
            clerk.may(HEARING_SELECT, &tie(&of, stage).because(&reason))?;
            let from = form.get("cong").parse().unwrap_or_default();
            let sealer = visit.house.sealer().map_err(Fault::inside)?;
            let desk = desk_of(&visit, &clerk).await?;
            let opened = enrolment::open(desk, sealer, which, (from, AT_ONCE), &reason).await;
            let all = seen(opened)?.into_iter().map(|(one, who)| (one, Some(who))).collect();
            let page = enrolments(&visit, clerk, (of, stage), (from, all)).await?;
            Ok(web::page::answer(&page)?.into_response())
        }
    }
}

async fn drawing_page(
    visit: &Visit,
    clerk: Clerk,
    (of, stage): (Hearing, HearingStage),
    confirms: bool,
) -> Result<DrawingPage, Fault> {
    let (heading, rest) = match confirms {
        true => ("确认参加人", "/queren"),
        false => ("抽取参加人", "/chouqu"),
    };
    let list = List::read(&of.list_text).ok().filter(|_| stage == HearingStage::Drawn);
    let drawn = list.map(|list| {
        let side = |at: usize| at.checked_sub(1).and_then(|at| list.sides.get(at));
        let named = |at: usize| side(at).map(|side| side.name.clone()).unwrap_or_default();
        let all = list.drawn(&of.seed).into_iter();
        all.map(|one| (named(one.entry.side), one.place, one.entry.number, one.takes_part))
            .collect()
    });
    Ok(DrawingPage {
        desk: desk_below(visit, clerk, &of, heading).await?,
        heading,
        here: visit.site.link(&below(&of, rest)),
        draws: !confirms && stage.after(HearingStep::Draw).is_ok(),
        confirms: confirms && stage.after(HearingStep::Confirm).is_ok(),
        drawn: drawn.unwrap_or_default(),
        of,
    })
}

/// Shows where the public value is written.
pub(super) async fn draws(
    visit: Visit,
    clerk: Clerk,
    Path(id): Path<String>,
) -> Result<Html<String>, Fault> {
    let (of, stage) = of_organ(&visit, &clerk, &id).await?;
    clerk.may(HEARING_SELECT, &tie(&of, stage).because("看"))?;
    web::page::answer(&drawing_page(&visit, clerk, (of, stage), false).await?)
}

/// Draws.
pub(super) async fn draw(
    visit: Visit,
    clerk: Clerk,
    Path(id): Path<String>,
    form: Submitted,
) -> Result<Response, Fault> {
    let (of, stage) = of_organ(&visit, &clerk, &id).await?;
    let value = form.get("shuzhi");
    clerk.may(HEARING_SELECT, &tie(&of, stage).because("照公布的数值抽取"))?;
    let desk = desk_of(&visit, &clerk).await?;
    seen(drawing::draw(desk, &by(&clerk), (&of.organ, &id), value).await)?;
    Ok(sent_to(&visit, &format!("{}?done=chouqu", of.desk_path())))
}

/// Shows what was drawn to whoever confirms.
pub(super) async fn confirming(
    visit: Visit,
    clerk: Clerk,
    Path(id): Path<String>,
) -> Result<Html<String>, Fault> {
    let (of, stage) = of_organ(&visit, &clerk, &id).await?;
    if stage != HearingStage::Drawn {
        return Err(Fault::NotFound);
    }
    web::page::answer(&drawing_page(&visit, clerk, (of, stage), true).await?)
}

/// Confirms it, or sends it back.
pub(super) async fn confirm(
    visit: Visit,
    clerk: Clerk,
    Path(id): Path<String>,
    form: Submitted,
) -> Result<Response, Fault> {
    let (of, stage) = of_organ(&visit, &clerk, &id).await?;
    let mut tie = tie(&of, stage);
    for person in &of.drawn_by {
        tie = tie.by(person.clone());
    }
    clerk.may(HEARING_CONFIRM, &tie)?;
    let desk = desk_of(&visit, &clerk).await?;
    let (who, which) = (by(&clerk), (of.organ.as_str(), id.as_str()));
    match form.get("jueding") {
        "queren" => {
            let sealer = visit.house.sealer().map_err(Fault::inside)?;
            seen(drawing::confirm(desk, (sealer, &who), which).await)?;
            Ok(sent_to(&visit, &of.path()))
        }
        "tuihui" => {
            seen(drawing::reject(desk, &who, which, form.get(REASON)).await)?;
            Ok(sent_to(&visit, "/gongzuo"))
        }
        _ => Err(Fault::field("jueding", "选确认还是退回")),
    }
}
