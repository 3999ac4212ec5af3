//! The applicant's pages: `/shenqing/…`. Nothing of them is kept for the next visitor, and no address names
//! who asks or what a code is; both travel in the body of a form or in a cookie for this host alone.

mod apply;
mod asked;
mod beside;
mod calendar;
mod done;
mod enterprises;
mod own;
mod pacing;
pub mod panel;
mod papers;
mod pass;
mod reading;
mod searching;
mod step;
mod tracking;

use std::time::Duration;

use axum::http::{HeaderMap, HeaderValue, Method, header};
use axum::response::{IntoResponse, Response};
use identity::{Division, Level, Organ};
use law::Date;
use web::components::Choice;
use web::kiosk::{KioskOffer, KioskTile};
use web::layout::Frame;
use web::{Chore, Fault, House, Route, Sample, Visit};

/// Where a request begins.
const START: &str = "/shenqing";

/// Where an application is begun, and gone on with.
pub(crate) const APPLY: &str = "/shenqing/xin";
const RESUME: &str = "/shenqing/jixu";

/// Where whoever handed something in is let in, and looks how it stands.
const TRACK: &str = "/shenqing/jindu";
const MINE: &str = "/shenqing/jindu/wode";

/// What stands beside an application.
const RECTIFICATION: &str = "/shenqing/gengzheng";
const SUGGESTION: &str = "/shenqing/jianyi";
const COMPLAINT: &str = "/shenqing/tousu";
const ENTERPRISES: &str = "/shenqing/qiye";

/// Where a third party that was asked for its opinion reads and answers.
pub(crate) const INQUIRY: &str = "/shenqing/disanfang";

/// The pages.
pub fn routes() -> Vec<Route> {
    let (get, post) = (Method::GET, Method::POST);
    vec![
        Route::public_fresh(get.clone(), APPLY, searching::show),
        Route::public_fresh(get.clone(), "/shenqing/xin/{ye}", apply::show),
        Route::public_fresh(post.clone(), "/shenqing/xin/{ye}", apply::send),
        Route::public_fresh(get.clone(), RESUME, apply::resume::show),
        Route::public_fresh(post.clone(), RESUME, apply::resume::send),
        Route::public_fresh(get.clone(), "/shenqing/wancheng", done::show),
        Route::public_fresh(get.clone(), "/shenqing/wancheng.ics", calendar::show),
        Route::public_fresh(get.clone(), TRACK, tracking::entry::show),
        Route::public_fresh(post.clone(), TRACK, tracking::entry::send),
        Route::public_fresh(get.clone(), MINE, tracking::show),
        Route::public_fresh(get.clone(), "/shenqing/jindu/ziliao", own::give),
        Route::public_fresh(get.clone(), "/shenqing/jindu/likai", tracking::entry::leave),
        Route::public_fresh(get.clone(), "/shenqing/jindu/buzheng", tracking::mending::show),
        Route::public_fresh(post.clone(), "/shenqing/jindu/buzheng", tracking::mending::send),
        Route::public_fresh(get.clone(), "/shenqing/jindu/chehui", tracking::withdrawal::show),
        Route::public_fresh(post.clone(), "/shenqing/jindu/chehui", tracking::withdrawal::send),
        Route::public_fresh(get.clone(), "/shenqing/jindu/wenshu/{letter}", reading::letter),
        Route::public_fresh(get.clone(), tracking::reasons::PLACE, tracking::reasons::show),
        Route::public_fresh(post.clone(), tracking::reasons::PLACE, tracking::reasons::send),
        Route::public_fresh(
            get.clone(),
            "/shenqing/jindu/wenshu/{letter}/{ending}",
            reading::download,
        ),
        Route::public_fresh(get.clone(), "/shenqing/jindu/wenjian/{file}", reading::file),
        Route::public_fresh(get.clone(), RECTIFICATION, beside::rectification::show),
        Route::public_fresh(post.clone(), RECTIFICATION, beside::rectification::send),
        Route::public_fresh(get.clone(), SUGGESTION, beside::suggestion::show),
        Route::public_fresh(post.clone(), SUGGESTION, beside::suggestion::send),
        Route::public_fresh(get.clone(), COMPLAINT, beside::complaint::show),
        Route::public_fresh(post.clone(), COMPLAINT, beside::complaint::send),
        Route::public_fresh(get.clone(), INQUIRY, asked::entry::show),
        Route::public_fresh(post.clone(), INQUIRY, asked::entry::send),
        Route::public_fresh(get.clone(), "/shenqing/disanfang/yijian", asked::show),
        Route::public_fresh(post.clone(), "/shenqing/disanfang/yijian", asked::send),
        Route::public_fresh(get.clone(), "/shenqing/disanfang/likai", asked::entry::leave),
        Route::public_fresh(get.clone(), "/shenqing/disanfang/wenshu/{letter}", asked::print),
        Route::public(ENTERPRISES, enterprises::show),
    ]
}

