//! `/gongzuo/anquan`: the security settings, changed by two security administrators.

use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use identity::powers::Tie;
use identity::{IDLE, LONGEST, Profile, SettingChange, sign_in};

use super::{SECURITY, done, names};
use crate::entrance::fresh;
use crate::workbench::{Submitted, Workbench};
use crate::{Clerk, Fault, Visit};

#[derive(Template)]
#[template(path = "administration/security.html")]
struct SecurityPage {
    desk: Workbench,
    profile: Profile,
    idle: i64,
    longest: i64,
    tries: i64,
    locked: i64,
    waiting: Vec<Waiting>,
    may_propose: bool,
}

struct Waiting {
    to: String,
    value: String,
    reason: String,
    by: String,
    mine: bool,
}

/// The settings.
pub(super) async fn show(visit: Visit, clerk: Clerk) -> Result<Response, Fault> {
    let store = visit.house.store();
    clerk.may("settings.read", &Tie::to(clerk.operator()))?;
    let names = names(&visit.house, &clerk).await?;
    let decides = clerk.has_power("settings.security.approve");
    let waits = |change: SettingChange| Waiting {
        to: visit.site.link(&format!("{SECURITY}/{}", change.id)),
        mine: decides && !clerk.is_among(change.proposers()),
        by: names.get(&change.proposed_by).cloned().unwrap_or_default(),
        value: change.value,
        reason: change.reason,
    };
    let waiting = SettingChange::waiting(store).await?.into_iter().map(waits).collect();
    let profile = Profile::in_force(store).await?;
    let may_propose = clerk.has_power("settings.security.propose");
    let desk = Workbench::of(&visit, clerk, "anquan", "安全设置").await?;
    fresh(&SecurityPage {
        desk,
        profile,
        idle: IDLE.as_mins(),
        longest: LONGEST.as_hours(),
        tries: sign_in::TRIES,
        locked: sign_in::LOCKED.as_mins(),
        waiting,
        may_propose,
    })
}

/// 提请修改.
pub(super) async fn propose(
    visit: Visit,
    clerk: Clerk,
    form: Submitted,
) -> Result<Response, Fault> {
    let reason = form.get("reason");
    clerk.may("settings.security.propose", &Tie::to(clerk.operator()).because(reason))?;
    let desk = visit.house.ledger().desk(clerk.actor()).await?;
    let outcome = SettingChange::propose(desk, &clerk.id, form.get("profile"), reason).await;
    done(&visit, outcome, SECURITY)
}

/// 批准修改, or turning it down.
pub(super) async fn decide(
    visit: Visit,
    clerk: Clerk,
    Path(id): Path<String>,
    form: Submitted,
) -> Result<Response, Fault> {
    clerk.must_be_fresh()?;
    let change = SettingChange::find_waiting(visit.house.store(), &id).await?;
    let change = change.ok_or_else(|| {
        Fault::Refused("没有这件待批的修改，或者已经有人办理。请刷新列表。".into())
    })?;
    let tie = change.proposers().fold(Tie::to(clerk.operator()), |tie, person| {
        tie.after("settings.security.propose", person)
    });
    clerk.may("settings.security.approve", &tie)?;
    let desk = visit.house.ledger().desk(clerk.actor()).await?;
    let agreed = form.get("decision") == "confirm";
    done(&visit, SettingChange::decide(desk, &clerk.id, &id, agreed).await, SECURITY)
}
