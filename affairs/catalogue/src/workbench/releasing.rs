//! `/gongzuo/mulu/{domain}/fabu`: 征求意见, 审核 and 送审, with what a release would touch and what stands
//! in its way.

use std::collections::BTreeSet;

use askama::Template;
use axum::extract::{Path, Query};
use axum::response::{Html, IntoResponse, Response};
use catalogue_rules::{Change, DraftStage, Item, RowChange};
use law::{Date, WorkingDays};
use serde::Deserialize;
use web::components::{ErrorSummary, FieldError, Figure, Strip, Tag, Tone};
use web::workbench::{Submitted, Workbench};
use web::{Ask, By, Clerk, Fault, Visit, icons};

use super::bench::Bench;
use super::checking::{Check, Counts};
use super::mending::Mending;
use super::steps::Steps;
use super::{sent_to, words_of};
use ::review::Signatory;

use crate::acts::{ActError, Obstacle, consultation, release, review, submission};
use crate::store::Impact;
use crate::words::item_name;

#[derive(Template)]
#[template(path = "workbench/releasing.html")]
struct ReleasingPage {
    desk: Workbench,
    domain: String,
    number: i64,
    steps: Steps,
    stage: DraftStage,
    /// Opinions are still being taken.
    asking: bool,
    strip: Strip,
    changes: Vec<ChangedRow>,
    below: Vec<(String, usize)>,
    places: Vec<(String, String)>,
    /// What else than the check stands in the way.
    faults: Vec<String>,
    fit: bool,
    /// Nothing but the steps left out stands in the way of a release.
    only_steps: bool,
    mending: Mending,
    /// What the check says besides.
    besides: Vec<Tag>,
    until: String,
    from: String,
    reason: String,
    note: String,
    /// Where its review stands, while there is one.
    unit: Option<String>,
    errors: Vec<FieldError>,
    back: String,
    public: String,
}

/// One row that differs from the last release.
struct ChangedRow {
    name: String,
    href: String,
    tag: Tag,
    cells: Vec<(String, String, String)>,
}

/// What was done just now.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Done {
    done: String,
}

const SAID: &[(&str, &str)] = &[
    ("asked", "已开始征求意见。草稿已在门户上公开，截止以前不能改动。"),
    ("reviewing", "已进入审核。核对意见，需要改的可以改，然后送审。"),
    ("withdrawn", "已退回起草，草稿不再公开。"),
];

/// What the clerk has filled in.
#[derive(Default)]
struct Filled {
    until: Option<String>,
    from: Option<String>,
    reason: String,
    note: String,
    errors: Vec<FieldError>,
}

/// Shows where the draft stands and what its release would touch.
pub async fn show(
    visit: Visit,
    clerk: Clerk,
    Path(slug): Path<String>,
    Query(done): Query<Done>,
) -> Result<Response, Fault> {
    let bench = Bench::of(&visit, &clerk, &slug).await?;
    if bench.draft.is_none() {
        return Ok(sent_to(&visit, &bench.path("")));
    }
    Ok(page(&visit, clerk, &bench, &done.done, Filled::default()).await?.into_response())
}

async fn page(
    visit: &Visit,
    clerk: Clerk,
    bench: &Bench,
    done: &str,
    filled: Filled,
) -> Result<Html<String>, Fault> {
    let (store, draft) = (visit.house.store(), bench.draft()?);
    let mut desk = bench.desk_below(visit, clerk, "征求意见、审核、送审").await?.saying(done, SAID);
    if !filled.errors.is_empty() {
        desk = desk.with_errors();
    }
    let impact = Impact::of(store, draft).await?;
    let faults = super::seen(release::faults(store, draft, bench.today).await)?;
    let link = |rest: &str| visit.site.link(&bench.path(rest));
    let (mending, besides) = found(visit, bench, &link).await?;
    let proposed = proposed_end(visit, bench.today);
    let page = ReleasingPage {
        desk,
        domain: bench.domain.name.clone(),
        number: draft.number,
        steps: Steps::at(draft.stage),
        stage: draft.stage,
        asking: is_asking(draft.stage, bench.today),
        strip: strip(&impact),
        changes: impact.changes.iter().map(|row| ChangedRow::of(row, &link)).collect(),
        places: places(visit, bench, &impact.changes).await?,
        below: impact.below.into_iter().map(|layer| (layer.organ, layer.rows)).collect(),
        only_steps: release::only_steps(&faults),
        fit: faults.is_empty(),
        // What the check finds wrong is shown with links.
        faults: release::in_words(&without_lint(faults)),
        mending,
        besides,
        until: filled.until.unwrap_or(proposed),
        from: filled.from.unwrap_or_else(|| bench.today.to_string()),
        reason: filled.reason,
        note: filled.note,
        unit: bench.under_review(visit),
        errors: filled.errors,
        back: link(""),
        public: visit.site.link(&format!("/mulu/{}", bench.domain.slug)),
    };
    web::page::answer(&page)
}

