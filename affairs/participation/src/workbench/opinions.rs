//! `/gongzuo/zhengji/{id}/yijian`: the opinions as they came, put together where they say the same.

use std::collections::HashMap;

use askama::Template;
use axum::extract::{Path, Query};
use axum::http::header;
use axum::response::{Html, IntoResponse, Response};
use documents::writing::{Column, Sheet};
use participation_rules::{Clause, Stage, Verdict, about};
use serde::Deserialize;
use web::components::{Empty, Tag};
use web::workbench::{Submitted, Workbench};
use web::{Clerk, Fault, Visit};

use super::{
    ANSWER, LIST, READ_OPINIONS, REGISTERING, by, desk_of, own, page_of, seen, sent_to, tie,
};
use crate::acts::grouping;
use crate::store::{Consultation, HandedIn, Opinion, OpinionState};

/// Rows at once.
const AT_ONCE: i64 = 100;

/// So many are read at once for the table of all.
const READ_AT_ONCE: i64 = 500;

const SAID: &[(&str, &str)] = &[
    ("dengji", "已登记。"),
    ("guibing", "已归并，答复第一条就是答复这几条；归到它下面的，原来的答复已经清除。"),
];

#[derive(Template)]
#[template(path = "workbench/opinions.html")]
struct OpinionsPage {
    desk: Workbench,
    title: String,
    rows: Vec<Row>,
    here: String,
    sheet: String,
    register: Option<String>,
    groups: bool,
    next: Option<String>,
}

struct Row {
    number: i64,
    href: String,
    about: String,
    sender: String,
    source: &'static str,
    received: String,
    words: String,
    tag: Tag,
    own: bool,
}

/// Where it goes on, and what was done.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    hou: String,
    done: String,
}

/// How an opinion stands; `first` is the number of the one it says the same as.
pub(super) fn tag(one: &Opinion, first: Option<i64>) -> Tag {
    match (one.state, first, one.verdict) {
        (OpinionState::Open, Some(first), _) => Tag::plain(format!("同第 {first} 条")),
        (OpinionState::Open, None, Some(Verdict::Declined)) => Tag::plain(Verdict::Declined.name()),
        (OpinionState::Open, None, Some(verdict)) => Tag::good(verdict.name()),
        (OpinionState::Open, None, None) => Tag::warn("等答复"),
        (state, ..) => Tag::plain(state.name()),
    }
}

/// The number of the one that an opinion says the same as.
pub(super) async fn first_of(visit: &Visit, one: &Opinion) -> Result<Option<i64>, Fault> {
    Ok(match &one.first {
        Some(first) => {
            Opinion::with_id(visit.house.store(), first).await?.map(|first| first.number)
        }
        None => None,
    })
}

