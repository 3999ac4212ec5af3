//! `/dingyue/…`: what can be followed and how, and everything that whoever follows may do with his address.
//! No page tells whether an address is known, and nothing of them is kept by a browser that several share.

mod choose;
mod choosing;
mod code;
mod confirm;
mod days;
mod feeds;
mod leave;
mod own;
mod remind;
mod said;
mod wechat;

use axum::http::{HeaderValue, Method, StatusCode, header};
use axum::response::{IntoResponse, Response};
use ledger::{Actor, Desk};
use web::components::FieldError;
use web::layout::Frame;
use web::{Fault, FromWhere, Pace, Route, Sample, TooFast, Visit};

use crate::contact::{Contact, Way};
use crate::pass::Pass;
use crate::sending::Ways;
use crate::store::Subscriber;

/// Where it begins.
pub(crate) const START: &str = "/dingyue";

/// Addresses given, and links asked for: behind one network there may be a hall full of people.
pub(crate) const GIVING: Pace = Pace { name: "notices.giving", at_once: 20, one_more: 15_000 };

/// Whatever else is pressed.
const PRESSING: Pace = Pace { name: "notices.pressing", at_once: 60, one_more: 2_000 };

/// The pages.
pub(crate) fn routes() -> Vec<Route> {
    let (get, post) = (|| Method::GET, || Method::POST);
    vec![
        Route::public_fresh(get(), START, choose::show),
        Route::public_fresh(post(), START, choose::send),
        Route::public("/dingyue/atom", feeds::all),
        Route::public("/dingyue/atom/{kind}/{name}", feeds::one),
        Route::public("/dingyue/riqi.ics", days::dates),
        Route::public("/dingyue/bangong.ics", days::hours),
        Route::public_fresh(get(), "/dingyue/queren/{pass}", confirm::show),
        Route::public_fresh(post(), "/dingyue/queren/{pass}", confirm::send),
        Route::public_fresh(get(), "/dingyue/yanzhengma/{pass}", code::show),
        Route::public_fresh(post(), "/dingyue/yanzhengma/{pass}", code::send),
        Route::public_fresh(get(), wechat::PATH, wechat::back),
        Route::public_fresh(post(), wechat::PATH, wechat::send),
        Route::public_fresh(get(), "/dingyue/lianjie", remind::show),
        Route::public_fresh(post(), "/dingyue/lianjie", remind::send),
        Route::public_fresh(get(), "/dingyue/wode/{pass}", own::show),
        Route::public_fresh(post(), "/dingyue/wode/{pass}", own::change),
        Route::public_fresh(get(), "/dingyue/wode/{pass}/daochu.json", own::export),
        Route::public_fresh(post(), "/dingyue/wode/{pass}/chongfa", own::again),
        Route::public_fresh(post(), "/dingyue/wode/{pass}/miyao", own::secret),
        Route::public_fresh(post(), "/dingyue/wode/{pass}/shanchu", own::erase),
        Route::public_fresh(get(), "/dingyue/tui/{pass}", leave::show),
        Route::public_fresh(post(), "/dingyue/tui/{pass}", leave::send),
    ]
}

/// An address of each page type.
pub(crate) fn samples() -> Vec<Sample> {
    macro_rules! sample {
        ($name:literal, $path:literal) => {
            Sample { name: $name, path: |_| Box::pin(async { Ok(Some($path.into())) }) }
        };
    }
    vec![
        sample!("notices: choose", "/dingyue"),
        sample!("notices: feeds", "/dingyue/atom"),
        sample!("notices: link", "/dingyue/lianjie"),
        sample!("notices: confirm", "/dingyue/queren/0"),
        sample!("notices: own", "/dingyue/wode/0"),
        sample!("notices: leave", "/dingyue/tui/0"),
    ]
}

/// The frame of a page here.
fn frame(visit: &Visit, title: &str) -> Frame {
    let frame = visit
        .frame()
        .titled(title)
        .described("按领域、机关、村（居）、事项、检索词订阅政府信息")
        .unlisted();
    if title == choose::TITLE {
        frame.at(title)
    } else {
        frame.under(choose::TITLE, START).at(title)
    }
}

/// A page that nobody keeps.
fn fresh(page: &impl askama::Template) -> Result<Response, Fault> {
    Ok(unkept(web::page::answer(page)?))
}

fn unkept(answer: impl IntoResponse) -> Response {
    let mut response = answer.into_response();
    let kept = HeaderValue::from_static("no-store, private");
    response.headers_mut().insert(header::CACHE_CONTROL, kept);
    response
}

/// Leads on to an address below the site.
fn onward(visit: &Visit, path: &str) -> Response {
    unkept(axum::response::Redirect::to(&visit.site.link(path)))
}

/// A form that came back.
fn returned(page: Response, errors: bool) -> Response {
    let mut page = page;
    if errors {
        *page.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
    }
    page
}

/// What is said at a field where it was too fast.
fn too_fast(slowed: TooFast, field: &str) -> FieldError {
    let words = format!(
        "这个网络地址提交得太快，这一次没有收下。您填的内容还在，请过{}秒再提交一次",
        slowed.seconds
    );
    FieldError { field: field.to_owned(), message: words }
}

/// The page as it is answered where it was too fast.
fn slowed(slowed: TooFast, mut page: Response) -> Response {
    *page.status_mut() = StatusCode::TOO_MANY_REQUESTS;
    if let Ok(seconds) = HeaderValue::try_from(slowed.seconds.to_string()) {
        page.headers_mut().insert(header::RETRY_AFTER, seconds);
    }
    page
}

/// The pace of small presses.
fn pressed(visit: &Visit, from: &FromWhere) -> Result<(), Fault> {
    visit.house.pace(PRESSING, from).map_err(Fault::TooFast)
}

/// A desk at which a visitor acts.
pub(crate) async fn desk(visit: &Visit) -> Result<Desk, Fault> {
    Ok(visit.house.ledger().desk(Actor::Visitor).await?)
}

/// Whose a link is; `None` where it is none, or whose is gone.
async fn whose(visit: &Visit, pass: Pass, given: &str) -> Result<Option<Subscriber>, Fault> {
    let sealer = visit.house.sealer().map_err(Fault::inside)?;
    match pass.read(sealer, given).map_err(Fault::inside)? {
        Some(id) => Ok(Subscriber::find(visit.house.store(), &id).await?),
        None => Ok(None),
    }
}

/// Whether the portal's own address is known, without which no link can be sent.
fn is_placed(visit: &Visit, ways: &Ways) -> bool {
    let settled = visit.house.directory();
    let own = settled.all().iter().find(|site| site.base() == visit.site.base());
    ways.origin().is_some() || own.is_some_and(|site| site.frame.origin.is_some())
}

/// An address as it is typed, where something may be sent.
///
/// # Errors
/// It is none, or nothing will ever be sent there; says what to do.
pub(crate) fn taken(visit: &Visit, way: Way, typed: &str) -> Result<Contact, &'static str> {
    let contact = Contact::read(way, typed)?;
    let ways = visit.house.furnishing::<Ways>();
    match ways.and_then(|ways| ways.refuses(way, &contact)) {
        Some(words) => Err(words),
        None => Ok(contact),
    }
}

/// The ways that are offered on a site now.
pub(crate) fn offered(visit: &Visit) -> Vec<Way> {
    let Some(ways) = visit.house.furnishing::<Ways>() else { return vec![] };
    if !is_placed(visit, ways) {
        return vec![];
    }
    Way::ALL.iter().map(|(way, ..)| *way).filter(|way| ways.is_open(*way)).collect()
}
