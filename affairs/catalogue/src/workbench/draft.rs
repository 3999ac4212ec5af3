//! `/gongzuo/mulu/{domain}`: the draft as a table, each row with what was decided on it and what the
//! check says of it; without a draft, the version in force.

use std::collections::HashMap;

use askama::Template;
use axum::extract::{Path, Query};
use axum::response::{Html, Response};
use catalogue_rules::{Issue, Item, Treatment};
use law::Date;
use serde::Deserialize;
use web::components::{Empty, Figure, Strip, Tag, Tone};
use web::workbench::{Submitted, Workbench};
use web::{Clerk, Fault, Seal, Visit, icons};

use super::bench::{Bench, Rows};
use super::cells::{self, EditedRow, Editing};
use super::checking::{Check, Counts, Findings, Said, by_item};
use super::reading_words::read_as;
use super::steps::Steps;
use super::{begun, seen, undoing};
use crate::acts::drafting;
use crate::store::{Catalogue, KeyedItem};
use crate::words::{audience_name, channel_words, item_name, method_name};

#[derive(Template)]
#[template(path = "workbench/draft.html")]
struct DraftPage {
    desk: Workbench,
    domain: String,
    organ: String,
    /// The number of the version that is shown.
    number: Option<i64>,
    live: Option<(i64, Option<Date>)>,
    above: Option<(String, i64)>,
    /// There is something above that can be taken up where there is no catalogue yet.
    can_adopt: bool,
    /// There is a catalogue here, or the organ may begin one.
    may_begin: bool,
    steps: Option<Steps>,
    open: bool,
    /// Where the review of the draft stands, while there is one.
    unit: Option<String>,
    strip: Strip,
    counts: Counts,
    whole: Findings,
    groups: Vec<Group>,
    left_out: Vec<LeftOut>,
    doubtful: Vec<Issue>,
    /// The last change, where whoever looks made it and it can be taken back: its key, and what
    /// taking it back does.
    undo: Option<(String, String)>,
    paths: Paths,
}

/// The addresses of the pages beside this one.
struct Paths {
    add: String,
    intake: String,
    adjustments: String,
    release: String,
}

struct Group {
    name: String,
    rows: Vec<DraftRow>,
}

struct DraftRow {
    key: String,
    /// Its place in the table, from 1.
    number: usize,
    /// Where its cells become fields, but for the name of the cell; `None` where it cannot be changed.
    edit: Option<String>,
    /// It is being edited in the table.
    edited: Option<EditedRow>,
    /// It was kept just now.
    just: bool,
    seq: String,
    name: String,
    href: String,
    tag: Option<Tag>,
    elements: String,
    basis: String,
    channels: String,
    limit: String,
    read_as: Option<String>,
    subjects: String,
    reach: String,
    findings: Option<Findings>,
}

/// A row of the catalogue above that does not stand here.
struct LeftOut {
    name: String,
    href: String,
    tag: Tag,
    reason: String,
}

/// What the address asks for.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    /// What was done just now.
    done: String,
    /// The row it was done to.
    row: String,
    /// The row whose cells are to be fields.
    edit: String,
    /// The cell at which it is opened.
    cell: String,
}

/// What the page says after an act, by the word in its address.
const SAID: &[(&str, &str)] = &[
    ("begun", "已起草下一版。改动只在草稿里，发布之前门户不变。"),
    ("adopted", "已承接上级目录，存为草稿。请逐项确认。"),
    ("dropped", "草稿已作废。"),
    ("kept", "这一行已保存。"),
    ("added", "已新增一行。"),
    ("removed", "这一行已从草稿里删去。"),
    ("declined", "已设为不适用。"),
    ("restored", "已改回与上级一致。"),
    ("imported", "已存入草稿。请核对标出的地方。"),
    ("undone", "已撤销上一步。"),
];

