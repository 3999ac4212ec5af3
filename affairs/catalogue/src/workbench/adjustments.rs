//! `/gongzuo/mulu/{domain}/tiaozheng`: what changed above, on its three sides, and what is made of it
//! here, row by row.

use std::collections::HashMap;

use askama::Template;
use axum::extract::{Path, Query};
use axum::response::{Html, IntoResponse, Response};
use catalogue_rules::{
    AdjustmentKind, CellSides, ChangedBy, Column, Decision, Item, ThreeSides, Treatment,
};
use law::Date;
use ledger::day_in_china;
use serde::Deserialize;
use web::components::{Empty, ErrorSummary, FieldError, Tag, Tone};
use web::workbench::{Submitted, Workbench};
use web::{Clerk, Fault, Visit, icons};

use super::bench::{Bench, Rows};
use super::{sent_to, words_of};
use crate::acts::adjustment;
use crate::store::{AdjustmentEntry, AdjustmentState, KeyedItem};
use crate::words::item_name;

#[derive(Template)]
#[template(path = "workbench/adjustments.html")]
struct AdjustmentsPage {
    desk: Workbench,
    domain: String,
    above: String,
    waiting: Vec<Waiting>,
    /// The keys of those that can be accepted without losing anything of ours.
    smooth: Vec<String>,
    decided: Vec<Decided>,
    open: bool,
    errors: Vec<FieldError>,
    back: String,
}

/// One row that changed above.
struct Waiting {
    id: String,
    name: String,
    group: String,
    /// It is no longer there above.
    gone: bool,
    kind: Tag,
    raised_on: Option<Date>,
    cells: Vec<SideCell>,
    /// Columns changed on both sides, which may be given up.
    collided: Vec<(String, String)>,
    adapt: String,
    reason: String,
    wrong: Option<String>,
    /// Why it does not apply here, where that was decided.
    aside: Option<String>,
}

struct SideCell {
    column: String,
    base: String,
    above: String,
    ours: String,
    changed_by: Tag,
}

struct Decided {
    name: String,
    state: Tag,
    reason: String,
    day: String,
}

/// What was done just now.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Done {
    done: String,
}

const SAID: &[(&str, &str)] = &[
    ("accepted", "已采纳，写入草稿。发布之后对外公开。"),
    ("refused", "已记下不采纳和理由。发布之后对外公开。"),
    ("adapted", "已按本级情况改编，写入草稿。"),
    ("maintained", "这一项维持不适用，理由已记下。发布之后对外公开。"),
    ("taken_in", "这一项已列入草稿，照用上级的内容。发布之后对外公开。"),
];

/// A change above with the row on its three sides.
pub(super) struct Change {
    /// The change.
    pub(super) entry: AdjustmentEntry,
    /// As it stood above when it was decided on.
    pub(super) base: Option<Item>,
    /// As it stands above now.
    pub(super) above: Option<Item>,
    /// As it stands here.
    pub(super) ours: Option<Item>,
    /// What was decided on it.
    pub(super) treatment: Option<Treatment>,
}

impl Change {
    /// Its three sides.
    pub(super) fn sides(&self) -> ThreeSides<'_> {
        ThreeSides {
            base: self.base.as_ref(),
            above: self.above.as_ref(),
            ours: self.ours.as_ref(),
            treatment: self.treatment.as_ref(),
        }
    }

    /// What the row is called.
    pub(super) fn name(&self) -> String {
        let known = self.above.as_ref().or(self.ours.as_ref()).or(self.base.as_ref());
        known.map_or_else(|| self.entry.item.clone(), item_name)
    }

    /// The 一级事项 it stands under.
    fn group(&self) -> String {
        let known = self.above.as_ref().or(self.ours.as_ref()).or(self.base.as_ref());
        known.and_then(|item| item.level1.clone()).unwrap_or_default()
    }

    /// Why the row does not apply here, where that was decided.
    fn standing(&self) -> Option<&str> {
        let is_out = self.sides().is_not_applicable();
        self.treatment.as_ref().filter(|_| is_out).and_then(Treatment::reason)
    }

    /// Whether taking over what changed above leaves everything of ours as it is.
    fn is_smooth(&self) -> bool {
        let cells = self.sides().adjustment().map(|one| one.cells).unwrap_or_default();
        let collides = cells.iter().any(|cell| cell.changed_by == ChangedBy::Both);
        !collides && self.sides().settle(&Decision::Accept { giving_up: vec![] }).is_ok()
    }
}

