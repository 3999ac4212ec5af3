//! `/yijian/wode`: who has the query code reads his opinion and its answer, and may withdraw it while it is asked for.

use askama::Template;
use axum::response::Response;
use participation_rules::{Step, Verdict, about};
use secrets::Sealer;
use serde::Deserialize;
use web::components::{ErrorSummary, Field, FieldError, Tag};
use web::layout::{Frame, Link};
use web::page::Page;
use web::{Fault, FromWhere, OwnForm, Pace, Visit};

use super::{LIST, OWN, RETRACT, framed, fresh};
use crate::acts::ActError;
use crate::acts::opinion;
use crate::store::{Consultation, Opinion, OpinionState};

/// Query codes that are tried from one address.
const TRYING: Pace = Pace { name: "participation.opinion_code", at_once: 20, one_more: 10_000 };

#[derive(Template)]
#[template(path = "portal/own.html")]
struct OwnPage {
    frame: Frame,
    errors: ErrorSummary,
    said: Option<&'static str>,
    action: String,
    retract: String,
    code: Field,
    found: Option<Found>,
}

struct Found {
    title: Link,
    number: i64,
    about: String,
    received: String,
    words: String,
    tag: Tag,
    reason: String,
    note: String,
    /// The code, where it may be withdrawn.
    may_retract: Option<String>,
}

/// A query code as it is typed.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Code {
    ma: String,
}

fn page(visit: &Visit, code: &str, error: Option<String>) -> OwnPage {
    let mut frame = framed(visit, "查我提的意见", "凭查询码看自己的意见和答复，截止以前可以撤回");
    frame.has_errors = error.is_some();
    OwnPage {
        frame: frame.under("征求意见", LIST).at("查我提的意见"),
        errors: ErrorSummary(
            error
                .iter()
                .map(|one| FieldError { field: "ma".into(), message: one.clone() })
                .collect(),
        ),
        said: None,
        action: visit.site.link(OWN),
        retract: visit.site.link(RETRACT),
        code: asked(code, error),
        found: None,
    }
}

fn asked(code: &str, error: Option<String>) -> Field {
    Field {
        name: "ma".into(),
        label: "查询码".into(),
        hint: "提交意见以后页面上显示的 12 位字母和数字。".into(),
        value: code.into(),
        error,
        optional: false,
        autocomplete: "off",
    }
}

/// Where a code is typed.
pub async fn show(visit: Visit) -> Result<Response, Fault> {
    fresh(&page(&visit, "", None), false)
}

/// Shows the opinion.
pub async fn find(
    visit: Visit,
    from: FromWhere,
    OwnForm(Code { ma }): OwnForm<Code>,
) -> Result<Response, Fault> {
    if let Err(slow) = visit.house.pace(TRYING, &from) {
        let words = format!("查得太快，请过{}秒再查", slow.seconds);
        return fresh(&page(&visit, &ma, Some(words)), true);
    }
    let sealer = visit.house.sealer().map_err(Fault::inside)?;
    let found = opinion::with_code(visit.house.store(), sealer, &ma).await;
    match found.map_err(ActError::into_fault)? {
        Some((own, of)) => {
            let told = told(&visit, sealer, (own, &of), &ma).await?;
            fresh(&OwnPage { found: Some(told), ..page(&visit, "", None) }, false)
        }
        None => {
            let words = "没有这个查询码，请核对以后再写一次".to_owned();
            fresh(&page(&visit, &ma, Some(words)), true)
        }
    }
}

/// Withdraws it.
pub async fn retract(
    visit: Visit,
    from: FromWhere,
    OwnForm(Code { ma }): OwnForm<Code>,
) -> Result<Response, Fault> {
    if let Err(slow) = visit.house.pace(TRYING, &from) {
        let words = format!("查得太快，请过{}秒再查", slow.seconds);
        return fresh(&page(&visit, &ma, Some(words)), true);
    }
    let sealer = visit.house.sealer().map_err(Fault::inside)?;
    match opinion::retract(visit.house.ledger(), sealer, &ma).await {
        Ok(()) => {
            let said = Some("已经撤回。意见的内容、姓名和联系方式已经删除。");
            fresh(&OwnPage { said, ..page(&visit, "", None) }, false)
        }
        Err(error @ (ActError::Standing(_) | ActError::Rule(_))) => {
            fresh(&page(&visit, &ma, Some(error.to_string())), true)
        }
        Err(error) => Err(error.into_fault()),
    }
}