/// Shows the catalogue as it is worked on.
pub async fn show(
    visit: Visit,
    clerk: Clerk,
    Path(slug): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Html<String>, Fault> {
    let bench = Bench::of(&visit, &clerk, &slug).await?;
    page(&visit, clerk, &bench, &asked, None).await
}

/// The page, with a row as it was filled in where it could not be kept.
pub(super) async fn page(
    visit: &Visit,
    clerk: Clerk,
    bench: &Bench,
    asked: &Asked,
    editing: Option<Editing>,
) -> Result<Html<String>, Fault> {
    let rows = bench.rows(visit).await?;
    let title = format!("{}领域目录", bench.domain.name);
    let check = Check::of(visit, &bench.organ.division).await?;
    let mut desk = bench.desk(visit, clerk, title).await?.saying(&asked.done, SAID);
    if editing.as_ref().is_some_and(Editing::is_wrong) {
        desk = desk.with_errors();
    }
    let opened = || Editing::opened(bench, &rows, (&asked.edit, &asked.cell));
    let editing = editing.or_else(opened).filter(|_| bench.is_open());
    let page = DraftPage::of(visit, desk, bench, rows, &check, (asked, editing)).await?;
    web::page::answer(&page)
}

impl DraftPage {
    async fn of(
        visit: &Visit,
        desk: Workbench,
        bench: &Bench,
        rows: Rows,
        check: &Check,
        (asked, editing): (&Asked, Option<Editing>),
    ) -> Result<Self, Fault> {
        let items: Vec<Item> = rows.ours.iter().map(|row| row.item.clone()).collect();
        let above: Vec<Item> = rows.above.iter().map(|row| row.item.clone()).collect();
        let compared = bench.above.as_ref().map(|_| above.as_slice());
        let findings = check.findings(items, &bench.domain.name, compared);
        let (by_item, whole) = by_item(&findings);
        let link = |rest: &str| visit.site.link(&bench.path(rest));
        let doubtful = match &bench.draft {
            Some(draft) => KeyedItem::issues(visit.house.store(), &draft.id).await?,
            None => vec![],
        };
        let may_begin = bench.may_begin().is_ok();
        let can_adopt =
            may_begin && bench.catalogue.is_none() && found_above(visit, bench).await?.is_some();
        let (open, unit) = (bench.is_open(), bench.under_review(visit));
        let mut table = Table { by_item, editing, just: &asked.row, seal: desk.seal() };
        Ok(Self {
            domain: bench.domain.name.clone(),
            organ: bench.organ.short_name.clone(),
            number: bench.worked_on().map(|version| version.number),
            live: bench.live.as_ref().map(|live| (live.number, live.effective_from)),
            above: bench.above.as_ref().map(|one| (one.organ.clone(), one.version.number)),
            can_adopt,
            may_begin,
            steps: bench.stage().map(Steps::at),
            open,
            unit,
            strip: strip(bench, &rows),
            counts: Counts::of(&findings),
            whole: Findings(whole),
            groups: groups(bench, &rows, &mut table, &link),
            left_out: if bench.draft.is_some() { left_out(&rows, &link) } else { vec![] },
            doubtful,
            undo: undoing::offered(visit, bench, &desk.clerk, &rows).await?,
            paths: Paths {
                add: link("/xinzeng"),
                intake: link("/daoru"),
                adjustments: link("/tiaozheng"),
                release: link("/fabu"),
            },
            desk,
        })
    }

    fn empty(&self) -> Empty {
        let empty = Empty::new("这里还没有事项");
        if !self.may_begin {
            return empty
                .because("这个领域的目录由主管部门或者本级政府编制，本机关不能编制。")
                .way("看本机关的目录", self.desk.href("/gongzuo/mulu"));
        }
        match self.can_adopt {
            true => empty.because("上级已经发布了这个领域的目录，可以承接过来，再逐项修改。"),
            false => empty.because("可以从 Excel 粘贴，或者导入一个文件。"),
        }
        .way("粘贴或者导入", self.paths.intake.clone())
    }
}

/// Those parts of the page that the number of rows of each kind makes up.
fn strip(bench: &Bench, rows: &Rows) -> Strip {
    let count = |wanted: fn(&Treatment) -> bool| {
        rows.taken.iter().filter(|taken| wanted(&taken.treatment)).count()
    };
    let mut figures = vec![Figure::new(rows.ours.len(), "事项")];
    if bench.above.is_some() {
        let undecided = undecided(rows).count();
        figures.extend([
            Figure::new(count(|one| matches!(one, Treatment::AsIs)), "照用"),
            Figure::new(count(|one| matches!(one, Treatment::Refined { .. })), "细化"),
            Figure::new(count(|one| matches!(one, Treatment::NotApplicable { .. })), "不适用"),
            Figure::new(count(|one| matches!(one, Treatment::Added { .. })), "新增"),
        ]);
        if undecided > 0 && bench.draft.is_some() {
            figures.push(Figure::new(undecided, "还没决定").meant(Tone::Warn));
        }
    }
    Strip(figures)
}

/// The rows above that are neither here nor decided on.
fn undecided(rows: &Rows) -> impl Iterator<Item = &KeyedItem> {
    let decided: std::collections::HashSet<&str> =
        rows.taken.iter().map(|taken| taken.item.as_str()).collect();
    let here: std::collections::HashSet<&str> =
        rows.ours.iter().map(|row| row.key.as_str()).collect();
    rows.above
        .iter()
        .filter(move |row| !decided.contains(row.key.as_str()) && !here.contains(row.key.as_str()))
}

/// What the rows of the table are drawn with.
struct Table<'a> {
    by_item: HashMap<usize, Vec<Said>>,
    editing: Option<Editing>,
    just: &'a str,
    seal: Seal,
}

