//! The shell's own pages: the first one, 还在用吗, the end of a session, letters that grow, the QR code, and
//! what the keyboard asks.

use askama::Template;
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use serde_json::json;

use super::frame::{Actions, Frame};
use super::{KioskTile, Shell, jar};
use crate::address::{decoded, encoded};
use crate::components::Qr;
use crate::layout::Link;
use crate::modes::{Modes, Size, same_origin};

/// Candidates the keyboard shows at once.
const MOST_CANDIDATES: usize = 24;

#[derive(Template)]
#[template(path = "kiosk/home.html")]
struct Home<'a> {
    shell: &'a Shell,
    tiles: Vec<KioskTile>,
}

#[derive(Template)]
#[template(path = "kiosk/looking.html")]
struct Looking<'a> {
    shell: &'a Shell,
    action: String,
    mark: &'static str,
    ways: Vec<Link>,
}

#[derive(Template)]
#[template(path = "kiosk/still.html")]
struct Still {
    on: String,
    seconds: u32,
}

#[derive(Template)]
#[template(path = "kiosk/take.html")]
struct Take {
    picture: String,
    address: String,
}

#[derive(Template)]
#[template(path = "kiosk/offline.html")]
struct Offline<'a> {
    shell: &'a Shell,
    retry: u32,
}

#[derive(Template)]
#[template(path = "kiosk/reading.html")]
struct Reading<'a> {
    shell: &'a Shell,
    call: String,
}

/// The shell's page at an address, where it is one of its own.
pub(super) async fn page(shell: &Shell, path: &str, query: &str) -> Option<Response> {
    Some(match path {
        "/" => home(shell),
        "/chaxun" => looking(shell),
        "/haizai" => still(shell, query),
        "/qingchu" => leave(shell).await,
        "/zihao" => larger(shell, query),
        "/saoma" => take(shell, query),
        "/langdu" => reading(shell),
        "/lixian" => offline(shell),
        "/pinyin" => letters(shell, query).await,
        "/sw.js" => worker(shell),
        _ => return None,
    })
}

/// A value of a query.
fn value(query: &str, name: &str) -> String {
    let pairs = query.split('&').filter_map(|pair| pair.split_once('='));
    let found = pairs.into_iter().find(|(own, _)| *own == name);
    found.map(|(_, value)| decoded(&value.replace('+', " "))).unwrap_or_default()
}

fn drawn(page: &impl Template) -> String {
    page.render().unwrap_or_default()
}

fn home(shell: &Shell) -> Response {
    let page = Home { tiles: shell.house.kiosk_tiles(), shell };
    Frame::of(shell, "政务公开专区", drawn(&page)).at_home().answer(StatusCode::OK)
}

/// 查政府信息: one box, and the ways in beside it: what rooms have in the navigation and open here.
fn looking(shell: &Shell) -> Response {
    let nav = shell.house.nav();
    let opened = nav.iter().filter(|item| item.path != "/" && shell.house.kiosk_admits(item.path));
    let ways = opened.map(|item| Link::new(item.words, shell.href(item.path)));
    let action = format!("{}{}/sousuo", shell.prefix, super::START);
    let page = Looking { action, mark: jar::PARAMETER, ways: ways.collect(), shell };
    let back = Some(shell.href("/"));
    let frame = Frame::of(shell, "查政府信息", drawn(&page));
    frame.with(Actions { back, ..Actions::default() }).answer(StatusCode::OK)
}

fn still(shell: &Shell, query: &str) -> Response {
    let back = value(query, "hui");
    let seconds = shell.house.kiosk_settings().ask;
    let on = shell.href(same_origin(&back));
    let page = Still { on, seconds };
    let to = shell.href("/qingchu");
    Frame::of(shell, "还在用吗", drawn(&page)).leading_on(seconds, to).answer(StatusCode::OK)
}

/// Ends the session: what the rooms keep of it is dropped, the jar is emptied, and the next one begins.
async fn leave(shell: &Shell) -> Response {
    for room in shell.house.rooms() {
        let Some(leave) = room.kiosk.leave else { continue };
        if let Err(error) = leave(&shell.house, &shell.inside).await {
            tracing::error!(room = room.name, %error, "what a visitor began at a machine was not dropped");
        }
    }
    shell.house.kiosk_ends(&shell.session);
    let kept = shell.house.kiosk_source().map(|source| source.cookie);
    let fresh = jar::new_session();
    let to = jar::marked(&format!("{}{}", shell.prefix, super::START), &fresh);
    let mut response = Redirect::to(&to).into_response();
    let headers = response.headers_mut();
    let outside = shell.inside.get(header::COOKIE).and_then(|line| line.to_str().ok());
    for cookie in jar::emptied(&again_outside(outside.unwrap_or_default()), kept) {
        headers.append(header::SET_COOKIE, cookie);
    }
    headers.append(header::SET_COOKIE, jar::keeping(&fresh));
    headers.insert(jar::FRESH, HeaderValue::from_static("1"));
    response
}

