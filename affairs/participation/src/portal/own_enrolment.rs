//! `/tingzheng/wode`: who has the query code sees whether he takes part, and may withdraw while one enrols.

use askama::Template;
use axum::response::Response;
use participation_rules::{HearingStage, HearingStep};
use serde::Deserialize;
use web::components::{ErrorSummary, Field, FieldError, Tag};
use web::layout::{Frame, Link};
use web::page::Page;
use web::{Fault, FromWhere, OwnForm, Pace, Visit};

use super::{HEARINGS, LIST, OWN_ENROLMENT, RETRACT_ENROLMENT, framed, fresh};
use crate::acts::ActError;
use crate::acts::enrolment;
use crate::draw::List;
use crate::store::{Enrolment, EnrolmentState, Hearing};

/// Query codes that are tried from one address.
const TRYING: Pace = Pace { name: "participation.enrolment_code", at_once: 20, one_more: 10_000 };

#[derive(Template)]
#[template(path = "portal/own_enrolment.html")]
struct OwnEnrolmentPage {
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
    mark: String,
    side: String,
    tag: Tag,
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

fn page(visit: &Visit, code: &str, error: Option<String>) -> OwnEnrolmentPage {
    let mut frame = framed(visit, "查我的报名", "凭查询码看听证报名有没有选上，截止以前可以撤回");
    frame.has_errors = error.is_some();
    OwnEnrolmentPage {
        frame: frame.under("征求意见", LIST).under("听证会", HEARINGS).at("查我的报名"),
        errors: errors(error.as_deref()),
        said: None,
        action: visit.site.link(OWN_ENROLMENT),
        retract: visit.site.link(RETRACT_ENROLMENT),
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
        hint: "报名以后页面上显示的 12 位字母和数字。".into(),
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

/// Shows the enrolment.
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
    let found = enrolment::with_code(visit.house.store(), sealer, &ma).await;
    match found.map_err(ActError::into_fault)? {
        Some((own, of)) => {
            let found = Some(told(&visit, &own, &of, &ma));
            fresh(&OwnEnrolmentPage { found, ..page(&visit, "", None) }, false)
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
    match enrolment::retract(visit.house.ledger(), sealer, &ma).await {
        Ok(()) => {
            let said = Some("已经撤回。姓名和联系方式已经删除。");
            fresh(&OwnEnrolmentPage { said, ..page(&visit, "", None) }, false)
        }
        Err(error @ (ActError::Standing(_) | ActError::Rule(_))) => {
            fresh(&page(&visit, &ma, Some(error.to_string())), true)
        }
        Err(error) => Err(error.into_fault()),
    }
}

fn told(visit: &Visit, own: &Enrolment, of: &Hearing, code: &str) -> Found {
    let stage = of.stage(visit.house.ledger().clock().today());
    let (tag, note) = standing(own, of, stage);
    let (low, high) = &visit.site.range;
    let href = match (low..=high).contains(&&of.division) {
        true => visit.site.link(&of.path()),
        // Another division's is read on another site.
        false => String::new(),
    };
    let side = own.side.checked_sub(1).and_then(|at| of.said.seats().into_iter().nth(at));
    let may = own.state == EnrolmentState::Enrolled && stage.after(HearingStep::Retract).is_ok();
    Found {
        title: Link::new(&of.said.title, href),
        number: own.number,
        mark: own.mark.clone(),
        side: side.map(|side| side.name).unwrap_or_default(),
        tag,
        note,
        may_retract: may.then(|| code.to_owned()),
    }
}

/// What became of it, and what to do now.
fn standing(own: &Enrolment, of: &Hearing, stage: HearingStage) -> (Tag, String) {
    match (own.state, stage) {
        (EnrolmentState::Retracted, _) => (Tag::plain("已撤回"), "您已经撤回报名。".into()),
        (EnrolmentState::Excluded, _) if own.reason.is_empty() => {
            (Tag::warn("没有算进名单"), "原因和您的报名信息一起删除了。".into())
        }
        (EnrolmentState::Excluded, _) => {
            (Tag::warn("没有算进名单"), format!("原因：{}。有异议的，打公告上的电话。", own.reason))
        }
        (_, HearingStage::Withdrawn) => (Tag::over("听证公告已撤下"), "原因写在公告页上。".into()),
        (_, HearingStage::Cancelled) => (Tag::over("听证已取消"), "原因写在公告页上。".into()),
        (_, _) if own.takes_part => {
            let words = "您选上了。到时候请带身份证，材料会提前送给您。";
            (Tag::good("参加"), words.into())
        }
        (_, _) if of.confirmed_on.is_some() => {
            let words = format!("您没有选上，候补第 {} 位。也可以提书面意见。", reserve(own, of));
            (Tag::plain("候补"), words)
        }
        _ => (Tag::info("已报名"), "报名截止以后按公告的办法抽取，选上的公布姓名。".into()),
    }
}

/// The place among who stands by on the same side.
fn reserve(own: &Enrolment, of: &Hearing) -> usize {
    let drawn = List::read(&of.list_text).map(|list| list.drawn(&of.seed)).unwrap_or_default();
    let mut others = drawn.iter().filter(|one| one.entry.side == own.side && !one.takes_part);
    others.position(|one| one.entry.number == own.number).map_or(0, |at| at + 1)
}

impl Page for OwnEnrolmentPage {
    fn samples() -> Vec<(&'static str, Self)> {
        let page = |error: Option<&str>, found: Option<Found>| Self {
            frame: Frame::sample("查我的报名").at("查我的报名"),
            errors: errors(error),
            said: None,
            action: "/linhu/tingzheng/wode".into(),
            retract: "/linhu/tingzheng/wode/chehui".into(),
            code: asked("", error.map(str::to_owned)),
            found,
        };
        let found = Found {
            title: Link::new("供水价格听证会", "/linhu/tingzheng/1"),
            number: 3,
            mark: "00ff00ff00ff00ff".into(),
            side: "居民代表".into(),
            tag: Tag::info("已报名"),
            note: "报名截止以后抽取。".into(),
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
    fn ones_own_enrolment_is_sound() {
        assert_eq!(web::page::faults::<super::OwnEnrolmentPage>(), Vec::<String>::new());
    }
}
