//! `/gongzuo/nianbao/{id}/gongbu`: a report whose review is finished is published.

use askama::Template;
use axum::extract::Path;
use axum::response::{Html, Response};
use identity::powers::{Condition, Tie};
use review::{Signatory, State, Unit, publication};
use web::workbench::{Submitted, Workbench};
use web::{Clerk, Fault, Visit};

use super::{desk_of, found, laid_out, sent_to};
use crate::store::{Content, Version};

#[derive(Template)]
#[template(path = "workbench/release.html")]
struct ReleasePage {
    desk: Workbench,
    title: String,
    text: String,
    signed: bool,
    state: &'static str,
}

/// The version and its review, where the clerk may publish it.
async fn of(visit: &Visit, clerk: &Clerk, id: &str) -> Result<(Version, Unit), Fault> {
    let version = found(visit, clerk, id).await?;
    let unit = match &version.unit {
        Some(unit) => Unit::find(visit.house.store(), unit).await?,
        None => None,
    };
    let unit = unit.ok_or(Fault::NotFound)?;
    let mut tie = Tie::to(&version.organ).holding([Condition::NoBackdate]);
    if version.frozen_hash.is_some() {
        tie = tie.holding([Condition::Frozen]);
    }
    for author in &unit.authors {
        tie = tie.by(author.clone());
    }
    if matches!(unit.state, State::Signed | State::Published) {
        tie = tie.holding([Condition::AfterApproval, Condition::AfterSecrecyReview]);
    }
    clerk.may("report.publish", &tie)?;
    Ok((version, unit))
}

/// Shows what will be public.
pub async fn show(
    visit: Visit,
    clerk: Clerk,
    Path(id): Path<String>,
) -> Result<Html<String>, Fault> {
    let (version, unit) = of(&visit, &clerk, &id).await?;
    let content = Content::of(visit.house.store(), &id).await?;
    let text = laid_out::text(&version, &content)?;
    let desk = Workbench::of(&visit, clerk, "nianbao", "公布年度报告").await?;
    let page = ReleasePage {
        desk,
        title: version.title,
        text,
        signed: unit.state == State::Signed,
        state: unit.state.name(),
    };
    web::page::answer(&page)
}

/// Publishes it.
pub async fn act(
    visit: Visit,
    clerk: Clerk,
    Path(id): Path<String>,
    _form: Submitted,
) -> Result<Response, Fault> {
    let (version, unit) = of(&visit, &clerk, &id).await?;
    let publishers = visit.house.publishers();
    let desk = desk_of(&visit, &clerk).await?;
    publication::keep(desk, &publishers, &unit.id, &Signatory::of(&clerk)).await?;
    Ok(sent_to(&visit, &version.path()))
}
