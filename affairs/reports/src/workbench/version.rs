//! `/gongzuo/nianbao/{id}`: a version with its numbers, what the checks say of it, and what can be done now.

use std::collections::BTreeMap;

use askama::Template;
use axum::extract::{Path, Query};
use axum::response::{Html, Response};
use law::Date;
use reports_rules::{Breach, CellPlace, Reporter, Section, Tables, report_opens};
use review::{Signatory, Unit, unit_path};
use serde::Deserialize;
use web::components::Tag;
use web::workbench::{SHOWN, Submitted, Workbench};
use web::{Clerk, Fault, Visit};

use super::{DRAFT, READ, desk_of, desk_over, found, list, seen, sent_to, tie, version_for};
use crate::acts::intake::CONFIRMED;
use crate::acts::{
    correction, counting, drafting, freezing, reopening, submission, unmoved, withdrawal,
};
use crate::checking::{self, Checks};
use crate::grid::{self, Datum, Grid};
use crate::store::{Content, Origin, Version, VersionState};
use crate::writing::{self, Part};

#[derive(Template)]
#[template(path = "workbench/version.html")]
struct VersionPage {
    desk: Workbench,
    /// The fingerprint of what is shown.
    shown: String,
    version: Version,
    tag: Tag,
    parts: Vec<Part>,
    findings: Vec<Finding>,
    missing: Vec<&'static str>,
    silent: String,
    stands: bool,
    /// Whether the clerk may write, freeze, correct, publish.
    may: Powers,
    government: bool,
    unit: Option<Review>,
    here: String,
    counted: String,
    /// While the year runs: today, and the first day on which the report may be handed in.
    running: Option<(Date, Date)>,
}

struct Powers {
    draft: bool,
    freeze: bool,
    correct: bool,
    publish: bool,
}

/// Something the checks found.
struct Finding {
    name: String,
    words: String,
    /// It can be lifted by an explanation.
    explainable: bool,
    explanation: String,
    /// What is proposed as its explanation; kept only when the clerk keeps it.
    suggested: &'static str,
}

impl Finding {
    /// The identity that does not hold (I1 to I10); where, its words say.
    fn rule(&self) -> &str {
        self.name.split_once(':').map_or(&self.name, |(rule, _)| rule)
    }
}

/// What most faults of an original come to.
const AS_PUBLISHED: &str = "原公布的报告如此，照原样录入";

struct Review {
    state: &'static str,
    href: Option<String>,
    /// It can be frozen now.
    passed: bool,
    signed: bool,
}

/// What was done just now.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Done {
    done: String,
}

const SAID: &[(&str, &str)] = &[
    ("bianzhi", "报告已建立，能取的数已经取来。请核对数字，写各部分的文字。"),
    ("wenzi", "文字已保存。"),
    ("shu", "数字已保存。"),
    ("shuoming", "说明已保存。"),
    ("qushu", "已重新取数；调整过的数保持不变。"),
    ("fanwei", "汇总范围已保存，已重新汇总。"),
    ("songshen", "已送审：初审、保密审查以后由公开工作机构负责人定稿，再签发、公布。"),
    ("dinggao", "已定稿：签发、公布的就是这一份。"),
    ("tuihui", "已退回起草。"),
    ("gengzheng", "更正已开始：改好以后同样审查、定稿、签发、公布，原来的报告保持可查。"),
    ("bulu", "已录入。数字照原样保存，可以用来核对结转；要在门户上公布，请送审。"),
    ("gongbu", "已公布。"),
];

/// Shows a version.
pub async fn show(
    visit: Visit,
    clerk: Clerk,
    Path(id): Path<String>,
    Query(done): Query<Done>,
) -> Result<Html<String>, Fault> {
    let version = found(&visit, &clerk, &id).await?;
    let store = visit.house.store();
    let writers = version.writers(store).await?;
    clerk.may_see(READ, &tie(&version, &writers))?;
    let content = Content::of(store, &id).await?;
    let checks = checking::check(store, &version, &content).await?;
    let unit = match &version.unit {
        Some(unit) => Unit::find(store, unit).await?,
        None => None,
    };
    let (draft, published) = (version.is_draft(), version.state == VersionState::Published);
    let may = Powers {
        draft: draft && clerk.has_power(DRAFT),
        freeze: clerk.has_power("report.freeze"),
        correct: published && clerk.has_power("report.correct"),
        publish: clerk.has_power("report.publish"),
    };
    let review = unit.filter(|_| !published).map(|unit| Review {
        state: unit.state.name(),
        passed: version.state == VersionState::UnderReview && freezing::is_reviewed(&unit),
        href: clerk.has_power("record.read_draft").then(|| visit.site.link(&unit_path(&unit.id))),
        signed: unit.state == review::State::Signed,
    });
    let today = visit.house.ledger().clock().today();
    let opens = report_opens(version.year);
    let desk = Workbench::of(&visit, clerk, "nianbao", &version.title).await?;
    let desk = desk.under("年度报告", list::PATH).saying(&done.done, SAID);
    let page = VersionPage {
        shown: unmoved::print(store, &version).await?,
        parts: parts(&visit, &version, &content),
        findings: findings(&checks, &content),
        stands: checks.stands(),
        silent: checks.silent.iter().map(|topic| topic.name()).collect::<Vec<_>>().join("、"),
        missing: checks.missing,
        tag: list::tag(&version),
        may,
        government: version.reporter == Reporter::Government,
        unit: review,
        here: visit.site.link(&version.desk_path()),
        running: (today < opens && version.is_draft()).then_some((today, opens)),
        counted: version.counted_at.as_deref().map(minute).unwrap_or_default(),
        version,
        desk,
    };
    web::page::answer(&page)
}

