//! `/gongzuo/nianbao/{id}/wenzi`: the prose of a report, part by part.

use std::collections::BTreeMap;

use askama::Template;
use axum::extract::Path;
use axum::response::{Html, Response};
use reports_rules::Topic;
use review::Signatory;
use web::workbench::{Submitted, Workbench};
use web::{Clerk, Fault, Visit};

use super::{DRAFT, desk_of, list, seen, sent_to, version_for};
use crate::acts::drafting;
use crate::store::{Basis, Content};

#[derive(Template)]
#[template(path = "workbench/prose.html")]
struct ProsePage {
    desk: Workbench,
    title: String,
    seen: String,
    /// What the register collected as 信息处理费.
    fee: Option<String>,
    fields: Vec<Field>,
    back: String,
}

struct Field {
    part: &'static str,
    name: &'static str,
    text: String,
}

/// Shows the form.
pub async fn show(
    visit: Visit,
    clerk: Clerk,
    Path(id): Path<String>,
) -> Result<Html<String>, Fault> {
    let version = version_for(&visit, &clerk, DRAFT, &id).await?;
    let content = Content::of(visit.house.store(), &id).await?;
    let desk = Workbench::of(&visit, clerk, "nianbao", "写年报的文字").await?;
    let desk = desk.under("年度报告", list::PATH).under(&version.title, &version.desk_path());
    let field = |(part, name): (&'static str, &'static str)| Field {
        part,
        name,
        text: content.texts.get(part).cloned().unwrap_or_default(),
    };
    let bases = Basis::of(visit.house.store(), &id).await?;
    let page = ProsePage {
        fee: Basis::fee(&bases).map(|fee| fee.to_string()),
        fields: drafting::parts(&version).into_iter().map(field).collect(),
        seen: drafting::print_of_texts(&content),
        back: visit.site.link(&version.desk_path()),
        title: version.title,
        desk,
    };
    web::page::answer(&page)
}

/// Keeps what was written.
pub async fn act(
    visit: Visit,
    clerk: Clerk,
    Path(id): Path<String>,
    form: Submitted,
) -> Result<Response, Fault> {
    let version = version_for(&visit, &clerk, DRAFT, &id).await?;
    let given: BTreeMap<String, String> = drafting::parts(&version)
        .into_iter()
        .filter(|(part, _)| form.has(part))
        .map(|(part, _)| (part.to_owned(), form.get(part).to_owned()))
        .collect();
    let desk = desk_of(&visit, &clerk).await?;
    let by = Signatory::of(&clerk);
    seen(drafting::keep_texts(desk, &by, &id, form.get("kan"), &given).await)?;
    Ok(sent_to(&visit, &format!("{}?done=wenzi", version.desk_path())))
}

impl ProsePage {
    /// What the register tells beside a field.
    fn fee_at(&self, field: &Field) -> Option<&str> {
        self.fee.as_deref().filter(|_| field.part == Topic::ProcessingFee.word())
    }
}
