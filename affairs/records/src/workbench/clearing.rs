//! `/gongzuo/guifan`: 规范性文件 of an organ, those that lapse soon first, and what is decided of them.

use askama::Template;
use axum::extract::Query;
use axum::response::{Html, Response};
use identity::powers::Tie;
use serde::Deserialize;
use web::components::{Empty, Tag, Tone};
use web::workbench::{Submitted, Workbench};
use web::{Clerk, Fault, Visit, icons};

use super::{hand, seen, sent_to};
use crate::acts::clearing::{ClearingOutcome, keep};
use crate::store::{Clearing, Normative, Record};

#[derive(Template)]
#[template(path = "workbench/clearing.html")]
struct ClearingPage {
    desk: Workbench,
    rows: Vec<Row>,
    waiting: usize,
    here: String,
}

struct Row {
    one: Normative,
    href: String,
    follow: String,
    tag: Tag,
    waits: bool,
    decided: String,
}

/// What was done just now.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Done {
    done: String,
}

/// Shows them.
pub async fn show(
    visit: Visit,
    clerk: Clerk,
    Query(done): Query<Done>,
) -> Result<Html<String>, Fault> {
    let today = visit.house.ledger().clock().today();
    let all = Normative::of_organ(visit.house.store(), &clerk.organ.code).await?;
    let row = |one: Normative| {
        let validity = one.life.validity_on(today);
        let waits = one.waits(today);
        Row {
            tag: match (waits, validity.holds()) {
                (true, _) => Tag::warn("即将到期"),
                (false, true) => Tag::marked(Tone::Good, icons::CHECK, validity.name()),
                (false, false) => Tag::void(validity.name()),
            },
            href: visit.site.link(&format!("/wenjian/{}", one.id)),
            follow: visit.site.link(&format!("/gongzuo/chexia/{}", one.id)),
            decided: one.clearing.as_ref().map(words).unwrap_or_default(),
            waits,
            one,
        }
    };
    let mut rows: Vec<Row> = all.into_iter().map(row).collect();
    rows.sort_by_key(|row| !row.waits);
    let waiting = rows.iter().filter(|row| row.waits).count();
    let desk = Workbench::of(&visit, clerk, "guifan", "规范性文件清理").await?;
    let said = [("jixia", "清理意见已记下。修改的接着起草更正稿或者新文件，废止的接着提出撤下。")];
    let page = ClearingPage {
        desk: desk.saying(&done.done, &said),
        rows,
        waiting,
        here: visit.site.link("/gongzuo/guifan"),
    };
    web::page::answer(&page)
}

fn words(clearing: &Clearing) -> String {
    let outcome = ClearingOutcome::ALL.iter().find(|(_, word, _)| *word == clearing.outcome);
    let outcome = outcome.map_or("", |(.., name)| name);
    format!("{} {}：{outcome}。{}", clearing.cleared_on, clearing.person_name, clearing.reason)
}

/// Keeps what is decided of one.
pub async fn act(visit: Visit, clerk: Clerk, form: Submitted) -> Result<Response, Fault> {
    let outcome = ClearingOutcome::stored(form.get("jieguo"));
    let missing = || Fault::field("jieguo", "没有选清理意见。请选一项再提交。");
    let outcome = outcome.ok_or_else(missing)?;
    let (record, reason) = (form.get("wenjian").to_owned(), form.get("liyou").trim().to_owned());
    let found = Record::of_organ(visit.house.store(), &clerk.organ.code, &record).await?;
    let found = found.ok_or(Fault::NotFound)?;
    let tie = Tie::to(found.metadata.publisher.as_str()).because(&reason);
    clerk.may("record.validity.set", &tie)?;
    let desk = visit.house.ledger().desk(clerk.actor()).await?;
    seen(keep(desk, &hand(&clerk), &record, outcome, &reason).await)?;
    Ok(sent_to(&visit, "/gongzuo/guifan?done=jixia"))
}

impl ClearingPage {
    fn empty(&self) -> Empty {
        Empty::new("本机关没有已公开的规范性文件")
            .because("起草时勾选“规范性文件”并发布的，会列在这里；有有效期的，到期前六个月提醒。")
    }

    fn outcomes(&self) -> [(ClearingOutcome, &'static str, &'static str); 3] {
        ClearingOutcome::ALL
    }
}
