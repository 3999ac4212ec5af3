//! `/fangtan/{id}`: an interview from its notice to its transcript; while it is live its text, which script follows
//! (`/fangtan/{id}/shikuang`) and a link reloads.

use askama::Template;
use axum::extract::{Path, Query};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{Html, IntoResponse, Response};
use participation_rules::InterviewStage;
use serde::Deserialize;
use web::components::{Meta, MetaValue, Phone, Tag};
use web::layout::{Frame, Link};
use web::page::Page;
use web::{Fault, FromWhere, Pace, Visit};

use super::one::paragraphs;
use super::{INTERVIEWS, LIST, OWN_QUESTION, day_words, framed, interviews};
use crate::inscription::interview as inscribed;
use crate::live::{Audience, Shown, hall, shown, stream};
use crate::store::{Change, Interview, InterviewQuestion};

/// Streams that are opened from one address: a school follows from one.
const FOLLOWING: Pace = Pace { name: "participation.live", at_once: 300, one_more: 200 };

#[derive(Template)]
#[template(path = "portal/interview.html")]
struct InterviewPage {
    frame: Frame,
    title: String,
    tag: Tag,
    meta: Meta,
    cancelled: Option<String>,
    topic: Vec<String>,
    guests: Vec<String>,
    desk: String,
    ask: Option<String>,
    own: String,
    /// How many asked, and how many of the questions were put; none where nobody asked.
    asked: Option<(i64, i64)>,
    /// The live text, where it is what there is to read.
    text: Option<LiveText>,
    transcript: Vec<String>,
    log: Vec<Link>,
    demo: bool,
}

/// What was said so far.
struct LiveText {
    /// Whether it goes on.
    live: bool,
    entries: Vec<Shown>,
    /// The place of the newest change in it.
    last: i64,
    here: String,
    /// Where script follows it; none where it is over, and in a copy.
    follow: Option<Follow>,
}

/// Where a text is followed, and by which script.
struct Follow {
    href: String,
    script: String,
}

/// The public interview of a site at an address.
pub(super) async fn found(visit: &Visit, id: &str) -> Result<Interview, Fault> {
    let found = Interview::find(visit.house.store(), id).await?;
    let (low, high) = &visit.site.range;
    let here =
        |found: &Interview| found.opened_on.is_some() && (low..=high).contains(&&found.division);
    let found = found.filter(here).ok_or(Fault::NotFound)?;
    match &found.withdrawn {
        None => Ok(found),
        Some((day, reason)) => {
            let notice = format!("这次访谈已撤下（{day}）。原因：{reason}。");
            Err(Fault::Gone { notice, instead: None })
        }
    }
}

/// Shows one.
pub async fn show(visit: Visit, Path(id): Path<String>) -> Result<Html<String>, Fault> {
    let of = found(&visit, &id).await?;
    let site = &visit.site;
    let today = visit.house.ledger().clock().today();
    let stage = of.stage(today);
    let counts = InterviewQuestion::counts(visit.house.store(), &of.id).await?;
    let page = InterviewPage {
        frame: framed(&visit, &of.said.title, &format!("{}的在线访谈", of.organ_name))
            .under("征求意见", LIST)
            .under("在线访谈", INTERVIEWS)
            .at(of.said.title.clone()),
        tag: interviews::tag(&of, today, visit.for_copy),
        meta: meta(&of),
        cancelled: of
            .cancelled
            .as_ref()
            .map(|(day, reason)| format!("{day} 取消。原因：{reason}。")),
        topic: paragraphs(&of.said.topic),
        guests: paragraphs(&of.said.guests),
        desk: format!("实时文字由{}录入，{}逐条放行。", of.said.enterers, of.said.releasers),
        ask: (stage == InterviewStage::Announced)
            .then(|| site.link(&format!("{}/tiwen", of.path()))),
        own: site.link(OWN_QUESTION),
        // While questions still come, the kept page would tell an old number.
        asked: Some(counts).filter(|(all, _)| *all > 0 && stage != InterviewStage::Announced),
        text: match stage.shows_live_text() {
            true => Some(text(&visit, &of, stage).await?),
            false => None,
        },
        transcript: match stage {
            InterviewStage::Published => paragraphs(&of.transcript),
            _ => vec![],
        },
        log: log(&visit, &of).await?,
        demo: of.demo,
        title: of.said.title,
    };
    web::page::answer(&page)
}

async fn text(visit: &Visit, of: &Interview, stage: InterviewStage) -> Result<LiveText, Fault> {
    let entries = Change::text(visit.house.store(), &of.id).await?;
    let live = stage == InterviewStage::Live;
    let here = visit.site.link(&of.path());
    Ok(LiveText {
        live,
        last: entries.iter().map(|entry| entry.place).max().unwrap_or_default(),
        entries: entries.iter().map(shown).collect(),
        follow: (live && !visit.for_copy).then(|| Follow {
            href: format!("{here}/shikuang"),
            script: web::layout::href("gk-live.js"),
        }),
        here,
    })
}

