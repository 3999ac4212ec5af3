//! `/gongzuo/nianbao/{id}/fanwei`: which organs a government's report adds up.

use std::collections::BTreeSet;

use askama::Template;
use axum::extract::Path;
use axum::response::{Html, Response};
use reports_rules::Reporter;
use review::Signatory;
use web::components::Tag;
use web::workbench::{SHOWN, Submitted, Workbench};
use web::{Clerk, Fault, Visit};

use super::{DRAFT, desk_over, list, seen, sent_to, version_for};
use crate::acts::{scope, unmoved};
use crate::store::MemberLine;

#[derive(Template)]
#[template(path = "workbench/scope.html")]
struct ScopePage {
    desk: Workbench,
    /// The fingerprint of what is shown.
    shown: String,
    rows: Vec<Row>,
    published: usize,
    counted: usize,
    back: String,
}

struct Row {
    organ: String,
    name: String,
    kind: &'static str,
    counted: bool,
    reason: String,
    tag: Tag,
}

/// Shows the scope.
pub async fn show(
    visit: Visit,
    clerk: Clerk,
    Path(id): Path<String>,
) -> Result<Html<String>, Fault> {
    let version = version_for(&visit, &clerk, DRAFT, &id).await?;
    if version.reporter != Reporter::Government {
        return Err(Fault::NotFound);
    }
    let members = MemberLine::of(visit.house.store(), &id).await?;
    let row = |member: &MemberLine| Row {
        organ: member.organ.clone(),
        name: member.name.clone(),
        kind: member.member.name(),
        counted: member.counted,
        reason: member.reason.clone(),
        tag: match member.part {
            Some(_) => Tag::good("已公布"),
            None => Tag::warn("还没有公布"),
        },
    };
    let counted = members.iter().filter(|member| member.counted);
    let desk = Workbench::of(&visit, clerk, "nianbao", "汇总范围").await?;
    let page = ScopePage {
        shown: unmoved::print(visit.house.store(), &version).await?,
        desk: desk.under("年度报告", list::PATH).under(&version.title, &version.desk_path()),
        published: counted.clone().filter(|member| member.part.is_some()).count(),
        counted: counted.count(),
        rows: members.iter().map(row).collect(),
        back: visit.site.link(&version.desk_path()),
    };
    web::page::answer(&page)
}

/// Sets the scope.
pub async fn act(
    visit: Visit,
    clerk: Clerk,
    Path(id): Path<String>,
    form: Submitted,
) -> Result<Response, Fault> {
    let version = version_for(&visit, &clerk, DRAFT, &id).await?;
    let counted: BTreeSet<String> = form.all("jiguan").map(str::to_owned).collect();
    let (sources, desk) = (visit.house.figures(), desk_over(&visit, &clerk, &id, &form).await?);
    let chosen = (&counted, form.get(web::workbench::REASON));
    seen(scope::keep(desk, &sources, &Signatory::of(&clerk), &id, chosen).await)?;
    Ok(sent_to(&visit, &format!("{}?done=fanwei", version.desk_path())))
}
