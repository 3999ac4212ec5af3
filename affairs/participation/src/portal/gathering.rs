//! `/liexi/{id}`: a gathering from its notice to what is published after it; its day for a calendar.

use askama::Template;
use axum::extract::Path;
use axum::http::header;
use axum::response::{Html, IntoResponse, Response};
use participation_rules::{GatheringStage, Seats};
use web::components::{Meta, MetaValue, Phone, Tag};
use web::ics::{Calendar, Entry, written};
use web::layout::{Frame, Link};
use web::page::Page;
use web::{Fault, Visit};

use super::gatherings::{self, TITLE};
use super::one::paragraphs;
use super::{DECISIONS, GATHERINGS, LIST, OWN_PLACE, day_words, framed};
use crate::inscription::gathering as inscribed;
use crate::store::{Gathering, Noted};

#[derive(Template)]
#[template(path = "portal/gathering.html")]
struct GatheringPage {
    frame: Frame,
    title: String,
    tag: Tag,
    meta: Meta,
    cancelled: Option<String>,
    matters: Vec<String>,
    who: Vec<String>,
    groups: Vec<Seats>,
    /// How places are given, and the rule by which people are chosen.
    placing: &'static str,
    rule: Vec<String>,
    enrol: Option<String>,
    /// Where one looks after one's enrolment; none where nobody enrols.
    own: Option<String>,
    calendar: Option<String>,
    /// What is published after it is called.
    record_name: &'static str,
    record: Vec<String>,
    attended: i64,
    said: usize,
    log: Vec<Link>,
    demo: bool,
}

/// The public gathering of a site at an address.
pub(super) async fn found(visit: &Visit, id: &str) -> Result<Gathering, Fault> {
    let found = Gathering::find(visit.house.store(), id).await?;
    let (low, high) = &visit.site.range;
    let here =
        |found: &Gathering| found.opened_on.is_some() && (low..=high).contains(&&found.division);
    let found = found.filter(here).ok_or(Fault::NotFound)?;
    match (found.withdrawn_on, &found.proposed) {
        (Some(day), Some(why)) => {
            let notice = format!("这次活动的公告已撤下（{day}）。原因：{}。", why.reason);
            Err(Fault::Gone { notice, instead: None })
        }
        _ => Ok(found),
    }
}

/// Shows one.
pub async fn show(visit: Visit, Path(id): Path<String>) -> Result<Html<String>, Fault> {
    let of = found(&visit, &id).await?;
    let site = &visit.site;
    let today = visit.house.ledger().clock().today();
    let stage = of.stage(today);
    let ahead = matches!(stage, GatheringStage::Open | GatheringStage::Awaiting);
    let enrols = !of.said.groups.is_empty();
    let recorded = of.recorded_on.is_some();
    let words = format!("{}的{}", of.organ_name, of.said.kind.name());
    let page = GatheringPage {
        frame: framed(&visit, &of.said.title, &words)
            .under("征求意见", LIST)
            .under(TITLE, GATHERINGS)
            .at(of.said.title.clone()),
        tag: gatherings::tag(&of, today, visit.for_copy),
        meta: meta(&visit, &of).await?,
        cancelled: of
            .cancelled
            .as_ref()
            .map(|(day, reason)| format!("{day} 取消。原因：{reason}。")),
        matters: paragraphs(&of.said.matters),
        who: paragraphs(&of.said.who),
        groups: of.said.seats(),
        placing: of.said.placing.name(),
        rule: paragraphs(&of.said.rule),
        enrol: (stage == GatheringStage::Open)
            .then(|| site.link(&format!("{}/baoming", of.path()))),
        own: enrols.then(|| site.link(OWN_PLACE)),
        calendar: ahead.then(|| site.link(&format!("{}/riqi.ics", of.path()))),
        record_name: of.said.kind.terms().record,
        record: if recorded { paragraphs(&of.record) } else { vec![] },
        attended: of.attended,
        said: if recorded { Noted::at(visit.house.store(), &of.id).await?.len() } else { 0 },
        log: log(&visit, &of).await?,
        demo: of.demo,
        title: of.said.title,
    };
    web::page::answer(&page)
}

