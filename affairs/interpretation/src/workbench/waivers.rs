//! `/gongzuo/jiedu-rending`: policies of which somebody proposes that they go without their interpretation, or before
//! it; another person decides.

use askama::Template;
use axum::extract::{Path, Query};
use axum::response::{Html, Response};
use interpretation_rules::PolicyState;
use review::Signatory;
use web::components::{Empty, Tag};
use web::workbench::{REASON, Submitted, Workbench, sent_to};
use web::{Clerk, Fault, Visit};

use super::list::Done;
use super::{WAIVE, WAIVERS, desk_of, seen, tie};
use crate::acts::decision;
use crate::store::Policy;

#[derive(Template)]
#[template(path = "workbench/waivers.html")]
struct WaiversPage {
    desk: Workbench,
    waiting: Vec<Waiting>,
}

struct Waiting {
    policy: Policy,
    tag: Tag,
    draft: String,
    action: String,
    /// Whether the clerk drafted or proposed it himself.
    own: bool,
}

/// Shows what waits.
pub async fn show(
    visit: Visit,
    clerk: Clerk,
    Query(done): Query<Done>,
) -> Result<Html<String>, Fault> {
    let states = [PolicyState::WaiverProposed, PolicyState::DeferralProposed];
    let store = visit.house.store();
    let mut waiting = Vec::new();
    for policy in Policy::in_state(store, &clerk.organ.code, &states).await? {
        let authors = policy.authors(store).await?;
        waiting.push(Waiting {
            own: clerk.is_among(authors.iter().map(String::as_str)),
            tag: Tag::warn(policy.state.name()),
            draft: visit.site.link(&format!("/gongzuo/gaojian/{}", policy.piece.1)),
            action: visit.site.link(&format!("{WAIVERS}/{}", policy.id)),
            policy,
        });
    }
    let desk = Workbench::of(&visit, clerk, "jiedu-rending", "认定不解读").await?;
    let said = [("tongyi", "已认定。"), ("tuihui", "没有同意，已退回起草人。")];
    web::page::answer(&WaiversPage { desk: desk.saying(&done.done, &said), waiting })
}

/// Decides one.
pub async fn decide(
    visit: Visit,
    clerk: Clerk,
    Path(id): Path<String>,
    form: Submitted,
) -> Result<Response, Fault> {
    let found = Policy::find(visit.house.store(), &id).await?;
    let policy = found.filter(|policy| policy.organ == clerk.organ.code).ok_or(Fault::NotFound)?;
    let (agrees, reason) = (form.get("do") == "tongyi", form.get(REASON).trim().to_owned());
    clerk.may(WAIVE, &tie(&visit, &policy).await?.because(&reason))?;
    let desk = desk_of(&visit, &clerk).await?;
    seen(decision::keep(desk, &Signatory::of(&clerk), &id, (agrees, &reason)).await)?;
    let done = if agrees { "tongyi" } else { "tuihui" };
    Ok(sent_to(&visit, &format!("{WAIVERS}?done={done}")))
}

impl WaiversPage {
    fn empty(&self) -> Empty {
        Empty::new("没有等您认定的")
            .because("起草人提出不解读或者随后解读的，在这里由另一位负责人认定。")
    }
}