fn is_asking(stage: DraftStage, today: Date) -> bool {
    matches!(stage, DraftStage::Consultation { until } if today <= until)
}

/// The last day that is proposed for opinions; the clerk may write another.
fn proposed_end(visit: &Visit, today: Date) -> String {
    let calendar = visit.house.ledger().calendar();
    let counted = calendar.nth_working_day_after(today, WorkingDays(PROPOSED_DAYS));
    counted.map_or_else(|_| today, |counted| counted.date).to_string()
}

/// How many working days opinions are taken unless the clerk says otherwise: a proposal, for no law
/// sets a number for catalogues (docs/readings/028).
const PROPOSED_DAYS: u32 = 20;

/// What the check says: the rows to be mended, and how much else there is to look at.
async fn found(
    visit: &Visit,
    bench: &Bench,
    link: &impl Fn(&str) -> String,
) -> Result<(Mending, Vec<Tag>), Fault> {
    let rows = bench.rows(visit).await?;
    let items: Vec<Item> = rows.ours.iter().map(|row| row.item.clone()).collect();
    let above: Vec<Item> = rows.above.iter().map(|row| row.item.clone()).collect();
    let check = Check::of(visit, &bench.organ.division).await?;
    let compared = bench.above.as_ref().map(|_| above.as_slice());
    let findings = check.findings(items, &bench.domain.name, compared);
    let besides = Counts { errors: 0, ..Counts::of(&findings) };
    let besides = if besides == Counts::default() { vec![] } else { besides.tags() };
    Ok((Mending::of(&findings, &rows.ours, link), besides))
}

/// How many of the rows touched are asked in which columns of the site they stand.
const ASKED: usize = 20;

/// The pages of the portal that show this catalogue, and the columns of the site in which something
/// published of the rows touched stands.
async fn places(
    visit: &Visit,
    bench: &Bench,
    changes: &[RowChange],
) -> Result<Vec<(String, String)>, Fault> {
    let Some(site) = visit.house.directory().serving(&bench.organ.division) else {
        return Ok(vec![]);
    };
    let words = format!("{}门户：{}领域目录", site.place, bench.domain.name);
    let mut places = vec![(words, site.link(&format!("/mulu/{}", bench.domain.slug)))];
    let mut columns = BTreeSet::new();
    for row in changes.iter().take(ASKED) {
        let ask = Ask {
            divisions: Some(site.range.clone()),
            domain: Some(bench.domain.slug.clone()),
            item: Some(row.key.clone()),
            ..Ask::default()
        };
        columns.extend(visit.house.tally(&ask, By::Statutory).await?.into_keys());
    }
    let column = |code: &String| visit.house.column(&site, code);
    let columns = columns.iter().filter_map(column);
    places.extend(columns.map(|column| (format!("栏目：{}", column.words), column.href)));
    Ok(places)
}

fn strip(impact: &Impact) -> Strip {
    let columns: BTreeSet<_> = impact
        .changes
        .iter()
        .filter_map(|row| match &row.change {
            Change::Changed { cells, .. } => Some(cells),
            _ => None,
        })
        .flatten()
        .map(|cell| cell.column.clone())
        .collect();
    let figure = |count: usize, words: &str, tone: Tone| {
        let figure = Figure::new(count, words);
        if count > 0 { figure.meant(tone) } else { figure }
    };
    Strip(vec![
        figure(impact.added, "新增的事项", Tone::Good),
        figure(impact.changed, "改动的事项", Tone::Warn),
        figure(impact.ended, "不再有效的事项", Tone::Over),
        Figure::new(columns.len(), "涉及的栏"),
        Figure::new(impact.obligations, "涉及的公开义务"),
        Figure::new(impact.below.len(), "要决定的下级目录"),
    ])
}

impl ChangedRow {
    fn of(row: &RowChange, link: &impl Fn(&str) -> String) -> Self {
        let (tag, cells) = match &row.change {
            Change::Added { .. } => (Tag::marked(Tone::Good, icons::LIST, "新增"), vec![]),
            Change::Ended { .. } => (Tag::void("不再有效"), vec![]),
            Change::Changed { cells, .. } => {
                (Tag::marked(Tone::Info, icons::PEN, "改动"), cells.clone())
            }
            _ => (Tag::plain("移动"), vec![]),
        };
        let cell = |cell: catalogue_rules::CellChange| {
            (cell.column.name().to_owned(), cell.before, cell.after)
        };
        Self {
            name: item_name(row.item()),
            href: match row.change {
                Change::Ended { .. } => String::new(),
                _ => link(&format!("/{}", row.key)),
            },
            tag,
            cells: cells.into_iter().map(cell).collect(),
        }
    }
}

