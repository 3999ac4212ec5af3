//! `/mulu/jihua`: a notice's plan, its last days, and where every organ stands. A district's site
//! shows its own part.

use askama::Template;
use axum::extract::Query;
use axum::http::header;
use axum::response::{Html, IntoResponse, Response};
use catalogue_rules::plan::{Task, TaskRow, TaskState};
use identity::Level;
use law::Date;
use serde::Deserialize;
use web::address::with_query;
use web::components::{Empty, Figure, Filters, Select, Strip, Tag, Tone};
use web::layout::{ColumnTags, Frame};
use web::{Fault, Visit};

use crate::plan_view::PlanView;
use crate::store::plans;

/// What of a plan is asked for.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Narrowing {
    /// The plan's slug; empty for the newest.
    plan: String,
    /// The state's key; empty for all.
    state: String,
    /// The level's word; empty for all.
    level: String,
    /// The day it is looked at, ISO; empty for today.
    day: String,
}

#[derive(Template)]
#[template(path = "portal/plan.html")]
struct PlanPage {
    frame: Frame,
    number: String,
    title: String,
    issued_on: Date,
    as_of: Date,
    tasks: Vec<TaskPart>,
    filters: Filters,
    /// What the form for another day carries along: name and value.
    carried: Vec<(&'static str, String)>,
    csv: String,
    json: String,
}

struct TaskPart {
    key: String,
    name: String,
    words: String,
    due_on: Date,
    basis: String,
    strip: Strip,
    groups: Vec<GroupPart>,
    /// Whether nobody owes it, so that there is no table.
    idle: bool,
}

/// The rows of one kind of organ.
struct GroupPart {
    heading: &'static str,
    /// How many stand where: 6 个单位：按期完成 4，逾期 2.
    summary: String,
    rows: Vec<RowPart>,
}

struct RowPart {
    name: String,
    tag: Tag,
    done: String,
    missing: String,
}

/// Shows the plan.
pub async fn show(visit: Visit, Query(narrowing): Query<Narrowing>) -> Result<Html<String>, Fault> {
    let frame = frame(&visit);
    let Some(view) = view(&visit, &narrowing).await? else {
        return web::page::answer(&NoPlanPage { frame: Frame { alternates: vec![], ..frame } });
    };
    let base = visit.site.link("/mulu/jihua");
    let others = plans::all(visit.house.store()).await?;
    let slugs = others.into_iter().map(|plan| (plan.slug, plan.number)).collect::<Vec<_>>();
    let whole = view.clone();
    let view = view.narrowed(&narrowing.state, &narrowing.level);
    let page = PlanPage {
        frame,
        number: view.plan.number.clone(),
        title: view.plan.title.clone(),
        issued_on: view.plan.issued_on,
        as_of: view.as_of,
        tasks: view
            .plan
            .tasks
            .iter()
            .filter_map(|task| narrowing.part(&whole, &view, task, &base))
            .collect(),
        filters: narrowing.filters(base.clone(), &slugs),
        carried: narrowing.but_the_day(),
        csv: narrowing.carried(&format!("{base}.csv")),
        json: narrowing.carried(&format!("{base}.json")),
    };
    web::page::answer(&page)
}

/// The same as a CSV file.
pub async fn csv(visit: Visit, Query(narrowing): Query<Narrowing>) -> Result<Response, Fault> {
    let view = view(&visit, &narrowing).await?.ok_or(Fault::NotFound)?;
    let view = view.narrowed(&narrowing.state, &narrowing.level);
    let bytes = view.sheet().to_csv().map_err(Fault::inside)?;
    let name = "attachment; filename=\"jihua.csv\"";
    let headers =
        [(header::CONTENT_TYPE, "text/csv; charset=utf-8"), (header::CONTENT_DISPOSITION, name)];
    Ok((headers, bytes).into_response())
}

/// The same as data.
pub async fn json(visit: Visit, Query(narrowing): Query<Narrowing>) -> Result<Response, Fault> {
    let view = view(&visit, &narrowing).await?.ok_or(Fault::NotFound)?;
    let view = view.narrowed(&narrowing.state, &narrowing.level);
    let bytes = serde_json::to_vec_pretty(&view.answer()).map_err(Fault::inside)?;
    Ok(([(header::CONTENT_TYPE, "application/json")], bytes).into_response())
}

async fn view(visit: &Visit, narrowing: &Narrowing) -> Result<Option<PlanView>, Fault> {
    let today = visit.house.ledger().clock().today();
    let day = match narrowing.day.as_str() {
        "" => today,
        day => day.parse().map_err(|_| Fault::BadInput("日期请写成 2020-11-11 的样子".into()))?,
    };
    if day > today {
        return Err(Fault::BadInput("还没有到这一天，请写今天或者以前的日期".into()));
    }
    let slug = Some(narrowing.plan.as_str()).filter(|slug| !slug.is_empty());
    let view = PlanView::of(visit.house.store(), slug, day).await?;
    if view.is_none() && slug.is_some() {
        return Err(Fault::NotFound);
    }
    Ok(view.map(|view| view.within(&visit.site.range)))
}

fn frame(visit: &Visit) -> Frame {
    visit
        .frame()
        .titled("工作方案")
        .described(format!("{}编制和公开标准目录的任务、期限和各单位完成情况", visit.site.place))
        .within("mulu")
        .under("标准目录", "/mulu")
        .at("工作方案")
        .column(ColumnTags {
            name: "工作方案".into(),
            description: "编制和公开标准目录的任务、期限和各单位完成情况".into(),
            keywords: "政务公开,标准目录,工作方案".into(),
            kind: "信息公开目录".into(),
        })
        .alternate("text/csv", "本页的 CSV", "/mulu/jihua.csv")
        .alternate("application/json", "本页的 JSON", "/mulu/jihua.json")
}

fn tone(key: &str) -> Tone {
    match key {
        "late" => Tone::Over,
        "partly" | "done_late" => Tone::Warn,
        "done" => Tone::Good,
        _ => Tone::Plain,
    }
}

/// The kinds of organs that a plan binds, in the order in which a page shows them.
const GROUPS: [&str; 4] = ["市政府", "区", "镇街", "部门"];

/// The kind of a row's organ.
fn kind(view: &PlanView, row: &TaskRow) -> &'static str {
    match view.organ(row).map(|organ| (organ.level, organ.role.as_str())) {
        Some((Level::City, "government")) => GROUPS[0],
        Some((Level::District, "government")) => GROUPS[1],
        Some((Level::Township, _)) => GROUPS[2],
        _ => GROUPS[3],
    }
}

