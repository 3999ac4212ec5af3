//! 指南 and 目录 of an organ as it has published them, with their versions beside one another.

use askama::Template;
use axum::extract::{Path, Query};
use axum::response::Html;
use identity::{Organ, PUBLIC_SERVICE};
use serde::Deserialize;
use sites_rules::{PaperField, PaperKind, fields_of};
use web::components::{Filters, Tools, Tree};
use web::layout::Frame;
use web::page::Page;
use web::{Fault, House, Later, Visit};

use super::scoped::Scope;
use crate::acts::papers::{Paper, keeper_of, usual};

#[derive(Template)]
#[template(path = "portal/paper.html")]
struct PaperPage {
    frame: Frame,
    /// The page's title, and the heading of the paper where that is another.
    banner: String,
    title: Option<&'static str>,
    picker: Option<Filters>,
    tree: Tree,
    fields: Vec<Told>,
    /// Number and day of the version; `None` where nothing was published yet.
    version: Option<(i64, String)>,
    versions: String,
    tools: Tools,
}

/// A field with what it says, a paragraph for each line.
struct Told {
    label: &'static str,
    lines: Vec<String>,
}

impl Told {
    fn of(field: PaperField, said: &dyn Fn(&str) -> Option<String>) -> Self {
        let text = said(field.key).unwrap_or_default();
        let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
        Self { label: field.label, lines: lines.map(str::to_owned).collect() }
    }
}

/// The guide of the site's own government.
pub(crate) async fn of_site(
    visit: &Visit,
    paper: Paper,
    frame: Frame,
    tree: Tree,
) -> Result<Html<String>, Fault> {
    let organ = Organ::find(visit.house.store(), &paper.organ).await?.ok_or(Fault::NotFound)?;
    let fields = fields_of(paper.kind, keeper_of(&organ)).into_iter();
    let page = PaperPage {
        banner: paper.kind.name().to_owned(),
        title: None,
        picker: None,
        fields: fields.map(|field| Told::of(field, &|key| paper.field(key))).collect(),
        versions: versions_path(visit, &paper.organ, paper.kind),
        version: Some((paper.number, paper.published_on.unwrap_or_default())),
        tools: Tools { copied: frame.title.clone(), ..Tools::default() },
        frame,
        tree,
    };
    web::page::answer(&page)
}

fn versions_path(visit: &Visit, organ: &str, kind: PaperKind) -> String {
    visit.site.link(&format!("/gongkai/jigou/{organ}/{}/banben", kind.slug()))
}

/// The paper of an organ: what it has published, otherwise what is known of it.
pub(crate) async fn of_organ(
    visit: &Visit,
    scope: &Scope,
    kind: PaperKind,
) -> Result<Html<String>, Fault> {
    let organ = &scope.organ;
    let paper = Paper::now(visit.house.store(), &organ.code, kind).await?;
    let today = visit.house.ledger().clock().today();
    let said = match &paper {
        Some(paper) => paper.said.clone(),
        None => usual(kind, organ, today),
    };
    let fields = fields_of(kind, scope.keeper).into_iter();
    let page = PaperPage {
        frame: scope.frame(visit, kind.name(), "信息公开指南"),
        banner: scope.banner(),
        title: Some(kind.name()),
        picker: Some(scope.picker(kind.slug())),
        tree: scope.tree(kind.slug()),
        fields: fields.map(|field| Told::of(field, &|key| said.get(key).cloned())).collect(),
        version: paper.map(|paper| (paper.number, paper.published_on.unwrap_or_default())),
        versions: versions_path(visit, &organ.code, kind),
        tools: Tools { copied: format!("{}{}", organ.name, kind.name()), ..Tools::default() },
    };
    web::page::answer(&page)
}

/// Which two versions are compared.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Wanted {
    cong: String,
    dao: String,
}

#[derive(Template)]
#[template(path = "portal/paper_versions.html")]
struct VersionsPage {
    frame: Frame,
    title: String,
    back: String,
    here: String,
    /// Numbers and days, the newest first.
    versions: Vec<(i64, String)>,
    compared: Option<Compared>,
}

