//! `/mulu/{domain}/banben/{number}/{other}`: what two versions of a catalogue say differently, row by
//! row and cell by cell, and what each catalogue below made of it; with `shangji` in place of the other
//! number, what a version says otherwise than the catalogue above.

use std::collections::HashMap;

use askama::Template;
use axum::extract::Path;
use axum::response::Html;
use catalogue_rules::{CellChange, Change, Item, RowChange, compare};
use web::components::{Empty, Tag};
use web::layout::Frame;
use web::{Fault, Visit};

use super::history::{counted, word};
use super::version::{above_of, said};
use super::versions::{Line, Shown, called, history_of};
use crate::store::{AdjustmentState, Departure, KeyedItem, LayerDecision, Version};
use crate::words::item_name;

/// What stands in the place of a number for the catalogue above.
const ABOVE: &str = "shangji";

#[derive(Template)]
#[template(path = "portal/difference.html")]
struct DifferencePage {
    frame: Frame,
    heading: String,
    organ: String,
    summary: String,
    left: String,
    right: String,
    rows: Vec<DifferentRow>,
    history: String,
    version: String,
}

/// A row that is not the same on both sides.
struct DifferentRow {
    name: String,
    href: String,
    mark: Tag,
    note: Option<String>,
    cells: Vec<CellChange>,
    below: Vec<String>,
}

/// Shows what two versions, or a version and the catalogue above, say differently.
pub async fn show(
    visit: Visit,
    Path((slug, number, other)): Path<(String, String, String)>,
) -> Result<Html<String>, Fault> {
    let line = Line::of(&visit, &slug).await?;
    let shown = line.shown.as_ref().ok_or(Fault::NotFound)?;
    let one = shown.numbered(&number).ok_or(Fault::NotFound)?;
    if other == ABOVE {
        return above(&visit, &line, shown, one).await;
    }
    let two = shown.numbered(&other).ok_or(Fault::NotFound)?;
    between(&visit, &line, shown, one, two).await
}

async fn between(
    visit: &Visit,
    line: &Line,
    shown: &Shown,
    one: &Version,
    two: &Version,
) -> Result<Html<String>, Fault> {
    let store = visit.house.store();
    let before = KeyedItem::all(store, &one.id).await?;
    let after = KeyedItem::all(store, &two.id).await?;
    let changes = compare(
        &before.iter().map(KeyedItem::keyed).collect::<Vec<_>>(),
        &after.iter().map(KeyedItem::keyed).collect::<Vec<_>>(),
    );
    let later = if one.number > two.number { one } else { two };
    let mut below = below(visit, later).await?;
    let base = visit.site.link(&format!("/mulu/{}", line.slug));
    let history = history_of(visit, &shown.catalogue.division, &line.slug);
    let row = |change: &RowChange| DifferentRow {
        name: item_name(change.item()),
        href: format!("{base}/{}", change.key),
        mark: mark(word(&change.change)),
        note: None,
        cells: cells(&change.change),
        below: below.remove(&change.key).unwrap_or_default(),
    };
    let heading = format!("{}与{}的差异", called(one), called(two));
    let page = DifferencePage {
        frame: frame(visit, line, &heading),
        heading,
        organ: shown.organ.short_name.clone(),
        summary: counted(&changes),
        left: called(one),
        right: called(two),
        rows: changes.iter().filter(|change| change.is_substance()).map(row).collect(),
        version: format!("{history}/{}", two.number),
        history,
    };
    web::page::answer(&page)
}

/// What each catalogue below made of the rows that a version changed, in words, by row.
async fn below(visit: &Visit, version: &Version) -> Result<HashMap<String, Vec<String>>, Fault> {
    let mut below: HashMap<String, Vec<String>> = HashMap::new();
    for decision in LayerDecision::on(visit.house.store(), &version.id).await? {
        below.entry(decision.item.clone()).or_default().push(decided(&decision));
    }
    Ok(below)
}

async fn above(
    visit: &Visit,
    line: &Line,
    shown: &Shown,
    version: &Version,
) -> Result<Html<String>, Fault> {
    let store = visit.house.store();
    let above = above_of(visit, version).await?.ok_or(Fault::NotFound)?;
    let base = visit.site.link(&format!("/mulu/{}", line.slug));
    let history = history_of(visit, &shown.catalogue.division, &line.slug);
    let row = |row: &Departure| DifferentRow {
        name: row.item().map(item_name).unwrap_or_default(),
        href: row.ours.as_ref().map(|_| format!("{base}/{}", row.key)).unwrap_or_default(),
        mark: mark(row.treatment.name()),
        note: row.treatment.reason().map(str::to_owned),
        cells: row.cells(),
        below: vec![],
    };
    let rows: Vec<DifferentRow> =
        Departure::all(store, &version.id).await?.iter().map(row).collect();
    let heading = format!("{}与{}的差异", called(version), above);
    let page = DifferencePage {
        frame: frame(visit, line, &heading),
        heading,
        organ: shown.organ.short_name.clone(),
        summary: "没有列出的事项都照用，公开主体为本级机关".into(),
        left: above,
        right: called(version),
        rows,
        version: format!("{history}/{}", version.number),
        history,
    };
    web::page::answer(&page)
}

fn frame(visit: &Visit, line: &Line, heading: &str) -> Frame {
    let history = format!("/mulu/{}/banben", line.slug);
    line.frame(visit, heading).under("历次版本", &history).at(heading)
}

fn mark(word: &str) -> Tag {
    match word {
        "新增" => Tag::good(word),
        "取消" | "不适用" => Tag::void(word),
        word => Tag::info(word),
    }
}

/// The cells of a row that came, went or says something else; numbers are left out.
fn cells(change: &Change) -> Vec<CellChange> {
    let nothing = Item::default();
    let cells = match change {
        Change::Added { item, .. } => CellChange::between(&nothing, item),
        Change::Ended { item } => CellChange::between(item, &nothing),
        Change::Changed { cells, .. } => cells.clone(),
        Change::Moved { .. } => vec![],
    };
    cells.into_iter().filter(|cell| cell.column.is_substance()).collect()
}

/// What a catalogue below made of a change, in words.
fn decided(decision: &LayerDecision) -> String {
    let LayerDecision { organ, state, reason, treatment, .. } = decision;
    match (state, reason, treatment) {
        (AdjustmentState::Refused | AdjustmentState::Maintained, Some(reason), _) => {
            format!("{organ}：{}，理由：{reason}", state.name())
        }
        (AdjustmentState::Open, ..) => format!("{organ}：还没有公布决定"),
        (state, _, Some(treatment)) => format!("{organ}：{}，{}", state.name(), said(treatment)),
        (state, _, None) => format!("{organ}：{}", state.name()),
    }
}

impl DifferencePage {
    fn empty(&self) -> Empty {
        Empty::new("没有不同")
            .because("两边的事项、内容、依据、时限、主体、渠道都一样。")
            .way("历次版本", self.history.clone())
    }
}
