//! What tests of every room need to look at pages: sites without a room that keeps them, and what a
//! visitor gets.

use std::sync::Arc;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Request, StatusCode, header};
use identity::Level;
use tower::ServiceExt;

use crate::layout::{Link, SiteFrame};
use crate::{Site, page};

/// The most a test reads of one answer, in bytes.
const MOST: usize = 64 << 20;

/// The site of the last place on a path from the city down, each by its address and its name; `prefix` is
/// how the codes of its divisions begin, `organ` whose site it is.
///
/// # Panics
/// The path is empty.
pub fn site(path: &[(&str, &str)], level: Level, prefix: &str, organ: &str) -> Site {
    let (base, place) = path.last().copied().expect("a site is somewhere");
    let frame = SiteFrame {
        base: base.into(),
        path: path.iter().map(|(base, place)| Link::new(*place, format!("{base}/"))).collect(),
        name: format!("{place}人民政府"),
        domain: "yunhu.example".into(),
        ..SiteFrame::default()
    };
    Site {
        frame: Arc::new(frame),
        host: None,
        place: place.into(),
        division: format!("{prefix:0<12}"),
        level,
        range: (format!("{prefix:0<12}"), format!("{prefix:9<12}")),
        organ: organ.into(),
    }
}

/// How the portal answers a request.
///
/// # Panics
/// The body breaks off or is longer than tests read.
pub async fn answer(portal: &Router, request: Request<Body>) -> (StatusCode, HeaderMap, Vec<u8>) {
    let answer = portal.clone().oneshot(request).await.expect("an answer");
    let (status, headers) = (answer.status(), answer.headers().clone());
    let body = to_bytes(answer.into_body(), MOST).await.expect("a body");
    (status, headers, body.to_vec())
}

/// What a visitor on this machine gets at an address.
///
/// # Panics
/// It is no address.
pub async fn get(portal: &Router, address: &str) -> (StatusCode, HeaderMap, Vec<u8>) {
    let request = Request::get(address).header(header::HOST, "localhost");
    answer(portal, request.body(Body::empty()).expect("a request")).await
}

/// A page, and its status.
///
/// # Panics
/// It is no text.
pub async fn read(portal: &Router, address: &str) -> (StatusCode, String) {
    let (status, _, body) = get(portal, address).await;
    (status, String::from_utf8(body).expect("text"))
}

/// A page that is there and in which [`page::inspect`] finds no fault.
///
/// # Panics
/// It is not.
pub async fn sound(portal: &Router, address: &str) -> String {
    let (status, text) = read(portal, address).await;
    assert_eq!(status, StatusCode::OK, "{address}: {text}");
    assert_eq!(page::inspect(&text), Vec::<String>::new(), "{address}");
    text
}
