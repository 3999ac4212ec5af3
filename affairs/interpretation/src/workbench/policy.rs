//! `/gongzuo/jiedu/{id}`: one policy: what was settled of it, the plan, and its interpretations.

use askama::Template;
use axum::extract::{Path, Query};
use axum::response::{Html, Response};
use interpretation_rules::{Form, PolicyState};
use review::{Signatory, Unit, unit_path};
use web::components::Tag;
use web::workbench::{Submitted, Workbench, sent_to};
use web::{Clerk, Fault, Visit};

use super::list::{Done, tag};
use super::{DRAFT, LIST, desk_of, policy_for, seen};
use crate::acts::{checking, material, plan};
use crate::drafts::{PLAN, lacking, planned, ready};
use crate::store::{Interpretation, Plan, Policy};

#[derive(Template)]
#[template(path = "workbench/policy.html")]
struct PolicyPage {
    desk: Workbench,
    policy: Policy,
    tag: Tag,
    plan: Plan,
    materials: Vec<Line>,
    /// Where the document is written or read.
    document: String,
    /// The unit in which it is reviewed now.
    unit: Option<String>,
    /// What stands in the way of handing it in.
    hindrance: Option<String>,
    lacking: Option<String>,
    forms: Vec<Form>,
    here: String,
}

/// One interpretation.
struct Line {
    title: String,
    href: String,
    form: &'static str,
    state: &'static str,
    /// The public page.
    shown: Option<String>,
    /// Its key, where another may take its place.
    replaceable: Option<String>,
}

const SAID: &[(&str, &str)] = &[
    ("rending", "已认定。"),
    ("tichu", "已提出，等另一位负责人认定。"),
    ("fangan", "解读方案已保存。"),
    ("shanqu", "解读材料已删去。"),
    ("hedui", "已核对，解读不用改。"),
];

/// Shows it.
pub async fn show(
    visit: Visit,
    clerk: Clerk,
    Path(id): Path<String>,
    Query(done): Query<Done>,
) -> Result<Html<String>, Fault> {
    let policy = policy_for(&visit, &clerk, DRAFT, &id).await?;
    let store = visit.house.store();
    let materials = Interpretation::of_policy(store, &id).await?;
    let open: Vec<&Interpretation> =
        materials.iter().filter(|one| one.published_at.is_none()).collect();
    let unit = Unit::open_with(store, PLAN, &id).await?;
    let today = visit.house.ledger().clock().today();
    let document = match policy.path() {
        Some(path) => path.to_owned(),
        None => format!("/gongzuo/gaojian/{}", policy.piece.1),
    };
    let desk = Workbench::of(&visit, clerk, "jiedu", &policy.title).await?;
    let page = PolicyPage {
        tag: tag(&policy, today),
        hindrance: hindrance(&policy, &open).filter(|_| unit.is_none()),
        lacking: (!materials.is_empty()).then(|| lacking(&policy, materials.iter())).flatten(),
        plan: policy.plan.clone().unwrap_or_default(),
        document: visit.site.link(&document),
        unit: unit.map(|unit| visit.site.link(&unit_path(&unit))),
        forms: Form::ALL.to_vec(),
        here: visit.site.link(&policy.desk_path()),
        materials: materials.iter().map(|one| line(&visit, one)).collect(),
        desk: desk.under("政策解读", LIST).saying(&done.done, SAID),
        policy,
    };
    web::page::answer(&page)
}

/// What stands in the way of handing it in.
fn hindrance(policy: &Policy, open: &[&Interpretation]) -> Option<String> {
    match policy.state {
        PolicyState::Needed => ready(policy, open).err(),
        PolicyState::Deferred => planned(policy).err(),
        _ => None,
    }
}

fn line(visit: &Visit, one: &Interpretation) -> Line {
    let published = one.state == interpretation_rules::InterpretationState::Published;
    Line {
        title: one.title.clone(),
        href: visit.site.link(&one.desk_path()),
        form: one.form.name(),
        state: one.state.name(),
        shown: published.then(|| visit.site.link(&one.path())),
        replaceable: published.then(|| one.id.clone()),
    }
}

/// 解读方案.
pub async fn plan(
    visit: Visit,
    clerk: Clerk,
    Path(id): Path<String>,
    form: Submitted,
) -> Result<Response, Fault> {
    let policy = policy_for(&visit, &clerk, DRAFT, &id).await?;
    let said = plan::Said {
        forms: form.all("xingshi").collect(),
        points: form.get("zhongdian"),
        responsible: form.get("zeren"),
        channels: form.get("qudao"),
        phone: form.get("dianhua"),
        seen: form.get("kan"),
    };
    let desk = desk_of(&visit, &clerk).await?;
    seen(plan::keep(desk, &Signatory::of(&clerk), &id, &said).await)?;
    Ok(sent_to(&visit, &format!("{}?done=fangan", policy.desk_path())))
}

/// What interprets a document that was corrected still fits.
pub async fn check(
    visit: Visit,
    clerk: Clerk,
    Path(id): Path<String>,
    _form: Submitted,
) -> Result<Response, Fault> {
    let policy = policy_for(&visit, &clerk, DRAFT, &id).await?;
    let desk = desk_of(&visit, &clerk).await?;
    seen(checking::keep(desk, &Signatory::of(&clerk), &id).await)?;
    Ok(sent_to(&visit, &format!("{}?done=hedui", policy.desk_path())))
}

/// Another interpretation.
pub async fn begin(
    visit: Visit,
    clerk: Clerk,
    Path(id): Path<String>,
    form: Submitted,
) -> Result<Response, Fault> {
    policy_for(&visit, &clerk, DRAFT, &id).await?;
    let given = (form.get("xingshi"), form.words("daiti"));
    let desk = desk_of(&visit, &clerk).await?;
    let begun = seen(material::begin(desk, &Signatory::of(&clerk), &id, given).await)?;
    Ok(sent_to(&visit, &format!("{}?done=xinjian", begun.desk_path())))
}

impl PolicyPage {
    fn chosen(&self, form: &Form) -> bool {
        self.plan.forms.contains(form)
    }

    /// Whether the plan is written here now.
    fn is_planned(&self) -> bool {
        use PolicyState as State;
        let follows = [State::Needed, State::DeferralProposed, State::Deferred];
        follows.contains(&self.policy.state) && self.unit.is_none()
    }

    /// Whether interpretations are begun here now.
    fn takes_more(&self) -> bool {
        self.is_planned() || self.policy.state.is_published() && self.policy.shown
    }
}