fn meta(of: &Interview) -> Meta {
    let said = &of.said;
    let last = said.ask_until.map(day_words).unwrap_or_default();
    Meta::default()
        .with_wide("时间", MetaValue::Text(interviews::when(of)))
        .with_wide("提问收到", MetaValue::Text(last))
        .with("访谈机关", MetaValue::Text(of.organ_name.clone()))
        .with("电话", MetaValue::Phone(Phone::of(&said.telephone)))
}

/// What of it stands in the public log.
async fn log(visit: &Visit, of: &Interview) -> Result<Vec<Link>, Fault> {
    let mut all = Vec::new();
    for (there, part) in [
        (true, ""),
        (of.published_on.is_some(), inscribed::TRANSCRIPT),
        (of.cancelled.is_some(), inscribed::CANCELLED),
    ] {
        if there {
            let subject = inscribed::subject(&of.id, part);
            all.extend(visit.inscribed(&subject, |_| String::new()).await?);
        }
    }
    Ok(all)
}

/// After which change a reader goes on.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Behind {
    hou: String,
}

/// `/fangtan/{id}/shikuang`: what is said, as it is released, until it is over.
pub async fn follow(
    visit: Visit,
    Path(id): Path<String>,
    Query(behind): Query<Behind>,
    from: FromWhere,
    asked: HeaderMap,
) -> Result<Response, Fault> {
    let audience = visit.house.memory::<Audience>();
    if visit.house.pace(FOLLOWING, &from).is_err() {
        return Ok(full());
    }
    let Some((there, text)) = hall(&visit.house, &audience, &id).await? else {
        // Nothing is said here now; a browser that is told so does not come back.
        return Ok(StatusCode::NO_CONTENT.into_response());
    };
    let (low, high) = &visit.site.range;
    if !(low..=high).contains(&&there.division) {
        return Err(Fault::NotFound);
    }
    let Some(seat) = audience.seat() else { return Ok(full()) };
    let told = asked.get("last-event-id").and_then(|place| place.to_str().ok());
    let told = told.and_then(|place| place.trim().parse().ok()).unwrap_or(0_i64);
    let place = behind.hou.parse().unwrap_or(0_i64).max(told);
    Ok(stream(text, visit.house.closing(), (seat, place)))
}

/// All seats are taken: the page says so, and is reloaded by its link.
fn full() -> Response {
    const WORDS: &str = "现在同时看的人太多。请过一会儿刷新访谈页。\n";
    let headers = [
        (header::RETRY_AFTER, HeaderValue::from_static("60")),
        (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
    ];
    (StatusCode::SERVICE_UNAVAILABLE, headers, WORDS).into_response()
}

impl Page for InterviewPage {
    fn samples() -> Vec<(&'static str, Self)> {
        let entry = |number: i64, struck: Option<&str>| Shown {
            number,
            speaker: "张演示（局长）".into(),
            question: number == 1,
            moment: "2026-12-20T15:04:00+08:00".into(),
            clock: "15:04".into(),
            words: if struck.is_some() {
                vec![]
            } else {
                vec!["明年年底以前改完。".into()]
            },
            corrections: match number {
                2 => vec![("今年年底".into(), "听错".into())],
                _ => vec![],
            },
            struck: struck.map(str::to_owned),
        };
        let text = |live: bool, many: i64| LiveText {
            live,
            entries: (1..=many)
                .map(|at| entry(at, (at == 3).then_some("说了别人的电话")))
                .collect(),
            last: many,
            here: "/linhu/fangtan/1".into(),
            follow: live.then(|| Follow {
                href: "/linhu/fangtan/1/shikuang".into(),
                script: "/assets/gk-live.js".into(),
            }),
        };
        let page = |text: Option<LiveText>, transcript: bool| Self {
            frame: Frame::sample("供水怎样更稳").at("供水怎样更稳"),
            title: "供水怎样更稳".into(),
            tag: Tag::info("征集提问"),
            meta: Meta::default().text("访谈机关", "市水务局"),
            cancelled: None,
            topic: vec!["老小区的水压、水箱。".into()],
            guests: vec!["张演示，市水务局局长".into()],
            desk: "实时文字由林演示录入，陈演示逐条放行。".into(),
            ask: (text.is_none() && !transcript).then(|| "/linhu/fangtan/1/tiwen".to_owned()),
            own: "/linhu/fangtan/wode".into(),
            asked: transcript.then_some((12, 5)),
            text,
            transcript: if transcript { vec!["主持人：大家好。".into()] } else { vec![] },
            log: vec![],
            demo: false,
        };
        vec![
            ("征集提问", page(None, false)),
            ("刚开始", page(Some(text(true, 0)), false)),
            ("正在进行", page(Some(text(true, 3)), false)),
            ("已经结束", page(Some(text(false, 3)), false)),
            ("实录", page(None, true)),
        ]
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn an_interview_is_sound() {
        assert_eq!(web::page::faults::<super::InterviewPage>(), Vec::<String>::new());
    }
}
