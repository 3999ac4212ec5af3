//! 自助终端 `/k`: the whole portal at a machine in a hall (通知二（四）, docs/readings/240).
//!
//! The shell stands outside the door. What is asked below `/k` is asked of the same portal at the same
//! address without it; the answer's `<main>` is set into a frame of its own, and its links are led: to pages
//! the rooms have named ([`KioskOffer::pages`]) they stay in the shell, everything else of the public is taken
//! away by a QR code, and the rest is no link. Cookies live in a jar of their own ([`jar`]), so that nothing
//! of the portal's reaches the shell, and the end of a session empties all of it.

mod desk;
mod frame;
mod ime;
mod jar;
mod leads;
mod offer;
mod own;
mod translated;

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::uri::PathAndQuery;
use axum::http::{HeaderMap, HeaderValue, Uri, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Redirect, Response};

use crate::door::host_of;
use crate::modes::Modes;
use crate::{House, Site, layout};

pub(crate) use desk::Desk;
pub use offer::{Device, KioskOffer, KioskSession, KioskSettings, KioskSource, KioskTile};

/// Where the shell begins, below each site.
pub const START: &str = "/k";

/// One request to the shell.
pub(crate) struct Shell {
    house: Arc<House>,
    site: Arc<Site>,
    host: String,
    /// What stands before the site's own addresses in this request: empty where a host name says the site.
    prefix: String,
    modes: Modes,
    session: String,
    /// Whether the session begins with this request.
    fresh: bool,
    /// Request headers with the cookies of the jar alone.
    inside: HeaderMap,
    /// Which machine it is, where it has been told.
    device: Option<Device>,
    /// The address below `/k`, with its query.
    within: String,
    /// Where this visitor came from within the shell.
    before: Option<String>,
}

/// Answers what is asked below `/k`; lets everything else through.
pub(crate) async fn shell(
    State(house): State<Arc<House>>,
    request: Request,
    next: Next,
) -> Response {
    let (host, path) = (host_of(&request), request.uri().path().to_owned());
    let Some((site, below)) = house.directory().find(&host, &path) else {
        return next.run(request).await;
    };
    let Some(rest) =
        below.strip_prefix(START).filter(|rest| rest.is_empty() || rest.starts_with('/'))
    else {
        return next.run(request).await;
    };
    let prefix = path.strip_suffix(below).unwrap_or_default().to_owned();
    let rest = if rest.is_empty() { "/" } else { rest }.to_owned();
    let query = request.uri().query().unwrap_or_default().to_owned();
    let mut response = answer(&house, (site, host), (prefix, rest, query), request, next).await;
    layout::security_headers(response.headers_mut());
    if let Some(second) = house.second_host() {
        layout::pictures_from(response.headers_mut(), second.origin());
    }
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

async fn answer(
    house: &Arc<House>,
    (site, host): (Arc<Site>, String),
    (prefix, rest, query): (String, String, String),
    request: Request,
    next: Next,
) -> Response {
    let inside = jar::inside(request.headers());
    let (mark, query) = jar::unmarked(&query);
    let known = jar::session(request.headers());
    let fresh = known.is_none();
    // A page of somebody who has left is asked for again: there is nothing of it any more.
    let stale = known.as_ref().zip(mark).is_some_and(|(known, mark)| *known != mark);
    let site = site.reached_at(&host);
    let device = match house.kiosk_source() {
        Some(source) => (source.device)(house, &site, &inside).await.unwrap_or_default(),
        None => None,
    };
    let before = came_from(request.headers(), &host, &prefix);
    let within = if query.is_empty() { rest.clone() } else { format!("{rest}?{query}") };
    let shell = Shell {
        modes: Modes::from_headers(&inside),
        session: known.unwrap_or_else(jar::new_session),
        house: Arc::clone(house),
        site,
        host,
        prefix,
        fresh,
        inside,
        device,
        within,
        before,
    };
    let mut response = if stale {
        // Before anything is done: the link that ends a session ends nobody else's.
        Redirect::to(&shell.href("/")).into_response()
    } else if let Some(page) = own::page(&shell, &rest, &query).await {
        page
    } else if shell.admits(&rest, &query) {
        shell.translated(request, next, &rest, &query).await
    } else {
        shell.elsewhere()
    };
    if shell.fresh && !response.headers().contains_key(jar::FRESH) {
        response.headers_mut().append(header::SET_COOKIE, jar::keeping(&shell.session));
    }
    response.headers_mut().remove(jar::FRESH);
    response
}

/// The page within the shell that the visitor comes from.
fn came_from(headers: &HeaderMap, host: &str, prefix: &str) -> Option<String> {
    let from: Uri = headers.get(header::REFERER)?.to_str().ok()?.parse().ok()?;
    let same = from.authority().is_some_and(|own| own.as_str().eq_ignore_ascii_case(host));
    let whole = from.path_and_query().map(PathAndQuery::as_str).filter(|_| same)?;
    let rest = whole.strip_prefix(prefix)?.strip_prefix(START)?;
    rest.starts_with('/').then(|| rest.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_way_back_stays_in_the_shell() {
        for (referer, way) in [
            ("http://hall.example/siming/k/mulu?q=1", Some("/mulu?q=1")),
            ("http://hall.example/siming/k", None),
            ("http://hall.example/siming/mulu", None),
            ("http://other.example/siming/k/mulu", None),
        ] {
            let mut headers = HeaderMap::new();
            headers.insert(header::REFERER, HeaderValue::from_static(referer));
            let found = came_from(&headers, "hall.example", "/siming");
            assert_eq!(found.as_deref(), way, "{referer}");
        }
    }
}
