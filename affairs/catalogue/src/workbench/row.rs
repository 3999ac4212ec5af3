//! `/gongzuo/mulu/{domain}/{item}`: one row with all its columns, beside what the check says of it and
//! how it stands above.

use askama::Template;
use axum::extract::{Path, Query};
use axum::response::{Html, IntoResponse, Response};
use catalogue_rules::{Column, Item, Treatment};
use serde::Deserialize;
use web::components::{ErrorSummary, Tag, Tone};
use web::workbench::{Submitted, Workbench};
use web::{Clerk, Fault, Visit};

use super::bench::{Bench, Rows};
use super::checking::{Check, Findings, Said};
use super::draft::treatment_tag;
use super::row_form::RowForm;
use super::{wishes, words_of};
use crate::acts::{ActError, row, treatment};
use crate::words::item_name;

#[derive(Template)]
#[template(path = "workbench/row.html")]
pub(super) struct RowPage {
    desk: Workbench,
    title: String,
    form: RowForm,
    /// It can be changed now.
    open: bool,
    /// There is a draft.
    drafted: bool,
    /// It stands in our catalogue.
    here: bool,
    /// It is new and has not been kept.
    new: bool,
    /// A change above is taken over in words of our own.
    adapting: bool,
    tag: Option<Tag>,
    above: Option<AboveRow>,
    /// Where the row now says something else than what was filled in, after somebody else changed it.
    now: Vec<Cell>,
    findings: Findings,
    back: String,
}

/// The row as it stands above.
struct AboveRow {
    organ: String,
    cells: Vec<Cell>,
}

/// One column on both sides.
struct Cell {
    name: String,
    above: String,
    ours: String,
    same: bool,
}

/// What was done just now.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Done {
    done: String,
}

const SAID: &[(&str, &str)] = &[
    ("kept", "这一行已保存到草稿。"),
    ("added", "已新增这一行。"),
    ("restored", "已改回与上级一致。"),
];

const COLUMNS: [Column; 12] = [
    Column::Level1,
    Column::Level2,
    Column::Level3,
    Column::Elements,
    Column::Basis,
    Column::TimeLimit,
    Column::Subjects,
    Column::Channels,
    Column::Audience,
    Column::Methods,
    Column::Levels,
    Column::Stage,
];

/// A row with what surrounds it.
struct Found {
    bench: Bench,
    rows: Rows,
    key: String,
}

impl Found {
    async fn of(visit: &Visit, clerk: &Clerk, slug: &str, key: &str) -> Result<Self, Fault> {
        let bench = Bench::of(visit, clerk, slug).await?;
        let rows = bench.rows(visit).await?;
        let found = Self { bench, rows, key: key.to_owned() };
        if found.ours().is_none() && found.above().is_none() {
            return Err(Fault::NotFound);
        }
        Ok(found)
    }

    fn ours(&self) -> Option<&Item> {
        let found = self.rows.ours.iter().find(|row| row.key == self.key);
        found.map(|row| &row.item)
    }

    fn above(&self) -> Option<&Item> {
        let found = self.rows.above.iter().find(|row| row.key == self.key);
        found.map(|row| &row.item)
    }

    fn treatment(&self) -> Option<&Treatment> {
        let found = self.rows.taken.iter().find(|taken| taken.item == self.key);
        found.map(|taken| &taken.treatment)
    }

    fn level_columns(&self) -> Vec<String> {
        level_columns(&self.bench)
    }

    fn form(&self) -> RowForm {
        let item = self.ours().or(self.above()).cloned().unwrap_or_default();
        let reason = self.treatment().and_then(Treatment::reason);
        RowForm::showing(item, self.level_columns(), reason)
    }
}

/// The labels of the 公开层级 columns of a catalogue.
pub(super) fn level_columns(bench: &Bench) -> Vec<String> {
    let own = bench.worked_on().map(|version| version.level_columns.clone());
    let above = bench.above.as_ref().map(|one| one.version.level_columns.clone());
    own.filter(|columns| !columns.is_empty()).or(above).unwrap_or_default()
}

/// Shows a row.
pub async fn show(
    visit: Visit,
    clerk: Clerk,
    Path((slug, key)): Path<(String, String)>,
    Query(done): Query<Done>,
) -> Result<Html<String>, Fault> {
    let found = Found::of(&visit, &clerk, &slug, &key).await?;
    let form = found.form();
    page(&visit, clerk, &found, form, &done.done).await
}

