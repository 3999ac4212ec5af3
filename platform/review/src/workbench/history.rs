//! `/gongzuo/shencha/lishi`, `/gongzuo/shencha/yingji`: units that have ended, and those that were urgent.

use askama::Template;
use axum::response::Html;
use web::components::{Empty, Tag};
use web::workbench::Workbench;
use web::{Clerk, Fault, Visit};

use super::QUEUE;
use super::words::{minute, state_tag};
use crate::store::{Asked, Listed};
use crate::{State, Step, unit_path};

#[derive(Template)]
#[template(path = "workbench/history.html")]
struct HistoryPage {
    desk: Workbench,
    title: &'static str,
    says: &'static str,
    rows: Vec<Row>,
    back: String,
}

struct Row {
    title: String,
    href: String,
    tag: Tag,
    late: Option<Tag>,
    submitted: String,
    from: String,
    ended: String,
    reason: String,
}

/// Shows what has ended.
pub async fn show(visit: Visit, clerk: Clerk) -> Result<Html<String>, Fault> {
    let units = Listed::all(visit.house.store(), Asked::Ended(&clerk.organ.code)).await?;
    let says = "本机关办结的送审：谁送审、结果怎样、为什么退回。每一件都可以打开看当时签发的内容。";
    page(visit, clerk, "shencha", "办结的送审", says, units).await
}

/// Shows what was urgent.
pub async fn urgent(visit: Visit, clerk: Clerk) -> Result<Html<String>, Fault> {
    let units = Listed::all(visit.house.store(), Asked::Urgent(&clerk.organ.code)).await?;
    let says = "签发人决定应急的送审。保密审查和签发没有省略，初审在发布以后一个工作日内补。每一件都在门户上列出。";
    page(visit, clerk, "yingji", "应急发布", says, units).await
}

async fn page(
    visit: Visit,
    clerk: Clerk,
    entry: &'static str,
    title: &'static str,
    says: &'static str,
    units: Vec<Listed>,
) -> Result<Html<String>, Fault> {
    let today = visit.house.ledger().clock().today();
    let desk = Workbench::of(&visit, clerk, entry, title).await?;
    let desk = desk.under("审查与发布", QUEUE);
    let rows = units.iter().map(|unit| Row {
        title: unit.title.clone(),
        href: visit.site.link(&unit_path(&unit.id)),
        tag: state_tag(unit.review.state),
        late: late_tag(unit, today),
        submitted: minute(&unit.submitted_at),
        from: unit.submitted_name.clone(),
        ended: unit.ended_at.as_deref().map(minute).unwrap_or_default(),
        reason: unit.ended_reason.clone().unwrap_or_default(),
    });
    let (rows, back) = (rows.collect(), desk.href(QUEUE));
    web::page::answer(&HistoryPage { desk, title, says, rows, back })
}

/// How the 初审 of an urgent publication stands.
fn late_tag(unit: &Listed, today: law::Date) -> Option<Tag> {
    if unit.review.state != State::Published || !unit.review.is_urgent() {
        return None;
    }
    let owes = unit.review.owes_first();
    let provisional = if unit.late_provisional { "（暂定）" } else { "" };
    Some(match unit.late_due {
        Some(due) if owes && due < today => Tag::over(format!("{due} 前没有补{}", Step::First)),
        Some(due) if owes => Tag::warn(format!("{due} 前补{}{provisional}", Step::First)),
        _ => Tag::good(format!("{}已补", Step::First)),
    })
}

impl HistoryPage {
    fn empty(&self) -> Empty {
        Empty::new("还没有").because("办结以后会列在这里。").way("看在办的", self.back.clone())
    }
}
