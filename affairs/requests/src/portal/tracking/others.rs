//! How a complaint, a demand for rectification and a suggestion stand.

use askama::Template;
use axum::response::Response;
use requests_rules::ComplaintStanding;
use web::components::Tag;
use web::layout::{Frame, Link};
use web::{Fault, Visit};

use super::calendar;
use crate::portal::pass::Pass;
use crate::portal::{frame, fresh, long_day};
use crate::store::{ComplaintCase, RectificationCase, SuggestionCase};

#[derive(Template)]
#[template(path = "portal/beside/standing.html")]
pub(super) struct StandingPage {
    frame: Frame,
    heading: &'static str,
    tag: Tag,
    number: String,
    received: String,
    /// By when, or what became of it.
    headline: String,
    result: Vec<String>,
    ways: Vec<Link>,
}

/// How a complaint stands.
pub(super) async fn complaint(visit: &Visit, pass: &Pass) -> Result<Response, Fault> {
    let found = ComplaintCase::find(visit.house.store(), &pass.organ, &pass.id).await?;
    let case = found.ok_or(Fault::NotFound)?;
    let today = visit.house.ledger().clock().today();
    let standing = case.complaint.standing(today, &calendar(visit)).map_err(Fault::inside)?;
    let (tag, headline) = match standing {
        ComplaintStanding::Fresh { due, .. } => {
            (Tag::plain("等待受理"), format!("最迟{}受理", long_day(due.date)))
        }
        ComplaintStanding::Verifying { due, .. } => {
            (Tag::plain("正在核查"), format!("最迟{}告知结果", long_day(due.date)))
        }
        ComplaintStanding::Told { on, .. } => {
            (Tag::good("已告知结果"), format!("{}告知结果", long_day(on)))
        }
    };
    let mut result: Vec<String> = case.outcome.iter().map(|one| one.name().to_owned()).collect();
    result.extend(Some(case.result.clone()).filter(|words| !words.is_empty()));
    fresh(&StandingPage {
        frame: frame(visit, "投诉进度").titled("投诉办到哪一步了"),
        heading: "投诉办到哪一步了",
        tag,
        number: case.number.clone(),
        received: long_day(case.complaint.received),
        headline,
        result,
        ways: vec![Link::new("看完了，离开", visit.site.link("/shenqing/jindu/likai"))],
    })
}

/// How a demand for rectification stands.
pub(super) async fn rectification(visit: &Visit, pass: &Pass) -> Result<Response, Fault> {
    let found = RectificationCase::find(visit.house.store(), &pass.organ, &pass.id).await?;
    let case = found.ok_or(Fault::NotFound)?;
    let (tag, headline) = match case.told_on {
        None => (Tag::plain("正在审核"), format!("最迟{}答复", long_day(case.due_on))),
        Some(on) => (Tag::good("已答复"), format!("{}答复", long_day(on))),
    };
    let told = case.told_on.is_some();
    let said = [case.sent_to.clone(), case.reason.clone()];
    let result = said.into_iter().filter(|words| told && !words.is_empty()).collect();
    fresh(&StandingPage {
        frame: frame(visit, "更正进度").titled("更正申请办到哪一步了"),
        heading: "更正申请办到哪一步了",
        tag,
        number: case.number.clone(),
        received: long_day(case.demand.received),
        headline,
        result,
        ways: vec![Link::new("看完了，离开", visit.site.link("/shenqing/jindu/likai"))],
    })
}

/// What became of a suggestion.
pub(super) async fn suggestion(visit: &Visit, pass: &Pass) -> Result<Response, Fault> {
    let found = SuggestionCase::find(visit.house.store(), &pass.organ, &pass.id).await?;
    let case = found.ok_or(Fault::NotFound)?;
    let (tag, headline) = match (case.decided_on, case.adopted) {
        (Some(on), Some(true)) => (Tag::good("已采纳"), format!("{}采纳", long_day(on))),
        (Some(on), _) => (Tag::plain("没有采纳"), format!("{}作出决定", long_day(on))),
        (None, _) => (Tag::plain("正在审核"), "机关正在审核能不能主动公开".to_owned()),
    };
    let result = Some(case.result.clone()).filter(|words| !words.is_empty());
    fresh(&StandingPage {
        frame: frame(visit, "建议进度").titled("建议办到哪一步了"),
        heading: "建议办到哪一步了",
        tag,
        number: case.number.clone(),
        received: long_day(case.received_on),
        headline,
        result: result.into_iter().collect(),
        ways: vec![Link::new("看完了，离开", visit.site.link("/shenqing/jindu/likai"))],
    })
}

impl web::page::Page for StandingPage {
    fn samples() -> Vec<(&'static str, Self)> {
        let page = |result: Vec<String>| Self {
            frame: Frame::sample("投诉办到哪一步了").at("投诉进度"),
            heading: "投诉办到哪一步了",
            tag: Tag::plain("正在核查"),
            number: "XM00001〔2026〕投诉第1号".into(),
            received: "2026年11月26日（星期四）".into(),
            headline: "最迟2026年12月24日（星期四）告知结果".into(),
            result,
            ways: vec![Link::new("离开", "/linhu/shenqing/jindu/likai")],
        };
        vec![
            ("核查中", page(vec![])),
            ("有结果", page(vec!["督促整改".into(), "已经整改。".into()])),
        ]
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_standing_page_is_sound() {
        assert_eq!(web::page::faults::<super::StandingPage>(), Vec::<String>::new());
    }
}