async fn page(
    visit: &Visit,
    clerk: Clerk,
    found: &Found,
    form: RowForm,
    done: &str,
) -> Result<Html<String>, Fault> {
    let (bench, here) = (&found.bench, found.ours().is_some());
    let title = item_name(found.ours().or(found.above()).unwrap_or(&form.item));
    let mut desk = bench.desk_below(visit, clerk, &title).await?.saying(done, SAID);
    if !form.errors.is_empty() {
        desk = desk.with_errors();
    }
    let findings = checked(visit, found, &form).await?;
    let above = found.above().zip(bench.above.as_ref()).map(|(item, above)| AboveRow {
        organ: above.organ.clone(),
        cells: cells(item, found.ours()),
    });
    let page = RowPage {
        desk,
        title,
        open: bench.is_open(),
        drafted: bench.draft.is_some(),
        here,
        new: false,
        adapting: false,
        tag: found.treatment().filter(|_| bench.above.is_some()).map(treatment_tag),
        above,
        now: if form.overtaken { overtaken(found, &form.item) } else { vec![] },
        findings,
        form,
        back: visit.site.link(&bench.path("")),
    };
    web::page::answer(&page)
}

/// What the check says of the row as the form has it.
async fn checked(visit: &Visit, found: &Found, form: &RowForm) -> Result<Findings, Fault> {
    let Some(at) = found.rows.ours.iter().position(|row| row.key == found.key) else {
        return Ok(Findings(vec![]));
    };
    let mut items: Vec<Item> = found.rows.ours.iter().map(|row| row.item.clone()).collect();
    if let Some(item) = items.get_mut(at) {
        *item = form.item.clone();
    }
    let check = Check::of(visit, &found.bench.organ.division).await?;
    let all = check.findings(items, &found.bench.domain.name, None);
    let own = all.iter().filter(|finding| finding.item == Some(at + 1));
    Ok(Findings(own.map(Said::of).collect()))
}

/// The columns in which the row as it stands differs from what was filled in.
fn overtaken(found: &Found, filled: &Item) -> Vec<Cell> {
    let mut cells = found.ours().map(|now| cells(now, Some(filled))).unwrap_or_default();
    cells.retain(|cell| !cell.same);
    cells
}

fn cells(above: &Item, ours: Option<&Item>) -> Vec<Cell> {
    let cell = |column: &Column| {
        let there = column.words(above);
        let here = ours.map(|item| column.words(item)).unwrap_or_default();
        let same = ours.is_some_and(|item| column.is_same(above, item));
        let name = column.name().to_owned();
        (!there.is_empty() || !here.is_empty()).then_some(Cell {
            name,
            above: there,
            ours: here,
            same,
        })
    };
    COLUMNS.iter().filter_map(cell).collect()
}

/// Keeps a row, goes back to what stands above, declines it or takes it out.
pub async fn act(
    visit: Visit,
    clerk: Clerk,
    Path((slug, key)): Path<(String, String)>,
    form: Submitted,
) -> Result<Response, Fault> {
    let found = Found::of(&visit, &clerk, &slug, &key).await?;
    let mut filled = match form.get("do") {
        "keep" => {
            let known = found.ours().cloned().unwrap_or_default();
            RowForm::filled(&form, found.level_columns(), known.extra, known.domain)
        }
        _ => found.form(),
    };
    if !filled.errors.is_empty() {
        return Ok(page(&visit, clerk, &found, filled, "").await?.into_response());
    }
    match carry_out(&visit, &clerk, &found, &form, &filled).await? {
        Ok(to) => Ok(super::sent_to(&visit, &to)),
        Err((field, words)) => {
            if form.get("do") != "keep" {
                filled.reason = form.get("liyou").trim().into();
            }
            filled.refuse(field, words);
            let mut found = found;
            if field == NOW {
                // What was filled in stays; the next word to keep it is given in view of this.
                found = Found::of(&visit, &clerk, &slug, &key).await.unwrap_or(found);
                (filled.overtaken, filled.seen) = (true, found.form().seen);
            }
            Ok(page(&visit, clerk, &found, filled, "").await?.into_response())
        }
    }
}

/// Where the page shows what the row says now.
const NOW: &str = "xianzai";

/// A field and what is wrong with it.
type Wrong = (&'static str, String);

async fn carry_out(
    visit: &Visit,
    clerk: &Clerk,
    found: &Found,
    form: &Submitted,
    filled: &RowForm,
) -> Result<Result<String, Wrong>, Fault> {
    let bench = &found.bench;
    bench.draft()?;
    if form.get("do") == "keep" {
        return keep(visit, clerk, found, filled).await;
    }
    let (catalogue, key) = (bench.catalogue()?.id.as_str(), found.key.as_str());
    let desk = visit.house.ledger().desk(clerk.actor()).await?;
    let reason = form.get("liyou").trim();
    let back = |done: &str| bench.path(&format!("?done={done}"));
    let done = match form.get("do") {
        "as_is" => treatment::set(desk, catalogue, key, Treatment::AsIs)
            .await
            .map(|_| bench.path(&format!("/{key}?done=restored"))),
        "decline" => {
            let declined = Treatment::NotApplicable { reason: reason.into() };
            treatment::set(desk, catalogue, key, declined).await.map(|_| back("declined"))
        }
        "remove" => row::end(desk, catalogue, key, Some(reason)).await.map(|()| back("removed")),
        _ => return Err(Fault::WrongMethod),
    };
    told(done)
}

/// Keeps the row as filled in, with the reason for it.
async fn keep(
    visit: &Visit,
    clerk: &Clerk,
    found: &Found,
    filled: &RowForm,
) -> Result<Result<String, Wrong>, Fault> {
    let (bench, ledger) = (&found.bench, visit.house.ledger());
    let catalogue = bench.catalogue()?.id.as_str();
    let desk = ledger.desk(clerk.actor()).await?;
    let written = row::Writing {
        item: filled.item.clone(),
        reason: Some(&filled.reason),
        seen: Some(&filled.seen),
    };
    let kept = row::write(desk, catalogue, Some(&found.key), written).await;
    told(kept.map(|kept| bench.path(&format!("/{}?done=kept", kept.key))))
}

/// Where to go on, or which field is wrong.
fn told(done: Result<String, ActError>) -> Result<Result<String, Wrong>, Fault> {
    let error = match done {
        Ok(to) => return Ok(Ok(to)),
        Err(error) => error,
    };
    let field = match &error {
        ActError::NoReason => "liyou",
        ActError::Overwritten => NOW,
        _ => "yiji",
    };
    Ok(Err((field, words_of(error)?)))
}

/// From what a new row is made.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Seed {
    /// What people looked for and did not find.
    xuqiu: String,
}