/// Takes the draft a step further.
pub async fn act(
    visit: Visit,
    clerk: Clerk,
    Path(slug): Path<String>,
    form: Submitted,
) -> Result<Response, Fault> {
    let bench = Bench::of(&visit, &clerk, &slug).await?;
    let catalogue = bench.catalogue()?.id.clone();
    let on = |done: &str| bench.path(&format!("/fabu?done={done}"));
    let step = form.get("do");
    let told = match step {
        "submit" => submitted(&visit, &clerk, &bench, &form).await,
        "consult" | "withdraw" | "review" => {
            let desk = visit.house.ledger().desk(clerk.actor()).await?;
            let done = match (step, day(&form, "zhi")) {
                ("consult", None) => Err(Told::NoDay),
                ("consult", Some(until)) => {
                    let asked = consultation::open(desk, &catalogue, until).await;
                    asked.map(|_| on("asked")).map_err(Told::Act)
                }
                ("withdraw", _) => {
                    let back = consultation::withdraw(desk, &catalogue).await;
                    back.map(|_| on("withdrawn")).map_err(Told::Act)
                }
                _ => {
                    let begun = review::begin(desk, &catalogue).await;
                    begun.map(|_| on("reviewing")).map_err(Told::Act)
                }
            };
            done.map_err(|told| ("zhi", told))
        }
        _ => return Err(Fault::WrongMethod),
    };
    let (field, told) = match told {
        Ok(to) => return Ok(sent_to(&visit, &to)),
        Err(wrong) => wrong,
    };
    let given = |name: &str| form.words(name).map(str::to_owned);
    let error = FieldError { field: field.into(), message: told.words()? };
    let filled = Filled {
        until: given("zhi"),
        from: given("qi"),
        reason: form.get("liyou").into(),
        note: form.get("shuoming").into(),
        errors: vec![error],
    };
    Ok(page(&visit, clerk, &bench, "", filled).await?.into_response())
}

/// Why a step was not taken.
enum Told {
    NoDay,
    NoReason,
    NotSure,
    Act(ActError),
}

impl Told {
    fn words(self) -> Result<String, Fault> {
        match self {
            Self::NoDay => Ok("没有看懂日期。请按 2026-12-31 这样写年月日。".into()),
            Self::NoReason => Ok("请写明为什么不经征求意见和审核。理由记入留痕。".into()),
            Self::NotSure => Ok("请先看过影响范围，勾选确认，再送审。".into()),
            Self::Act(error) => words_of(error),
        }
    }
}

fn day(form: &Submitted, name: &str) -> Option<Date> {
    form.words(name)?.parse().ok()
}

async fn submitted(
    visit: &Visit,
    clerk: &Clerk,
    bench: &Bench,
    form: &Submitted,
) -> Result<String, (&'static str, Told)> {
    let from = day(form, "qi").ok_or(("qi", Told::NoDay))?;
    if !form.has("sure") {
        return Err(("sure", Told::NotSure));
    }
    let desk = visit.house.ledger().desk(clerk.actor()).await;
    let desk = desk.map_err(|error| ("qi", Told::Act(error.into())))?;
    let catalogue = bench.catalogue().map(|catalogue| catalogue.id.clone());
    let catalogue = catalogue.map_err(|_| ("qi", Told::Act(ActError::NoCatalogue)))?;
    let proposal = submission::Proposal {
        catalogue: &catalogue,
        from,
        despite: form.words("liyou"),
        note: form.words("shuoming"),
        added: vec![],
        by: &Signatory::of(clerk),
    };
    let unit = submission::keep(desk, &visit.house.publishers(), proposal).await;
    let unit = unit.map_err(|error| match error {
        ActError::Unfit(faults) if release::only_steps(&faults) => ("liyou", Told::NoReason),
        error => ("qi", Told::Act(error)),
    })?;
    Ok(format!("{}?done=submitted", ::review::catalogue_unit_path(&unit.id)))
}

/// What stands in the way besides what the check finds.
fn without_lint(mut faults: Vec<Obstacle>) -> Vec<Obstacle> {
    faults.retain(|fault| !matches!(fault, Obstacle::Lint(_)));
    faults
}

impl ReleasingPage {
    fn summary(&self) -> ErrorSummary {
        ErrorSummary(self.errors.clone())
    }

    fn wrong(&self, field: &str) -> Option<&str> {
        let found = self.errors.iter().find(|error| error.field == field);
        found.map(|error| error.message.as_str())
    }
}
