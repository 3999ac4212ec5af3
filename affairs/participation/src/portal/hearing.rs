//! `/tingzheng/{id}`: a hearing from its notice to its record, and how anybody can draw again who takes part.

use askama::Template;
use axum::extract::Path;
use axum::http::header;
use axum::response::{Html, IntoResponse, Response};
use law::Date;
use participation_rules::{HearingStage, Seats};
use web::components::{Meta, MetaValue, Phone, Tag};
use web::layout::{Frame, Link};
use web::page::Page;
use web::{Fault, Visit};

use super::one::paragraphs;
use super::{HEARINGS, LIST, OWN_ENROLMENT, day_words, framed, hearings};
use crate::draw::{List, digest};
use crate::inscription::hearing as inscribed;
use crate::store::{Enrolment, Hearing, REPEATED};

#[derive(Template)]
#[template(path = "portal/hearing.html")]
struct HearingPage {
    frame: Frame,
    title: String,
    tag: Tag,
    meta: Meta,
    cancelled: Option<String>,
    matters: Vec<String>,
    conditions: Vec<String>,
    sides: Vec<Side>,
    days: Vec<(&'static str, String)>,
    enrol: Option<String>,
    own: String,
    value_source: String,
    list: Option<BoundList>,
    draw: Option<Draw>,
    excluded: Vec<(&'static str, i64)>,
    record: Vec<String>,
    log: Vec<Link>,
    demo: bool,
}

/// One side with its seats and, once they are public, who takes part.
struct Side {
    name: String,
    seats: u32,
    names: Vec<(String, i64)>,
    /// The numbers of who stands by, in their order.
    reserves: Vec<i64>,
}

/// The list as it was bound.
struct BoundList {
    on: String,
    many: usize,
    digest: String,
    file: String,
}

/// What the draw was made with.
struct Draw {
    value: String,
    seed: String,
}

/// The public hearing of a site at an address.
pub(super) async fn found(visit: &Visit, id: &str) -> Result<Hearing, Fault> {
    let found = Hearing::find(visit.house.store(), id).await?;
    let (low, high) = &visit.site.range;
    let here =
        |found: &Hearing| found.opened_on.is_some() && (low..=high).contains(&&found.division);
    let found = found.filter(here).ok_or(Fault::NotFound)?;
    match &found.withdrawn {
        None => Ok(found),
        Some((day, reason)) => {
            let notice = format!("这次听证的公告已撤下（{day}）。原因：{reason}。");
            Err(Fault::Gone { notice, instead: None })
        }
    }
}

/// Shows one.
pub async fn show(visit: Visit, Path(id): Path<String>) -> Result<Html<String>, Fault> {
    let of = found(&visit, &id).await?;
    let (site, store) = (&visit.site, visit.house.store());
    let today = visit.house.ledger().clock().today();
    let open = of.stage(today) == HearingStage::Open;
    let drawn = of.confirmed_on.is_some();
    let taking = if drawn { Enrolment::taking_part(store, &of.id).await? } else { vec![] };
    let page = HearingPage {
        frame: framed(&visit, &of.said.title, &format!("{}的听证会", of.organ_name))
            .under("征求意见", LIST)
            .under("听证会", HEARINGS)
            .at(of.said.title.clone()),
        tag: hearings::tag(&of, today, visit.for_copy),
        meta: meta(&visit, &of),
        cancelled: of
            .cancelled
            .as_ref()
            .map(|(day, reason)| format!("{day} 取消。原因：{reason}。")),
        matters: paragraphs(&of.said.matters),
        conditions: paragraphs(&of.said.conditions),
        sides: sides(&of, &taking),
        days: days(&of),
        enrol: open.then(|| site.link(&format!("{}/baoming", of.path()))),
        own: site.link(OWN_ENROLMENT),
        list: bound(&visit, &of),
        draw: drawn.then(|| Draw { value: of.drawn_value.clone(), seed: of.seed.clone() }),
        excluded: match of.list_on {
            Some(_) => told(&Enrolment::excluded(store, &of.id).await?),
            None => vec![],
        },
        record: if of.recorded_on.is_some() { paragraphs(&of.record) } else { vec![] },
        log: log(&visit, &of).await?,
        demo: of.demo,
        value_source: of.said.value_source,
        title: of.said.title,
    };
    web::page::answer(&page)
}

/// Why some do not count, in settled words: what an officer wrote of one is told to him alone.
fn told(excluded: &[(String, i64)]) -> Vec<(&'static str, i64)> {
    let many = |repeated: bool| -> i64 {
        let own = excluded.iter().filter(|(reason, _)| (reason == REPEATED) == repeated);
        own.map(|(_, many)| many).sum()
    };
    let all = [(REPEATED, many(true)), ("不符合公告上的报名条件", many(false))];
    all.into_iter().filter(|(_, many)| *many > 0).collect()
}

fn meta(visit: &Visit, of: &Hearing) -> Meta {
    let said = &of.said;
    let day = said.held_on.map(day_words).unwrap_or_default();
    let draft = Link::new(&of.draft_title, visit.site.link(&format!("{LIST}/{}", of.consultation)));
    Meta::default()
        .with_wide("时间", MetaValue::Text(format!("{day} {}", said.held_at)))
        .with_wide("地点", MetaValue::Text(said.place.clone()))
        .with_wide("报名截止", MetaValue::Text(said.enrol_until.map(day_words).unwrap_or_default()))
        .with("听证机关", MetaValue::Text(of.organ_name.clone()))
        .with("电话", MetaValue::Phone(Phone::of(&said.telephone)))
        .with_wide("草案", MetaValue::Links(vec![draft]))
}

/// The days of a hearing in their order: those that are over, and those that are planned.
fn days(of: &Hearing) -> Vec<(&'static str, String)> {
    let said = &of.said;
    let planned = |day: Option<Date>| day.map(day_words);
    let by = said.days().map(|days| format!("{}以前", day_words(days.papers_by())));
    let days = [
        ("公布公告", planned(of.opened_on)),
        ("报名截止", planned(said.enrol_until)),
        ("固定名单", planned(of.list_on).or_else(|| Some("报名截止以后、数值开出以前".into()))),
        ("公开数值开出", planned(said.value_on)),
        ("公布参加人", planned(of.confirmed_on).or_else(|| Some("数值开出以后".into()))),
        ("材料送到参加人", planned(of.papers_on).or(by)),
        ("开听证会", planned(said.held_on)),
        ("公布记录", planned(of.recorded_on).or_else(|| Some("听证会以后".into()))),
    ];
    days.into_iter().filter_map(|(name, day)| day.map(|day| (name, day))).collect()
}

fn sides(of: &Hearing, taking: &[Enrolment]) -> Vec<Side> {
    let drawn = match of.confirmed_on {
        Some(_) => List::read(&of.list_text).map(|list| list.drawn(&of.seed)).unwrap_or_default(),
        None => vec![],
    };
    let side = |(at, seats): (usize, Seats)| Side {
        name: seats.name,
        seats: seats.seats,
        names: taking
            .iter()
            .filter(|one| one.side == at)
            .map(|one| (one.named.clone(), one.number))
            .collect(),
        reserves: drawn
            .iter()
            .filter(|one| one.entry.side == at && !one.takes_part)
            .map(|one| one.entry.number)
            .collect(),
    };
    (1..).zip(of.said.seats()).map(side).collect()
}

fn bound(visit: &Visit, of: &Hearing) -> Option<BoundList> {
    Some(BoundList {
        on: of.list_on.map(day_words)?,
        many: List::read(&of.list_text).map(|list| list.entries.len()).unwrap_or_default(),
        digest: digest(&of.list_text),
        file: visit.site.link(&format!("{}/mingdan.txt", of.path())),
    })
}

/// What of it stands in the public log.
async fn log(visit: &Visit, of: &Hearing) -> Result<Vec<Link>, Fault> {
    let mut all = Vec::new();
    for (there, part) in [
        (true, ""),
        (of.list_on.is_some(), inscribed::LIST),
        (of.confirmed_on.is_some(), inscribed::DRAW),
        (of.recorded_on.is_some(), inscribed::RECORD),
        (of.cancelled.is_some(), inscribed::CANCELLED),
    ] {
        if there {
            all.extend(
                visit.inscribed(&inscribed::subject(&of.id, part), |_| String::new()).await?,
            );
        }
    }
    Ok(all)
}

/// `/tingzheng/{id}/mingdan.txt`: the list as it was bound, byte by byte.
pub async fn list(visit: Visit, Path(id): Path<String>) -> Result<Response, Fault> {
    let of = found(&visit, &id).await?;
    if of.list_on.is_none() {
        return Err(Fault::NotFound);
    }
    Ok(([(header::CONTENT_TYPE, "text/plain; charset=utf-8")], of.list_text).into_response())
}

impl Page for HearingPage {
    fn samples() -> Vec<(&'static str, Self)> {
        let page = |drawn: bool| Self {
            frame: Frame::sample("供水价格听证会").at("供水价格听证会"),
            title: "供水价格听证会".into(),
            tag: Tag::info("正在报名"),
            meta: Meta::default().text("听证机关", "市水务局"),
            cancelled: drawn.then(|| "2026-12-20 取消。原因：台风。".to_owned()),
            matters: vec!["每吨调多少。".into()],
            conditions: vec!["十八周岁以上的用水人。".into()],
            sides: vec![Side {
                name: "居民代表".into(),
                seats: 10,
                names: if drawn { vec![("林演示".into(), 3)] } else { vec![] },
                reserves: if drawn { vec![7, 2] } else { vec![] },
            }],
            days: vec![("公布公告", "2026年11月27日（星期五）".into())],
            enrol: (!drawn).then(|| "/linhu/tingzheng/1/baoming".to_owned()),
            own: "/linhu/tingzheng/wode".into(),
            value_source: "某期开奖号码".into(),
            list: drawn.then(|| BoundList {
                on: "2026年12月5日（星期六）".into(),
                many: 12,
                digest: "00ff".into(),
                file: "/linhu/tingzheng/1/mingdan.txt".into(),
            }),
            draw: drawn.then(|| Draw { value: "05 11 17".into(), seed: "00ff".into() }),
            excluded: if drawn { vec![("不符合公告上的报名条件", 2)] } else { vec![] },
            record: if drawn { vec!["主持人宣布开始。".into()] } else { vec![] },
            log: vec![],
            demo: false,
        };
        vec![("报名中", page(false)), ("已抽取", page(true))]
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_hearing_is_sound() {
        assert_eq!(web::page::faults::<super::HearingPage>(), Vec::<String>::new());
    }
}
