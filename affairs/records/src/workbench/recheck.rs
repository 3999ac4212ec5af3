//! `/gongzuo/fucha`: what looking through everything again has found, and how far it has come.

use askama::Template;
use axum::extract::Query;
use axum::response::{Html, Response};
use identity::powers::Tie;
use serde::Deserialize;
use web::components::{Empty, Tag};
use web::workbench::{Submitted, Workbench};
use web::{Clerk, Fault, Visit};

use super::{hand, minute, seen, sent_to};
use crate::acts::rescan;
use crate::store::{Found, FoundByOrgan, Record, Rescan};

/// Reading what the daily checks found.
pub(super) const READ: &str = "site.check.read";

/// Letting a finding stand.
pub(super) const ACT: &str = "record.finding.settle";

#[derive(Template)]
#[template(path = "workbench/recheck.html")]
struct RecheckPage {
    desk: Workbench,
    round: Option<Round>,
    organs: Vec<FoundByOrgan>,
    rows: Vec<Row>,
    may_settle: bool,
    here: String,
}

struct Round {
    words: String,
    done: i64,
    total: i64,
    found: i64,
    running: bool,
}

struct Row {
    found: Found,
    tag: Tag,
    href: String,
    act: String,
}

/// What was done just now.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Done {
    done: String,
}

/// Shows it: to an organ what is its own, to who supervises the numbers of all.
pub async fn show(
    visit: Visit,
    clerk: Clerk,
    Query(done): Query<Done>,
) -> Result<Html<String>, Fault> {
    // Who evaluates others has no findings of his own to read.
    let own = clerk.may(READ, &Tie::to(&clerk.organ.code)).is_ok();
    let store = visit.house.store();
    let round = Rescan::newest(store).await?.map(Round::of);
    let supervises = clerk.role == identity::Role::SupervisionOffice;
    let may = |organ: &FoundByOrgan| clerk.may(READ, &Tie::to(&organ.organ)).is_ok();
    let organs = match supervises {
        true => Found::by_organ(store).await?.into_iter().filter(may).collect(),
        false => Vec::new(),
    };
    let found = match own {
        true => Found::of_organ(store, &clerk.organ.code).await?,
        false => Vec::new(),
    };
    let row = |found: Found| Row {
        tag: if found.weight == "error" { Tag::over("要处理") } else { Tag::warn("要核对") },
        href: visit.site.link(&format!("/wenjian/{}", found.record)),
        act: visit.site.link(&format!("/gongzuo/chexia/{}", found.record)),
        found,
    };
    let rows = found.into_iter().map(row).collect();
    let may_settle = clerk.has_power(ACT);
    let desk = Workbench::of(&visit, clerk, "fucha", "复查发现").await?;
    let page = RecheckPage {
        desk: desk.saying(&done.done, &[("heshi", "已记下核对的结果。")]),
        round,
        organs,
        rows,
        may_settle,
        here: visit.site.link("/gongzuo/fucha"),
    };
    web::page::answer(&page)
}

/// Lets a finding stand, with a reason.
pub async fn settle(visit: Visit, clerk: Clerk, form: Submitted) -> Result<Response, Fault> {
    let (record, reason) = (form.get("wenjian").to_owned(), form.get("liyou").trim().to_owned());
    let store = visit.house.store();
    let found = Record::of_organ(store, &clerk.organ.code, &record).await?;
    let found = found.ok_or(Fault::NotFound)?;
    let tie = Tie::to(found.metadata.publisher.as_str()).because(&reason);
    clerk.may(ACT, &tie)?;
    let what = (record.as_str(), form.get("chu"), form.get("shenme"));
    let desk = visit.house.ledger().desk(clerk.actor()).await?;
    seen(rescan::settle(desk, &hand(&clerk), what, &reason).await)?;
    Ok(sent_to(&visit, "/gongzuo/fucha?done=heshi"))
}

impl Round {
    fn of(round: Rescan) -> Self {
        let rules = match round.wording {
            0 => "平台自带的词表".to_owned(),
            number => format!("词表第 {number} 版"),
        };
        let begun = minute(&round.begun_at);
        let words = match &round.ended_at {
            Some(ended) => format!("按{rules}，{begun} 开始，{} 查完。", minute(ended)),
            None => format!("按{rules}，{begun} 开始，正在查。"),
        };
        let running = round.ended_at.is_none();
        Self { words, done: round.done, total: round.total, found: round.found, running }
    }
}

impl RecheckPage {
    fn empty(&self) -> Empty {
        Empty::new("本机关已公开的信息没有要核对的")
            .because("词表或者个人信息的检查规则改动以后，全部已公开的信息在后台再查一遍，发现的列在这里。复查不会自动撤下任何信息。")
    }
}
