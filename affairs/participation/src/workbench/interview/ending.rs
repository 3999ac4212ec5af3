//! `…/quxiao`, `…/chexia`: an interview that is not held, and what should not have been public.

use askama::Template;
use axum::extract::{Path, Query};
use axum::response::{Html, Response};
use participation_rules::{InterviewStage, InterviewStep};
use web::workbench::{REASON, Submitted, Workbench};
use web::{Clerk, Fault, Visit};

use super::{HEARING_CANCEL, TAKE_DOWN, below, desk_for, of_organ, tie};
use crate::acts::{interview, recall};
use crate::store::{Change, Entered, Interview};
use crate::workbench::{Done, by, desk_of, seen, sent_to};

const SAID: &[(&str, &str)] =
    &[("tichu", "已提出，由签发人审定。审定以前照常公开。"), ("shending", "已审定。")];

#[derive(Template)]
#[template(path = "workbench/interview/cancel.html")]
struct CancelPage {
    desk: Workbench,
    title: String,
    here: String,
    cancels: bool,
}

#[derive(Template)]
#[template(path = "workbench/interview/withdraw.html")]
struct WithdrawPage {
    desk: Workbench,
    heading: &'static str,
    title: String,
    here: String,
    /// What was proposed, by whom, and what became of it.
    all: Vec<(String, String, String)>,
    proposes: bool,
    decides: bool,
}

/// Shows where it is cancelled.
pub(super) async fn cancelling(
    visit: Visit,
    clerk: Clerk,
    Path(id): Path<String>,
) -> Result<Html<String>, Fault> {
    let (of, stage) = of_organ(&visit, &clerk, &id).await?;
    let page = CancelPage {
        desk: desk_for(&visit, clerk, "取消访谈").await?,
        here: visit.site.link(&below(&of, "/quxiao")),
        cancels: stage.after(InterviewStep::Cancel).is_ok(),
        title: of.said.title,
    };
    web::page::answer(&page)
}

/// Cancels it.
pub(super) async fn cancel(
    visit: Visit,
    clerk: Clerk,
    Path(id): Path<String>,
    form: Submitted,
) -> Result<Response, Fault> {
    let (of, stage) = of_organ(&visit, &clerk, &id).await?;
    let reason = form.get(REASON);
    let mut tie = tie(&of, stage).because(reason);
    for person in &of.authors {
        tie = tie.by(person.clone());
    }
    clerk.may(HEARING_CANCEL, &tie)?;
    let desk = desk_of(&visit, &clerk).await?;
    seen(interview::cancel(desk, (&of.organ, &id), reason).await)?;
    Ok(sent_to(&visit, &of.path()))
}

async fn page(
    visit: &Visit,
    clerk: Clerk,
    (of, stage): (Interview, InterviewStage),
    deciding: bool,
) -> Result<WithdrawPage, Fault> {
    let all = Change::withdrawals(visit.house.store(), &of.id).await?;
    let waits = all.iter().any(|one| one.waits);
    let follows = stage.after(InterviewStep::Withdraw).is_ok();
    let (heading, rest) = match deciding {
        true => ("审定撤下", "/chexia/shending"),
        false => ("撤下访谈", "/chexia"),
    };
    let row = |one: &Change| {
        let reason = match &one.what {
            Entered::Withdrawal { reason } => reason.clone(),
            Entered::Text(_) => String::new(),
        };
        let became = match (one.waits, one.released) {
            (true, _) => "等审定".to_owned(),
            (_, true) => format!("{}审定撤下", one.decided_name),
            _ => format!("{}审定不撤下", one.decided_name),
        };
        (one.entered_name.clone(), reason, became)
    };
    Ok(WithdrawPage {
        desk: desk_for(visit, clerk, heading).await?,
        heading,
        here: visit.site.link(&below(&of, rest)),
        all: all.iter().map(row).collect(),
        proposes: follows && !deciding && !waits,
        decides: follows && deciding && waits,
        title: of.said.title,
    })
}

/// Shows what can be proposed.
pub(super) async fn withdrawing(
    visit: Visit,
    clerk: Clerk,
    Path(id): Path<String>,
    Query(done): Query<Done>,
) -> Result<Html<String>, Fault> {
    let (of, stage) = of_organ(&visit, &clerk, &id).await?;
    clerk.may_see(TAKE_DOWN.0, &tie(&of, stage).because("看"))?;
    let page = page(&visit, clerk, (of, stage), false).await?;
    let desk = page.desk.saying(&done.done, SAID);
    web::page::answer(&WithdrawPage { desk, ..page })
}

/// Proposes it.
pub(super) async fn propose(
    visit: Visit,
    clerk: Clerk,
    Path(id): Path<String>,
    form: Submitted,
) -> Result<Response, Fault> {
    let (of, stage) = of_organ(&visit, &clerk, &id).await?;
    let reason = form.get(REASON);
    clerk.may(TAKE_DOWN.0, &tie(&of, stage).because(reason))?;
    let desk = desk_of(&visit, &clerk).await?;
    seen(recall::propose(desk, &by(&clerk), (&of.organ, &id), reason).await)?;
    Ok(sent_to(&visit, &below(&of, "/chexia?done=tichu")))
}

/// Shows what is proposed to whoever decides.
pub(super) async fn deciding(
    visit: Visit,
    clerk: Clerk,
    Path(id): Path<String>,
    Query(done): Query<Done>,
) -> Result<Html<String>, Fault> {
    let (of, stage) = of_organ(&visit, &clerk, &id).await?;
    let page = page(&visit, clerk, (of, stage), true).await?;
    if page.all.is_empty() {
        return Err(Fault::NotFound);
    }
    let desk = page.desk.saying(&done.done, SAID);
    web::page::answer(&WithdrawPage { desk, ..page })
}

/// Decides it.
pub(super) async fn decide(
    visit: Visit,
    clerk: Clerk,
    Path(id): Path<String>,
    form: Submitted,
) -> Result<Response, Fault> {
    let (of, stage) = of_organ(&visit, &clerk, &id).await?;
    let reason = form.get(REASON);
    let mut tie = tie(&of, stage).because(reason);
    let all = Change::withdrawals(visit.house.store(), &id).await?;
    for person in all.iter().filter(|one| one.waits).flat_map(|one| &one.enterers) {
        tie = tie.by(person.clone());
    }
    clerk.may(TAKE_DOWN.1, &tie)?;
    let withdraw = match form.get("jueding") {
        "chexia" => true,
        "baoliu" => false,
        _ => return Err(Fault::field("jueding", "选撤下还是不撤下")),
    };
    let desk = desk_of(&visit, &clerk).await?;
    let which = (of.organ.as_str(), id.as_str());
    seen(recall::decide(desk, &by(&clerk), which, (withdraw, reason)).await)?;
    Ok(sent_to(&visit, &below(&of, "/chexia/shending?done=shending")))
}
