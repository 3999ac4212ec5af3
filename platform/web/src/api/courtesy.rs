//! What every answer to a program carries, whatever is asked: that any page may read it (CORS), and how much
//! more may be asked for (`RateLimit`, draft-ietf-httpapi-ratelimit-headers).

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use super::problem::{TOO_FAST, refused};
use crate::door::host_of;
use crate::entrance::origin_of;
use crate::layout::security_headers;
use crate::pace::Pace;
use crate::{FromWhere, House, api};

/// Calls of one address: five a second for as long as one likes, and five minutes' worth of a pause at once.
const CALLS: Pace = Pace { name: "api", at_once: 300, one_more: 200 };

const POLICY: &str = "\"api\";q=300;w=60";

/// Headers that a page elsewhere may read.
const TOLD: &str = "ETag, Link, Retry-After, RateLimit, RateLimit-Policy";

/// Surrounds every address for programs.
pub(crate) async fn courtesy(
    State(house): State<Arc<House>>,
    request: Request,
    next: Next,
) -> Response {
    let path = request.uri().path().to_owned();
    if !path.contains(api::ROOT) {
        return next.run(request).await;
    }
    let directory = house.directory();
    let found = directory.find(&host_of(&request), &path);
    let Some((site, below)) = found.filter(|(_, below)| below.starts_with(api::ROOT)) else {
        return next.run(request).await;
    };
    if asks_before(&request) {
        return before();
    }
    let (parts, body) = request.into_parts();
    let from = FromWhere(origin_of(&house, &parts).address);
    let mut response = match house.pace(CALLS, &from) {
        Ok(()) => next.run(Request::from_parts(parts, body)).await,
        Err(slow) => {
            let mut response = refused(TOO_FAST, &site, below);
            set(response.headers_mut(), header::RETRY_AFTER, &slow.seconds.to_string());
            security_headers(response.headers_mut());
            response
        }
    };
    if response.status() == StatusCode::METHOD_NOT_ALLOWED {
        set(response.headers_mut(), header::ALLOW, &allowed(&house, below));
    }
    let left = house.left(CALLS, &from);
    let headers = response.headers_mut();
    set(headers, header::ACCESS_CONTROL_ALLOW_ORIGIN, "*");
    set(headers, header::ACCESS_CONTROL_EXPOSE_HEADERS, TOLD);
    set(headers, HeaderName::from_static("ratelimit-policy"), POLICY);
    set(headers, HeaderName::from_static("ratelimit"), &format!("\"api\";r={left};t=1"));
    response
}

/// Whether a browser asks if another site's page may read here.
fn asks_before(request: &Request) -> bool {
    *request.method() == Method::OPTIONS
        && request.headers().contains_key(header::ACCESS_CONTROL_REQUEST_METHOD)
}

/// Every page may read; none but ours may send.
fn before() -> Response {
    let mut response = StatusCode::NO_CONTENT.into_response();
    let headers = response.headers_mut();
    set(headers, header::ACCESS_CONTROL_ALLOW_ORIGIN, "*");
    set(headers, header::ACCESS_CONTROL_ALLOW_METHODS, "GET, HEAD");
    set(headers, header::ACCESS_CONTROL_ALLOW_HEADERS, "if-none-match");
    set(headers, header::ACCESS_CONTROL_MAX_AGE, "86400");
    security_headers(headers);
    response
}

/// The verbs of an address.
fn allowed(house: &House, below: &str) -> String {
    let verbs = house.verbs_at(below);
    let read = verbs.contains(&Method::GET).then_some("HEAD");
    verbs.iter().map(Method::as_str).chain(read).collect::<Vec<_>>().join(", ")
}

fn set(headers: &mut HeaderMap, name: HeaderName, value: &str) {
    if let Ok(value) = HeaderValue::from_str(value) {
        headers.insert(name, value);
    }
}
