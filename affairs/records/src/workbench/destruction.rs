//! `/gongzuo/dangan/xiaohui/{id}`: one proposal to destroy, for the second person.

use askama::Template;
use axum::extract::{Path, Query};
use axum::response::{Html, Response};
use identity::powers::{Condition, Tie};
use serde::Deserialize;
use web::components::Tag;
use web::workbench::{Submitted, Workbench};
use web::{Clerk, Fault, Visit};

use super::custody::destruction_tag;
use super::{hand, minute, seen, sent_to};
use crate::acts::destruction;
use crate::store::{Destruction, DestructionState, KeptRecord};

#[derive(Template)]
#[template(path = "workbench/destruction.html")]
struct DestructionPage {
    desk: Workbench,
    one: Destruction,
    proposed: String,
    decided: String,
    tag: Tag,
    rows: Vec<KeptRecord>,
    may_decide: bool,
    own: bool,
    here: String,
}

/// What was done just now.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Done {
    done: String,
}

const SAID: &[(&str, &str)] = &[
    ("tichu", "已提出，等另一人决定。"),
    ("xiaohui", "已同意，文件已经销毁。"),
    ("butongyi", "没有同意，文件照旧保管。"),
];

async fn find(visit: &Visit, clerk: &Clerk, id: &str) -> Result<Destruction, Fault> {
    let found = Destruction::find(visit.house.store(), &clerk.organ.code, id).await?;
    found.ok_or(Fault::NotFound)
}

/// Shows the proposal.
pub async fn show(
    visit: Visit,
    clerk: Clerk,
    Path(id): Path<String>,
    Query(done): Query<Done>,
) -> Result<Html<String>, Fault> {
    clerk.may("record.retention.read", &Tie::to(&clerk.organ.code))?;
    let one = find(&visit, &clerk, &id).await?;
    let rows = one.records(visit.house.store()).await?;
    let waits = one.state == DestructionState::Proposed;
    let (may, own) = (clerk.has_power("record.destroy.decide"), clerk.is_among(one.proposers()));
    let desk = Workbench::of(&visit, clerk, "dangan", "销毁鉴定").await?;
    web::page::answer(&DestructionPage {
        desk: desk.under("保管、移交和销毁", "/gongzuo/dangan").saying(&done.done, SAID),
        proposed: minute(&one.proposed_at),
        decided: one.decided_at.as_deref().map(minute).unwrap_or_default(),
        tag: destruction_tag(one.state),
        rows,
        may_decide: waits && may,
        own,
        here: visit.site.link(&format!("/gongzuo/dangan/xiaohui/{id}")),
        one,
    })
}

/// The second person decides.
pub async fn decide(
    visit: Visit,
    clerk: Clerk,
    Path(id): Path<String>,
    form: Submitted,
) -> Result<Response, Fault> {
    let one = find(&visit, &clerk, &id).await?;
    let words = form.get("liyou").trim();
    let tie = Tie::to(&one.organ).because(words);
    let tie = one.proposers().fold(tie, |tie, person| tie.by(person));
    let tie = if clerk.is_fresh() { tie.holding([Condition::Reauth]) } else { tie };
    clerk.may("record.destroy.decide", &tie)?;
    let agreed = match form.get("do") {
        "tongyi" => true,
        "butongyi" => false,
        _ => return Err(Fault::BadInput("没有选同意还是不同意。请选一项。".into())),
    };
    let desk = visit.house.ledger().desk(clerk.actor()).await?;
    seen(destruction::decide(desk, &hand(&clerk), &id, (agreed, words)).await)?;
    let done = if agreed { "xiaohui" } else { "butongyi" };
    Ok(sent_to(&visit, &format!("/gongzuo/dangan/xiaohui/{id}?done={done}")))
}
