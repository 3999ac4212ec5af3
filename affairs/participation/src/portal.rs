//! What everybody sees: what is asked, clause by clause; how an opinion is given, read again and withdrawn; what
//! became of all of them.

pub(crate) mod ask;
pub(crate) mod attend;
pub(crate) mod decision_report;
pub(crate) mod decisions;
pub(crate) mod enrol;
pub(crate) mod gathering;
pub(crate) mod gatherings;
pub(crate) mod give;
pub(crate) mod handing_in;
pub(crate) mod hearing;
pub(crate) mod hearings;
pub(crate) mod interview;
pub(crate) mod interviews;
pub(crate) mod list;
pub(crate) mod machines;
pub(crate) mod one;
pub(crate) mod outcomes;
pub(crate) mod own;
pub(crate) mod own_enrolment;
pub(crate) mod own_opinion;
pub(crate) mod own_place;
pub(crate) mod own_question;
pub(crate) mod panel;
pub(crate) mod questionnaires;
pub(crate) mod result;
pub(crate) mod talks;

use askama::Template;
use axum::http::{HeaderValue, Method, StatusCode, header};
use axum::response::{IntoResponse, Response};
use law::Date;
use web::layout::{ColumnTags, Frame};
use web::{Copied, Fault, House, Later, Route, Sample, Visit};

use crate::store::{
    Consultation, DecisionList, DecisionReport, Enrolment, Gathering, Hearing, Opinion, Place,
};

pub(crate) use talks::{INTERVIEWS, OWN_QUESTION, RETRACT_QUESTION};

/// The list, below a site.
pub(crate) const LIST: &str = "/yijian";
/// One consultation.
pub(crate) const ONE: &str = "/yijian/{id}";
/// What became of the opinions.
pub(crate) const RESULT: &str = "/yijian/{id}/jieguo";
/// Where an opinion is given.
const GIVE: &str = "/yijian/{id}/tijiao";
/// The last day, for a calendar.
const DAY: &str = "/yijian/{id}/jiezhi.ics";
/// Where one reads one's own.
pub(crate) const OWN: &str = "/yijian/wode";
/// Where one withdraws it.
pub(crate) const RETRACT: &str = "/yijian/wode/chehui";
/// The feed.
pub(crate) const FEED: &str = "/yijian.atom";

/// The lists of decisions, below a site.
pub(crate) const DECISIONS: &str = "/juece";
/// One list.
const DECISION_LIST: &str = "/juece/{id}";
/// One decision of it.
const DECISION: &str = "/juece/{id}/{number}";
/// How a decision is executed, or what an evaluation found.
const DECISION_REPORT: &str = "/juece-baogao/{id}";
/// The gatherings one may come to, below a site.
pub(crate) const GATHERINGS: &str = "/liexi";
/// One gathering.
const GATHERING: &str = "/liexi/{id}";
/// The day it is held, for a calendar.
const GATHERING_DAY: &str = "/liexi/{id}/riqi.ics";
/// Where one enrols for it.
const ATTEND: &str = "/liexi/{id}/baoming";
/// Where one looks after one's place.
const OWN_PLACE: &str = "/liexi/wode";
/// Where one gives it up.
const RETRACT_PLACE: &str = "/liexi/wode/chehui";
/// The hearings, below a site.
pub(crate) const HEARINGS: &str = "/tingzheng";
/// One hearing.
const HEARING: &str = "/tingzheng/{id}";
/// The list it is drawn from.
const HEARING_LIST: &str = "/tingzheng/{id}/mingdan.txt";
/// Where one enrols.
const ENROL: &str = "/tingzheng/{id}/baoming";
/// Where one looks after one's enrolment.
const OWN_ENROLMENT: &str = "/tingzheng/wode";
/// Where one withdraws it.
const RETRACT_ENROLMENT: &str = "/tingzheng/wode/chehui";