/// A stored moment to the minute, in China.
fn minute(at: &str) -> String {
    web::moments::minute(at)
}

/// The sections, each number leading to what is behind it and marked where it is typed or adjusted.
fn parts(visit: &Visit, version: &Version, content: &Content) -> Vec<Part> {
    let base = format!("{}/shu", version.desk_path());
    let own = version.origin == Origin::Own && version.state != VersionState::Published;
    let unfilled = if own { content.unfilled() } else { vec![] };
    let draw = &mut |section: Section, tables: &Tables| -> Vec<Grid> {
        grid::of(section, version.layout(), &mut |place: CellPlace| Datum {
            text: match unfilled.contains(&Breach::Unfilled(place)) {
                true => "未填".to_owned(),
                false => grid::shown(tables.cell(place)),
            },
            href: Some(visit.site.link(&format!("{base}/{place}"))),
            label: place.words(),
            mark: mark(content, place, version.origin),
            ..Datum::default()
        })
    };
    writing::parts(version, content, draw)
}

/// Whether a number was typed or adjusted.
pub(super) fn mark(
    content: &Content,
    place: CellPlace,
    origin: Origin,
) -> Option<(&'static str, &'static str)> {
    if origin == Origin::Taken {
        return None;
    }
    let cell = content.cells.get(&place)?;
    match (&cell.derived, cell.is_adjusted()) {
        (Some(_), true) => Some(("warn", "调")),
        (None, _) if !cell.note.is_empty() => Some(("info", "填")),
        _ => None,
    }
}

fn findings(checks: &Checks, content: &Content) -> Vec<Finding> {
    let finding = |name: String, words: String, explainable: bool| Finding {
        explanation: content.explained.get(&name).cloned().unwrap_or_default(),
        suggested: if checks.original { AS_PUBLISHED } else { "" },
        name,
        words,
        explainable,
    };
    let breaches = checks
        .breaches
        .iter()
        .map(|breach| finding(breach.to_string(), breach.words(), checks.may_explain(breach)));
    let doubts = checks.doubts.iter().map(|doubt| finding(doubt.to_string(), doubt.words(), true));
    breaches.chain(doubts).collect()
}

/// Keeps explanations.
pub async fn explain(
    visit: Visit,
    clerk: Clerk,
    Path(id): Path<String>,
    form: Submitted,
) -> Result<Response, Fault> {
    let version = version_for(&visit, &clerk, DRAFT, &id).await?;
    let store = visit.house.store();
    let content = Content::of(store, &id).await?;
    let checks = checking::check(store, &version, &content).await?;
    let known = findings(&checks, &content).into_iter().filter(|one| one.explainable);
    let given: BTreeMap<String, String> = known
        .filter(|one| form.has(&one.name))
        .map(|one| (one.name.clone(), form.get(&one.name).to_owned()))
        .collect();
    let desk = desk_over(&visit, &clerk, &id, &form).await?;
    seen(drafting::explain(desk, &Signatory::of(&clerk), &id, &given).await)?;
    Ok(back(&visit, &version, "shuoming"))
}

fn back(visit: &Visit, version: &Version, done: &str) -> Response {
    sent_to(visit, &format!("{}?done={done}", version.desk_path()))
}

/// Takes the numbers anew.
pub async fn count(
    visit: Visit,
    clerk: Clerk,
    Path(id): Path<String>,
    form: Submitted,
) -> Result<Response, Fault> {
    let version = version_for(&visit, &clerk, DRAFT, &id).await?;
    let (sources, desk) = (visit.house.figures(), desk_over(&visit, &clerk, &id, &form).await?);
    seen(counting::keep(desk, &sources, &Signatory::of(&clerk), &id).await)?;
    Ok(back(&visit, &version, "qushu"))
}