/// What of requests stands at self-service machines: applying step by step, and looking how it stands. What was
/// begun and not handed in goes with whoever leaves (docs/readings/240).
pub const KIOSK: KioskOffer = KioskOffer {
    tiles: &[
        KioskTile {
            rank: 30,
            words: "申请信息公开",
            detail: "不收费，不问用途",
            path: APPLY,
            icon: web::icons::PEN,
        },
        KioskTile {
            rank: 40,
            words: "查申请进度",
            detail: "用回执上的查询码",
            path: TRACK,
            icon: web::icons::CLOCK,
        },
    ],
    pages: &[
        APPLY,
        "/shenqing/xin/{ye}",
        RESUME,
        "/shenqing/wancheng",
        TRACK,
        MINE,
        "/shenqing/jindu/likai",
        "/shenqing/jindu/buzheng",
        "/shenqing/jindu/chehui",
        "/shenqing/jindu/wenshu/{letter}",
        tracking::reasons::PLACE,
        RECTIFICATION,
        SUGGESTION,
        COMPLAINT,
        ENTERPRISES,
    ],
    private: &[
        APPLY,
        "/shenqing/xin/{ye}",
        RESUME,
        "/shenqing/wancheng",
        TRACK,
        MINE,
        "/shenqing/jindu/likai",
        "/shenqing/jindu/buzheng",
        "/shenqing/jindu/chehui",
        "/shenqing/jindu/wenshu/{letter}",
        tracking::reasons::PLACE,
        RECTIFICATION,
        SUGGESTION,
        COMPLAINT,
    ],
    purpose: "application",
    leave: Some(|house, headers| Box::pin(left(house, headers))),
    source: None,
};

/// Drops the draft that whoever leaves a machine has begun.
async fn left(house: &House, headers: &HeaderMap) -> Result<(), Fault> {
    let Some((_, draft)) = pass::draft_of(house, headers).await? else { return Ok(()) };
    let dropped = crate::acts::draft::drop(house.ledger(), house.folder(), &draft).await;
    dropped.map_err(Fault::inside)
}

/// Takes away what was begun and never handed in.
pub const CLEARING: Chore = Chore {
    name: "requests.drafts",
    every: Duration::from_secs(3600),
    work: |house| {
        Box::pin(async move {
            let cleared = crate::acts::draft::clear(house.ledger(), house.folder()).await;
            cleared.map(|_| ()).map_err(Fault::inside)
        })
    },
};

/// A page that nobody keeps: neither a browser that several share, nor anything on the way.
fn fresh(page: &impl askama::Template) -> Result<Response, Fault> {
    Ok(unkept(web::page::answer(page)?))
}

fn unkept(answer: impl IntoResponse) -> Response {
    let mut response = answer.into_response();
    response
        .headers_mut()
        .insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store, private"));
    response
}

/// Leads on to an address below the site, with these cookies set.
fn onward(visit: &Visit, path: &str, cookies: Vec<HeaderValue>) -> Response {
    let mut response = unkept(axum::response::Redirect::to(&visit.site.link(path)));
    for cookie in cookies {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
    response
}

/// The frame of a page here.
fn frame(visit: &Visit, crumb: &str) -> Frame {
    visit
        .frame()
        .described("申请公开政府信息")
        .within("shenqing")
        .under("政府信息公开", "/gongkai")
        .under("依申请公开", START)
        .at(crumb)
        .unlisted()
}

/// The organs of the site that can be asked, the one that keeps the site first.
async fn organs(visit: &Visit) -> Result<Vec<Organ>, Fault> {
    let today = visit.house.ledger().clock().today();
    let store = visit.house.store();
    // 乡镇人民政府、街道办事处 are asked here too: they stand behind the organs of the site's own government.
    let below = Division::below(store, &visit.site.division).await?;
    let townships = below.iter().filter(|one| one.level == Level::Township);
    let own = visit.site.division.as_str();
    let asked: Vec<&str> =
        std::iter::once(own).chain(townships.map(|township| township.code.as_str())).collect();
    let mut organs = Organ::serving_any(store, &asked).await?;
    let township = |organ: &Organ| asked.iter().position(|code| *code == organ.division);
    organs.sort_by_key(|organ| (township(organ), organ.code != visit.site.organ));
    // Of 公共企事业单位 nothing is applied for (第五十五条).
    organs.retain(|organ| organ.stands_on(today) && organ.kind != identity::PUBLIC_SERVICE);
    Ok(organs)
}

/// The same as choices.
fn choices(organs: &[Organ]) -> Vec<Choice> {
    let choice = |organ: &Organ| Choice { value: organ.code.clone(), words: organ.name.clone() };
    organs.iter().map(choice).collect()
}

/// 2026年12月4日（星期五）.
fn long_day(day: Date) -> String {
    const DAYS: [&str; 7] = ["一", "二", "三", "四", "五", "六", "日"];
    let at = usize::try_from(day.weekday().to_monday_zero_offset()).unwrap_or_default();
    let weekday = DAYS.get(at).unwrap_or(&"");
    format!("{}年{}月{}日（星期{weekday}）", day.year(), day.month(), day.day())
}

/// An address of each page type of the applicant's side.
pub fn samples() -> Vec<Sample> {
    macro_rules! sample {
        ($name:literal, $path:literal) => {
            Sample { name: $name, path: |_| Box::pin(async { Ok(Some($path.into())) }) }
        };
    }
    vec![
        sample!("request: search first", "/shenqing/xin"),
        sample!("request: applicant", "/shenqing/xin/shenqingren"),
        sample!("request: resume", "/shenqing/jixu"),
        sample!("request: track", "/shenqing/jindu"),
        sample!("request: third party", "/shenqing/disanfang"),
        sample!("request: rectification", "/shenqing/gengzheng"),
        sample!("request: suggestion", "/shenqing/jianyi"),
        sample!("request: complaint", "/shenqing/tousu"),
        sample!("request: enterprises", "/shenqing/qiye"),
    ]
}