/// Every change above of the bench's catalogue, decided or not, oldest first.
///
/// # Errors
/// The database refuses.
pub(super) async fn changes(visit: &Visit, bench: &Bench) -> Result<Vec<Change>, Fault> {
    let store = visit.house.store();
    let Some(catalogue) = &bench.catalogue else { return Ok(vec![]) };
    let rows: Rows = bench.rows(visit).await?;
    let ours: HashMap<&str, &Item> =
        rows.ours.iter().map(|row| (row.key.as_str(), &row.item)).collect();
    let taken: HashMap<&str, &Treatment> =
        rows.taken.iter().map(|row| (row.item.as_str(), &row.treatment)).collect();
    let mut versions: HashMap<String, HashMap<String, Item>> = HashMap::new();
    let mut changes = Vec::new();
    for entry in AdjustmentEntry::of(store, &catalogue.id).await? {
        for version in entry.above_from.iter().chain([&entry.above_to]) {
            if !versions.contains_key(version) {
                let items = KeyedItem::all(store, version).await?;
                let items = items.into_iter().map(|row| (row.key, row.item)).collect();
                versions.insert(version.clone(), items);
            }
        }
        let at = |version: &str| versions.get(version).and_then(|rows| rows.get(&entry.item));
        changes.push(Change {
            base: entry.above_from.as_deref().and_then(at).cloned(),
            above: at(&entry.above_to).cloned(),
            ours: ours.get(entry.item.as_str()).map(|item| (*item).clone()),
            treatment: taken.get(entry.item.as_str()).map(|one| (*one).clone()),
            entry,
        });
    }
    Ok(changes)
}

/// Shows what changed above.
pub async fn show(
    visit: Visit,
    clerk: Clerk,
    Path(slug): Path<String>,
    Query(done): Query<Done>,
) -> Result<Html<String>, Fault> {
    let bench = Bench::of(&visit, &clerk, &slug).await?;
    page(&visit, clerk, &bench, &done.done, None).await
}

/// A decision that could not stand: on which change, with which reason, and why.
struct Refusal {
    id: String,
    reason: String,
    words: String,
}

async fn page(
    visit: &Visit,
    clerk: Clerk,
    bench: &Bench,
    done: &str,
    refusal: Option<Refusal>,
) -> Result<Html<String>, Fault> {
    let mut desk = bench.desk_below(visit, clerk, "上级调整").await?.saying(done, SAID);
    if refusal.is_some() {
        desk = desk.with_errors();
    }
    let all = changes(visit, bench).await?;
    let (open, settled): (Vec<_>, Vec<_>) =
        all.iter().partition(|change| change.entry.state == AdjustmentState::Open);
    let link = |rest: &str| visit.site.link(&bench.path(rest));
    let smooth = open.iter().filter(|change| change.is_smooth());
    let told = |change: &&&Change| change.entry.state != AdjustmentState::Superseded;
    let page = AdjustmentsPage {
        domain: bench.domain.name.clone(),
        above: bench.above.as_ref().map(|one| one.organ.clone()).unwrap_or_default(),
        smooth: smooth.map(|change| change.entry.id.clone()).collect(),
        waiting: open.iter().map(|one| Waiting::of(one, refusal.as_ref(), &link)).collect(),
        decided: settled.iter().filter(told).map(|one| Decided::of(one)).collect(),
        open: bench.draft.is_none() || bench.is_open(),
        errors: refusal
            .map(|refusal| FieldError {
                field: format!("liyou-{}", refusal.id),
                message: refusal.words,
            })
            .into_iter()
            .collect(),
        back: link(""),
        desk,
    };
    web::page::answer(&page)
}

impl Waiting {
    fn of(change: &Change, refusal: Option<&Refusal>, link: &impl Fn(&str) -> String) -> Self {
        let cells = change.sides().adjustment().map(|one| one.cells).unwrap_or_default();
        let id = change.entry.id.clone();
        let refusal = refusal.filter(|refusal| refusal.id == id);
        let collided = cells.iter().filter(|cell| cell.changed_by != ChangedBy::Above);
        let gone = change.entry.kind == AdjustmentKind::Ended;
        // What left the table above altogether needs no comparison cell by cell.
        let told = |cell: &CellSides| {
            let other = matches!(cell.column, Column::Other(_));
            let mere_end = gone && cell.changed_by == ChangedBy::Above;
            !other && !mere_end
        };
        Self {
            name: change.name(),
            group: change.group(),
            gone,
            kind: kind_tag(change.entry.kind),
            raised_on: change.entry.raised_on,
            collided: collided
                .map(|cell| (cell.column.name().to_owned(), String::from(cell.column.clone())))
                .collect(),
            cells: cells.into_iter().filter(told).map(SideCell::of).collect(),
            adapt: link(&format!("/tiaozheng/{id}")),
            reason: refusal.map(|one| one.reason.clone()).unwrap_or_default(),
            wrong: refusal.map(|one| one.words.clone()),
            aside: change.standing().map(str::to_owned),
            id,
        }
    }
}