/// 送审.
pub async fn submit(
    visit: Visit,
    clerk: Clerk,
    Path(id): Path<String>,
    form: Submitted,
) -> Result<Response, Fault> {
    let version = version_for(&visit, &clerk, DRAFT, &id).await?;
    let (sources, publishers) = (visit.house.figures(), visit.house.publishers());
    let (by, note) = (Signatory::of(&clerk), form.words("shuoming"));
    let desk = desk_over(&visit, &clerk, &id, &form).await?;
    seen(submission::keep(desk, &publishers, &sources, &by, &id, note).await)?;
    Ok(back(&visit, &version, "songshen"))
}

/// 定稿.
pub async fn freeze(
    visit: Visit,
    clerk: Clerk,
    Path(id): Path<String>,
    form: Submitted,
) -> Result<Response, Fault> {
    let version = version_for(&visit, &clerk, "report.freeze", &id).await?;
    let (sources, desk) = (visit.house.figures(), desk_over(&visit, &clerk, &id, &form).await?);
    seen(freezing::keep(desk, &sources, &Signatory::of(&clerk), &id).await)?;
    Ok(back(&visit, &version, "dinggao"))
}

/// 退回起草: of what is under review, or frozen.
pub async fn reopen(
    visit: Visit,
    clerk: Clerk,
    Path(id): Path<String>,
    form: Submitted,
) -> Result<Response, Fault> {
    let version = found(&visit, &clerk, &id).await?;
    // The policy has no act for taking a report back: whoever may freeze it may, and the route has asked
    // for that power.
    let (by, why) = (Signatory::of(&clerk), form.get(web::workbench::REASON));
    seen(reopening::keep(visit.house.ledger(), &by, &id, why).await)?;
    Ok(back(&visit, &version, "tuihui"))
}

/// 更正.
pub async fn correct(
    visit: Visit,
    clerk: Clerk,
    Path(id): Path<String>,
    form: Submitted,
) -> Result<Response, Fault> {
    let version = found(&visit, &clerk, &id).await?;
    let reason = form.get(web::workbench::REASON).trim().to_owned();
    clerk.may("report.correct", &tie(&version, &[]).because(&reason))?;
    let desk = desk_of(&visit, &clerk).await?;
    let begun = seen(correction::begin(desk, &Signatory::of(&clerk), &id, &reason).await)?;
    Ok(back(&visit, &begun, "gengzheng"))
}

/// Takes an import out.
pub async fn withdraw(
    visit: Visit,
    clerk: Clerk,
    Path(id): Path<String>,
    form: Submitted,
) -> Result<Response, Fault> {
    version_for(&visit, &clerk, DRAFT, &id).await?;
    if !form.has(CONFIRMED) {
        return Err(Fault::field(CONFIRMED, "撤回以后这份补录不再保留。请先勾选确认。"));
    }
    let desk = desk_over(&visit, &clerk, &id, &form).await?;
    seen(withdrawal::keep(desk, &Signatory::of(&clerk), &id).await)?;
    Ok(sent_to(&visit, &format!("{}?done=chehui", list::PATH)))
}

/// Gives a correction up.
pub async fn drop(
    visit: Visit,
    clerk: Clerk,
    Path(id): Path<String>,
    form: Submitted,
) -> Result<Response, Fault> {
    version_for(&visit, &clerk, DRAFT, &id).await?;
    let desk = desk_over(&visit, &clerk, &id, &form).await?;
    seen(correction::drop(desk, &Signatory::of(&clerk), &id).await)?;
    Ok(sent_to(&visit, &format!("{}?done=fangqi", list::PATH)))
}

impl VersionPage {
    fn taken(&self) -> bool {
        self.version.origin == Origin::Taken
    }

    /// What stands between a draft and its review, for whoever writes it; nobody else can do anything about it.
    fn readiness(&self) -> Option<Tag> {
        match (self.may.draft, self.stands, self.running) {
            (false, ..) => None,
            (true, true, _) => Some(Tag::warn("有待处理")),
            (true, false, Some(_)) => Some(Tag::info("年度过完可以送审")),
            (true, false, None) => Some(Tag::good("可以送审")),
        }
    }

    /// What of the frozen hash people compare.
    fn frozen(&self) -> Option<(String, &str)> {
        let hash = self.version.frozen_hash.as_deref()?;
        let on = self.version.frozen_on.map(|day| day.to_string()).unwrap_or_default();
        Some((on, hash.get(..12).unwrap_or(hash)))
    }

    /// Where a part is written: the prose of all sections, or the table of one.
    fn edit(&self, part: &Part) -> String {
        if part.grids.is_empty() {
            format!("{}/wenzi", self.here)
        } else {
            format!("{}/biao/{}", self.here, part.id)
        }
    }
}