/// Shows them.
pub(super) async fn show(
    visit: Visit,
    clerk: Clerk,
    Path(id): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Html<String>, Fault> {
    let (of, stage) = own(&visit, &clerk, READ_OPINIONS, &id).await?;
    let store = visit.house.store();
    let clauses = of.clauses(store).await?;
    let after = asked.hou.parse().unwrap_or_default();
    let mut found = Opinion::after(store, &id, (after, AT_ONCE + 1)).await?;
    let more = found.len() > usize::try_from(AT_ONCE).unwrap_or_default();
    if more {
        found.pop();
    }
    let here = visit.site.link(&page_of(&of, "/yijian"));
    let next = found.last().filter(|_| more).map(|last| format!("{here}?hou={}", last.number));
    let numbers = Opinion::numbers(store, &id).await?;
    let row = |one: &Opinion| {
        let first = one.first.as_ref().and_then(|first| numbers.get(first).copied());
        Row {
            number: one.number,
            href: format!("{here}/{}", one.number),
            about: about(one.clause, &clauses),
            sender: one.masked.clone(),
            source: one.source.name(),
            received: one.received_on.clone(),
            words: one.shown.chars().take(80).collect(),
            tag: tag(one, first),
            own: one.is_own(),
        }
    };
    let rows: Vec<Row> = found.iter().map(row).collect();
    let may = |act: &str| clerk.may(act, &tie(&of, stage)).is_ok();
    let register = matches!(stage, Stage::Open | Stage::Closed) && may(REGISTERING);
    let register = register.then(|| visit.site.link(&page_of(&of, "/dengji")));
    let groups = stage == Stage::Closed && may(ANSWER);
    let desk = Workbench::of(&visit, clerk, "zhengji", "收到的意见").await?;
    let page = OpinionsPage {
        desk: desk
            .under("征求意见", LIST)
            .under(of.said.title.clone(), &of.desk_path())
            .saying(&asked.done, SAID),
        sheet: format!("{here}.csv"),
        title: of.said.title,
        rows,
        here,
        register,
        groups,
        next,
    };
    web::page::answer(&page)
}

/// Puts some together.
pub(super) async fn group(
    visit: Visit,
    clerk: Clerk,
    Path(id): Path<String>,
    form: Submitted,
) -> Result<Response, Fault> {
    let (of, _) = own(&visit, &clerk, ANSWER, &id).await?;
    let numbers: Vec<i64> = form.all("xuan").filter_map(|one| one.parse().ok()).collect();
    let at = match form.get("guidao").trim() {
        "" => None,
        typed => Some(typed.parse().map_err(|_| Fault::field("guidao", "写数字，例如 12"))?),
    };
    let desk = desk_of(&visit, &clerk).await?;
    let which = (of.organ.as_str(), id.as_str());
    seen(grouping::group(desk, &by(&clerk), which, (&numbers, at)).await)?;
    Ok(sent_to(&visit, &page_of(&of, "/yijian?done=guibing")))
}

/// All of them as a table, names hidden.
pub(super) async fn sheet(
    visit: Visit,
    clerk: Clerk,
    Path(id): Path<String>,
) -> Result<Response, Fault> {
    let (of, _) = own(&visit, &clerk, READ_OPINIONS, &id).await?;
    let store = visit.house.store();
    let clauses = of.clauses(store).await?;
    let numbers = Opinion::numbers(store, &id).await?;
    let mut table = headed();
    let mut after = 0;
    loop {
        let read = Opinion::after(store, &id, (after, READ_AT_ONCE)).await?;
        let Some(last) = read.last() else { break };
        after = last.number;
        table.rows.extend(read.iter().map(|one| line((&of, one), &numbers, &clauses)));
    }
    let bytes = table.to_csv().map_err(Fault::inside)?;
    let kind = (header::CONTENT_TYPE, "text/csv; charset=utf-8".to_owned());
    let saved = "attachment; filename=\"yijian.csv\"".to_owned();
    Ok(([kind, (header::CONTENT_DISPOSITION, saved)], bytes).into_response())
}

fn headed() -> Sheet {
    let columns = [
        "征求意见",
        "序号",
        "关于",
        "反馈人",
        "名义",
        "方式",
        "收到",
        "状态",
        "同第几条",
        "意见",
        "是否采纳",
        "理由",
    ];
    Sheet { columns: columns.map(Column::new).to_vec(), ..Sheet::default() }
}

/// A row of the table; `numbers` are those of the ones that others say the same as.
fn line(
    (of, one): (&Consultation, &Opinion),
    numbers: &HashMap<String, i64>,
    clauses: &[Clause],
) -> Vec<String> {
    let first = one.first.as_ref().and_then(|first| numbers.get(first));
    let hidden = one.state == OpinionState::Hidden;
    vec![
        of.said.title.clone(),
        one.number.to_string(),
        about(one.clause, clauses),
        one.masked.clone(),
        one.sender.name().to_owned(),
        one.source.name().to_owned(),
        one.received_on.clone(),
        one.state.name().to_owned(),
        first.map(|number| number.to_string()).unwrap_or_default(),
        if hidden { String::new() } else { one.shown.clone() },
        one.verdict.map_or("", Verdict::name).to_owned(),
        one.reason.clone(),
    ]
}

impl OpinionsPage {
    fn empty() -> Empty {
        Empty::new("还没有收到意见")
            .because("网上提的意见直接列在这里；来信、窗口、会上说的，登记以后也列在这里。")
    }
}
