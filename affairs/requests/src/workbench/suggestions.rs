//! `/gongzuo/jianyi`: 建议主动公开 (条例第四十四条第二款), looked into and told. Who suggests stands on a page of its
//! own; who opened it is written down.

use ::identity::powers::Tie;
use ::review::Signatory;
use askama::Template;
use axum::extract::{Path, Query};
use axum::response::{Html, Response};
use law::Date;
use serde::Deserialize;
use web::components::{Empty, Tag};
use web::workbench::{REASON, Submitted, Workbench};
use web::{Clerk, Fault, Visit};

use super::conversions::{refused, wish};
use super::{SUGGESTIONS, seen, sent_to};
use crate::acts::{conversion, perusal};
use crate::store::{Case, Filing, Suggested, SuggestionCase};

/// How many are listed.
const MOST: i64 = 300;

#[derive(Template)]
#[template(path = "workbench/suggestions.html")]
struct SuggestionsPage {
    desk: Workbench,
    rows: Vec<Row>,
}

struct Row {
    number: String,
    about: String,
    received: Date,
    tag: Tag,
    href: String,
}

#[derive(Template)]
#[template(path = "workbench/suggestion.html")]
struct SuggestionPage {
    desk: Workbench,
    case: SuggestionCase,
    tag: Tag,
    suggested: Suggested,
    /// What may be published, from the answer it is about.
    title: String,
    text: String,
    here: String,
}

/// What was done just now.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    done: String,
}

const SAID: &[(&str, &str)] = &[("jueding", "已经记下，建议人凭查询码能看到结果和理由。")];

fn may(clerk: &Clerk, reason: &str) -> Result<(), Fault> {
    let tie = Tie::to(&clerk.organ.code).because(reason);
    clerk.may("foi.suggestion.handle", &tie).map(|_| ())
}

fn tag_of(case: &SuggestionCase) -> Tag {
    match case.adopted {
        None => Tag::warn("待办理"),
        Some(true) => Tag::good("已采纳"),
        Some(false) => Tag::plain("没有采纳"),
    }
}

/// Shows them; not by whom.
pub async fn show(visit: Visit, clerk: Clerk) -> Result<Html<String>, Fault> {
    may(&clerk, "查看")?;
    let all = SuggestionCase::of(visit.house.store(), &clerk.organ.code, MOST).await?;
    let row = |case: SuggestionCase| Row {
        tag: tag_of(&case),
        received: case.received_on,
        href: visit.site.link(&format!("{SUGGESTIONS}/{}", case.id)),
        number: case.number,
        about: case.about,
    };
    let rows = all.into_iter().map(row).collect();
    let desk = Workbench::of(&visit, clerk, "jianyi", "建议主动公开").await?;
    web::page::answer(&SuggestionsPage { desk, rows })
}

/// Shows one: who opened it is written down.
pub async fn one(
    visit: Visit,
    clerk: Clerk,
    Path(id): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Html<String>, Fault> {
    may(&clerk, "查看")?;
    let store = visit.house.store();
    let found = SuggestionCase::find(store, &clerk.organ.code, &id).await?;
    found.ok_or(Fault::NotFound)?;
    let sealer = visit.house.sealer().map_err(Fault::inside)?;
    let desk = visit.house.ledger().desk(clerk.actor()).await?;
    let opened = perusal::of_suggestion(desk, sealer, &Signatory::of(&clerk), &id).await;
    let (case, suggested) = seen(opened, REASON)?;
    let (title, text) = answered(&visit, &clerk, &case.about).await?;
    let desk = Workbench::of(&visit, clerk, "jianyi", case.number.as_str()).await?;
    web::page::answer(&SuggestionPage {
        desk: desk.under("建议主动公开", SUGGESTIONS).saying(&asked.done, SAID),
        tag: tag_of(&case),
        here: visit.site.link(&format!("{SUGGESTIONS}/{id}")),
        case,
        suggested,
        title,
        text,
    })
}

/// Title and text of the answer a suggestion is about; empty where it names none of the organ's.
async fn answered(visit: &Visit, clerk: &Clerk, number: &str) -> Result<(String, String), Fault> {
    let (store, organ) = (visit.house.store(), clerk.organ.code.as_str());
    let filing = Filing::numbered(store, number.trim()).await?;
    let Some(filing) = filing.filter(|filing| filing.organ == organ) else {
        return Ok((String::new(), String::new()));
    };
    let Some(case) = Case::find(store, organ, &filing.id).await? else {
        return Ok((String::new(), String::new()));
    };
    let today = visit.house.ledger().clock().today();
    let title = case.filing.wanted.title.clone().unwrap_or_default();
    Ok((title, conversion::text_of(store, &case, today).await?))
}

/// Decides one.
pub async fn decide(
    visit: Visit,
    clerk: Clerk,
    Path(id): Path<String>,
    form: Submitted,
) -> Result<Response, Fault> {
    may(&clerk, form.get(REASON).trim())?;
    let adopted = match form.get("jueding") {
        "caina" => true,
        "bucaina" => false,
        _ => return Err(Fault::field("jueding", "没有选决定。请选一项。")),
    };
    let sealer = visit.house.sealer().map_err(Fault::inside)?;
    let desk = visit.house.ledger().desk(clerk.actor()).await?;
    let decided = (adopted, form.get("gaozhi"), wish(&form));
    let by = Signatory::of(&clerk);
    let decided = conversion::decide_suggestion(desk, sealer, &by, &id, decided).await;
    decided.map_err(refused)?;
    Ok(sent_to(&visit, &format!("{SUGGESTIONS}/{id}?done=jueding")))
}

impl SuggestionsPage {
    fn empty() -> Empty {
        Empty::new("没有建议").because("申请人建议把得到的信息主动公开，会出现在这里。")
    }
}
