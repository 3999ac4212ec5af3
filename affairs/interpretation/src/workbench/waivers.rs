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
use crate::acts::{decision, pulling};
use crate::store::{Interpretation, Policy, Pull};

#[derive(Template)]
#[template(path = "workbench/waivers.html")]
struct WaiversPage {
    desk: Workbench,
    waiting: Vec<Waiting>,
    /// How many more wait than are listed.
    others: usize,
    pulls: Vec<Pulling>,
}

/// One interpretation that somebody proposes to take down.
struct Pulling {
    title: String,
    pull: Pull,
    shown: String,
    action: String,
    own: bool,
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

/// So many are listed with their drafts at once, the oldest first.
const AT_ONCE: usize = 20;

/// Those who wrote the thing of a key.
fn of(written: &[(String, String)], key: &str) -> Vec<String> {
    written.iter().filter(|(of, _)| of == key).map(|(_, person)| person.clone()).collect()
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
    let mut proposed = Policy::in_state(store, &clerk.organ.code, &states).await?;
    let others = proposed.len().saturating_sub(AT_ONCE);
    proposed.truncate(AT_ONCE);
    let written = Policy::authors_of_all(store, &proposed).await?;
    for policy in proposed {
        let mut authors = of(&written, &policy.id);
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
    let pulls = pulls(&visit, &clerk).await?;
    let desk = Workbench::of(&visit, clerk, "jiedu-rending", "认定不解读").await?;
    let said = [
        ("tongyi", "已认定。"),
        ("tuihui", "没有同意，已退回起草人。"),
        ("chexia", "已撤下。"),
        ("buche", "没有同意撤下，照旧公开。"),
    ];
    web::page::answer(&WaiversPage { desk: desk.saying(&done.done, &said), waiting, others, pulls })
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

/// What somebody proposes to take down.
async fn pulls(visit: &Visit, clerk: &Clerk) -> Result<Vec<Pulling>, Fault> {
    let store = visit.house.store();
    let mut all = Vec::new();
    let proposed = Interpretation::to_pull(store, &clerk.organ.code).await?;
    let written = Interpretation::authors_of_all(store, &proposed).await?;
    for one in proposed {
        let Some(pull) = one.pull.clone() else { continue };
        let mut authors = of(&written, &one.id);
        authors.push(pull.proposed.person.clone());
        authors.extend(pull.proposed.stands_in_for.clone());
        all.push(Pulling {
            own: clerk.is_among(authors.iter().map(String::as_str)),
            shown: visit.site.link(&one.path()),
            action: visit.site.link(&format!("{WAIVERS}/{}/chexia", one.id)),
            title: one.title,
            pull,
        });
    }
    Ok(all)
}

/// Decides whether one is taken down.
pub async fn pull(
    visit: Visit,
    clerk: Clerk,
    Path(id): Path<String>,
    form: Submitted,
) -> Result<Response, Fault> {
    let found = Interpretation::find(visit.house.store(), &id).await?;
    let one = found.filter(|one| one.organ == clerk.organ.code).ok_or(Fault::NotFound)?;
    let policy = Policy::find(visit.house.store(), &one.policy).await?.ok_or(Fault::NotFound)?;
    let (agrees, reason) = (form.get("do") == "tongyi", form.get(REASON).trim().to_owned());
    clerk.may(WAIVE, &tie(&visit, &policy).await?.because(&reason))?;
    let desk = desk_of(&visit, &clerk).await?;
    let (folder, what) = (visit.house.folder(), (agrees, reason.as_str()));
    seen(pulling::decide(desk, folder, &Signatory::of(&clerk), &id, what).await)?;
    let done = if agrees { "chexia" } else { "buche" };
    Ok(sent_to(&visit, &format!("{WAIVERS}?done={done}")))
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
