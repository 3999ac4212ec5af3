//! The door: which site is meant, whether the page is kept already, and what a refusal looks like.

use std::sync::Arc;
use std::time::Instant;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::{OriginalUri, Request, State};
use axum::http::uri::PathAndQuery;
use axum::http::{HeaderMap, Method, StatusCode, Uri, header};
use axum::middleware::{Next, from_fn_with_state, map_response};
use axum::response::{IntoResponse, Response};
use law::Date;

use crate::api::courtesy;
use crate::attachments::{apart, is_saved};
use crate::cache::{self, Kept, Shown, Times};
use crate::copying::ForCopy;
use crate::errors::NoSite;
use crate::modes::Modes;
use crate::workbench::{Again, Sent};
use crate::{
    Copied, Fault, House, OwnReading, Route, Site, SiteDirectory, Visit, errors, kiosk, layout,
    leaving, visits, workbench,
};

/// Answers larger than this are not kept.
const MOST_KEPT: usize = 4 * 1024 * 1024;

/// Queries longer than this come from machines that try things; their answers are not kept.
const LONGEST_KEPT_QUERY: usize = 400;

/// Marks an answer that may be kept and given to the next visitor.
#[derive(Clone, Copy)]
struct Keep;

/// The whole portal as one service.
pub fn portal(house: &Arc<House>, routes: Vec<Route>) -> Router {
    let mut inner = Router::new();
    for route in routes {
        inner = route.join(inner, house);
    }
    let inner = inner
        .fallback(|| async { Fault::NotFound })
        .method_not_allowed_fallback(|| async { Fault::WrongMethod })
        .with_state(Arc::clone(house));
    let portal = Router::new().fallback_service(inner);
    let portal = portal.layer(from_fn_with_state(Arc::clone(house), enter));
    let portal = portal.layer(from_fn_with_state(Arc::clone(house), courtesy));
    let portal = portal.layer(from_fn_with_state(Arc::clone(house), kiosk::shell));
    apart(portal, house)
}

/// Marks every answer of a route as one that may be kept.
pub(crate) fn keeping(
    routes: axum::routing::MethodRouter<Arc<House>>,
) -> axum::routing::MethodRouter<Arc<House>> {
    routes.layer(map_response(|mut response: Response| async move {
        response.extensions_mut().insert(Keep);
        response
    }))
}

/// Counts the page, then hands it out.
async fn enter(State(house): State<Arc<House>>, request: Request, next: Next) -> Response {
    let extensions = request.extensions();
    let own = extensions.get::<OwnReading>().is_some() || extensions.get::<ForCopy>().is_some();
    let reader = !own && visits::is_reader(request.method(), request.headers());
    if !reader {
        return admit(house, request, next).await;
    }
    let (host, path) = (host_of(&request), request.uri().path().to_owned());
    let begun = Instant::now();
    let response = admit(Arc::clone(&house), request, next).await;
    if let Some(failed) = visits::outcome(response.status(), response.headers(), begun.elapsed())
        && let Some((site, below)) = house.directory().find(&host, &path)
        && let Some(kind) = visits::kind_of(house.page_kinds(), below)
    {
        house.visits().note((house.ledger().clock().today(), site.base(), kind), failed);
    }
    response
}

