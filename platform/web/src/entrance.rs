//! 登录: the way into the workbench, step by step. Password, second factor, and what has to be done
//! once: binding a device, changing a password that somebody else set.
//!
//! The cookie is `__Host-`, so it is sent to this host alone and only over a connection that the
//! browser trusts: https, or plain http at `localhost` and `127.0.0.1` on one's own machine.

mod cookie;
mod enrol;
mod factor;
mod guard;
mod login;
mod password;
mod presence;
pub(crate) mod single;

use askama::Template;
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::response::{Html, IntoResponse, Response};
use identity::{Refusal, Step};

use crate::layout::{Frame, href};
use crate::{Fault, Route, Visit};

pub(crate) use cookie::{Cookie, in_headers};
pub use guard::Entrant;
pub(crate) use guard::{Absent, entrant, origin_of};
pub(crate) use presence::Presence;

/// Where one signs in.
pub(crate) const LOGIN: &str = "/gongzuo/denglu";
/// Where the second factor is asked for.
pub(crate) const FACTOR: &str = "/gongzuo/denglu/yanzheng";
/// Where a second factor is bound.
pub(crate) const ENROL: &str = "/gongzuo/denglu/bangding";
/// Where a password is changed.
pub(crate) const PASSWORD: &str = "/gongzuo/denglu/kouling";

/// The act of coming in.
const ENTERING: &str = "account.sign_in";
/// The act of keeping one's own account.
pub(crate) const OWN: &str = "account.own.manage";

/// The routes for signing in.
pub(crate) fn routes() -> Vec<Route> {
    let (get, post) = (Method::GET, Method::POST);
    vec![
        Route::public_fresh(get.clone(), LOGIN, login::show),
        Route::public_fresh(post.clone(), LOGIN, login::enter),
        Route::session(ENTERING, get.clone(), FACTOR, factor::show),
        Route::session(ENTERING, post.clone(), FACTOR, factor::prove),
        Route::session(OWN, get.clone(), ENROL, enrol::show),
        Route::session(OWN, post.clone(), ENROL, enrol::bind),
        Route::session(OWN, get.clone(), PASSWORD, password::show),
        Route::session(OWN, post, PASSWORD, password::change),
        Route::public_fresh(get.clone(), single::START, single::start),
        Route::public_fresh(get, single::BACK, single::back),
    ]
}

/// Where somebody who has got so far goes on.
pub(crate) fn place_of(step: Step) -> &'static str {
    match step {
        Step::Enrol => ENROL,
        Step::Factor => FACTOR,
        Step::Change => PASSWORD,
        Step::Open => crate::workbench::HOME,
    }
}

/// What surrounds a page on the way in.
pub(crate) struct Entrance {
    pub(crate) frame: Frame,
    /// What went wrong just now.
    pub(crate) wrong: Option<String>,
}

impl Entrance {
    pub(crate) fn of(visit: &Visit, title: &str) -> Self {
        Self { frame: visit.frame().titled(title).unlisted(), wrong: None }
    }

    pub(crate) fn wrong(mut self, words: impl Into<String>) -> Self {
        self.wrong = Some(words.into());
        self.frame.has_errors = true;
        self
    }

    pub(crate) fn sheets(&self) -> [String; 2] {
        [href("gk.css"), href("gk-wb.css")]
    }

    pub(crate) fn script(&self) -> String {
        href("gk.js")
    }

    pub(crate) fn favicon(&self) -> String {
        href("favicon.svg")
    }
}

/// A page that nobody keeps.
pub(crate) fn fresh(page: &impl Template) -> Result<Response, Fault> {
    Ok(unkept(StatusCode::OK, crate::page::answer(page)?))
}

/// A form that came back: the same page with what is wrong.
pub(crate) fn returned(page: &impl Template) -> Result<Response, Fault> {
    Ok(unkept(StatusCode::UNPROCESSABLE_ENTITY, crate::page::answer(page)?))
}

fn unkept(status: StatusCode, page: Html<String>) -> Response {
    (status, [(header::CACHE_CONTROL, "no-store")], page).into_response()
}

/// On to a page of this site, with a new cookie where there is one.
pub(crate) fn sent_on(to: &str, cookie: Option<&Cookie>) -> Response {
    let mut headers = HeaderMap::new();
    let to = HeaderValue::try_from(to).unwrap_or(HeaderValue::from_static("/"));
    headers.insert(header::LOCATION, to);
    if let Some(cookie) = cookie {
        headers.append(header::SET_COOKIE, cookie.value());
    }
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    (StatusCode::SEE_OTHER, headers).into_response()
}

/// What a refusal of `identity` is to the person: a sentence for the form, or a fault of ours.
pub(crate) fn said(refusal: Refusal) -> Result<String, Fault> {
    match refusal {
        Refusal::Said(words) => Ok(words),
        other => Err(Fault::inside(other)),
    }
}
