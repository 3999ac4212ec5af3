//! A refusal at the workbench: the page stays the workbench's, with its menu and a way on.

use std::sync::Arc;

use askama::Template;
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::response::{Html, IntoResponse, Response};

use super::{HOME, Workbench, clerk_of, home};
use crate::errors::{explanation, heading};
use crate::layout::Link;
use crate::modes::Modes;
use crate::{Fault, House, Site, Visit};

#[derive(Template)]
#[template(path = "workbench/refused.html")]
struct RefusedPage {
    desk: Workbench,
    status: StatusCode,
    words: Vec<String>,
    ways: Vec<Link>,
    number: String,
}

/// What was asked for when it was refused.
pub(crate) struct Asked<'a> {
    /// What the request said of itself; names who is signed in.
    pub(crate) headers: &'a HeaderMap,
    /// How it asked.
    pub(crate) method: &'a Method,
    /// The address below the site, without the query.
    pub(crate) path: &'a str,
    /// The page from which it was asked for, where a form was sent.
    pub(crate) from: Option<String>,
    /// The number by which the log can be searched.
    pub(crate) number: &'a str,
}

/// The refusal as a page of the workbench; `None` where the address is none of the workbench, nobody is
/// signed in, or even the page's surroundings cannot be given.
pub(crate) async fn answer(
    house: &Arc<House>,
    (site, modes): (&Arc<Site>, Modes),
    fault: &Fault,
    asked: Asked<'_>,
) -> Option<Response> {
    let within = asked.path.strip_prefix(HOME)?;
    if !within.is_empty() && !within.starts_with('/') {
        return None;
    }
    let clerk = clerk_of(house, asked.headers).await?;
    let visit = Visit {
        house: Arc::clone(house),
        site: Arc::clone(site),
        modes,
        path: asked.path.to_owned(),
        address: site.link(asked.path),
        for_copy: false,
    };
    let entry = entry_of(house, asked.path);
    let key = entry.map_or("none", |(key, ..)| key);
    let desk = Workbench::of(&visit, clerk, key, heading(fault)).await.ok()?;
    let inside = matches!(fault, Fault::Inside(_));
    let page = RefusedPage {
        status: fault.status(),
        words: words(fault),
        ways: ways(site, entry, &asked),
        number: if inside { asked.number.to_owned() } else { String::new() },
        desk,
    };
    let mut response = (fault.status(), Html(page.render().ok()?)).into_response();
    let headers = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    Some(response)
}

/// The menu entry under which an address lies: key, words and address.
type Entry = (&'static str, &'static str, &'static str);

fn entry_of(house: &House, path: &str) -> Option<Entry> {
    let entries = house.rooms().iter().flat_map(|room| &room.desk_nav);
    let mut near = entries.filter(|entry| lies_below(path, entry.path));
    near.next().map(|entry| (entry.key, entry.words, entry.path))
}

fn lies_below(path: &str, above: &str) -> bool {
    path.strip_prefix(above).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// Where to go on: the page whose form was refused, or the page above; the menu entry; the to-dos.
fn ways(site: &Site, entry: Option<Entry>, asked: &Asked<'_>) -> Vec<Link> {
    let mut ways = Vec::new();
    let (above, _) = asked.path.rsplit_once('/').unwrap_or_default();
    let from = asked.from.as_deref().filter(|from| *from != HOME);
    let sent = !matches!(*asked.method, Method::GET | Method::HEAD);
    if let Some((_, words, path)) = entry {
        match from {
            Some(from) => ways.push(Link::new("回到刚才那一页", site.link(from))),
            None if !sent && above.len() > path.len() => {
                ways.push(Link::new("回上一级", site.link(above)));
            }
            None => {}
        }
        let same = from == Some(path) || !sent && asked.path == path;
        ways.extend((!same).then(|| Link::new(words, site.link(path))));
    }
    ways.push(Link::new(home::TITLE, site.link(HOME)));
    ways
}

fn words(fault: &Fault) -> Vec<String> {
    match fault {
        Fault::NotFound => vec![
            "网址可能抄错了，或者这一项、这份草稿已经不在：被改名、删去、作废，或者属于别的机关。"
                .into(),
        ],
        other => explanation(other),
    }
}
