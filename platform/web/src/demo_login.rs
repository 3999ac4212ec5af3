//! 演示登录: signing in without an account, for looking at the workbench on one's own machine.
//!
//! It exists only under `gongkai demo` on a loopback address, because only there is it put in; the
//! whole of it stands in this file and in `workbench/login.html`, so that real accounts can take
//! its place. Whoever reaches it may act for any organ of the demo city.

use std::collections::VecDeque;
use std::fmt::Write;
use std::sync::{Arc, Mutex, PoisonError};

use askama::Template;
use axum::Form;
use axum::extract::{Query, State};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::response::{Html, IntoResponse, Response};
use identity::{Level, Organ};
use serde::Deserialize;

use crate::layout::{Frame, href};
use crate::modes::same_origin;
use crate::workbench::{HOME, sent_from_here};
use crate::{Clerk, Fault, House, Route, Visit};

/// Where one signs in.
const ENTER: &str = "/gongzuo/denglu";

/// Where one signs out.
const LEAVE: &str = "/gongzuo/tuichu";

/// The cookie that names a session.
const COOKIE: &str = "gk_yanshi";

/// Older sessions end when more people than this have signed in since.
const MOST_SESSIONS: usize = 256;

/// A session's name and its form mark are each of this many random bytes.
const RANDOM: usize = 16;

/// Who has signed in. Nothing of it is written down.
#[derive(Debug)]
pub struct DemoLogin {
    /// Where one signs in, below a site.
    pub(crate) enter: &'static str,
    /// Where one signs out, below a site.
    pub(crate) leave: &'static str,
    sessions: Mutex<VecDeque<(String, Clerk)>>,
}

impl Default for DemoLogin {
    fn default() -> Self {
        Self { enter: ENTER, leave: LEAVE, sessions: Mutex::default() }
    }
}

impl DemoLogin {
    /// The routes for signing in and out.
    pub fn routes() -> Vec<Route> {
        vec![
            Route::public_fresh(Method::GET, ENTER, show),
            Route::public_fresh(Method::POST, ENTER, sign_in),
            Route::workbench(Method::POST, LEAVE, sign_out),
        ]
    }

    /// Whom the request's cookie names.
    pub(crate) fn clerk(&self, headers: &HeaderMap) -> Option<Clerk> {
        let name = session_in(headers)?;
        let sessions = self.sessions.lock().unwrap_or_else(PoisonError::into_inner);
        sessions.iter().find(|(own, _)| *own == name).map(|(_, clerk)| clerk.clone())
    }

    /// Begins a session for an organ; answers its name.
    fn begin(&self, organ: Organ) -> Result<String, Fault> {
        let (name, mark) = (random()?, random()?);
        let id = format!("demo:{}", organ.code);
        let clerk = Clerk { id, name: "演示人员".into(), organ, mark };
        let mut sessions = self.sessions.lock().unwrap_or_else(PoisonError::into_inner);
        if sessions.len() >= MOST_SESSIONS {
            sessions.pop_front();
        }
        sessions.push_back((name.clone(), clerk));
        Ok(name)
    }

    fn end(&self, headers: &HeaderMap) {
        let name = session_in(headers);
        let mut sessions = self.sessions.lock().unwrap_or_else(PoisonError::into_inner);
        sessions.retain(|(own, _)| Some(own.as_str()) != name);
    }
}

fn session_in(headers: &HeaderMap) -> Option<&str> {
    let lines = headers.get_all(header::COOKIE).iter().filter_map(|line| line.to_str().ok());
    let pairs =
        lines.flat_map(|line| line.split(';')).filter_map(|pair| pair.trim().split_once('='));
    pairs.into_iter().find(|(name, _)| *name == COOKIE).map(|(_, value)| value)
}

/// 128 random bits, hexadecimal.
fn random() -> Result<String, Fault> {
    let mut bytes = [0; RANDOM];
    getrandom::fill(&mut bytes).map_err(|error| Fault::inside(error.to_string()))?;
    Ok(bytes.iter().fold(String::with_capacity(2 * RANDOM), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    }))
}

/// Organs of one kind to choose from.
struct Choices {
    heading: String,
    organs: Vec<Organ>,
}

#[derive(Template)]
#[template(path = "workbench/login.html")]
struct LoginPage {
    frame: Frame,
    next: String,
    choices: Vec<Choices>,
}

impl LoginPage {
    fn sheets(&self) -> [String; 2] {
        [href("gk.css"), href("gk-wb.css")]
    }

    fn script(&self) -> String {
        href("gk.js")
    }

    fn favicon(&self) -> String {
        href("favicon.svg")
    }
}