impl SideCell {
    fn of(cell: CellSides) -> Self {
        let changed_by = match cell.changed_by {
            ChangedBy::Above => Tag::marked(Tone::Info, icons::INFO, cell.changed_by.name()),
            ChangedBy::Here => Tag::marked(Tone::Plain, icons::PEN, cell.changed_by.name()),
            ChangedBy::Both => Tag::marked(Tone::Warn, icons::ALERT, cell.changed_by.name()),
        };
        Self {
            column: cell.column.name().to_owned(),
            base: cell.base,
            above: cell.above,
            ours: cell.ours,
            changed_by,
        }
    }
}

fn kind_tag(kind: AdjustmentKind) -> Tag {
    match kind {
        AdjustmentKind::Added => Tag::marked(Tone::Good, icons::LIST, kind.name()),
        AdjustmentKind::Changed => Tag::marked(Tone::Info, icons::PEN, kind.name()),
        AdjustmentKind::Ended => Tag::void(kind.name()),
    }
}

impl Decided {
    fn of(change: &Change) -> Self {
        let entry = &change.entry;
        let state = match entry.state {
            AdjustmentState::Refused | AdjustmentState::Maintained => Tag::void(entry.state.name()),
            state => Tag::good(state.name()),
        };
        let day = entry.decided_at.as_deref().and_then(store::parse_moment).map(day_in_china);
        Self {
            name: change.name(),
            state,
            reason: entry.reason.clone().unwrap_or_default(),
            day: day.map(|day| day.to_string()).unwrap_or_default(),
        }
    }
}

/// Decides on one change, or accepts all that collide with nothing of ours.
pub async fn act(
    visit: Visit,
    clerk: Clerk,
    Path(slug): Path<String>,
    form: Submitted,
) -> Result<Response, Fault> {
    let bench = Bench::of(&visit, &clerk, &slug).await?;
    let ids: Vec<String> = form.all("id").map(str::to_owned).collect();
    own(&visit, &bench, &ids).await?;
    let (decision, done) = match form.get("do") {
        "accept" => (Decision::Accept { giving_up: giving_up(&form) }, "accepted"),
        "refuse" => (Decision::Refuse { reason: form.get("liyou").trim().into() }, "refused"),
        "maintain" => {
            let reason = form.words("liyou").map(str::to_owned);
            (Decision::Maintain { reason }, "maintained")
        }
        "take_in" => (Decision::TakeIn, "taken_in"),
        _ => return Err(Fault::WrongMethod),
    };
    let desk = visit.house.ledger().desk(clerk.actor()).await?;
    match adjustment::decide_all(desk, &ids, &decision).await {
        Ok(_) => Ok(sent_to(&visit, &bench.path(&format!("/tiaozheng?done={done}")))),
        Err(error) => {
            let refusal = Refusal {
                id: ids.first().cloned().unwrap_or_default(),
                reason: form.get("liyou").trim().into(),
                words: words_of(error)?,
            };
            Ok(page(&visit, clerk, &bench, "", Some(refusal)).await?.into_response())
        }
    }
}

/// Only changes of the catalogue at hand are decided on here.
///
/// # Errors
/// One belongs to another catalogue, or the database refuses.
pub(super) async fn own(visit: &Visit, bench: &Bench, ids: &[String]) -> Result<(), Fault> {
    let catalogue = bench.catalogue()?;
    let ours = AdjustmentEntry::of(visit.house.store(), &catalogue.id).await?;
    let foreign = ids.iter().any(|id| !ours.iter().any(|entry| entry.id == *id));
    if foreign || ids.is_empty() {
        return Err(Fault::Refused("没有这一项上级调整。请刷新页面再看。".into()));
    }
    Ok(())
}

fn giving_up(form: &Submitted) -> Vec<Column> {
    form.all("fangqi").map(|name| Column::from(name.to_owned())).collect()
}

impl AdjustmentsPage {
    fn summary(&self) -> ErrorSummary {
        ErrorSummary(self.errors.clone())
    }

    fn empty(&self) -> Empty {
        Empty::new("没有待决定的上级调整")
            .because("上级发布新版本以后，改动的事项会逐项出现在这里；本级目录不会自己变。")
            .way("回目录", self.back.clone())
    }
}
