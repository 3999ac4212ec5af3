//! `/gongzuo/nianbao/{id}/biao/{section}`: the numbers of one table.

use std::collections::BTreeMap;

use askama::Template;
use axum::extract::Path;
use axum::response::{Html, Response};
use reports_rules::{Cell, CellPlace, Section};
use review::Signatory;
use web::workbench::{Submitted, Workbench};
use web::{Clerk, Fault, Visit};

use super::version::mark;
use super::{DRAFT, desk_of, list, seen, sent_to, version_for};
use crate::acts::drafting;
use crate::grid::{self, Datum, Grid};
use crate::store::{Content, Origin};

#[derive(Template)]
#[template(path = "workbench/table.html")]
struct TablePage {
    desk: Workbench,
    heading: &'static str,
    seen: String,
    grids: Vec<Grid>,
    taken: bool,
    note: &'static str,
    nothing: &'static str,
    back: String,
}

/// The section with that word, where it is a table.
fn section_of(word: &str) -> Result<Section, Fault> {
    let found = Section::ALL.into_iter().find(|section| section.word() == word);
    found.filter(|section| section.is_table()).ok_or(Fault::NotFound)
}

/// Shows the form.
pub async fn show(
    visit: Visit,
    clerk: Clerk,
    Path((id, section)): Path<(String, String)>,
) -> Result<Html<String>, Fault> {
    let section = section_of(&section)?;
    let version = version_for(&visit, &clerk, DRAFT, &id).await?;
    let content = Content::of(visit.house.store(), &id).await?;
    let tables = content.tables(version.origin);
    let typed: Vec<CellPlace> = drafting::typed_places(section, version.origin).collect();
    let desk = Workbench::of(&visit, clerk, "nianbao", section.title()).await?;
    let desk = desk.under("年度报告", list::PATH).under(&version.title, &version.desk_path());
    let draw = &mut |place: CellPlace| {
        let own = content.cells.get(&place).map(|cell| &cell.value);
        match typed.contains(&place) {
            true => Datum {
                text: own
                    .filter(|cell| **cell != Cell::Absent)
                    .map(ToString::to_string)
                    .unwrap_or_default(),
                field: Some(place.to_string()),
                label: place.words(),
                mark: mark(&content, place, version.origin),
                ..Datum::default()
            },
            false => Datum::text(grid::shown(tables.cell(place))),
        }
    };
    let page = TablePage {
        heading: section.title(),
        seen: drafting::print_of_cells(&content, section),
        grids: grid::of(section, version.layout(), draw),
        taken: version.origin == Origin::Taken,
        note: drafting::NOTE,
        nothing: drafting::NOTHING,
        back: visit.site.link(&version.desk_path()),
        desk,
    };
    web::page::answer(&page)
}

/// Keeps the numbers.
pub async fn act(
    visit: Visit,
    clerk: Clerk,
    Path((id, section)): Path<(String, String)>,
    form: Submitted,
) -> Result<Response, Fault> {
    let section = section_of(&section)?;
    let version = version_for(&visit, &clerk, DRAFT, &id).await?;
    let nothing = if form.has(drafting::NOTHING) { "0" } else { "" };
    let text = |place: &CellPlace| match form.get(&place.to_string()) {
        text if text.trim().is_empty() => nothing.to_owned(),
        text => text.to_owned(),
    };
    let given: BTreeMap<CellPlace, String> = drafting::typed_places(section, version.origin)
        .filter(|place| form.has(&place.to_string()))
        .map(|place| (place, text(&place)))
        .collect();
    let desk = desk_of(&visit, &clerk).await?;
    let (by, note) = (Signatory::of(&clerk), form.get(drafting::NOTE));
    let seen_before = (section, form.get("kan"));
    seen(drafting::keep_cells(desk, &by, &id, seen_before, &given, note).await)?;
    Ok(sent_to(&visit, &format!("{}?done=shu#{}", version.desk_path(), section.word())))
}
