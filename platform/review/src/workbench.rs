//! 审查 at the workbench: what waits for whom, a unit with what is signed, and what was decided before.

mod access;
mod acting;
mod additions;
mod begun;
mod comparison;
mod history;
mod looking;
mod names;
mod pace;
mod queue;
mod todos;
mod unit;
mod words;

pub(crate) use begun::INITIATED;
pub(crate) use looking::SEARCH;
pub(crate) use words::minute;

use axum::http::Method;
use identity::Organ;
use web::workbench::{DeskEntry, DeskSample, TodoSource};
use web::{Fault, House, Route};

use crate::store::{Asked, Listed};
use crate::unit_path;

/// The entries in the menu.
pub(crate) const NAV: &[DeskEntry] = &[
    DeskEntry {
        heading: "公开", rank: 30, key: "shencha", words: "审查与发布", path: QUEUE
    },
    DeskEntry { heading: "监督", rank: 62, key: "yingji", words: "应急发布", path: URGENT },
];

/// What waits for somebody.
pub(crate) const QUEUE: &str = "/gongzuo/shencha";

/// What was decided before.
pub(crate) const HISTORY: &str = "/gongzuo/shencha/lishi";

/// Which steps the organ adds.
pub(crate) const ADDITIONS: &str = "/gongzuo/shencha/jiashen";

/// How many working days the organ gives itself for each step.
pub(crate) const PACE: &str = "/gongzuo/shencha/shixian";

/// What was urgent.
pub(crate) const URGENT: &str = "/gongzuo/shencha/yingji";

/// What waits for a clerk.
pub(crate) const TODOS: TodoSource = TodoSource { list: todos::list };

/// An address of each type of page that everybody of an organ may open.
pub(crate) const SAMPLES: &[DeskSample] = &[
    DeskSample { name: "review queue", path: |_, _| Box::pin(async { Ok(Some(QUEUE.into())) }) },
    DeskSample {
        name: "review history",
        path: |_, _| Box::pin(async { Ok(Some(HISTORY.into())) }),
    },
    DeskSample { name: "review unit", path: |house, organ| Box::pin(under_way(house, organ)) },
    DeskSample {
        name: "added review steps",
        path: |_, _| Box::pin(async { Ok(Some(ADDITIONS.into())) }),
    },
    DeskSample { name: "days for a step", path: |_, _| Box::pin(async { Ok(Some(PACE.into())) }) },
    DeskSample { name: "urgent units", path: |_, _| Box::pin(async { Ok(Some(URGENT.into())) }) },
];

/// The pages and what is done on them.
pub(crate) fn routes() -> Vec<Route> {
    [reading(), added(), steps(), release()].into_iter().flatten().collect()
}

/// What is read.
fn reading() -> Vec<Route> {
    vec![
        Route::power("record.read_draft", Method::GET, QUEUE, queue::show),
        Route::power("record.read_trail", Method::GET, HISTORY, history::show),
        Route::power("record.read_trail", Method::GET, URGENT, history::urgent),
        Route::power("record.read_draft", Method::GET, "/gongzuo/shencha/{unit}", unit::show),
        Route::power(
            "catalogue.read_draft",
            Method::GET,
            "/gongzuo/shencha/mulu/{unit}",
            unit::show,
        ),
    ]
}

/// Which steps an organ adds, and how long it gives itself.
fn added() -> Vec<Route> {
    vec![
        Route::power(additions::READ, Method::GET, ADDITIONS, additions::show),
        Route::power(additions::EDIT, Method::POST, ADDITIONS, additions::act),
        Route::power(pace::MAY_READ, Method::GET, PACE, pace::show),
        Route::power(pace::MAY_SET, Method::POST, PACE, pace::act),
    ]
}

/// The steps of a review.
fn steps() -> Vec<Route> {
    vec![
        Route::power(
            "record.review",
            Method::POST,
            "/gongzuo/shencha/{unit}/chushen",
            acting::first,
        ),
        Route::power(
            "record.review_late",
            Method::POST,
            "/gongzuo/shencha/{unit}/bushen",
            acting::late,
        ),
        Route::power(
            "record.review",
            Method::POST,
            "/gongzuo/shencha/{unit}/huiqian",
            acting::cosign,
        ),
        Route::power(
            "record.co_confirm",
            Method::POST,
            "/gongzuo/shencha/{unit}/huishang",
            acting::concert,
        ),
        Route::power(
            "record.legal_review",
            Method::POST,
            "/gongzuo/shencha/{unit}/hefa",
            acting::legal,
        ),
        Route::power(
            "record.secrecy_review",
            Method::POST,
            "/gongzuo/shencha/{unit}/baomi",
            acting::secrecy,
        ),
        Route::power(
            "record.co_confirm",
            Method::POST,
            "/gongzuo/shencha/{unit}/baopi",
            acting::referral,
        ),
        Route::power(
            "record.approve",
            Method::POST,
            "/gongzuo/shencha/{unit}/qianfa",
            acting::signature,
        ),
    ]
}

/// What follows a review, and what ends it early.
fn release() -> Vec<Route> {
    vec![
        Route::power(
            "record.publish",
            Method::POST,
            "/gongzuo/shencha/{unit}/fabu",
            acting::release,
        ),
        Route::power(
            "catalogue.release",
            Method::POST,
            "/gongzuo/shencha/{unit}/shixing",
            acting::release,
        ),
        Route::power(
            "record.publish",
            Method::POST,
            "/gongzuo/shencha/{unit}/dingshi",
            acting::schedule,
        ),
        Route::power(
            "record.publish_emergency",
            Method::POST,
            "/gongzuo/shencha/{unit}/yingji",
            acting::hasten,
        ),
        Route::power(
            "record.publish_emergency",
            Method::POST,
            "/gongzuo/shencha/{unit}/jifa",
            acting::urgent_release,
        ),
        Route::power(
            "record.submit",
            Method::POST,
            "/gongzuo/shencha/{unit}/chehui",
            acting::withdraw,
        ),
        Route::power(
            "catalogue.row.edit",
            Method::POST,
            "/gongzuo/shencha/mulu/{unit}/chehui",
            acting::withdraw,
        ),
    ]
}

/// The page of a unit that an organ has under way, or of one that has ended.
async fn under_way(house: &House, organ: &Organ) -> Result<Option<String>, Fault> {
    for asked in [Asked::UnderWay(&organ.code), Asked::Ended(&organ.code)] {
        let units = Listed::all(house.store(), asked).await?;
        if let Some(unit) = units.first() {
            return Ok(Some(unit_path(&unit.id)));
        }
    }
    Ok(None)
}
