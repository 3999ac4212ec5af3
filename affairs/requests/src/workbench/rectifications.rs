//! `/gongzuo/gengzheng`: 更正申请, demands to correct a record of oneself (条例第四十一条): examined and told.

use ::identity::powers::{Condition, Tie};
use ::review::Signatory;
use askama::Template;
use axum::extract::{Path, Query};
use axum::response::{Html, Response};
use law::Date;
use serde::Deserialize;
use web::components::{Empty, Tag};
use web::workbench::{REASON, Submitted, Workbench};
use web::{Clerk, Fault, Visit};

use super::{RECTIFICATIONS, sent_to};
use crate::acts::rectification::{self, Found};
use crate::store::RectificationCase;

#[derive(Template)]
#[template(path = "workbench/rectifications.html")]
struct RectificationsPage {
    desk: Workbench,
    rows: Vec<Row>,
}

struct Row {
    id: String,
    number: String,
    record: String,
    wrong: String,
    evidence: String,
    received: Date,
    due: Date,
    tag: Tag,
    action: Option<String>,
}

/// What was done just now.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    done: String,
}

const SAID: &[(&str, &str)] = &[("gaozhi", "结果已经告知申请人。")];

/// Shows them; what is asked, and not by whom.
pub async fn show(
    visit: Visit,
    clerk: Clerk,
    Query(asked): Query<Asked>,
) -> Result<Html<String>, Fault> {
    let all = RectificationCase::of_organ(visit.house.store(), &clerk.organ.code).await?;
    let today = visit.house.ledger().clock().today();
    let sealer = visit.house.sealer().map_err(Fault::inside)?;
    let mut rows = Vec::with_capacity(all.len());
    for case in all {
        let wish = case.wish(sealer)?;
        let told = case.outcome;
        rows.push(Row {
            tag: match told {
                Some(outcome) => Tag::good(outcome.name()),
                None if case.due_on < today => Tag::over("已逾期"),
                None => Tag::warn("待答复"),
            },
            record: wish.as_ref().map(|wish| wish.record.clone()).unwrap_or_default(),
            wrong: wish.as_ref().map(|wish| wish.wrong.clone()).unwrap_or_default(),
            evidence: wish.map(|wish| wish.evidence).unwrap_or_default(),
            received: case.demand.received,
            due: case.due_on,
            action: told
                .is_none()
                .then(|| visit.site.link(&format!("{RECTIFICATIONS}/{}", case.id))),
            number: case.number,
            id: case.id,
        });
    }
    let desk = Workbench::of(&visit, clerk, "gengzheng", "更正申请").await?;
    web::page::answer(&RectificationsPage { desk: desk.saying(&asked.done, SAID), rows })
}

/// Tells what became of one.
pub async fn tell(
    visit: Visit,
    clerk: Clerk,
    Path(id): Path<String>,
    form: Submitted,
) -> Result<Response, Fault> {
    let reason = form.get(REASON).trim();
    // Demands are not assigned one by one: they belong to the office.
    let tie = Tie::to(&clerk.organ.code).holding([Condition::Assigned]).because(reason);
    clerk.may("foi.correction.handle", &tie)?;
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
    let told = rectification::tell(desk, &Signatory::of(&clerk), &id, found).await;
    super::seen(told, "jieguo")?;
    Ok(sent_to(&visit, &format!("{RECTIFICATIONS}?done=gaozhi")))
}

impl RectificationsPage {
    fn outcomes() -> [(&'static str, &'static str); 4] {
        [
            ("gengzheng", "已更正"),
            ("wuwu", "记录无误，不予更正"),
            ("zhuansong", "转送有权更正的机关"),
            ("feiben", "不是申请人自身的信息"),
        ]
    }

    fn empty() -> Empty {
        Empty::new("没有更正申请").because("有人在网上申请更正与自己有关的记录，会出现在这里。")
    }
}