/// The open addresses.
pub(crate) fn routes() -> Vec<Route> {
    let (get, post) = (|| Method::GET, || Method::POST);
    vec![
        Route::public(LIST, list::show).copied(Copied::Rolling),
        Route::public(FEED, machines::feed),
        Route::public(ONE, one::show).copied(Copied::Single),
        Route::public(RESULT, result::show).copied(Copied::Single),
        Route::public_fresh(get(), DAY, machines::day),
        Route::public_fresh(get(), GIVE, give::show),
        Route::public_fresh(post(), GIVE, handing_in::send::<Opinion>),
        Route::public_fresh(get(), OWN, own::show::<Opinion>),
        Route::public_fresh(post(), OWN, own::find::<Opinion>),
        Route::public_fresh(post(), RETRACT, own::retract::<Opinion>),
        Route::public(DECISIONS, decisions::show).copied(Copied::Rolling),
        Route::public(DECISION_LIST, decisions::list).copied(Copied::Single),
        Route::public(DECISION, decisions::one).copied(Copied::Single),
        Route::public(DECISION_REPORT, decision_report::show).copied(Copied::Single),
        Route::public(GATHERINGS, gatherings::show).copied(Copied::Rolling),
        Route::public(GATHERING, gathering::show).copied(Copied::Single),
        Route::public_fresh(get(), GATHERING_DAY, gathering::day),
        Route::public_fresh(get(), ATTEND, handing_in::show::<Place>),
        Route::public_fresh(post(), ATTEND, handing_in::send::<Place>),
        Route::public_fresh(get(), OWN_PLACE, own::show::<Place>),
        Route::public_fresh(post(), OWN_PLACE, own::find::<Place>),
        Route::public_fresh(post(), RETRACT_PLACE, own::retract::<Place>),
        Route::public(HEARINGS, hearings::show).copied(Copied::Rolling),
        Route::public(HEARING, hearing::show).copied(Copied::Single),
        Route::public_fresh(get(), HEARING_LIST, hearing::list).copied(Copied::Exact),
        Route::public_fresh(get(), ENROL, handing_in::show::<Enrolment>),
        Route::public_fresh(post(), ENROL, handing_in::send::<Enrolment>),
        Route::public_fresh(get(), OWN_ENROLMENT, own::show::<Enrolment>),
        Route::public_fresh(post(), OWN_ENROLMENT, own::find::<Enrolment>),
        Route::public_fresh(post(), RETRACT_ENROLMENT, own::retract::<Enrolment>),
    ]
}

macro_rules! of_example {
    ($name:literal, $answered:literal, $path:expr) => {
        Sample {
            name: $name,
            path: |house| {
                Box::pin(async move {
                    let found = Consultation::example(house.store(), None, $answered).await?;
                    Ok(found.map($path))
                })
            },
        }
    };
}

macro_rules! of_newest {
    ($name:literal, $of:ident, $path:expr) => {
        Sample {
            name: $name,
            path: |house| {
                Box::pin(async move { Ok($of::example(house.store(), "").await?.map($path)) })
            },
        }
    };
}

macro_rules! of_gathering {
    ($name:literal, $recorded:literal, $path:expr) => {
        Sample {
            name: $name,
            path: |house| {
                Box::pin(async move {
                    let found = Gathering::example(house.store(), ("", $recorded)).await?;
                    Ok(found.map($path))
                })
            },
        }
    };
}