async fn admit(house: Arc<House>, mut request: Request, next: Next) -> Response {
    let host = host_of(&request);
    let modes = Modes::from_headers(request.headers());
    let directory = house.directory();
    let path = request.uri().path().to_owned();
    let Some((site, below)) = directory.find(&host, &path) else {
        return finish(&house, without_site(&directory, &request));
    };
    let site = site.reached_at(&host);
    let query = request.uri().query().unwrap_or_default();
    let times = house.pages.times();
    let key = keepable(&request).then(|| {
        let today = house.ledger().clock().today();
        key(today, modes, (site.frame.origin.as_deref(), site.base()), below, query)
    });
    if let Some(page) = key.as_ref().and_then(|key| house.pages.find(key, times)) {
        return finish(&house, page.answer(request.headers()));
    }
    let (asked, method) = (request.headers().clone(), request.method().clone());
    let original = request.uri().clone();
    let address = original.path_and_query().map_or("/", PathAndQuery::as_str).to_owned();
    let inner = uri_below(below, query);
    bring_below(&mut request, inner);
    request.extensions_mut().insert(OriginalUri(original));
    request.extensions_mut().insert(Arc::clone(&site));
    let below = below.to_owned();
    let for_copy = request.extensions().get::<ForCopy>().is_some();
    let again = Again::of(&request, next.clone());
    let response = next.run(request).await;
    if let Some(fault) = response.extensions().get::<Arc<Fault>>().cloned() {
        let sent = response.extensions().get::<Sent>().cloned();
        if let (Some(again), Some(sent)) = (again, &sent)
            && let Some(page) = sent.returned(&house, &site, again, &fault, &below).await
        {
            return finish(&house, page);
        }
        let from = sent.and_then(|sent| sent.pages(&house, &below).into_iter().next());
        let reads = matches!(method, Method::GET | Method::HEAD);
        let visit = (matches!(*fault, Fault::NotFound) && reads).then(|| Visit {
            house: Arc::clone(&house),
            site: Arc::clone(&site),
            modes,
            path: below.clone(),
            address,
            for_copy,
        });
        let fault = match formerly(visit, &host).await {
            Ok(Some(page)) => return finish(&house, page),
            Ok(None) => fault,
            Err(instead) => Arc::new(instead),
        };
        return finish(
            &house,
            refusal(&house, &fault, (&site, modes), (&asked, &method, &below), from).await,
        );
    }
    let place = key.map(|key| Place { key, host: &host, below: &below, begun: times });
    finish(&house, keep((&house, &site), place, &asked, response).await)
}

/// Where there is no site, its page still finds the style sheet.
fn without_site(directory: &SiteDirectory, request: &Request) -> Response {
    if let Some(file) = request.uri().path().strip_prefix("/assets/") {
        return layout::asset_of(file, request.uri().query(), request.headers());
    }
    let none = directory.all().is_empty();
    errors::closed(if none { NoSite::NotOpened } else { NoSite::Closed })
}

pub(crate) fn host_of(request: &Request) -> String {
    let named = request.headers().get(header::HOST).and_then(|host| host.to_str().ok());
    named.or_else(|| request.uri().host()).unwrap_or_default().to_ascii_lowercase()
}

fn keepable(request: &Request) -> bool {
    let short = request.uri().query().is_none_or(|query| query.len() <= LONGEST_KEPT_QUERY);
    let copied = request.extensions().get::<ForCopy>().is_some();
    short && !copied && matches!(*request.method(), Method::GET | Method::HEAD)
}

/// Everything a kept answer depends on. What is in force changes with the day, so a page is good
/// for one day.
fn key(day: Date, modes: Modes, site: (Option<&str>, &str), below: &str, query: &str) -> String {
    let (mode, (origin, base)) = (modes.key(), site);
    let origin = origin.unwrap_or_default();
    format!("{day}\n{mode}\n{origin}\n{base}\n{below}\n{query}")
}

/// The request as the rooms see it: below the site, and whoever asks for the head alone is answered as ever;
/// the server leaves the body out, and what is kept is whole.
fn bring_below(request: &mut Request, inner: Option<Uri>) {
    if let Some(inner) = inner {
        *request.uri_mut() = inner;
    }
    if *request.method() == Method::HEAD {
        *request.method_mut() = Method::GET;
    }
}

fn uri_below(path: &str, query: &str) -> Option<Uri> {
    let whole = if query.is_empty() { path.to_owned() } else { format!("{path}?{query}") };
    PathAndQuery::try_from(whole).ok().map(Uri::from)
}

/// Where an answer is to be kept.
struct Place<'a> {
    key: String,
    /// What it was asked for: host, and address below the site.
    host: &'a str,
    below: &'a str,
    /// How often pages had been let go when it was asked for.
    begun: Times,
}

