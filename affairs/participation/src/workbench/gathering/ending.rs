//! `/gongzuo/huodong/{id}/quxiao` and `…/chexia`: what is not held, and what should not have been published.

use askama::Template;
use axum::extract::{Path, Query};
use axum::response::{Html, Response};
use participation_rules::{GatheringStage, GatheringStep};
use web::workbench::{REASON, Submitted, Workbench};
use web::{Clerk, Fault, Visit};

use super::super::{Done, HEARING_CANCEL, READ, TAKE_DOWN, by, desk_of, seen, sent_to};
use super::{below, desk_below, of_organ, tie};
use crate::acts::gathering::{cancellation, withdrawal};
use crate::store::{Gathering, Proposed};

const SAID: &[(&str, &str)] =
    &[("tichu", "已提出，由签发人审定。审定以前照常公开。"), ("shending", "已审定。")];

#[derive(Template)]
#[template(path = "workbench/gathering/cancel.html")]
struct CancelPage {
    desk: Workbench,
    title: String,
    here: String,
    cancels: bool,
}

#[derive(Template)]
#[template(path = "workbench/gathering/withdraw.html")]
struct WithdrawPage {
    desk: Workbench,
    heading: &'static str,
    title: String,
    here: String,
    proposed: Option<Proposed>,
    /// It may be proposed now.
    proposes: bool,
    /// It may be decided now.
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
        desk: desk_below(&visit, clerk, &of, "取消活动").await?,
        here: visit.site.link(&below(&of, "/quxiao")),
        cancels: stage.after(GatheringStep::Cancel).is_ok(),
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
    seen(cancellation::cancel(desk, (&of.organ, &id), reason).await)?;
    Ok(sent_to(&visit, &of.path()))
}

async fn page(
    visit: &Visit,
    clerk: Clerk,
    (of, stage): (Gathering, GatheringStage),
    deciding: bool,
) -> Result<WithdrawPage, Fault> {
    let (heading, rest) = match deciding {
        true => ("审定撤下", "/chexia/shending"),
        false => ("撤下活动公告", "/chexia"),
    };
    let follows = stage.after(GatheringStep::Withdraw).is_ok();
    let waits = of.proposed.is_some();
    Ok(WithdrawPage {
        desk: desk_below(visit, clerk, &of, heading).await?,
        heading,
        here: visit.site.link(&below(&of, rest)),
        proposes: follows && !deciding && !waits,
        decides: follows && deciding && waits,
        proposed: of.proposed,
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
    clerk.may_see(READ, &tie(&of, stage))?;
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
    seen(withdrawal::propose(desk, &by(&clerk), (&of.organ, &id), reason).await)?;
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
    if of.proposed.is_none() && done.done.is_empty() {
        return Err(Fault::NotFound);
    }
    let page = page(&visit, clerk, (of, stage), true).await?;
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
    for person in of.proposed.iter().flat_map(|one| &one.by) {
        tie = tie.by(person.clone());
    }
    clerk.may(TAKE_DOWN.1, &tie)?;
    let withdraw = match form.get("jueding") {
        "chexia" => true,
        "baoliu" => false,
        _ => return Err(Fault::field("jueding", "选撤下还是不撤下")),
    };
    let desk = desk_of(&visit, &clerk).await?;
    let (who, which) = (by(&clerk), (of.organ.as_str(), id.as_str()));
    seen(withdrawal::decide(desk, &who, which, (withdraw, reason)).await)?;
    Ok(sent_to(&visit, &below(&of, "/chexia/shending?done=shending")))
}