/// Shows an empty row to fill in, or one that is named after what people looked for.
pub async fn blank(
    visit: Visit,
    clerk: Clerk,
    Path(slug): Path<String>,
    Query(from): Query<Seed>,
) -> Result<Html<String>, Fault> {
    let bench = Bench::of(&visit, &clerk, &slug).await?;
    let level2 = Some(from.xuqiu).filter(|words| !words.is_empty());
    let item = Item { level2, ..Item::default() };
    let form = RowForm::showing(item, level_columns(&bench), None);
    new_page(&visit, clerk, &bench, form).await
}

async fn new_page(
    visit: &Visit,
    clerk: Clerk,
    bench: &Bench,
    form: RowForm,
) -> Result<Html<String>, Fault> {
    let mut desk = bench.desk_below(visit, clerk, "新增一行").await?;
    if !form.errors.is_empty() {
        desk = desk.with_errors();
    }
    let page = RowPage {
        desk,
        title: "新增一行".into(),
        form,
        open: bench.is_open(),
        drafted: bench.draft.is_some(),
        here: true,
        new: true,
        adapting: false,
        tag: None,
        above: None,
        now: vec![],
        findings: Findings(vec![]),
        back: visit.site.link(&bench.path("")),
    };
    web::page::answer(&page)
}

/// Keeps a new row.
pub async fn add(
    visit: Visit,
    clerk: Clerk,
    Path(slug): Path<String>,
    Query(from): Query<Seed>,
    form: Submitted,
) -> Result<Response, Fault> {
    let bench = Bench::of(&visit, &clerk, &slug).await?;
    bench.draft()?;
    let domain = Some(bench.domain.name.clone());
    let mut filled = RowForm::filled(&form, level_columns(&bench), Default::default(), domain);
    if filled.errors.is_empty() {
        let desk = visit.house.ledger().desk(clerk.actor()).await?;
        let reason = Some(filled.reason.as_str());
        let written = row::Writing { item: filled.item.clone(), reason, seen: None };
        let catalogue = bench.catalogue()?.id.as_str();
        let kept = match from.xuqiu.as_str() {
            "" => row::write(desk, catalogue, None, written).await,
            words => {
                let wanted = wishes::adopted(&clerk, words, &bench.domain.name);
                row::write_wanted(desk, catalogue, written, wanted).await
            }
        };
        match kept {
            Ok(kept) => {
                let to = bench.path(&format!("/{}?done=added", kept.key));
                return Ok(super::sent_to(&visit, &to));
            }
            Err(error) => filled.refuse("yiji", words_of(error)?),
        }
    }
    Ok(new_page(&visit, clerk, &bench, filled).await?.into_response())
}

impl RowPage {
    /// The row that a change above concerns, to be written in words of our own.
    pub(super) fn adapting(
        desk: Workbench,
        title: String,
        form: RowForm,
        open: bool,
        back: String,
    ) -> Self {
        Self {
            desk,
            title,
            form,
            open,
            drafted: true,
            here: true,
            new: false,
            adapting: true,
            tag: None,
            above: None,
            now: vec![],
            findings: Findings(vec![]),
            back,
        }
    }

    /// Puts the row beside the one above.
    pub(super) fn beside(mut self, organ: &str, above: &Item, ours: Option<&Item>) -> Self {
        self.above = Some(AboveRow { organ: organ.to_owned(), cells: cells(above, ours) });
        self
    }

    /// What else can be done with the row than keeping it.
    fn offers_more(&self) -> bool {
        self.open && !self.new && !self.adapting
    }

    fn summary(&self) -> ErrorSummary {
        ErrorSummary(self.form.errors.clone())
    }

    fn different(&self) -> usize {
        let cells = self.above.iter().flat_map(|above| &above.cells);
        cells.filter(|cell| !cell.same).count()
    }
}