fn groups(
    bench: &Bench,
    rows: &Rows,
    table: &mut Table<'_>,
    link: &impl Fn(&str) -> String,
) -> Vec<Group> {
    let taken: HashMap<&str, &Treatment> =
        rows.taken.iter().map(|taken| (taken.item.as_str(), &taken.treatment)).collect();
    let mut groups: Vec<Group> = Vec::new();
    for (at, row) in rows.ours.iter().enumerate() {
        let name = row.item.level1.clone().unwrap_or_else(|| "（未写一级事项）".into());
        if groups.last().is_none_or(|group| group.name != name) {
            groups.push(Group { name, rows: Vec::new() });
        }
        let tag = taken.get(row.key.as_str()).copied().map(treatment_tag);
        let mut shown = DraftRow::of((at + 1, row), link);
        shown.tag = tag.filter(|_| bench.above.is_some());
        shown.just = table.just == row.key;
        shown.findings = table.by_item.remove(&at).map(Findings);
        if bench.is_open() {
            shown.edit = Some(link(&format!("?edit={}&cell=", row.key)));
        }
        if let Some(editing) = table.editing.take_if(|editing| editing.is_at(&row.key)) {
            let own = !cells::taken_up(&taken, &row.key);
            let (findings, seal) = (shown.findings.take(), table.seal.clone());
            let place = (at + 1, &row.item);
            shown.edited = Some(editing.shown(place, own, findings, seal, link));
        }
        if let Some(group) = groups.last_mut() {
            group.rows.push(shown);
        }
    }
    groups
}

/// 照用, 细化, 不适用, 新增 as a mark.
pub(super) fn treatment_tag(treatment: &Treatment) -> Tag {
    match treatment {
        Treatment::AsIs => Tag::marked(Tone::Plain, icons::CHECK, treatment.name()),
        Treatment::Refined { .. } => Tag::marked(Tone::Info, icons::PEN, treatment.name()),
        Treatment::NotApplicable { .. } => Tag::void(treatment.name()),
        Treatment::Added { .. } => Tag::marked(Tone::Good, icons::LIST, treatment.name()),
    }
}

impl DraftRow {
    fn of((number, row): (usize, &KeyedItem), link: &impl Fn(&str) -> String) -> Self {
        let item = &row.item;
        let audience = item.audience.iter().map(|one| audience_name(*one));
        let methods = item.methods.iter().map(|one| method_name(*one));
        let reach: Vec<&str> = audience.chain(methods).collect();
        Self {
            key: row.key.clone(),
            number,
            edit: None,
            edited: None,
            just: false,
            seq: item.seq.clone().unwrap_or_default(),
            name: item_name(item),
            href: link(&format!("/{}", row.key)),
            tag: None,
            elements: item.elements.join("、"),
            basis: item.basis.join("；"),
            channels: channel_words(item),
            limit: item.time_limit_raw.clone(),
            read_as: item.time_limit.as_ref().and_then(read_as),
            subjects: item.subjects.join("、"),
            reach: reach.join(" / "),
            findings: None,
        }
    }
}

fn left_out(rows: &Rows, link: &impl Fn(&str) -> String) -> Vec<LeftOut> {
    let names: HashMap<&str, String> =
        rows.above.iter().map(|row| (row.key.as_str(), item_name(&row.item))).collect();
    let declined = rows.taken.iter().filter_map(|taken| match &taken.treatment {
        Treatment::NotApplicable { reason } => Some(LeftOut {
            name: names.get(taken.item.as_str()).cloned().unwrap_or_else(|| taken.item.clone()),
            href: link(&format!("/{}", taken.item)),
            tag: treatment_tag(&taken.treatment),
            reason: reason.clone(),
        }),
        _ => None,
    });
    let open = undecided(rows).map(|row| LeftOut {
        name: item_name(&row.item),
        href: link(&format!("/{}", row.key)),
        tag: Tag::marked(Tone::Warn, icons::ALERT, "还没决定"),
        reason: "上级有这一项，本级还没有决定照用、细化还是不适用。".into(),
    });
    open.chain(declined).collect()
}

/// The catalogue above that could be taken up where there is none here yet.
async fn found_above(visit: &Visit, bench: &Bench) -> Result<Option<Catalogue>, Fault> {
    begun::above(visit, &bench.organ, &bench.domain.slug).await
}

/// Begins a draft, takes up what stands above, or drops the draft.
pub async fn act(
    visit: Visit,
    clerk: Clerk,
    Path(slug): Path<String>,
    form: Submitted,
) -> Result<Response, Fault> {
    let bench = Bench::of(&visit, &clerk, &slug).await?;
    match form.get("do") {
        "cell" => return cells::save(visit, clerk, bench, &form).await,
        "undo" => return undoing::act(&visit, &clerk, &bench, form.get("step")).await,
        _ => {}
    }
    let desk = visit.house.ledger().desk(clerk.actor()).await?;
    let done = match form.get("do") {
        "begin" => {
            let catalogue = bench.catalogue()?;
            seen(drafting::begin(desk, &catalogue.id).await)?;
            "begun"
        }
        "adopt" => {
            begun::adopt(&visit, desk, &bench).await?;
            "adopted"
        }
        "drop" if form.has("sure") => {
            let catalogue = bench.catalogue()?;
            seen(drafting::discard(desk, &catalogue.id).await)?;
            "dropped"
        }
        "drop" => {
            let words = "请先勾选“我确认作废这份草稿”，再作废。";
            return Err(Fault::BadInput(words.into()));
        }
        _ => return Err(Fault::WrongMethod),
    };
    Ok(super::sent_to(&visit, &bench.path(&format!("?done={done}"))))
}
