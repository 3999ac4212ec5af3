//! `/gongzuo/zhengji/{id}/gongbu` and `…/jieguo/gongbu`: what was signed is published, by somebody who wrote none of it.

use askama::Template;
use axum::extract::Path;
use axum::response::{Html, Response};
use identity::powers::Condition;
use review::{Part, State, Unit, publication};
use web::workbench::{Submitted, Workbench};
use web::{Clerk, Fault, Visit};

use super::{LIST, OPEN, PUBLISH, by, desk_of, of_organ, review_of, sent_to, tie};
use crate::acts::{answering, drafting};
use crate::store::Consultation;

#[derive(Template)]
#[template(path = "workbench/release.html")]
struct ReleasePage {
    desk: Workbench,
    heading: &'static str,
    title: String,
    parts: Vec<Part>,
    signed: bool,
    state: &'static str,
    here: String,
    note: &'static str,
}

/// What is released.
#[derive(Clone, Copy)]
struct Which {
    act: &'static str,
    kind: &'static str,
    rest: &'static str,
    heading: &'static str,
    note: &'static str,
}

const NOTICE: Which = Which {
    act: OPEN,
    kind: drafting::KIND,
    rest: "/gongbu",
    heading: "公布征求意见公告",
    note: "公布以后人人可见，期限从公布的次日起算，草案不能再改。",
};

const ANSWERS: Which = Which {
    act: PUBLISH,
    kind: answering::KIND,
    rest: "/jieguo/gongbu",
    heading: "公布采纳情况",
    note: "所有答复一起公布，人人可见，不能再改。",
};

/// The consultation and its review, where the clerk may publish it.
async fn of(
    visit: &Visit,
    clerk: &Clerk,
    id: &str,
    which: Which,
) -> Result<(Consultation, Unit), Fault> {
    let (of, stage) = of_organ(visit, clerk, id).await?;
    let (unit, _) = review_of(visit, which.kind, id).await?.ok_or(Fault::NotFound)?;
    let mut tie = tie(&of, stage).holding([Condition::NoBackdate]);
    for author in &unit.authors {
        tie = tie.by(author.clone());
    }
    if unit.state == State::Signed {
        tie = tie.holding([Condition::AfterApproval, Condition::AfterSecrecyReview]);
    }
    clerk.may(which.act, &tie)?;
    Ok((of, unit))
}

/// Shows the notice that will be public.
pub(super) async fn show(
    visit: Visit,
    clerk: Clerk,
    Path(id): Path<String>,
) -> Result<Html<String>, Fault> {
    page(visit, clerk, &id, NOTICE).await
}

/// Shows the answers that will be public.
pub(super) async fn show_answers(
    visit: Visit,
    clerk: Clerk,
    Path(id): Path<String>,
) -> Result<Html<String>, Fault> {
    page(visit, clerk, &id, ANSWERS).await
}

async fn page(visit: Visit, clerk: Clerk, id: &str, which: Which) -> Result<Html<String>, Fault> {
    let (of, unit) = of(&visit, &clerk, id, which).await?;
    let publisher = visit.house.publishers().get(which.kind)?;
    let content = (publisher.content)(&visit.house.store().reading(), id).await?;
    let content = content.ok_or(Fault::NotFound)?;
    let here = visit.site.link(&format!("{}{}", of.desk_path(), which.rest));
    let desk = Workbench::of(&visit, clerk, "zhengji", which.heading).await?;
    let page = ReleasePage {
        desk: desk.under("征求意见", LIST).under(of.said.title.clone(), &of.desk_path()),
        heading: which.heading,
        title: content.title,
        parts: content.parts,
        signed: unit.state == State::Signed,
        state: unit.state.name(),
        here,
        note: which.note,
    };
    web::page::answer(&page)
}

/// Publishes the notice.
pub(super) async fn act(
    visit: Visit,
    clerk: Clerk,
    Path(id): Path<String>,
    _form: Submitted,
) -> Result<Response, Fault> {
    publish(visit, clerk, &id, NOTICE).await
}

/// Publishes the answers.
pub(super) async fn act_answers(
    visit: Visit,
    clerk: Clerk,
    Path(id): Path<String>,
    _form: Submitted,
) -> Result<Response, Fault> {
    publish(visit, clerk, &id, ANSWERS).await
}

async fn publish(visit: Visit, clerk: Clerk, id: &str, which: Which) -> Result<Response, Fault> {
    let (of, unit) = of(&visit, &clerk, id, which).await?;
    let publishers = visit.house.publishers();
    let desk = desk_of(&visit, &clerk).await?;
    publication::keep(desk, &publishers, &unit.id, &by(&clerk)).await?;
    let to = if which.act == OPEN { of.path() } else { of.result_path() };
    Ok(sent_to(&visit, &to))
}
