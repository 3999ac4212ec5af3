//! `/fangtan/wode`: who has the query code sees whether his question was put, and may take it back before the interview.

use askama::Template;
use axum::response::Response;
use participation_rules::{InterviewStage, InterviewStep};
use serde::Deserialize;
use web::components::{ErrorSummary, Field, FieldError, Tag};
use web::layout::{Frame, Link};
use web::page::Page;
use web::{Fault, FromWhere, OwnForm, Pace, Visit};

use super::{INTERVIEWS, LIST, OWN_QUESTION, RETRACT_QUESTION, framed, fresh};
use crate::acts::{ActError, asking};
use crate::store::{Asker, Interview, InterviewQuestion};

/// Query codes that are tried from one address.
const TRYING: Pace = Pace { name: "participation.question_code", at_once: 20, one_more: 10_000 };

#[derive(Template)]
#[template(path = "portal/own_question.html")]
struct OwnQuestionPage {
    frame: Frame,
    errors: ErrorSummary,
    said: Option<&'static str>,
    action: String,
    retract: String,
    back: String,
    code: Field,
    found: Option<Found>,
}

struct Found {
    title: Link,
    number: i64,
    tag: Tag,
    note: String,
    words: String,
    /// The code, where it may be taken back.
    may_retract: Option<String>,
}

/// A query code as it is typed.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Code {
    ma: String,
}

fn page(visit: &Visit, code: &str, error: Option<String>) -> OwnQuestionPage {
    let words = "凭查询码看在线访谈有没有问到您的问题，开始以前可以撤回";
    let mut frame = framed(visit, "查我的提问", words);
    frame.has_errors = error.is_some();
    OwnQuestionPage {
        frame: frame.under("征求意见", LIST).under("在线访谈", INTERVIEWS).at("查我的提问"),
        errors: errors(error.as_deref()),
        said: None,
        action: visit.site.link(OWN_QUESTION),
        retract: visit.site.link(RETRACT_QUESTION),
        back: visit.site.link(INTERVIEWS),
        code: asked(code, error),
        found: None,
    }
}

fn errors(error: Option<&str>) -> ErrorSummary {
    let one = |message: &str| FieldError { field: "ma".into(), message: message.into() };
    ErrorSummary(error.map(one).into_iter().collect())
}

fn asked(code: &str, error: Option<String>) -> Field {
    Field {
        name: "ma".into(),
        label: "查询码".into(),
        hint: "提问以后页面上显示的 12 位字母和数字。".into(),
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

/// Shows the question.
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
    let found = asking::with_code(visit.house.store(), sealer, &ma).await;
    match found.map_err(ActError::into_fault)? {
        Some((own, of, who)) => {
            let found = Some(told(&visit, (&own, who), &of, &ma));
            fresh(&OwnQuestionPage { found, ..page(&visit, "", None) }, false)
        }
        None => {
            let words = "没有这个查询码，请核对以后再写一次".to_owned();
            fresh(&page(&visit, &ma, Some(words)), true)
        }
    }
}

/// Takes it back.
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
    match asking::retract(visit.house.ledger(), sealer, &ma).await {
        Ok(()) => {
            let said = Some("已经撤回。问题和名字已经删除。");
            fresh(&OwnQuestionPage { said, ..page(&visit, "", None) }, false)
        }
        Err(error @ (ActError::Standing(_) | ActError::Rule(_))) => {
            fresh(&page(&visit, &ma, Some(error.to_string())), true)
        }
        Err(error) => Err(error.into_fault()),
    }
}

fn told(
    visit: &Visit,
    (own, who): (&InterviewQuestion, Asker),
    of: &Interview,
    code: &str,
) -> Found {
    let stage = of.stage(visit.house.ledger().clock().today());
    let (tag, note) = standing(own, stage);
    let (low, high) = &visit.site.range;
    let here = stage.is_public() && (low..=high).contains(&&of.division);
    // Another division's is read on another site.
    let href = if here { visit.site.link(&of.path()) } else { String::new() };
    let may = !own.retracted && stage.after(InterviewStep::Retract).is_ok();
    Found {
        title: Link::new(&of.said.title, href),
        number: own.number,
        tag,
        note,
        words: who.words,
        may_retract: may.then(|| code.to_owned()),
    }
}

/// What became of it.
fn standing(own: &InterviewQuestion, stage: InterviewStage) -> (Tag, String) {
    if own.retracted {
        return (Tag::plain("已撤回"), "您已经撤回这个问题。".into());
    }
    match stage {
        InterviewStage::Cancelled => (Tag::over("访谈已取消"), "原因写在访谈页上。".into()),
        InterviewStage::Withdrawn => (Tag::over("访谈已撤下"), "原因写在访谈页上。".into()),
        _ if own.picked > 0 => (Tag::good("已经问到"), "回答在访谈页上。".into()),
        InterviewStage::Announced | InterviewStage::Closed => {
            (Tag::info("已收到"), "访谈当天从收到的问题里选。".into())
        }
        InterviewStage::Live => (Tag::info("正在访谈"), "还没有问到。".into()),
        _ => {
            let words = "时间有限，这次没有问到。可以打访谈页上的电话，或者写信问。";
            (Tag::plain("没有问到"), words.into())
        }
    }
}

impl Page for OwnQuestionPage {
    fn samples() -> Vec<(&'static str, Self)> {
        let page = |error: Option<&str>, found: Option<Found>| Self {
            frame: Frame::sample("查我的提问").at("查我的提问"),
            errors: errors(error),
            said: None,
            action: "/linhu/fangtan/wode".into(),
            retract: "/linhu/fangtan/wode/chehui".into(),
            back: "/linhu/fangtan".into(),
            code: asked("", error.map(str::to_owned)),
            found,
        };
        let found = Found {
            title: Link::new("供水怎样更稳", "/linhu/fangtan/1"),
            number: 3,
            tag: Tag::info("已收到"),
            note: "访谈当天从收到的问题里选。".into(),
            words: "水箱多久洗一次？".into(),
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
    fn ones_own_question_is_sound() {
        assert_eq!(web::page::faults::<super::OwnQuestionPage>(), Vec::<String>::new());
    }
}
