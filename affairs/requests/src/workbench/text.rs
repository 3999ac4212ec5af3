//! `/gongzuo/wenshu/{key}`: one standard text, its places, its versions, and the way to revise it. A text is
//! checked when it is saved; all its faults are told at once.

use ::identity::powers::Tie;
use askama::Template;
use axum::extract::{Path, Query};
use axum::response::{Html, Response};
use review::Signatory;
use serde::Deserialize;
use web::moments::minute;
use web::workbench::{Submitted, Workbench};
use web::{Clerk, Fault, Visit};

use super::{TEXTS, seen, sent_to};
use crate::acts::letter_text::{self, Revision};
use crate::letters::{TextKey, standard_text};
use crate::store::{LetterTexts, TextVersion};

#[derive(Template)]
#[template(path = "workbench/text.html")]
struct TextPage {
    desk: Workbench,
    title: String,
    basis: String,
    body: String,
    standard: String,
    own: bool,
    seen: i64,
    demanded: Vec<&'static str>,
    offered: Vec<&'static str>,
    versions: Vec<(i64, String, String, String)>,
    may_revise: bool,
}

/// What was done just now.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    done: String,
}

const SAID: &[(&str, &str)] = &[
    ("baocun", "新的一版已经保存，此后的文书按它成文；已经发出的不变。"),
    ("huifu", "已经改回平台的标准文本。"),
];

/// Shows it.
pub async fn show(
    visit: Visit,
    clerk: Clerk,
    Path(key): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Html<String>, Fault> {
    let tie = Tie::to(&clerk.organ.code);
    clerk.may("foi.letter_text.read", &tie)?;
    let today = visit.house.ledger().clock().today();
    let key = TextKey::parse(&key, today).ok_or(Fault::NotFound)?;
    let store = visit.house.store();
    let organ = (clerk.organ.code.as_str(), clerk.organ.name.as_str());
    let texts = LetterTexts::of(store, organ, None).await?;
    let versions = TextVersion::of_text(store, &clerk.organ.code, key).await?;
    let text = texts.text(key).ok_or(Fault::NotFound)?;
    let told = |version: TextVersion| {
        let what = if version.body.is_empty() { "改回平台标准文本：" } else { "" };
        (
            version.version,
            format!("{what}{}", version.reason),
            version.name,
            minute(&version.saved_at),
        )
    };
    let demanded = key.demanded();
    let title = key.title(today);
    let page = TextPage {
        basis: key.letter().basis().to_string(),
        body: text.body().to_owned(),
        standard: standard_text(key).map(|text| text.body().to_owned()).unwrap_or_default(),
        own: text.version() > 0,
        seen: texts.version(key),
        offered: key
            .fields()
            .into_iter()
            .filter(|field| !demanded.contains(field))
            .map(crate::letters::Field::name)
            .collect(),
        demanded: demanded.into_iter().map(crate::letters::Field::name).collect(),
        versions: versions.into_iter().map(told).collect(),
        may_revise: clerk.may("foi.letter_text.revise", &tie.because("理由")).is_ok(),
        desk: Workbench::of(&visit, clerk, "wenshu", title.clone())
            .await?
            .under("文书和表格", TEXTS)
            .saying(&asked.done, SAID),
        title,
    };
    web::page::answer(&page)
}

/// Revises it.
pub async fn act(
    visit: Visit,
    clerk: Clerk,
    Path(word): Path<String>,
    form: Submitted,
) -> Result<Response, Fault> {
    let reason = form.get("liyou").trim().to_owned();
    clerk.may("foi.letter_text.revise", &Tie::to(&clerk.organ.code).because(reason.as_str()))?;
    let today = visit.house.ledger().clock().today();
    let key = TextKey::parse(&word, today).ok_or(Fault::NotFound)?;
    let back = form.get("do") == "huifu";
    let body = if back { String::new() } else { form.get("wenben").to_owned() };
    if !back && body.trim().is_empty() {
        return Err(Fault::field("wenben", "文本是空的。写正文，或者按“改回平台标准文本”。"));
    }
    let seen_version = if form.has("fugai") {
        let store = visit.house.store();
        let versions = TextVersion::of_text(store, &clerk.organ.code, key).await?;
        versions.first().map_or(0, |newest| newest.version)
    } else {
        form.get("kan").parse().unwrap_or_default()
    };
    let new = Revision { key, body, reason, seen: seen_version };
    let desk = visit.house.ledger().desk(clerk.actor()).await?;
    seen(letter_text::revise(desk, &Signatory::of(&clerk), new).await, "wenben")?;
    let done = if back { "huifu" } else { "baocun" };
    Ok(sent_to(&visit, &format!("{TEXTS}/{key}?done={done}")))
}
