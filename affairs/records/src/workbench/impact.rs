//! `/gongzuo/gaojian/{id}/yingxiang`: 个人信息保护影响评估 of a draft that publishes personal data by law.

use askama::Template;
use axum::extract::Path;
use axum::response::{Html, Response};
use documents::personal::Kind;
use web::workbench::{Submitted, Workbench};
use web::{Clerk, Fault, Visit};

use super::{draft_for, hand, minute, seen, sent_to};
use crate::acts::impact::{ImpactForm, keep};
use crate::store::ImpactAssessment;

#[derive(Template)]
#[template(path = "workbench/impact.html")]
struct ImpactPage {
    desk: Workbench,
    title: String,
    kinds: Vec<(&'static str, bool)>,
    last: Option<ImpactAssessment>,
    made: String,
    here: String,
}

/// What a text may hold of persons.
const KINDS: [Kind; 12] = [
    Kind::NameList,
    Kind::IdNumber,
    Kind::Mobile,
    Kind::BankCard,
    Kind::Passport,
    Kind::HomePhone,
    Kind::HomeAddress,
    Kind::Health,
    Kind::Minor,
    Kind::Email,
    Kind::Messenger,
    Kind::Plate,
];

/// Shows the assessment made last, and the form for one.
pub async fn show(
    visit: Visit,
    clerk: Clerk,
    Path(id): Path<String>,
) -> Result<Html<String>, Fault> {
    let draft = draft_for(&visit, &clerk, "record.edit_draft", &id).await?;
    let last = ImpactAssessment::newest(visit.house.store(), &id).await?;
    let covers = |name: &str| last.as_ref().is_some_and(|one| one.kinds.iter().any(|k| k == name));
    let kinds = KINDS.map(|kind| (kind.name(), covers(kind.name()))).to_vec();
    let title = draft.title().to_owned();
    let base = format!("/gongzuo/gaojian/{id}");
    let desk = Workbench::of(&visit, clerk, "gaojian", "个人信息保护影响评估").await?;
    let page = ImpactPage {
        desk: desk.under("我的稿件", "/gongzuo/gaojian").under(&title, &base),
        title,
        kinds,
        made: last.as_ref().map(|one| minute(&one.made_at)).unwrap_or_default(),
        last,
        here: visit.site.link(&format!("{base}/yingxiang")),
    };
    web::page::answer(&page)
}

/// Keeps an assessment.
pub async fn act(
    visit: Visit,
    clerk: Clerk,
    Path(id): Path<String>,
    form: Submitted,
) -> Result<Response, Fault> {
    let draft = draft_for(&visit, &clerk, "record.edit_draft", &id).await?;
    let known = |name: &&str| KINDS.iter().any(|kind| kind.name() == *name);
    let given = ImpactForm {
        kinds: form.all("lei").filter(known).map(str::to_owned).collect(),
        basis: form.get("yiju").to_owned(),
        purpose: form.get("mudi").to_owned(),
        impact: form.get("yingxiang").to_owned(),
        safeguards: form.get("cuoshi").to_owned(),
    };
    let desk = visit.house.ledger().desk(clerk.actor()).await?;
    seen(keep(desk, &hand(&clerk), &draft.id, given).await)?;
    Ok(sent_to(&visit, &format!("/gongzuo/gaojian/{id}?done=pinggu")))
}

impl ImpactPage {
    fn basis(&self) -> &str {
        self.last.as_ref().map_or("", |one| &one.basis)
    }

    fn purpose(&self) -> &str {
        self.last.as_ref().map_or("", |one| &one.purpose)
    }

    fn impact(&self) -> &str {
        self.last.as_ref().map_or("", |one| &one.impact)
    }

    fn safeguards(&self) -> &str {
        self.last.as_ref().map_or("", |one| &one.safeguards)
    }
}
