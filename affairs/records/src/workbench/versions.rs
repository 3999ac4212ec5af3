//! `/gongzuo/gaojian/{id}/banben`: every version of a draft, and any two beside one another.

use askama::Template;
use axum::extract::{Path, Query};
use axum::response::Html;
use serde::Deserialize;
use web::workbench::Workbench;
use web::{Clerk, Fault, Visit};

use super::diff::{Line, lines};
use super::{draft_for, minute};
use crate::hand::called;
use crate::store::{Content, VersionLine};

#[derive(Template)]
#[template(path = "workbench/versions.html")]
struct VersionsPage {
    desk: Workbench,
    versions: Vec<VersionLine>,
    from: i64,
    to: i64,
    heads: Vec<Line>,
    bodies: Vec<Line>,
    files: Vec<Line>,
    here: String,
    back: String,
}

/// Which two are compared.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Pair {
    cong: Option<i64>,
    dao: Option<i64>,
}

/// Shows the versions, and two of them beside one another.
pub async fn show(
    visit: Visit,
    clerk: Clerk,
    Path(id): Path<String>,
    Query(pair): Query<Pair>,
) -> Result<Html<String>, Fault> {
    let draft = draft_for(&visit, &clerk, "record.read_draft", &id).await?;
    let store = visit.house.store();
    let versions = VersionLine::all(store, &id).await?;
    let to = pair.dao.unwrap_or(draft.version);
    let from = pair.cong.unwrap_or((to - 1).max(1));
    let one = Content::of_version(store, &id, from).await?.ok_or(Fault::NotFound)?;
    let other = Content::of_version(store, &id, to).await?.ok_or(Fault::NotFound)?;
    let path = format!("/gongzuo/gaojian/{id}");
    let desk = Workbench::of(&visit, clerk, "gaojian", "历次稿").await?;
    let page = VersionsPage {
        desk: desk.under("我的稿件", "/gongzuo/gaojian").under(draft.title(), &path),
        versions,
        from,
        to,
        heads: lines(&head(&one), &head(&other)),
        bodies: lines(&one.body, &other.body),
        files: lines(&files(&one), &files(&other)),
        here: visit.site.link(&format!("{path}/banben")),
        back: visit.site.link(&path),
    };
    web::page::answer(&page)
}

fn head(content: &Content) -> String {
    let pairs = content.head.pairs().map(|(field, text)| format!("{field}：{text}"));
    pairs.collect::<Vec<_>>().join("\n")
}

fn files(content: &Content) -> String {
    let file = |file: &crate::store::Attachment| {
        format!("{}（{}）", file.name, file.sha256.get(..12).unwrap_or_default())
    };
    content.files.iter().map(file).collect::<Vec<_>>().join("\n")
}

impl VersionsPage {
    fn minute(&self, version: &VersionLine) -> String {
        minute(&version.saved_at)
    }

    /// Who wrote a version, and for whom.
    fn who(version: &VersionLine) -> String {
        let name = called(&version.name);
        match version.stood_in_for.as_str() {
            "" => name.to_owned(),
            other => format!("{name}（代理{other}）"),
        }
    }

    /// What differs: particulars, text, attachments.
    fn groups(&self) -> [(&'static str, &[Line]); 3] {
        [("基本信息", &self.heads), ("正文", &self.bodies), ("附件", &self.files)]
    }

    fn same(lines: &[Line]) -> bool {
        !lines.iter().any(Line::differs)
    }
}