/// What is asked for when signing in.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Wish {
    organ: String,
    next: String,
}

/// What a proxy adds to a request it passes on.
const PASSED_ON: [&str; 6] =
    ["forwarded", "via", "x-forwarded-for", "x-forwarded-host", "x-forwarded-proto", "x-real-ip"];

/// Asked under a name of this machine itself, and not through a proxy. A page elsewhere can make its
/// own name lead here, and a proxy can open this machine to the street; neither signs anyone in.
fn asked_locally(headers: &HeaderMap) -> Result<(), Fault> {
    if PASSED_ON.iter().any(|name| headers.contains_key(*name)) {
        return Err(Fault::NotFound);
    }
    let host = headers.get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or_default();
    let name = host.rsplit_once(':').map_or(host, |(name, _)| name);
    let local = ["localhost", "127.0.0.1", "[::1]"].contains(&name);
    if local { Ok(()) } else { Err(Fault::NotFound) }
}

async fn show(
    visit: Visit,
    headers: HeaderMap,
    Query(wish): Query<Wish>,
) -> Result<Response, Fault> {
    asked_locally(&headers)?;
    let frame = visit.frame().titled("演示登录").unlisted();
    let page = LoginPage { frame, next: wish.next, choices: choices(&visit).await? };
    Ok(fresh(crate::page::answer(&page)?))
}

fn fresh(page: Html<String>) -> Response {
    ([(header::CACHE_CONTROL, "no-store")], page).into_response()
}

/// City departments that lead a domain, then each district's, then the towns.
async fn choices(visit: &Visit) -> Result<Vec<Choices>, Fault> {
    let today = visit.house.ledger().clock().today();
    let organs = Organ::all(visit.house.store()).await?;
    let places = identity::Division::down_to(visit.house.store(), Level::District).await?;
    let mut choices: Vec<Choices> = Vec::new();
    for level in [Level::City, Level::District, Level::Township] {
        for organ in organs.iter().filter(|organ| organ.level == level && organ.stands_on(today)) {
            let acts = ["government", "market"].contains(&organ.role.as_str());
            if !organ.remit.is_empty() || level == Level::Township || acts {
                let heading = heading(organ, &places);
                match choices.iter_mut().find(|choice| choice.heading == heading) {
                    Some(choice) => choice.organs.push(organ.clone()),
                    None => choices.push(Choices { heading, organs: vec![organ.clone()] }),
                }
            }
        }
    }
    Ok(choices)
}

fn heading(organ: &Organ, places: &[identity::Division]) -> String {
    let digits = organ.level.min(Level::District).digits();
    let prefix = organ.division.get(..digits).unwrap_or_default();
    let code = format!("{prefix:0<12}");
    let place = places.iter().find(|place| place.code == code);
    let place = place.map_or("", |place| place.name.as_str());
    match organ.level {
        Level::Township => format!("{place}的镇和街道"),
        _ => format!("{place}的部门"),
    }
}

async fn sign_in(
    visit: Visit,
    headers: HeaderMap,
    Form(wish): Form<Wish>,
) -> Result<Response, Fault> {
    asked_locally(&headers)?;
    if !sent_from_here(&headers) {
        return Err(Fault::Forbidden("请在演示登录页上选择机关后进入。".into()));
    }
    let organ = Organ::find(visit.house.store(), &wish.organ).await?;
    let organ = organ.ok_or_else(|| Fault::BadInput("请先选择一个机关，再进入工作台。".into()))?;
    let login = visit.house.login().ok_or(Fault::NotFound)?;
    let cookie = format!("{COOKIE}={}; Path=/; HttpOnly; SameSite=Strict", login.begin(organ)?);
    let next = if wish.next.is_empty() { visit.site.link(HOME) } else { wish.next };
    Ok(sent_on(same_origin(&next), &cookie))
}

async fn sign_out(
    State(house): State<Arc<House>>,
    visit: Visit,
    headers: HeaderMap,
) -> Result<Response, Fault> {
    house.login().ok_or(Fault::NotFound)?.end(&headers);
    let gone = format!("{COOKIE}=; Path=/; Max-Age=0; HttpOnly; SameSite=Strict");
    Ok(sent_on(&visit.site.link(ENTER), &gone))
}

fn sent_on(next: &str, cookie: &str) -> Response {
    let mut headers = HeaderMap::new();
    let next = HeaderValue::try_from(next).unwrap_or(HeaderValue::from_static("/"));
    headers.insert(header::LOCATION, next);
    if let Ok(cookie) = HeaderValue::try_from(cookie) {
        headers.insert(header::SET_COOKIE, cookie);
    }
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    (StatusCode::SEE_OTHER, headers).into_response()
}
