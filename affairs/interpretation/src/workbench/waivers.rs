//! `/gongzuo/jiedu-rending`: policies of which somebody proposes that they go without their interpretation, or before
//! it; another person decides.

use askama::Template;
use axum::extract::{Path, Query};
use axum::response::{Html, Response};
use interpretation_rules::PolicyState;
use review::Signatory;
use web::components::{Empty, Tag};
use web::workbench::{REASON, Submitted, Workbench, sent_to};
use web::{Clerk, Content, Fault, Part, Visit};

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
    /// The draft as it would be signed now.
    draft: Vec<Part>,
    /// Why nobody can agree to it as it stands.
    hindrance: Option<&'static str>,
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
    let publishers = visit.house.publishers();
    let mut waiting = Vec::new();
    for policy in Policy::in_state(store, &clerk.organ.code, &states).await? {
        let mut authors = policy.authors(store).await?;
        let (kind, piece) = (policy.piece.0.as_str(), policy.piece.1.as_str());
        let content = (publishers.get(kind)?.content)(&store.reading(), piece).await?;
        authors.extend(content.iter().flat_map(|content| content.authors.iter().cloned()));
        waiting.push(Waiting {
            own: clerk.is_among(authors.iter().map(String::as_str)),
            tag: Tag::warn(policy.state.name()),
            hindrance: hindrance(&policy, content.as_ref()),
            draft: content.map(|content| content.parts).unwrap_or_default(),
            action: visit.site.link(&format!("{WAIVERS}/{}", policy.id)),
            policy,
        });
    }
    let desk = Workbench::of(&visit, clerk, "jiedu-rending", "认定不解读").await?;
    let said = [("tongyi", "已认定。"), ("tuihui", "没有同意，已退回起草人。")];
    web::page::answer(&WaiversPage { desk: desk.saying(&done.done, &said), waiting })
}

/// Why nobody can agree to what was proposed; it may be sent back all the same.
fn hindrance(policy: &Policy, content: Option<&Content>) -> Option<&'static str> {
    match content {
        None => Some("稿件已经删去，或者不再公开。请退回起草人。"),
        Some(content) if !policy.is_of(content) => {
            Some("稿件在提出以后改动过。请退回，由起草人重新认定。")
        }
        Some(_) => None,
    }
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
    seen(
        decision::keep(
            desk,
            &visit.house.publishers(),
            &Signatory::of(&clerk),
            &id,
            (agrees, &reason),
        )
        .await,
    )?;
    let done = if agrees { "tongyi" } else { "tuihui" };
    Ok(sent_to(&visit, &format!("{WAIVERS}?done={done}")))
}

impl WaiversPage {
    fn empty(&self) -> Empty {
        Empty::new("没有等您认定的")
            .because("起草人提出不解读或者随后解读的，在这里由另一位负责人认定。")
    }
}
