//! `/gongzuo/wenshu/shezhi`: what an organ's letters need of it; where it has said nothing, what the house knows
//! of it stands in its letters, and is shown here to be looked at.

use ::identity::powers::Tie;
use askama::Template;
use axum::extract::Query;
use axum::response::{Html, Response};
use review::Signatory;
use serde::Deserialize;
use web::moments::minute;
use web::workbench::{Submitted, Workbench};
use web::{Clerk, Fault, Visit};

use super::{TEXTS, seen, sent_to};
use crate::acts::letter_text;
use crate::letters::Sender;
use crate::store::{LetterTexts, TextVersion};

#[derive(Template)]
#[template(path = "workbench/sender.html")]
struct SenderPage {
    desk: Workbench,
    /// What the organ has said.
    said: Sender,
    /// What its letters are made with.
    used: Sender,
    /// What it has not said, by name.
    unsaid: Vec<&'static str>,
    seen: i64,
    versions: Vec<(i64, String, String, String)>,
}

/// What was done just now.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    done: String,
}

const SAID: &[(&str, &str)] = &[("baocun", "设置已经保存，此后的文书按它成文；已经发出的不变。")];

/// Shows the settings.
pub async fn show(
    visit: Visit,
    clerk: Clerk,
    Query(asked): Query<Asked>,
) -> Result<Html<String>, Fault> {
    clerk.may("foi.letter_text.revise", &Tie::to(&clerk.organ.code).because("查看"))?;
    let store = visit.house.store();
    let organ = (clerk.organ.code.as_str(), clerk.organ.name.as_str());
    let texts = LetterTexts::of(store, organ, None).await?;
    let versions = TextVersion::of_sender(store, &clerk.organ.code).await?;
    let seen = versions.first().map_or(0, |version| version.version);
    let told = |one: TextVersion| (one.version, one.reason, one.name, minute(&one.saved_at));
    let desk = Workbench::of(&visit, clerk, "wenshu", "文书设置").await?;
    web::page::answer(&SenderPage {
        desk: desk.under("文书和表格", TEXTS).saying(&asked.done, SAID),
        said: texts.said().clone(),
        used: texts.sender().clone(),
        unsaid: texts.unsaid(),
        seen,
        versions: versions.into_iter().map(told).collect(),
    })
}

/// Keeps them.
pub async fn act(visit: Visit, clerk: Clerk, form: Submitted) -> Result<Response, Fault> {
    let reason = form.get("liyou").trim();
    clerk.may("foi.letter_text.revise", &Tie::to(&clerk.organ.code).because(reason))?;
    let said = |name: &str| form.words(name).map(str::to_owned);
    let sender = Sender {
        organ: clerk.organ.name.clone(),
        mark: said("daizi").unwrap_or_default(),
        contact: said("lianxi"),
        review_organ: said("fuyi").unwrap_or_default(),
        court: said("fayuan").unwrap_or_default(),
        online_review: said("wangshang"),
        payment: said("jiaofei"),
        by_submission: form.has("chengnuo"),
    };
    let seen_version = if form.has("fugai") {
        let versions = TextVersion::of_sender(visit.house.store(), &clerk.organ.code).await?;
        versions.first().map_or(0, |newest| newest.version)
    } else {
        form.get("kan").parse().unwrap_or_default()
    };
    let desk = visit.house.ledger().desk(clerk.actor()).await?;
    let by = Signatory::of(&clerk);
    seen(letter_text::set_up(desk, &by, (&sender, reason, seen_version)).await, "daizi")?;
    Ok(sent_to(&visit, &format!("{TEXTS}/shezhi?done=baocun")))
}

impl SenderPage {
    fn words(text: &Option<String>) -> &str {
        text.as_deref().unwrap_or_default()
    }
}