async fn told(
    visit: &Visit,
    sealer: &Sealer,
    (own, of): (Opinion, &Consultation),
    code: &str,
) -> Result<Found, Fault> {
    let clauses = of.clauses(visit.house.store()).await?;
    let about = about(own.clause, &clauses);
    let answered = of.answered_on.is_some();
    // Who says the same as another has the other's answer.
    let lead = match (&own.first, answered) {
        (Some(first), true) => Opinion::with_id(visit.house.store(), first).await?,
        _ => None,
    };
    let told = lead.as_ref().unwrap_or(&own);
    let (tag, note) = match (own.state, answered) {
        (OpinionState::Retracted, _) => (Tag::plain("已撤回"), "您已经撤回这条意见。".to_owned()),
        (OpinionState::Hidden, _) => (
            Tag::warn("不公布"),
            "这条意见里有违法内容，经两个人审定，不公布。有异议的，打公告上的电话。".into(),
        ),
        (OpinionState::Open, true) => (verdict(told.verdict), String::new()),
        (OpinionState::Open, false) => {
            (Tag::info("已收到"), "截止以后逐条研究，采纳没有、为什么，一起公布。".into())
        }
    };
    let stage = of.stage(visit.house.ledger().clock().today());
    let may = own.state == OpinionState::Open && stage.after(Step::Retract).is_ok();
    let (low, high) = &visit.site.range;
    // Who has the code reads what he said as he said it, while that is kept.
    let words = match own.is_erased() {
        true => own.shown.clone(),
        false => own.original(sealer).map_err(Fault::inside)?.words,
    };
    Ok(Found {
        // Another division's is read on another site.
        title: Link::new(
            &of.said.title,
            match (low..=high).contains(&&of.division) && of.withdrawn.is_none() {
                true => visit.site.link(&of.path()),
                false => String::new(),
            },
        ),
        number: own.number,
        about,
        received: own.received_on.clone(),
        reason: if answered && own.state == OpinionState::Open {
            told.reason.clone()
        } else {
            String::new()
        },
        words,
        tag,
        note,
        may_retract: may.then(|| code.to_owned()),
    })
}

pub(super) fn verdict(verdict: Option<Verdict>) -> Tag {
    match verdict {
        Some(one @ Verdict::Adopted) => Tag::good(one.name()),
        Some(one @ Verdict::Partly) => Tag::info(one.name()),
        Some(one @ Verdict::Declined) => Tag::plain(one.name()),
        None => Tag::warn("还没有答复"),
    }
}

impl Page for OwnPage {
    fn samples() -> Vec<(&'static str, Self)> {
        let page = |error: Option<&str>, found: Option<Found>| Self {
            frame: Frame::sample("查我提的意见").at("查我提的意见"),
            errors: ErrorSummary(
                error
                    .iter()
                    .map(|one| FieldError { field: "ma".into(), message: (*one).into() })
                    .collect(),
            ),
            said: None,
            action: "/linhu/yijian/wode".into(),
            retract: "/linhu/yijian/wode/chehui".into(),
            code: asked("", error.map(str::to_owned)),
            found,
        };
        let found = Found {
            title: Link::new("供水条例", "/linhu/yijian/1"),
            number: 3,
            about: "第一条".into(),
            received: "2026-11-20".into(),
            words: "写清楚谁来修水管。".into(),
            tag: Tag::info("已收到"),
            reason: String::new(),
            note: "截止以后逐条研究。".into(),
            may_retract: Some("ABCD".into()),
        };
        vec![
            ("空的", page(None, None)),
            ("没有", page(Some("没有这个查询码"), None)),
            ("有", page(None, Some(found))),
        ]
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn ones_own_opinion_is_sound() {
        assert_eq!(web::page::faults::<super::OwnPage>(), Vec::<String>::new());
    }
}