/// An address of each type of page.
pub(crate) const SAMPLES: &[Sample] = &[
    Sample { name: "consultations", path: |_| Box::pin(async { Ok(Some(LIST.into())) }) },
    of_example!("consultation", false, |id| format!("/yijian/{id}")),
    of_example!("consultation answered", true, |id| format!("/yijian/{id}")),
    of_example!("opinions answered", true, |id| format!("/yijian/{id}/jieguo")),
    of_example!("opinion form", false, |id| format!("/yijian/{id}/tijiao")),
    Sample { name: "own opinion", path: |_| Box::pin(async { Ok(Some(OWN.into())) }) },
    Sample { name: "decisions", path: |_| Box::pin(async { Ok(Some(DECISIONS.into())) }) },
    of_newest!("decision list", DecisionList, |id| format!("/juece/{id}")),
    of_newest!("decision", DecisionList, |id| format!("/juece/{id}/1")),
    of_newest!("hearing", Hearing, |id| format!("/tingzheng/{id}")),
    of_newest!("enrolment form", Hearing, |id| format!("/tingzheng/{id}/baoming")),
    of_newest!("decision report", DecisionReport, |id| format!("/juece-baogao/{id}")),
    Sample { name: "gatherings", path: |_| Box::pin(async { Ok(Some(GATHERINGS.into())) }) },
    of_gathering!("gathering", false, |id| format!("/liexi/{id}")),
    of_gathering!("gathering recorded", true, |id| format!("/liexi/{id}")),
    of_gathering!("gathering enrolment", false, |id| format!("/liexi/{id}/baoming")),
    Sample { name: "own place", path: |_| Box::pin(async { Ok(Some(OWN_PLACE.into())) }) },
    Sample { name: "hearings", path: |_| Box::pin(async { Ok(Some(HEARINGS.into())) }) },
    Sample { name: "own enrolment", path: |_| Box::pin(async { Ok(Some(OWN_ENROLMENT.into())) }) },
    Sample {
        name: "more consultations",
        path: |_| Box::pin(async { Ok(Some(format!("{LIST}?zt=fankui"))) }),
    },
];

const WEEKDAYS: [&str; 7] = ["星期一", "星期二", "星期三", "星期四", "星期五", "星期六", "星期日"];

/// A day with its weekday: 2026年12月27日（星期日）.
pub(crate) fn day_words(day: Date) -> String {
    let at = usize::try_from(day.weekday().to_monday_zero_offset()).unwrap_or_default();
    let weekday = WEEKDAYS.get(at).copied().unwrap_or_default();
    format!("{}年{}月{}日（{weekday}）", day.year(), day.month(), day.day())
}

/// How many days are left: 今天截止, 还剩 12 天.
pub(crate) fn left_words(today: Date, last: Date) -> String {
    match (last - today).get_days() {
        days if days < 0 => "已经截止".to_owned(),
        0 => "今天截止".to_owned(),
        days => format!("还剩 {days} 天"),
    }
}

/// The public consultation of a site at an address.
pub(crate) async fn found(visit: &Visit, id: &str) -> Result<Consultation, Fault> {
    let found = Consultation::find(visit.house.store(), id).await?;
    let (low, high) = &visit.site.range;
    let here =
        |found: &Consultation| found.opened_on.is_some() && (low..=high).contains(&&found.division);
    let found = found.filter(here).ok_or(Fault::NotFound)?;
    match &found.withdrawn {
        None => Ok(found),
        Some((day, reason)) => {
            let notice = format!("这次征求意见已撤下（{day}）。原因：{reason}。");
            Err(Fault::Gone { notice, instead: None })
        }
    }
}

/// The frame of a page of this column.
fn framed(visit: &Visit, title: &str, description: &str) -> Frame {
    let frame = visit.frame().titled(title).described(description).within("yijian");
    frame.column(ColumnTags {
        name: "征求意见".into(),
        description: "重大决策、规范性文件草案向社会公开征求意见和意见采纳情况".into(),
        keywords: "征求意见,意见征集,采纳情况,公众参与".into(),
        kind: "互动交流".into(),
    })
}

/// Answers with a page that nobody keeps.
fn fresh(page: &impl Template, errors: bool) -> Result<Response, Fault> {
    let status = if errors { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let mut response = (status, web::page::answer(page)?).into_response();
    let never = HeaderValue::from_static("no-store, private");
    response.headers_mut().insert(header::CACHE_CONTROL, never);
    Ok(response)
}

/// An address of an example, for the workbench's tests.
pub(crate) fn example<'a>(
    house: &'a House,
    organ: &'a str,
    rest: &'static str,
) -> Later<'a, Option<String>> {
    Box::pin(async move {
        let found = Consultation::example(house.store(), Some(organ), false).await?;
        Ok(found.map(|id| format!("/gongzuo/zhengji/{id}{rest}")))
    })
}
