//! `/gongzuo/tuisong/{id}`: one push, and the decision on it.

use askama::Template;
use axum::extract::{Path, Query};
use axum::response::{Html, Response};
use review::Signatory;
use serde::Deserialize;
use web::components::Tag;
use web::workbench::{REASON, Submitted, Workbench};
use web::{Clerk, Fault, Visit};

use super::{APPROVE, PROPOSE, READ, desk_of, pushes, sent_to, tie};
use crate::acts::ActError;
use crate::acts::push::{Decision, approve, decide as decided};
use crate::store::{Push, PushState, audience};
use crate::topic::Topic;

#[derive(Template)]
#[template(path = "workbench/push.html")]
struct PushPage {
    desk: Workbench,
    title: String,
    href: String,
    tag: Tag,
    words: String,
    audience: Vec<String>,
    /// To how many it would go, or went.
    many: i64,
    went: bool,
    proposed: String,
    decided: Option<String>,
    decided_words: String,
    may_decide: bool,
    may_withdraw: bool,
    here: String,
    back: String,
}

/// What was done just now.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Done {
    done: String,
}

/// The organ's push of that key.
async fn found(visit: &Visit, clerk: &Clerk, id: &str) -> Result<Push, Fault> {
    let found = Push::find(visit.house.store(), &clerk.organ.code, id).await?;
    found.ok_or(Fault::NotFound)
}

/// Shows it.
pub(super) async fn show(
    visit: Visit,
    clerk: Clerk,
    Path(id): Path<String>,
    Query(done): Query<Done>,
) -> Result<Html<String>, Fault> {
    let push = found(&visit, &clerk, &id).await?;
    clerk.may_see(READ, &tie(&push))?;
    let waits = push.state == PushState::Proposed;
    let range = (push.range.0.as_str(), push.range.1.as_str());
    let many = match waits {
        true => audience(visit.house.store(), &push.audience, range).await?.len() as i64,
        false => push.recipients,
    };
    let own = clerk.is_among(push.proposers());
    let (may_decide, may_withdraw) =
        (waits && clerk.has_power(APPROVE) && !own, waits && own && clerk.has_power(PROPOSE));
    let desk = Workbench::of(&visit, clerk, "tuisong", "推送").await?;
    let by = |name: &str, at: &str| format!("{name} {}", pushes::day_of(at));
    web::page::answer(&PushPage {
        desk: desk.under("信息推送", pushes::PATH).saying(&done.done, pushes::SAID),
        href: visit.site.link(&push.path),
        tag: pushes::tag(push.state),
        audience: push.audience.iter().map(Topic::named).collect(),
        many,
        went: push.state == PushState::Approved,
        proposed: by(&push.proposed_name, &push.proposed_at),
        decided: push
            .decided_name
            .as_deref()
            .zip(push.decided_at.as_deref())
            .map(|(n, at)| by(n, at)),
        decided_words: push.decided_words,
        may_decide,
        may_withdraw,
        here: visit.site.link(&format!("{}/{id}", pushes::PATH)),
        back: visit.site.link(pushes::PATH),
        title: push.title,
        words: push.words,
    })
}

/// Approves or refuses it.
pub(super) async fn decide(
    visit: Visit,
    clerk: Clerk,
    Path(id): Path<String>,
    form: Submitted,
) -> Result<Response, Fault> {
    let push = found(&visit, &clerk, &id).await?;
    clerk.may(APPROVE, &tie(&push))?;
    let desk = desk_of(&visit, &clerk).await?;
    let (by, name) = (Signatory::of(&clerk), clerk.organ.short_name.clone());
    let of = (id.as_str(), name.as_str());
    let done = match form.get("jueding") {
        "tongyi" => {
            approve(&visit.house, desk, &by, of, form.get(REASON)).await?;
            "pizhun"
        }
        "butongyi" => {
            let kept = decided(desk, &by, of, (Decision::Refuse, form.get(REASON))).await;
            kept.map_err(ActError::into_fault)?;
            "butongyi"
        }
        _ => return Err(Fault::field("jueding", "选同意还是不同意。")),
    };
    Ok(sent_to(&visit, &format!("{}/{id}?done={done}", pushes::PATH)))
}

/// Takes it back.
pub(super) async fn withdraw(
    visit: Visit,
    clerk: Clerk,
    Path(id): Path<String>,
    _: Submitted,
) -> Result<Response, Fault> {
    let push = found(&visit, &clerk, &id).await?;
    clerk.may(PROPOSE, &tie(&push))?;
    let desk = desk_of(&visit, &clerk).await?;
    let by = Signatory::of(&clerk);
    let kept = decided(desk, &by, (&id, ""), (Decision::Drop, "")).await;
    kept.map_err(ActError::into_fault)?;
    Ok(sent_to(&visit, &format!("{}/{id}?done=chehui", pushes::PATH)))
}