struct Compared {
    from: i64,
    to: i64,
    /// What differs: field, before, after.
    rows: Vec<(&'static str, String, String)>,
}

/// Shows the versions of a paper, two of them side by side.
pub async fn versions(
    visit: Visit,
    Path((unit, slug)): Path<(String, String)>,
    Query(wanted): Query<Wanted>,
) -> Result<Html<String>, Fault> {
    let kind = PaperKind::of_slug(&slug).ok_or(Fault::NotFound)?;
    let scope = Scope::of(&visit, &unit).await?;
    if scope.is_service() {
        return Err(Fault::NotFound);
    }
    let papers = Paper::published(visit.house.store(), &unit, kind).await?;
    let fields = fields_of(kind, scope.keeper);
    let here = versions_path(&visit, &unit, kind);
    let page = VersionsPage {
        frame: scope.frame(&visit, &format!("{}的版本", kind.name()), "信息公开指南").unlisted(),
        title: format!("{}{}", scope.organ.name, kind.name()),
        back: here.trim_end_matches("/banben").to_owned(),
        here,
        compared: compared(&papers, &wanted, &fields)?,
        versions: papers
            .into_iter()
            .map(|paper| (paper.number, paper.published_on.unwrap_or_default()))
            .collect(),
    };
    web::page::answer(&page)
}

/// The two versions that are asked for, or the last two; `None` where there is only one.
fn compared(
    papers: &[Paper],
    wanted: &Wanted,
    fields: &[PaperField],
) -> Result<Option<Compared>, Fault> {
    let (Some(last), Some(before)) = (papers.first(), papers.get(1)) else { return Ok(None) };
    let chosen = |asked: &str, otherwise: i64| {
        let number = match asked.trim() {
            "" => Some(otherwise),
            asked => asked.parse().ok(),
        };
        let found = papers.iter().find(|paper| Some(paper.number) == number);
        found.ok_or_else(|| Fault::BadInput("没有这一版。请在本页的列表里选择。".into()))
    };
    let from = chosen(&wanted.cong, before.number)?;
    let to = chosen(&wanted.dao, last.number)?;
    let said = |paper: &Paper, field: &PaperField| paper.field(field.key).unwrap_or_default();
    let rows = fields.iter().map(|field| (field.label, said(from, field), said(to, field)));
    let rows = rows.filter(|(_, before, after)| before != after).collect();
    Ok(Some(Compared { from: from.number, to: to.number, rows }))
}

/// The versions of the guide of some organ that has one, otherwise of any.
pub fn sample(house: &House) -> Later<'_, Option<String>> {
    Box::pin(async move {
        let with = Paper::organs_with(house.store(), PaperKind::Guide).await?;
        let organs = Organ::all(house.store()).await?;
        let any = organs.iter().find(|organ| organ.kind != PUBLIC_SERVICE);
        let code = with.first().cloned().or_else(|| any.map(|organ| organ.code.clone()));
        Ok(code.map(|code| format!("/gongkai/jigou/{code}/zhinan/banben")))
    })
}

impl Page for PaperPage {
    fn samples() -> Vec<(&'static str, Self)> {
        let page = |version, title, picker| PaperPage {
            frame: Frame::sample("政府信息公开指南").within("gongkai").at("政府信息公开指南"),
            banner: "临湖区<民政局>政府信息公开".into(),
            title,
            picker,
            tree: Tree { heading: "信息公开栏目".into(), nodes: vec![] },
            fields: vec![
                Told { label: "政府信息的分类", lines: vec!["一".into(), "二".into()] },
                Told { label: "传真号码", lines: vec![] },
            ],
            version,
            versions: "/linhu/gongkai/jigou/LH01/zhinan/banben".into(),
            tools: Tools::default(),
        };
        let picker = Filters { action: "/linhu/x".into(), ..Filters::default() };
        vec![
            ("没有公布", page(None, Some("政府信息公开指南"), Some(picker))),
            ("第二版", page(Some((2, "2026-11-25".into())), None, None)),
        ]
    }
}

impl Page for VersionsPage {
    fn samples() -> Vec<(&'static str, Self)> {
        let page = |versions: Vec<(i64, String)>, compared| VersionsPage {
            frame: Frame::sample("版本").within("gongkai").at("版本"),
            title: "临湖区民政局政府信息公开指南".into(),
            back: "/linhu/gongkai/jigou/LH01/zhinan".into(),
            here: "/linhu/gongkai/jigou/LH01/zhinan/banben".into(),
            versions,
            compared,
        };
        let rows = vec![("联系电话", "0592-0000000".to_owned(), "0592-0000001".to_owned())];
        let (one, two) = ((1, "2026-11-20".to_owned()), (2, "2026-11-25".to_owned()));
        vec![
            ("没有", page(vec![], None)),
            ("两版", page(vec![two, one], Some(Compared { from: 1, to: 2, rows }))),
        ]
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_pages_of_papers_are_sound() {
        assert_eq!(web::page::faults::<super::PaperPage>(), Vec::<String>::new());
        assert_eq!(web::page::faults::<super::VersionsPage>(), Vec::<String>::new());
    }
}
