//! `/gongzuo/gangwei`: who holds which post, and which grants wait for a second administrator.

use std::collections::HashMap;

use askama::Template;
use axum::extract::{Path, Query};
use axum::response::Response;
use identity::powers::{Condition, Tie};
use identity::{Grant, Organ, Post};
use serde::Deserialize;

use super::{PERSONS, POSTS, done, names, reading};
use crate::entrance::fresh;
use crate::workbench::{Submitted, Workbench};
use crate::{Clerk, Fault, House, Visit};

/// Rows on a page.
const MOST: usize = 200;

#[derive(Template)]
#[template(path = "administration/posts.html")]
struct PostsPage {
    desk: Workbench,
    words: String,
    waiting: Vec<Waiting>,
    rows: Vec<Row>,
    more: bool,
}

struct Waiting {
    to: String,
    person: String,
    href: String,
    role: &'static str,
    organ: String,
    period: String,
    reason: String,
    proposed_by: String,
    /// Whether this clerk may decide: neither who proposed it nor whom it concerns.
    mine: bool,
}

struct Row {
    organ: String,
    role: &'static str,
    person: String,
    href: String,
    period: String,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    q: String,
}

fn period(from: law::Date, until: Option<law::Date>) -> String {
    until.map_or_else(|| format!("{from} 起"), |until| format!("{from} 至 {until}"))
}

/// The list.
pub(super) async fn show(
    visit: Visit,
    clerk: Clerk,
    Query(asked): Query<Asked>,
) -> Result<Response, Fault> {
    reading(&visit.house, &clerk, "posts_read", "posts").await?;
    let (store, today) = (visit.house.store(), visit.house.ledger().clock().today());
    let names = names(&visit.house, &clerk).await?;
    let organs = Organ::all(store).await?.into_iter();
    let organs: HashMap<String, String> = organs.map(|one| (one.code, one.name)).collect();
    let name = |id: &str| names.get(id).cloned().unwrap_or_default();
    let organ = |code: &str| organs.get(code).cloned().unwrap_or_else(|| code.to_owned());
    let link = |id: &str| visit.site.link(&format!("{PERSONS}/{id}"));
    let words = asked.q.trim();
    let row = |post: Post| {
        let tie = Tie::to(post.organ.clone()).holding([Condition::Masked]);
        let seen = post.holds_on(today) && clerk.may("user.read", &tie).is_ok();
        let row = Row {
            organ: organ(&post.organ),
            role: post.role.name(),
            person: name(&post.person),
            href: link(&post.person),
            period: period(post.from, post.until),
        };
        let all = [row.organ.as_str(), row.role, row.person.as_str()];
        let fits = words.is_empty() || all.iter().any(|text| text.contains(words));
        (seen && fits).then_some(row)
    };
    let mut rows: Vec<Row> = Post::all(store).await?.into_iter().filter_map(row).collect();
    let more = rows.len() > MOST;
    rows.truncate(MOST);
    let waits = |grant: Grant| Waiting {
        to: visit.site.link(&format!("/gongzuo/shouquan/{}", grant.id)),
        person: name(&grant.proposal.person),
        href: link(&grant.proposal.person),
        role: grant.proposal.role.name(),
        organ: organ(&grant.proposal.organ),
        period: period(grant.proposal.from, grant.proposal.until),
        mine: clerk.has_power("role.approve")
            && !clerk.is_among(grant.proposers())
            && !clerk.is_among([grant.proposal.person.as_str()]),
        proposed_by: name(&grant.proposed_by),
        reason: grant.proposal.reason,
    };
    let grants =
        if clerk.has_power("role.approve") { Grant::waiting(store).await? } else { vec![] };
    let waiting = grants.into_iter().map(waits).collect();
    let desk = Workbench::of(&visit, clerk, "gangwei", "岗位和授权").await?;
    fresh(&PostsPage { desk, words: words.to_owned(), waiting, rows, more })
}

/// Who registered somebody, and whoever was stood in for: none of them grants him posts as well.
async fn registrars(house: &House, person: &str) -> Result<Vec<String>, Fault> {
    let events = house.ledger().events_on(person).await?;
    let first = events.into_iter().find(|event| event.room == "identity" && event.act == "person");
    let Some(first) = first else { return Ok(vec![]) };
    let holder = Post::find(house.store(), &first.post).await?.map(|post| post.person);
    let actor = first.actor.strip_prefix("person:").map(str::to_owned);
    Ok(actor.into_iter().chain(holder).collect())
}

/// 批准授权, or turning it down.
pub(super) async fn decide(
    visit: Visit,
    clerk: Clerk,
    Path(id): Path<String>,
    form: Submitted,
) -> Result<Response, Fault> {
    clerk.must_be_fresh()?;
    let grant = Grant::find_waiting(visit.house.store(), &id).await?;
    let Some(grant) = grant else {
        return Err(Fault::Refused("没有这件待批的授权，或者已经有人办理。请刷新列表。".into()));
    };
    let mut tie = Tie::to(grant.proposal.organ.clone()).about(grant.proposal.person.clone());
    for person in grant.proposers() {
        tie = tie.after("role.propose", person);
    }
    for registrar in registrars(&visit.house, &grant.proposal.person).await? {
        tie = tie.after("user.create", registrar);
    }
    clerk.may("role.approve", &tie)?;
    let desk = visit.house.ledger().desk(clerk.actor()).await?;
    let outcome = match form.get("decision") {
        "confirm" => Grant::confirm(desk, &clerk.id, &id).await.map(|_| ()),
        _ => Grant::turn_down(desk, &clerk.id, &id).await,
    };
    done(&visit, outcome, POSTS)
}

/// 收回授权.
pub(super) async fn revoke(
    visit: Visit,
    clerk: Clerk,
    Path(id): Path<String>,
    form: Submitted,
) -> Result<Response, Fault> {
    let post = Post::find(visit.house.store(), &id).await?.ok_or(Fault::NotFound)?;
    let tie = Tie::to(post.organ).about(post.person.clone()).because(form.get("reason"));
    clerk.may("role.revoke", &tie)?;
    let desk = visit.house.ledger().desk(clerk.actor()).await?;
    let outcome = Post::revoke(desk, &id, form.get("reason")).await;
    done(&visit, outcome, &format!("{PERSONS}/{}", post.person))
}
