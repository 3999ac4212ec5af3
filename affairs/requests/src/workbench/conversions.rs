//! `/gongzuo/zhuangongkai`: 转主动公开 (条例第四十四条): what several asked for waits here for a decision; what was
//! turned is shown with what became of it.

use ::identity::powers::{Condition, Tie};
use ::review::Signatory;
use askama::Template;
use axum::extract::{Path, Query};
use axum::response::{Html, Response};
use law::Date;
use serde::Deserialize;
use web::components::Empty;
use web::workbench::{REASON, Submitted, Workbench};
use web::{Clerk, Fault, Visit};

use super::{CONVERSIONS, LIST, sent_to};
use crate::acts::ActError;
use crate::acts::conversion::{self, Wish};
use crate::store::{Case, Conversion, Several};

#[derive(Template)]
#[template(path = "workbench/conversions.html")]
struct ConversionsPage {
    desk: Workbench,
    waiting: Vec<Waiting>,
    refused: Vec<Several>,
    turned: Vec<Turned>,
}

/// What several ask for and nobody has decided.
struct Waiting {
    several: Several,
    text: String,
    action: String,
    file: String,
}

struct Turned {
    title: String,
    by: String,
    file: Option<String>,
    /// When its draft was thrown away.
    dropped: Option<Date>,
    /// The record, and since when.
    published: Option<(String, String)>,
}

/// What was done just now.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    done: String,
}

const SAID: &[(&str, &str)] = &[
    ("zhuan", "已经决定转为主动公开。稿件在“我的稿件”里，审查签发以后发布。"),
    ("buzhuan", "已经决定不转为主动公开。"),
];

/// Whether a clerk may turn what was asked for; the act looks for the applicant in it.
pub(super) fn may(clerk: &Clerk, reason: &str) -> Result<(), Fault> {
    let tie = Tie::to(&clerk.organ.code).holding([Condition::NoPdata]).because(reason);
    clerk.may("foi.convert", &tie).map(|_| ())
}

/// Shows what waits and what was turned.
pub async fn show(
    visit: Visit,
    clerk: Clerk,
    Query(asked): Query<Asked>,
) -> Result<Html<String>, Fault> {
    may(&clerk, "查看")?;
    let (store, organ) = (visit.house.store(), clerk.organ.code.as_str());
    let (open, mut decided): (Vec<_>, Vec<_>) = Several::of_organ(store, organ)
        .await?
        .into_iter()
        .partition(|several| several.publish.is_none());
    decided.retain(|several| several.publish == Some(false));
    let today = visit.house.ledger().clock().today();
    let mut waiting = Vec::with_capacity(open.len());
    for several in open {
        let case = Case::find(store, organ, &several.request).await?;
        let text = match &case {
            Some(case) => conversion::text_of(store, case, today).await?,
            None => String::new(),
        };
        waiting.push(Waiting {
            action: visit.site.link(&format!("{CONVERSIONS}/{}", several.id)),
            file: visit.site.link(&format!("{LIST}/{}", several.request)),
            text,
            several,
        });
    }
    let turned = Conversion::of_organ(store, organ).await?;
    let turned = turned.into_iter().map(|one| turned_line(&visit, one)).collect();
    let desk = Workbench::of(&visit, clerk, "zhuangongkai", "转主动公开").await?;
    let desk = desk.saying(&asked.done, SAID);
    web::page::answer(&ConversionsPage { desk, waiting, refused: decided, turned })
}

fn turned_line(visit: &Visit, one: Conversion) -> Turned {
    let request = one.request.as_ref();
    Turned {
        by: format!("{} · {} · {}", one.name, one.decided_on, one.reason),
        file: request.map(|request| visit.site.link(&format!("{LIST}/{request}"))),
        published: one
            .published
            .map(|(record, on)| (visit.site.link(&format!("/wenjian/{record}")), on.to_string())),
        dropped: one.dropped_on,
        title: one.title,
    }
}

/// What a form says is to be published.
pub(super) fn wish(form: &Submitted) -> Wish<'_> {
    Wish { title: form.get("biaoti"), text: form.get("zhengwen"), reason: form.get(REASON) }
}

/// What an act refused, at the field it is about.
pub(super) fn refused(error: ActError) -> Fault {
    match &error {
        ActError::Refused(..) => Fault::field("biaoti", format!("{error}。{}。", error.remedy())),
        _ => error.into_fault(),
    }
}

/// Decides what several asked for.
pub async fn decide(
    visit: Visit,
    clerk: Clerk,
    Path(id): Path<String>,
    form: Submitted,
) -> Result<Response, Fault> {
    may(&clerk, form.get(REASON).trim())?;
    let publish = match form.get("jueding") {
        "zhuan" => true,
        "buzhuan" => false,
        _ => return Err(Fault::field("jueding", "没有选决定。请选一项。")),
    };
    let sealer = visit.house.sealer().map_err(Fault::inside)?;
    let desk = visit.house.ledger().desk(clerk.actor()).await?;
    let by = Signatory::of(&clerk);
    let decided = conversion::decide_several(desk, sealer, &by, &id, (publish, wish(&form))).await;
    decided.map_err(refused)?;
    let done = if publish { "zhuan" } else { "buzhuan" };
    Ok(sent_to(&visit, &format!("{CONVERSIONS}?done={done}")))
}

impl ConversionsPage {
    fn empty() -> Empty {
        Empty::new("没有等待决定的").because(
            "多个人申请同一信息的会出现在这里。答复过的一份申请，在它的案卷里点“转为主动公开”。",
        )
    }
}
