//! 公开属性: a change is proposed at `/gongzuo/gaojian/{id}/shuxing` and decided by another person at
//! `/gongzuo/shuxing`.

use askama::Template;
use axum::extract::{Path, Query};
use axum::response::{Html, IntoResponse, Response};
use identity::powers::Tie;
use serde::Deserialize;
use web::components::{Empty, ErrorSummary, FieldError};
use web::workbench::{Submitted, Workbench};
use web::{Clerk, Fault, Visit};

use super::asking::Asking;
use super::checks::of_form;
use super::form::id_of;
use super::{draft_for, hand, minute, seen, sent_to};
use crate::acts::attribute;
use crate::store::{AttributeProposal, Content, Draft, titled};

#[derive(Template)]
#[template(path = "workbench/attribute.html")]
struct ProposalPage {
    desk: Workbench,
    asking: Asking,
    reason: String,
    back: String,
    /// What the draft lacks to be finished without being published.
    missing: Vec<records_rules::Fault>,
}

#[derive(Template)]
#[template(path = "workbench/confirming.html")]
struct WaitingPage {
    desk: Workbench,
    rows: Vec<Row>,
    here: String,
}

struct Row {
    id: String,
    title: String,
    href: String,
    before: String,
    after: String,
    basis: String,
    review_on: Option<law::Date>,
    reason: String,
    by: String,
    at: String,
    /// Whoever proposed it decides on nothing.
    own: bool,
}

/// What was done just now.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Done {
    done: String,
}

const SAID: &[(&str, &str)] =
    &[("tongyi", "已确认，属性从现在起有效。"), ("butongyi", "已退回，属性不变。")];

/// Shows the form.
pub async fn show(
    visit: Visit,
    clerk: Clerk,
    Path(id): Path<String>,
) -> Result<Html<String>, Fault> {
    let draft = draft_for(&visit, &clerk, "record.read_draft", &id).await?;
    let today = visit.house.ledger().clock().today();
    let asking = Asking::showing(Some(&draft.attribute), today);
    page(&visit, clerk, &draft, asking, String::new()).await
}

async fn page(
    visit: &Visit,
    clerk: Clerk,
    draft: &Draft,
    asking: Asking,
    reason: String,
) -> Result<Html<String>, Fault> {
    let path = format!("/gongzuo/gaojian/{}", draft.id);
    let today = visit.house.ledger().clock().today();
    let missing = if draft.is_open() { draft.unfinished(today) } else { Vec::new() };
    // The first thing said of each field is enough, and the place an error leads to.
    let mut named = std::collections::BTreeSet::new();
    let first = |fact: &records_rules::Fault| named.insert(id_of(fact.field));
    let missing = missing.into_iter().filter(first).map(of_form).collect();
    let mut desk = Workbench::of(visit, clerk, "gaojian", "变更公开属性").await?;
    desk = desk.under("我的稿件", "/gongzuo/gaojian").under(draft.title(), &path);
    if !asking.errors().is_empty() {
        desk = desk.with_errors();
    }
    let back = visit.site.link(&path);
    web::page::answer(&ProposalPage { desk, asking, reason, back, missing })
}

/// Proposes an attribute.
pub async fn propose(
    visit: Visit,
    clerk: Clerk,
    Path(id): Path<String>,
    form: Submitted,
) -> Result<Response, Fault> {
    let draft = draft_for(&visit, &clerk, "record.read_draft", &id).await?;
    let reason = form.get("liyou").trim().to_owned();
    let today = visit.house.ledger().clock().today();
    let asked = match Asking::read(&form, today) {
        Ok(asked) => asked,
        Err(asking) => {
            let page = page(&visit, clerk, &draft, *asking, reason).await?;
            return Ok(page.into_response());
        }
    };
    let writers = Content::writers(visit.house.store(), &id).await?;
    clerk.may("record.attribute.change", &super::tie(&draft, &writers).because(&reason))?;
    let desk = visit.house.ledger().desk(clerk.actor()).await?;
    seen(attribute::propose(desk, &hand(&clerk), &id, asked, &reason).await)?;
    Ok(sent_to(&visit, &format!("/gongzuo/gaojian/{id}?done=shuxing")))
}

/// Shows what waits for a decision.
pub async fn waiting(
    visit: Visit,
    clerk: Clerk,
    Query(done): Query<Done>,
) -> Result<Html<String>, Fault> {
    let waiting = AttributeProposal::all_waiting(visit.house.store(), &clerk.organ.code).await?;
    let row = |(proposal, title): (AttributeProposal, String)| Row {
        title: titled(&title).to_owned(),
        href: visit.site.link(&format!("/gongzuo/gaojian/{}", proposal.draft)),
        before: proposal.before.clone(),
        after: proposal.attribute.openness().to_string(),
        basis: match proposal.attribute.ground() {
            Some(ground) => format!("{ground}，{}", proposal.attribute.basis()),
            None => proposal.attribute.basis().to_string(),
        },
        review_on: proposal.attribute.review_on(),
        reason: proposal.reason.clone(),
        by: proposal.proposed_name.clone(),
        at: minute(&proposal.proposed_at),
        own: clerk.is_among(proposal.proposers()),
        id: proposal.id,
    };
    let rows = waiting.into_iter().map(row).collect();
    let desk = Workbench::of(&visit, clerk, "shuxing", "属性确认").await?;
    let page = WaitingPage {
        desk: desk.saying(&done.done, SAID),
        rows,
        here: visit.site.link("/gongzuo/shuxing"),
    };
    web::page::answer(&page)
}

/// Decides on a proposal.
pub async fn confirm(visit: Visit, clerk: Clerk, form: Submitted) -> Result<Response, Fault> {
    let (id, agreed) = (form.get("jian").to_owned(), form.get("do") == "tongyi");
    let found = AttributeProposal::find(visit.house.store(), &clerk.organ.code, &id).await?;
    let proposal = found.ok_or(Fault::NotFound)?;
    let writers = Content::writers(visit.house.store(), &proposal.draft).await?;
    let given = form.words("liyou").unwrap_or(if agreed { "同意" } else { "" });
    let mut tie = Tie::to(&proposal.organ).because(given);
    for person in proposal.proposers().chain(writers.iter().map(String::as_str)) {
        tie = tie.by(person);
    }
    clerk.may("record.attribute.confirm", &tie)?;
    let desk = visit.house.ledger().desk(clerk.actor()).await?;
    seen(attribute::confirm(desk, &hand(&clerk), &id, agreed, given).await)?;
    let done = if agreed { "tongyi" } else { "butongyi" };
    Ok(sent_to(&visit, &format!("/gongzuo/shuxing?done={done}")))
}

impl ProposalPage {
    /// By which an error leads to it.
    fn id(fact: &records_rules::Fault) -> &'static str {
        id_of(fact.field)
    }

    fn summary(&self) -> ErrorSummary {
        let error = |(field, message): (&str, String)| FieldError { field: field.into(), message };
        ErrorSummary(self.asking.errors().into_iter().map(error).collect())
    }
}

impl WaitingPage {
    fn empty(&self) -> Empty {
        Empty::new("没有等待确认的公开属性")
            .because("有人提出认定或者变更公开属性以后，会列在这里，由没有参与起草的人确认。")
    }
}