async fn log(visit: &Visit, of: &Gathering) -> Result<Vec<Link>, Fault> {
    let mut all = Vec::new();
    for (public, part) in [
        (true, ""),
        (of.recorded_on.is_some(), inscribed::RECORD),
        (of.cancelled.is_some(), inscribed::CANCELLED),
    ] {
        if public {
            let subject = inscribed::subject(&of.id, part);
            all.extend(visit.inscribed(&subject, |_| String::new()).await?);
        }
    }
    Ok(all)
}

async fn meta(visit: &Visit, of: &Gathering) -> Result<Meta, Fault> {
    let (said, store) = (&of.said, visit.house.store());
    let day = said.held_on.map(day_words).unwrap_or_default();
    let mut meta = Meta::default()
        .with("种类", MetaValue::Text(said.kind.name().into()))
        .with_wide("时间", MetaValue::Text(format!("{day} {}", said.held_at)))
        .with_wide("地点", MetaValue::Text(said.place.clone()));
    if let Some(last) = said.enrol_until {
        meta = meta.with_wide("报名截止", MetaValue::Text(day_words(last)));
    }
    meta = meta
        .with("机关", MetaValue::Text(of.organ_name.clone()))
        .with("电话", MetaValue::Phone(Phone::of(&said.telephone)));
    if let Some(title) = of.draft_title(store).await? {
        let path = visit.site.link(&format!("{LIST}/{}", said.consultation));
        meta = meta.with_wide("草案", MetaValue::Links(vec![Link::new(title, path)]));
    }
    if let (Some((list, item)), Some(title)) = (&said.decision, of.decision_title(store).await?) {
        let path = visit.site.link(&format!("{DECISIONS}/{list}/{item}"));
        meta = meta.with_wide("决策", MetaValue::Links(vec![Link::new(title, path)]));
    }
    Ok(meta)
}

/// `/liexi/{id}/riqi.ics`: the day it is held.
pub async fn day(visit: Visit, Path(id): Path<String>) -> Result<Response, Fault> {
    let of = found(&visit, &id).await?;
    let stage = of.stage(visit.house.ledger().clock().today());
    let ahead = matches!(stage, GatheringStage::Open | GatheringStage::Awaiting);
    let day = of.said.held_on.filter(|_| ahead).ok_or(Fault::NotFound)?;
    let said = &of.said;
    let entry = Entry {
        day,
        key: format!("gathering {}", of.id),
        title: format!("{}：{}", said.kind.name(), said.title),
        detail: format!("{}，{}，电话 {}", said.held_at, said.place, said.telephone),
        address: Some(visit.site.frame.address(&of.path())),
    };
    let calendar = Calendar { product: "gathering", name: TITLE };
    let text = written(calendar, &[entry], visit.house.ledger().clock().now());
    let kind = (header::CONTENT_TYPE, "text/calendar; charset=utf-8".to_owned());
    let saved = "attachment; filename=\"riqi.ics\"".to_owned();
    Ok(([kind, (header::CONTENT_DISPOSITION, saved)], text).into_response())
}

impl Page for GatheringPage {
    fn samples() -> Vec<(&'static str, Self)> {
        let page = |over: bool| Self {
            frame: Frame::sample("区政府常务会议列席").at("区政府常务会议列席"),
            title: "区政府常务会议列席".into(),
            tag: Tag::info("正在报名"),
            meta: Meta::default().text("机关", "临湖区人民政府"),
            cancelled: over.then(|| "2026-12-20 取消。原因：台风。".to_owned()),
            matters: vec!["老年人助餐补助办法。".into()],
            who: vec!["和议题有利害关系的人。".into()],
            groups: if over {
                vec![]
            } else {
                vec![Seats { name: "群众代表".into(), seats: 5 }]
            },
            placing: "先报先得",
            rule: if over { vec!["先照顾远的。".into()] } else { vec![] },
            enrol: (!over).then(|| "/linhu/liexi/1/baoming".to_owned()),
            own: Some("/linhu/liexi/wode".into()),
            calendar: (!over).then(|| "/linhu/liexi/1/riqi.ics".to_owned()),
            record_name: "会议情况",
            record: if over { vec!["五位列席人发言。".into()] } else { vec![] },
            attended: 5,
            said: if over { 2 } else { 0 },
            log: vec![],
            demo: false,
        };
        vec![("报名中", page(false)), ("开过了", page(true))]
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_gathering_is_sound() {
        assert_eq!(web::page::faults::<super::GatheringPage>(), Vec::<String>::new());
    }
}
