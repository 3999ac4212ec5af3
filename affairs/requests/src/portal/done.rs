//! `/shenqing/wancheng`: what whoever handed in a request takes home: number, query code, what comes next.
//! It can be looked at again while the pass lasts, and printed.

use askama::Template;
use axum::http::HeaderMap;
use axum::response::Response;
use law::Date;
use requests_rules::{Letter, Receipt};
use web::components::Tools;
use web::layout::Frame;
use web::{Fault, Visit};

use super::pass::{Kind, Pass};
use super::{APPLY, MINE, TRACK, frame, fresh, long_day, onward};
use crate::store::{Case, IssuedLetter};

#[derive(Template)]
#[template(path = "portal/done.html")]
struct DonePage {
    frame: Frame,
    number: String,
    code: Option<String>,
    /// What is asked for with the query code.
    second: &'static str,
    submitted: String,
    organ: String,
    wanted: Vec<String>,
    /// By when it is confirmed, while it is not.
    confirm_by: Option<String>,
    /// By when it is answered.
    due: Option<String>,
    provisional: bool,
    /// The law's period.
    period: String,
    /// The 登记回执 as PDF.
    receipt: Option<String>,
    ics: String,
    track: String,
    another: String,
    tools: Tools,
}

/// The request a pass opens; a visitor without one is asked for the query code.
pub(super) async fn case_of(
    visit: &Visit,
    headers: &HeaderMap,
) -> Result<Option<(Pass, Case)>, Fault> {
    let Some(pass) = Pass::of(&visit.house, headers)? else { return Ok(None) };
    if pass.kind != Kind::Request {
        return Ok(None);
    }
    let found = Case::find(visit.house.store(), &pass.organ, &pass.id).await?;
    Ok(found.map(|case| (pass, case)))
}

/// Shows the receipt.
pub(super) async fn show(visit: Visit, headers: HeaderMap) -> Result<Response, Fault> {
    let Some((pass, case)) = case_of(&visit, &headers).await? else {
        return Ok(onward(&visit, TRACK, vec![]));
    };
    let calendar = visit.house.ledger().calendar();
    let today = visit.house.ledger().clock().today();
    let organ = identity::Organ::find(visit.house.store(), &case.filing.organ).await?;
    let receipt = case.receipt(&calendar).map_err(Fault::inside)?;
    let due = case.standing(today, &calendar).map_err(Fault::inside)?;
    let due = due.and_then(|standing| standing.due());
    let has_tail = crate::store::intakes::has_tail(visit.house.store(), &case.filing.id).await?;
    let letters = IssuedLetter::of(visit.house.store(), &case.filing.id).await?;
    let receipt_letter = letters.iter().find(|letter| letter.kind == Letter::Receipt);
    let receipt_letter = receipt_letter.map(|letter| letter.id.clone());
    let link = |path: &str| visit.site.link(path);
    let period = requests_rules::REPLY_PERIOD.on(case.filing.arrival.submitted);
    fresh(&DonePage {
        frame: frame(&visit, "提交成功").titled("申请已经提交"),
        number: case.filing.number.clone(),
        code: pass.code,
        second: if has_tail { "电话号码的后4位" } else { "登记编号" },
        submitted: long_day(case.filing.arrival.submitted),
        organ: organ.map(|organ| organ.name).unwrap_or_default(),
        wanted: wanted(&case),
        confirm_by: match receipt {
            Receipt::Unconfirmed { confirm_by, .. } => Some(long_day(confirm_by.date)),
            Receipt::Received { .. } => None,
        },
        due: due.map(|due| long_day(due.date)),
        provisional: due.is_some_and(|due| due.provisional),
        period: period.map(|period| period.value.to_string()).unwrap_or_default(),
        receipt: receipt_letter.map(|id| link(&format!("/shenqing/jindu/wenshu/{id}/pdf"))),
        ics: link("/shenqing/wancheng.ics"),
        track: link(MINE),
        another: link(APPLY),
        tools: Tools::default(),
    })
}

/// What was asked for, a line each.
pub(super) fn wanted(case: &Case) -> Vec<String> {
    let wanted = &case.filing.wanted;
    let parts = [&wanted.title, &wanted.number, &wanted.description];
    parts.into_iter().flatten().cloned().collect()
}

/// The day for a calendar: of the reply, or of the confirmation while that is awaited.
pub(super) fn day_of(
    case: &Case,
    calendar: &law::WorkCalendar,
    today: Date,
) -> Result<Option<(Date, &'static str)>, Fault> {
    let standing = case.standing(today, calendar).map_err(Fault::inside)?;
    if let Some(due) = standing.filter(|one| one.closed_on().is_none()).and_then(|one| one.due()) {
        return Ok(Some((due.date, "政府信息公开申请最迟今天答复")));
    }
    Ok(case.filing.confirm_by.map(|day| (day, "政府信息公开申请最迟今天确认收到")))
}

impl web::page::Page for DonePage {
    fn samples() -> Vec<(&'static str, Self)> {
        let page = |code: Option<&str>, received: bool| Self {
            frame: Frame::sample("申请已经提交").at("提交成功"),
            number: "XM00001-2026-00001".into(),
            code: code.map(str::to_owned),
            second: "电话号码的后4位",
            submitted: "2026年11月26日（星期四）".into(),
            organ: "某区人民政府办公室".into(),
            wanted: vec!["某路改造工程征收补偿方案".into()],
            confirm_by: (!received).then(|| "2026年11月27日（星期五）".into()),
            due: received.then(|| "2026年12月24日（星期四）".into()),
            provisional: true,
            period: "20个工作日".into(),
            receipt: code.map(|_| "/linhu/shenqing/jindu/wenshu/1/pdf".into()),
            ics: "/linhu/shenqing/wancheng.ics".into(),
            track: "/linhu/shenqing/jindu/wode".into(),
            another: "/linhu/shenqing/xin".into(),
            tools: Tools::default(),
        };
        vec![("等待确认", page(Some("7K2M-9QXR-4D8A-0FZH"), false)), ("已经收到", page(None, true))]
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_receipt_is_sound() {
        assert_eq!(web::page::faults::<super::DonePage>(), Vec::<String>::new());
    }
}
