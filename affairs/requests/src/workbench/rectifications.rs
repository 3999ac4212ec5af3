//! `/gongzuo/gengzheng`: 更正申请, demands to correct a record of oneself (条例第四十一条): examined and told by
//! letter. Who asks and what about stands on a page of its own; who opened it is written down.

use ::identity::powers::{Condition, Tie};
use ::review::Signatory;
use askama::Template;
use axum::extract::{Path, Query};
use axum::response::{Html, Response};
use documents::writing::Article;
use law::Date;
use serde::Deserialize;
use web::components::{Empty, Tag};
use web::workbench::{REASON, Submitted, Workbench};
use web::{Clerk, Fault, Visit};

use super::matters::{self, Matter};
use super::{RECTIFICATIONS, seen, sent_to};
use crate::acts::perusal;
use crate::acts::rectification::{self, Found};
use crate::store::{RectificationCase, RectificationWish};

#[derive(Template)]
#[template(path = "workbench/rectifications.html")]
struct RectificationsPage {
    desk: Workbench,
    rows: Vec<Row>,
}

struct Row {
    number: String,
    received: Date,
    due: Date,
    tag: Tag,
    href: String,
}

#[derive(Template)]
#[template(path = "workbench/rectification.html")]
struct RectificationPage {
    desk: Workbench,
    case: RectificationCase,
    tag: Tag,
    wish: RectificationWish,
    reached: String,
    letter: Option<Result<Article, String>>,
    here: String,
}

/// What was done just now.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    done: String,
}

const SAID: &[(&str, &str)] =
    &[("gaozhi", "结果已经记下，对方凭查询码能看到；答复书在下面，请送达申请人。")];

fn tag_of(case: &RectificationCase, today: Date) -> Tag {
    match case.outcome {
        Some(outcome) => Tag::good(outcome.name()),
        None if case.due_on < today => Tag::over("已逾期"),
        None => Tag::warn("待答复"),
    }
}

/// Demands are not assigned one by one: they belong to the office.
fn may(clerk: &Clerk, reason: &str) -> Result<(), Fault> {
    let tie = Tie::to(&clerk.organ.code).holding([Condition::Assigned]).because(reason);
    clerk.may("foi.correction.handle", &tie).map(|_| ())
}

/// Shows them; not by whom, and not what about.
pub async fn show(visit: Visit, clerk: Clerk) -> Result<Html<String>, Fault> {
    let all = RectificationCase::of_organ(visit.house.store(), &clerk.organ.code).await?;
    let today = visit.house.ledger().clock().today();
    let row = |case: RectificationCase| Row {
        tag: tag_of(&case, today),
        received: case.demand.received,
        due: case.due_on,
        href: visit.site.link(&format!("{RECTIFICATIONS}/{}", case.id)),
        number: case.number,
    };
    let rows = all.into_iter().map(row).collect();
    let desk = Workbench::of(&visit, clerk, "gengzheng", "更正申请").await?;
    web::page::answer(&RectificationsPage { desk, rows })
}

/// Opens one: who opened it is written down.
async fn opened(
    visit: &Visit,
    clerk: &Clerk,
    id: &str,
) -> Result<(RectificationCase, RectificationWish), Fault> {
    may(clerk, "查看")?;
    let found = RectificationCase::find(visit.house.store(), &clerk.organ.code, id).await?;
    found.ok_or(Fault::NotFound)?;
    let sealer = visit.house.sealer().map_err(Fault::inside)?;
    let desk = visit.house.ledger().desk(clerk.actor()).await?;
    seen(perusal::of_rectification(desk, sealer, &Signatory::of(clerk), id).await, REASON)
}

fn matter<'a>(case: &'a RectificationCase, wish: &'a RectificationWish) -> Matter<'a> {
    Matter {
        about: format!("rectification:{}", case.id),
        number: &case.number,
        name: &wish.name,
        received: case.demand.received,
        words: &wish.record,
        ground: None,
    }
}

/// Shows one.
pub async fn one(
    visit: Visit,
    clerk: Clerk,
    Path(id): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Html<String>, Fault> {
    let (case, wish) = opened(&visit, &clerk, &id).await?;
    let letter = matters::letter(&visit, &clerk, &matter(&case, &wish)).await?;
    let today = visit.house.ledger().clock().today();
    let desk = Workbench::of(&visit, clerk, "gengzheng", case.number.as_str()).await?;
    web::page::answer(&RectificationPage {
        desk: desk.under("更正申请", RECTIFICATIONS).saying(&asked.done, SAID),
        tag: tag_of(&case, today),
        reached: matters::reached(&wish.contact),
        letter: letter.map(|one| one.map(|letter| letter.article)),
        here: visit.site.link(&format!("{RECTIFICATIONS}/{id}")),
        case,
        wish,
    })
}

/// Gives the letter that tells the result.
pub async fn letter(
    visit: Visit,
    clerk: Clerk,
    Path((id, ending)): Path<(String, String)>,
) -> Result<Response, Fault> {
    let (case, wish) = opened(&visit, &clerk, &id).await?;
    let letter = matters::letter(&visit, &clerk, &matter(&case, &wish)).await?;
    matters::give(&visit, letter, &ending).await
}

/// Tells what became of one.
pub async fn tell(
    visit: Visit,
    clerk: Clerk,
    Path(id): Path<String>,
    form: Submitted,
) -> Result<Response, Fault> {
    let reason = form.get(REASON).trim();
    may(&clerk, reason)?;
    let outcome = form.get("jieguo");
    let found_wrong = match outcome {
        "gengzheng" => Some(true),
        "wuwu" => Some(false),
        "feiben" | "zhuansong" => None,
        _ => return Err(Fault::field("jieguo", "没有选结果。请选一项。")),
    };
    let found = Found {
        own_record: outcome != "feiben",
        evidence: true,
        competent: outcome != "zhuansong",
        found_wrong,
        sent_to: form.get("jiguan").trim().to_owned(),
        reason: reason.to_owned(),
    };
    let desk = visit.house.ledger().desk(clerk.actor()).await?;
    let sealer = visit.house.sealer().map_err(Fault::inside)?;
    let told = rectification::tell(desk, sealer, &Signatory::of(&clerk), &id, found).await;
    seen(told, "jieguo")?;
    Ok(sent_to(&visit, &format!("{RECTIFICATIONS}/{id}?done=gaozhi")))
}

impl RectificationPage {
    fn outcomes() -> [(&'static str, &'static str); 4] {
        [
            ("gengzheng", "已更正"),
            ("wuwu", "记录无误，不予更正"),
            ("zhuansong", "转送有权更正的机关"),
            ("feiben", "不是申请人自身的信息"),
        ]
    }
}

impl RectificationsPage {
    fn empty() -> Empty {
        Empty::new("没有更正申请").because("有人在网上申请更正与自己有关的记录，会出现在这里。")
    }
}
