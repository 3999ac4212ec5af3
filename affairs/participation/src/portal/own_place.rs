//! `/liexi/wode`: who has the query code sees whether he has a place, and may cancel until the day it is held.

use askama::Template;
use axum::response::Response;
use participation_rules::{GatheringStage, GatheringStep, Placing, Queued};
use serde::Deserialize;
use web::components::{ErrorSummary, Field, FieldError, Tag};
use web::layout::{Frame, Link};
use web::page::Page;
use web::{Fault, FromWhere, OwnForm, Pace, Visit};

use super::gatherings::TITLE;
use super::{GATHERINGS, LIST, OWN_PLACE, RETRACT_PLACE, framed, fresh};
use crate::acts::ActError;
use crate::acts::gathering::places;
use crate::store::{Gathering, Place, PlaceState};

/// Query codes that are tried from one address.
const TRYING: Pace = Pace { name: "participation.place_code", at_once: 20, one_more: 10_000 };

#[derive(Template)]
#[template(path = "portal/own_place.html")]
struct OwnPlacePage {
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
    group: String,
    tag: Tag,
    note: String,
    /// The code, where it may be cancelled.
    may_retract: Option<String>,
}

/// A query code as it is typed.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Code {
    ma: String,
}

fn page(visit: &Visit, code: &str, error: Option<String>) -> OwnPlacePage {
    let mut frame = framed(visit, "查我的报名", "凭查询码看活动报名有没有名额，来不了的可以撤回");
    frame.has_errors = error.is_some();
    OwnPlacePage {
        frame: frame.under("征求意见", LIST).under(TITLE, GATHERINGS).at("查我的报名"),
        errors: errors(error.as_deref()),
        said: None,
        action: visit.site.link(OWN_PLACE),
        retract: visit.site.link(RETRACT_PLACE),
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
    let found = places::with_code(visit.house.store(), sealer, &ma).await;
    match found.map_err(ActError::into_fault)? {
        Some((own, of)) => {
            let found = Some(told(&visit, &own, &of, &ma).await?);
            fresh(&OwnPlacePage { found, ..page(&visit, "", None) }, false)
        }
        None => {
            let words = "没有这个查询码，请核对以后再写一次".to_owned();
            fresh(&page(&visit, &ma, Some(words)), true)
        }
    }
}

/// Cancels it.
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
    match places::retract(visit.house.ledger(), sealer, &ma).await {
        Ok(()) => {
            let said = Some("已经撤回，姓名和联系方式已经删除。名额让给候补的人。");
            fresh(&OwnPlacePage { said, ..page(&visit, "", None) }, false)
        }
        Err(error @ (ActError::Standing(_) | ActError::Rule(_))) => {
            fresh(&page(&visit, &ma, Some(error.to_string())), true)
        }
        Err(error) => Err(error.into_fault()),
    }
}

async fn told(visit: &Visit, own: &Place, of: &Gathering, code: &str) -> Result<Found, Fault> {
    let stage = of.stage(visit.house.ledger().clock().today());
    let queue = Place::queue(visit.house.store(), &of.id).await?;
    let (tag, note) = standing(own, of, (stage, Queued::place(&queue, own.number)));
    let (low, high) = &visit.site.range;
    let href = match (low..=high).contains(&&of.division) {
        true => visit.site.link(&of.path()),
        // Another division's is read on another site.
        false => String::new(),
    };
    let group = own.group.checked_sub(1).and_then(|at| of.said.seats().into_iter().nth(at));
    let may = own.state.counts() && stage.after(GatheringStep::Retract).is_ok();
    Ok(Found {
        title: Link::new(&of.said.title, href),
        number: own.number,
        group: group.map(|group| group.name).unwrap_or_default(),
        tag,
        note,
        may_retract: may.then(|| code.to_owned()),
    })
}

/// What became of it, and what to do now.
fn standing(
    own: &Place,
    of: &Gathering,
    (stage, at): (GatheringStage, Option<usize>),
) -> (Tag, String) {
    let over = !matches!(stage, GatheringStage::Open | GatheringStage::Awaiting);
    match (own.state, stage) {
        (PlaceState::Retracted, _) => (Tag::plain("已撤回"), "您已经撤回报名。".into()),
        (PlaceState::Excluded, _) if own.reason.is_empty() => {
            (Tag::warn("不符合条件"), "原因和您的报名信息一起删除了。".into())
        }
        (PlaceState::Excluded, _) => {
            (Tag::warn("不符合条件"), format!("原因：{}。有异议的，打公告上的电话。", own.reason))
        }
        (_, GatheringStage::Withdrawn | GatheringStage::Cancelled) => {
            (Tag::over("活动不开了"), "原因写在公告页上。".into())
        }
        (PlaceState::Placed, _) => {
            let why = match own.reason.as_str() {
                "" => String::new(),
                reason => format!("选定的理由：{reason}。"),
            };
            (Tag::good("有名额"), format!("到时候请带身份证。{why}来不了的请撤回。"))
        }
        (PlaceState::Waiting, _) if over => {
            (Tag::plain("没有轮到"), "这次没有轮到您。可以看公告页上公布的内容。".into())
        }
        (PlaceState::Waiting, _)
            if of.said.placing == Placing::Chosen && of.chosen_on.is_none() =>
        {
            let words = "报名截止以后按公告的办法选定，选定了由工作人员通知您。";
            (Tag::info("已报名"), words.into())
        }
        (PlaceState::Waiting, _) => {
            let at = at.unwrap_or_default();
            let words = format!("候补第 {at} 位。有人撤回就按先后递补，递补了由工作人员通知您。");
            (Tag::plain("候补"), words)
        }
    }
}

impl Page for OwnPlacePage {
    fn samples() -> Vec<(&'static str, Self)> {
        let page = |error: Option<&str>, found: Option<Found>| Self {
            frame: Frame::sample("查我的报名").at("查我的报名"),
            errors: errors(error),
            said: None,
            action: "/linhu/liexi/wode".into(),
            retract: "/linhu/liexi/wode/chehui".into(),
            code: asked("", error.map(str::to_owned)),
            found,
        };
        let found = Found {
            title: Link::new("区政府常务会议列席", "/linhu/liexi/1"),
            number: 3,
            group: "群众代表".into(),
            tag: Tag::plain("候补"),
            note: "候补第 1 位。".into(),
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
    fn ones_own_place_is_sound() {
        assert_eq!(web::page::faults::<super::OwnPlacePage>(), Vec::<String>::new());
    }
}