async fn keep(
    (house, site): (&House, &Site),
    place: Option<Place<'_>>,
    asked: &HeaderMap,
    response: Response,
) -> Response {
    let may = response.extensions().get::<Keep>().is_some() && response.status() == StatusCode::OK;
    let Some(place) = place.filter(|_| may) else { return response };
    let (parts, body) = response.into_parts();
    let Ok(body) = to_bytes(body, MOST_KEPT).await else {
        return Fault::Unavailable.status().into_response();
    };
    let body = match parts.status {
        StatusCode::OK => leaving::led_through(house, site, &parts.headers, body),
        _ => body,
    };
    let shown = shown(house, site, &place, &body);
    match Kept::of(body.clone(), &parts.headers, shown) {
        Some(page) => {
            let page = Arc::new(page);
            house.pages.keep(&place.key, Arc::clone(&page), place.begun);
            page.answer(asked)
        }
        None => Response::from_parts(parts, Body::from(body)),
    }
}

/// What an answer shows, by which it is known when it has to be let go.
fn shown(house: &House, site: &Site, place: &Place<'_>, body: &[u8]) -> Shown {
    let below = place.below;
    let mut overall = house.rooms().iter().flat_map(|room| room.overall);
    let text = std::str::from_utf8(body).unwrap_or_default();
    Shown {
        base: site.base().to_owned(),
        below: below.to_owned(),
        range: site.range.clone(),
        overall: overall.any(|path| below == *path || cache::belongs(below, path)),
        single: house.copied_at(below.trim_end_matches('/')) == Some(Copied::Single),
        links: cache::links(text, place.host, &house.directory()),
    }
}

async fn refusal(
    house: &Arc<House>,
    fault: &Fault,
    (site, modes): (&Arc<Site>, Modes),
    (headers, method, path): (&HeaderMap, &Method, &str),
    from: Option<String>,
) -> Response {
    let number = uuid::Uuid::now_v7().simple().to_string();
    let number = number.get(20..).unwrap_or(&number);
    if let Fault::Inside(cause) = fault {
        tracing::error!(number, path, error = %chain(cause.as_ref()), "page failed");
    }
    let asked = workbench::Asked { headers, method, path, from, number };
    match workbench::refusal(house, (site, modes), fault, asked).await {
        Some(page) => page,
        None => errors::answer(fault, site, modes, path, number),
    }
}

/// What is answered where nothing of ours stands and a page of the site before may have.
async fn formerly(visit: Option<Visit>, host: &str) -> Result<Option<Response>, Fault> {
    let Some(visit) = visit else { return Ok(None) };
    let source = visit.house.rooms().iter().find_map(|room| room.old_addresses);
    match source {
        Some(source) => (source.answer)(visit, host.to_owned()).await,
        None => Ok(None),
    }
}

/// The whole chain of causes, for the log.
fn chain(error: &(dyn std::error::Error + 'static)) -> String {
    let mut text = error.to_string();
    let mut next = error.source();
    while let Some(cause) = next {
        text.push_str(": ");
        text.push_str(&cause.to_string());
        next = cause.source();
    }
    text
}

fn finish(house: &House, mut response: Response) -> Response {
    let headers = response.headers_mut();
    layout::security_headers(headers);
    if is_saved(headers) {
        layout::saved_headers(headers);
    } else if let Some(second) = house.second_host() {
        layout::pictures_from(headers, second.origin());
    }
    response
}

#[cfg(test)]
mod tests {
    use law::day;

    use super::{Modes, key};

    #[test]
    fn a_kept_page_is_given_out_only_where_nothing_it_depends_on_has_changed() {
        let today = day(2026, 11, 25);
        let elder = Modes { elder: true, ..Modes::default() };
        let (own, plain) = ((None, "/siming"), Modes::default());
        let kept = key(today, plain, own, "/mulu", "q=1");
        let (city, named) = ((None, ""), (Some("http://gk.example"), "/siming"));
        for (changed, other) in [
            ("the day", key(day(2026, 11, 26), plain, own, "/mulu", "q=1")),
            ("the modes", key(today, elder, own, "/mulu", "q=1")),
            ("the site", key(today, plain, city, "/siming/mulu", "q=1")),
            ("the host", key(today, plain, named, "/mulu", "q=1")),
            ("the address", key(today, plain, own, "/mulu/jiuye", "q=1")),
            ("the query", key(today, plain, own, "/mulu", "q=2")),
        ] {
            assert_ne!(kept, other, "{changed}");
        }
    }
}