/// The jar's cookies under the names the browser has them by.
fn again_outside(line: &str) -> HeaderMap {
    let pairs = line.split(';').filter_map(|pair| pair.trim().split_once('='));
    let pairs: Vec<String> =
        pairs.map(|(name, value)| format!("{}={value}", jar::outside(name))).collect();
    let mut headers = HeaderMap::new();
    if let Ok(line) = HeaderValue::try_from(pairs.join("; ")) {
        headers.insert(header::COOKIE, line);
    }
    headers
}

/// 字再大些: to the next size, and from the largest back to the first.
fn larger(shell: &Shell, query: &str) -> Response {
    let next = match shell.modes.size {
        Size::Standard => "lg; Max-Age=86400",
        Size::Large => "xl; Max-Age=86400",
        Size::Huge => "; Max-Age=0",
    };
    let cookie = format!("{}={next}; Path=/; SameSite=Lax; HttpOnly", jar::outside("size"));
    let to = shell.href(same_origin(&value(query, "hui")));
    let mut response = Redirect::to(&to).into_response();
    if let Ok(cookie) = HeaderValue::try_from(cookie) {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
    response
}

/// The QR code of an address that a page of ours has named.
fn take(shell: &Shell, query: &str) -> Response {
    let (to, sign) = (value(query, "qu"), value(query, "yin"));
    if to.is_empty() || sign != shell.house.kiosk_mark(&to) {
        return shell.elsewhere();
    }
    let origin = shell.site.frame.origin.clone().unwrap_or_default();
    let address = if to.starts_with('/') { format!("{origin}{}", portal_encoded(&to)) } else { to };
    let label = "二维码：用手机扫，在手机上打开";
    let Ok(picture) = Qr::drawn(&address, label) else { return shell.elsewhere() };
    let page = Take { picture, address: decoded(&address) };
    let back = Some(shell.before.clone().map_or_else(|| shell.href("/"), |way| shell.href(&way)));
    let frame = Frame::of(shell, "用手机带走", drawn(&page));
    frame.with(Actions { back, ..Actions::default() }).answer(StatusCode::OK)
}

/// An address as it is written into a code: what is not ASCII is percent-encoded.
fn portal_encoded(address: &str) -> String {
    if address.is_ascii() {
        return address.to_owned();
    }
    let one = |c: char| if c.is_ascii() { c.to_string() } else { encoded(&c.to_string()) };
    address.chars().map(one).collect()
}

/// What is said where the browser reads nothing aloud.
fn reading(shell: &Shell) -> Response {
    let call = shell.house.kiosk_source().map_or("/", |source| source.call);
    let page = Reading { call: shell.href(call), shell };
    let back = Some(shell.before.clone().map_or_else(|| shell.href("/"), |way| shell.href(&way)));
    let frame = Frame::of(shell, "读给我听", drawn(&page));
    frame.with(Actions { back, ..Actions::default() }).answer(StatusCode::OK)
}

/// What the machine shows while it cannot reach us; it keeps this page itself.
fn offline(shell: &Shell) -> Response {
    let retry = shell.house.kiosk_settings().retry;
    let page = Offline { retry, shell };
    let to = format!("{}{}", shell.prefix, super::START);
    let frame = Frame::of(shell, "暂时连不上网", drawn(&page)).leading_on(retry, to);
    frame.answer(StatusCode::OK)
}

/// What the letters typed so far may mean.
async fn letters(shell: &Shell, query: &str) -> Response {
    let typing = shell.house.kiosk_typing().await;
    let found = typing.candidates(&value(query, "z"), MOST_CANDIDATES);
    let found: Vec<_> =
        found.into_iter().map(|one| json!({ "z": one.text, "n": one.letters })).collect();
    ([(header::CONTENT_TYPE, "application/json")], json!(found).to_string()).into_response()
}

/// The script that answers for us while we cannot be reached.
fn worker(shell: &Shell) -> Response {
    let kind = (header::CONTENT_TYPE, "text/javascript; charset=utf-8".to_owned());
    let scope = format!("{}{}", shell.prefix, super::START);
    let allowed = (HeaderName::from_static("service-worker-allowed"), scope);
    ([kind, allowed], include_str!("../../assets/gk-kiosk-sw.js")).into_response()
}

impl Shell {
    /// Whether letters are at their largest.
    pub(super) fn is_largest(&self) -> bool {
        self.modes == Modes { size: Size::Huge, ..self.modes }
    }
}
