//! `/gongzuo/zhengji`: an organ's consultations, the newest first.

use askama::Template;
use axum::extract::Query;
use axum::response::Html;
use participation_rules::Stage;
use serde::Deserialize;
use web::components::{Empty, Tag};
use web::workbench::Workbench;
use web::{Clerk, Fault, Visit};

use super::{DRAFT, LIST, NEW, READ, tie};
use crate::store::Consultation;

/// Rows at once.
const AT_ONCE: i64 = 50;

#[derive(Template)]
#[template(path = "workbench/list.html")]
struct ListPage {
    desk: Workbench,
    rows: Vec<Row>,
    new: Option<String>,
    more: Option<String>,
}

struct Row {
    title: String,
    href: String,
    tag: Tag,
    opened: String,
    ends: String,
    opinions: i64,
    demo: bool,
}

/// Where it goes on, and what was done.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    hou: String,
    done: String,
}

/// How far one has come, as a mark.
pub(super) fn tag(stage: Stage) -> Tag {
    match stage {
        Stage::Open => Tag::info(stage.name()),
        Stage::Answered => Tag::good(stage.name()),
        Stage::Closed => Tag::warn(stage.name()),
        other => Tag::plain(other.name()),
    }
}

/// Shows them.
pub(super) async fn show(
    visit: Visit,
    clerk: Clerk,
    Query(asked): Query<Asked>,
) -> Result<Html<String>, Fault> {
    let today = visit.house.ledger().clock().today();
    let before = Some(asked.hou.as_str()).filter(|mark| !mark.is_empty());
    let of = clerk.organ.code.as_str();
    let (found, more) = Consultation::of_organ(visit.house.store(), of, (before, AT_ONCE)).await?;
    let more = found.last().filter(|_| more).map(|last| format!("{LIST}?hou={}", last.id));
    let may = |of: &&Consultation| clerk.may(READ, &tie(of, of.stage(today))).is_ok();
    let day = |day: Option<law::Date>| day.map(|day| day.to_string()).unwrap_or_default();
    let row = |of: &Consultation| Row {
        title: of.said.title.clone(),
        href: visit.site.link(&of.desk_path()),
        tag: tag(of.stage(today)),
        opened: day(of.opened_on),
        ends: day(of.ends_on),
        opinions: of.opinions,
        demo: of.demo,
    };
    let rows = found.iter().filter(may).map(row).collect();
    let new = clerk.has_power(DRAFT).then(|| visit.site.link(NEW));
    let more = more.map(|path| visit.site.link(&path));
    let desk = Workbench::of(&visit, clerk, "zhengji", "征求意见").await?;
    let desk = desk.saying(&asked.done, &[("fangqi", "已放弃这份草稿。")]);
    web::page::answer(&ListPage { desk, rows, new, more })
}

impl ListPage {
    fn empty(&self) -> Empty {
        let empty = Empty::new("本机关还没有征求过意见")
            .because("重大行政决策、规范性文件在决定以前向社会征求意见，一般不少于三十日，截止以后逐条答复。");
        match &self.new {
            Some(new) => empty.begin("起草一份公告", new.clone()),
            None => empty,
        }
    }
}
