//! `/gongzuo/wenjuan/{id}/chexia`: what should not have been published is proposed to be withdrawn, and decided by
//! another.

use askama::Template;
use axum::extract::{Path, Query};
use axum::response::{Html, Response};
use web::workbench::{REASON, Submitted, Workbench};
use web::{Clerk, Fault, Visit};

use super::super::{Done, TAKE_DOWN, by, desk_of, seen, sent_to};
use super::{LIST, of_organ, page_of, readable, tie};
use crate::acts::questionnaire::withdrawal;
use crate::store::{Questionnaire, QuestionnaireWithdrawal};

const SAID: &[(&str, &str)] =
    &[("tichu", "已提出，由签发人审定。审定以前照常公开。"), ("shending", "已审定。")];

#[derive(Template)]
#[template(path = "workbench/questionnaires/withdraw.html")]
struct WithdrawPage {
    desk: Workbench,
    heading: &'static str,
    title: String,
    all: Vec<QuestionnaireWithdrawal>,
    here: String,
    /// It may be proposed now.
    proposes: bool,
    /// It may be decided now.
    decides: bool,
}

async fn page(
    visit: &Visit,
    clerk: Clerk,
    (of, public): (Questionnaire, bool),
    deciding: bool,
) -> Result<WithdrawPage, Fault> {
    let all = QuestionnaireWithdrawal::of(visit.house.store(), &of.id).await?;
    let waits = all.iter().any(|one| one.waits);
    let (heading, rest) = match deciding {
        true => ("审定撤下", "/chexia/shending"),
        false => ("撤下问卷", "/chexia"),
    };
    let desk = Workbench::of(visit, clerk, "wenjuan", heading).await?;
    Ok(WithdrawPage {
        desk: desk.under("问卷", LIST).under(of.said.title.clone(), &of.desk_path()),
        heading,
        here: visit.site.link(&page_of(&of, rest)),
        title: of.said.title,
        all,
        proposes: public && !deciding && !waits,
        decides: public && deciding && waits,
    })
}

/// Shows what can be proposed.
pub(super) async fn show(
    visit: Visit,
    clerk: Clerk,
    Path(id): Path<String>,
    Query(done): Query<Done>,
) -> Result<Html<String>, Fault> {
    let (of, stage) = readable(&visit, &clerk, &id).await?;
    let page = page(&visit, clerk, (of, stage.is_public()), false).await?;
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
    Ok(sent_to(&visit, &page_of(&of, "/chexia?done=tichu")))
}

/// Shows what is proposed to whoever decides.
pub(super) async fn deciding(
    visit: Visit,
    clerk: Clerk,
    Path(id): Path<String>,
    Query(done): Query<Done>,
) -> Result<Html<String>, Fault> {
    let (of, stage) = of_organ(&visit, &clerk, &id).await?;
    let page = page(&visit, clerk, (of, stage.is_public()), true).await?;
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
    let all = QuestionnaireWithdrawal::of(visit.house.store(), &id).await?;
    for person in all.iter().filter(|one| one.waits).flat_map(|one| &one.proposers) {
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
    Ok(sent_to(&visit, &page_of(&of, "/chexia/shending?done=shending")))
}