/// The rows of one kind, with a line that sums them up; none where there are none.
fn group(view: &PlanView, heading: &&'static str, rows: &[&TaskRow]) -> Option<GroupPart> {
    let own: Vec<&TaskRow> =
        rows.iter().filter(|row| kind(view, row) == *heading).copied().collect();
    let count = |(key, name): &(&'static str, &'static str)| {
        let number = own.iter().filter(|row| row.state.key() == *key).count();
        (number > 0).then(|| format!("{name} {number}"))
    };
    let states: Vec<String> = TaskState::NAMES.iter().filter_map(count).collect();
    let row = |row: &&TaskRow| RowPart {
        name: view.name(row).to_owned(),
        tag: tag(row),
        done: match row.owed {
            0 => String::new(),
            owed => format!("{}/{owed}", owed - row.missing.len()),
        },
        missing: view.missing(row).join("、"),
    };
    (!own.is_empty()).then(|| GroupPart {
        heading,
        summary: format!("{} 个单位：{}", own.len(), states.join("，")),
        rows: own.iter().map(row).collect(),
    })
}

fn tag(row: &TaskRow) -> Tag {
    let words = row.state.words(row.owed);
    match row.state {
        TaskState::Late { .. } | TaskState::Partly { days_late: Some(_), .. } => Tag::over(words),
        TaskState::Partly { .. } | TaskState::DoneLate { .. } => Tag::warn(words),
        TaskState::Done { .. } => Tag::good(words),
        TaskState::InProgress { .. } => Tag::info(words),
        TaskState::NotOwed | TaskState::NotBegun => Tag::plain(words),
    }
}

