//! 政策解读 beside a draft: whether it is interpreted, what that still lacks, and the form by which it is judged.

use askama::Template;
use interpretation_rules::{PolicyState, Presumption};
use web::components::Tag;
use web::{Clerk, Fault, Visit};

use super::DRAFT;
use crate::drafts::{DOCUMENT, corrected, planned, presumption, ready};
use crate::store::{Interpretation, Policy};

#[derive(Template)]
#[template(path = "workbench/beside.html")]
struct Panel {
    seal: web::Seal,
    action: String,
    policy: Option<Policy>,
    tag: Tag,
    /// Why it is thought to set policy.
    expected: Option<&'static str>,
    hindrance: Option<String>,
    open: bool,
    href: String,
}

/// Draws it; nothing for a draft that is not published, or for whoever may not write interpretations.
pub(crate) async fn draw(visit: &Visit, clerk: &Clerk, id: &str) -> Result<Option<String>, Fault> {
    let store = visit.house.store();
    let publishers = visit.house.publishers();
    let content = (publishers.get(DOCUMENT)?.content)(&store.reading(), id).await?;
    let Some(content) = content.filter(|_| clerk.has_power(DRAFT)) else { return Ok(None) };
    let policy = match Policy::of_piece(store, (DOCUMENT, id)).await? {
        Some(own) => Some(own),
        // What corrects a document is judged with it.
        None => corrected(store, &content).await?,
    };
    let expected = match presumption(store, &content).await? {
        Presumption::Expected(why) => Some(why),
        Presumption::Free => None,
    };
    let mut hindrance = None;
    if let Some(policy) = policy.as_ref().filter(|one| one.state == PolicyState::Needed) {
        let all = Interpretation::of_policy(store, &policy.id).await?;
        let open: Vec<&Interpretation> =
            all.iter().filter(|one| one.published_at.is_none()).collect();
        hindrance = ready(policy, &open).err();
    }
    if let Some(policy) = policy.as_ref().filter(|one| one.state == PolicyState::Deferred) {
        hindrance = planned(policy).err();
    }
    let open = review::Unit::open_with(store, DOCUMENT, id).await?.is_none()
        && policy.as_ref().is_none_or(|policy| !policy.state.is_published());
    let tag = match (&policy, expected) {
        (None, Some(_)) => Tag::warn("没有认定"),
        (None, None) => Tag::plain("可以不认定"),
        (Some(policy), _) if policy.state.waits() => Tag::warn(policy.state.name()),
        (Some(policy), _) if hindrance.is_some() => {
            Tag::warn(format!("{}，没有写完", policy.state.name()))
        }
        (Some(policy), _) => Tag::good(policy.state.name()),
    };
    let href = policy.as_ref().map(Policy::desk_path).unwrap_or_default();
    let panel = Panel {
        seal: clerk.seal(),
        action: visit.site.link(&format!("/gongzuo/gaojian/{id}/jiedu")),
        href: visit.site.link(&href),
        policy,
        tag,
        expected,
        hindrance,
        open,
    };
    Ok(Some(panel.render()?))
}

impl Panel {
    fn is(&self, state: PolicyState, agreed: PolicyState) -> bool {
        self.policy.as_ref().is_some_and(|one| one.state == state || one.state == agreed)
    }

    fn reason(&self) -> &str {
        self.policy.as_ref().map(|one| one.reason.as_str()).unwrap_or_default()
    }

    fn former(&self) -> &str {
        self.policy.as_ref().map(|one| one.former.as_str()).unwrap_or_default()
    }
}