impl Narrowing {
    /// A task with its rows; none where it concerns nobody of this site.
    fn part(&self, whole: &PlanView, view: &PlanView, task: &Task, base: &str) -> Option<TaskPart> {
        let base = self.path(base);
        let all: Vec<&TaskRow> = whole.rows_of(task).collect();
        if all.is_empty() {
            return None;
        }
        let count = |key: &str| all.iter().filter(|row| row.state.key() == key).count();
        let figure = |(key, name): &(&'static str, &'static str)| {
            let number = count(key);
            let href = format!("{}#{}", self.in_state(&base, key), task.key);
            (number > 0).then(|| Figure::new(number, *name).meant(tone(key)).leading_to(href))
        };
        let owed = |row: &&TaskRow| self.state == "not_owed" || row.state != TaskState::NotOwed;
        let rows: Vec<&TaskRow> = view.rows_of(task).filter(owed).collect();
        Some(TaskPart {
            key: task.key.clone(),
            name: task.name.clone(),
            words: task.words.clone(),
            due_on: task.due_on,
            basis: task.basis.clone(),
            strip: Strip(TaskState::NAMES.iter().filter_map(figure).collect()),
            groups: GROUPS.iter().filter_map(|kind| group(view, kind, &rows)).collect(),
            idle: all.iter().all(|row| row.state == TaskState::NotOwed),
        })
    }

    /// The page at `base`, narrowed to a state.
    fn in_state(&self, base: &str, key: &str) -> String {
        let joint = if base.contains('?') { '&' } else { '?' };
        format!("{base}{joint}state={key}")
    }

    /// The page with the same plan and day, not narrowed.
    fn path(&self, base: &str) -> String {
        with_query(base, &[("plan", &self.plan), ("day", &self.day)])
    }

    /// An address with everything that was asked for.
    fn carried(&self, base: &str) -> String {
        let all = [
            ("plan", self.plan.as_str()),
            ("state", &self.state),
            ("level", &self.level),
            ("day", &self.day),
        ];
        with_query(base, &all)
    }

    /// What was asked for besides the day.
    fn but_the_day(&self) -> Vec<(&'static str, String)> {
        let all = [("plan", &self.plan), ("state", &self.state), ("level", &self.level)];
        let given = all.into_iter().filter(|(_, value)| !value.is_empty());
        given.map(|(name, value)| (name, value.clone())).collect()
    }

    fn filters(&self, action: String, plans: &[(String, String)]) -> Filters {
        let state = Select::new("state", "状态", "全部状态", self.state.clone());
        let state =
            TaskState::NAMES.iter().fold(state, |select, (key, name)| select.choice(*key, *name));
        let level = Select::new("level", "层级", "全部层级", self.level.clone())
            .choice("city", "市")
            .choice("district", "区")
            .choice("township", "镇街");
        let mut selects = vec![state, level];
        if plans.len() > 1 {
            let plan = Select::new("plan", "通知", "最近的通知", self.plan.clone());
            let choose = |select: Select, (slug, number): &(String, String)| {
                select.choice(slug.clone(), number.clone())
            };
            selects.push(plans.iter().fold(plan, choose));
        }
        let day = Some(("day".to_owned(), self.day.clone())).filter(|(_, day)| !day.is_empty());
        let carried = day.into_iter().collect();
        Filters { action, selects, carried, ..Filters::default() }
    }
}

impl PlanPage {
    fn empty(&self) -> Empty {
        Empty::new("没有符合条件的单位")
            .because("换一个状态或者层级再看。")
            .way("看全部", self.filters.action.clone())
    }
}

#[derive(Template)]
#[template(path = "portal/no_plan.html")]
struct NoPlanPage {
    frame: Frame,
}

impl NoPlanPage {
    fn empty(&self) -> Empty {
        Empty::new("还没有工作方案")
            .because("上级通知提出目录编制任务后，在这里列出任务、期限和完成情况。")
            .way("看标准目录", self.frame.href("/mulu"))
    }
}
