//! 有错误: a form of the workbench that was refused comes back as the page it was sent from, with what was
//! typed, all that is wrong at the top and at the fields, and status 422.
//!
//! A handler only says what is wrong ([`Fault::Fields`], [`Fault::BadInput`], [`Fault::Refused`]). The page
//! is asked for once more, as the clerk would by its address, and what was sent is written into the form
//! that was sent; so it is right for every form, and a form that is no longer offered is not.

mod filling;
mod markup;
mod telling;

use std::sync::Arc;

use axum::body::{Body, HttpBody as _, to_bytes};
use axum::extract::{MatchedPath, OriginalUri, Request};
use axum::http::request::Parts;
use axum::http::uri::PathAndQuery;
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, Uri, header};
use axum::middleware::Next;
use axum::response::Response;

use super::Submitted;
use crate::components::FieldError;
use crate::{Fault, House, Site};
use filling::Filling;

/// Larger pages are not read again, bytes.
const MOST: usize = 16 * 1024 * 1024;

/// So far into a page its title stands, bytes.
const HEAD: usize = 4096;

/// How a page says in its title that it shows errors.
const IN_TITLE: &str = "<title>有错误";

/// What a clerk sent and where; the answer that refuses it carries it to the door.
#[derive(Debug, Clone)]
pub(crate) struct Sent {
    /// The address in axum's form.
    pattern: String,
    form: Arc<Submitted>,
    /// A person looks at the answer, not a script.
    seen: bool,
}

impl Sent {
    /// What a request sends; `None` where it only reads.
    pub(super) fn by(request: &Request) -> Option<Self> {
        if matches!(*request.method(), Method::GET | Method::HEAD) {
            return None;
        }
        let pattern = request.extensions().get::<MatchedPath>()?.as_str().to_owned();
        let said = request.headers().get(header::ACCEPT).and_then(|kinds| kinds.to_str().ok());
        let seen = said.is_none_or(|kinds| kinds.contains("text/html"));
        Some(Self { pattern, form: Arc::default(), seen })
    }

    /// Keeps what the form says, without its files.
    pub(super) fn keep(&mut self, form: &Submitted) {
        self.form = Arc::new(form.without_files());
    }

    /// The answer, which carries what was sent where it refuses it, and says 422 where a handler has drawn
    /// the page with its errors itself.
    pub(super) async fn mark(self, mut response: Response) -> Response {
        if response.extensions().get::<Arc<Fault>>().is_some() {
            response.extensions_mut().insert(self);
            return response;
        }
        if !self.seen || response.status() != StatusCode::OK || !is_page(response.headers()) {
            return response;
        }
        // A page is drawn whole before it is answered, so its length is known; what is not is none.
        let length = response.body().size_hint().exact();
        if length.is_none_or(|length| length > MOST as u64) {
            return response;
        }
        let (mut parts, body) = response.into_parts();
        let Ok(body) = to_bytes(body, MOST).await else {
            parts.status = StatusCode::INTERNAL_SERVER_ERROR;
            parts.headers.remove(header::CONTENT_LENGTH);
            return Response::from_parts(parts, Body::empty());
        };
        let head = body.get(..HEAD).unwrap_or(&body);
        if head.windows(IN_TITLE.len()).any(|part| part == IN_TITLE.as_bytes()) {
            parts.status = StatusCode::UNPROCESSABLE_ENTITY;
        }
        Response::from_parts(parts, Body::from(body))
    }

    /// What the form says.
    pub(super) fn form(&self) -> Arc<Submitted> {
        Arc::clone(&self.form)
    }

    /// The pages the form may have been sent from, the nearest first; `below` is the address it was sent to.
    pub(crate) fn pages(&self, house: &House, below: &str) -> Vec<String> {
        house.desk_pages_above(&self.pattern, below)
    }

    /// The page with what was typed and what is wrong; `None` where the refusal is none of a form, or the
    /// page cannot be given.
    pub(crate) async fn returned(
        &self,
        house: &House,
        site: &Site,
        again: Again,
        fault: &Fault,
        below: &str,
    ) -> Option<Response> {
        let errors = wrong_with(fault).filter(|_| self.seen)?;
        for path in self.pages(house, below) {
            let response = again.page(site, &path).await?;
            if response.status() != StatusCode::OK || !is_page(response.headers()) {
                continue;
            }
            let (mut parts, body) = response.into_parts();
            let body = to_bytes(body, MOST).await.ok()?;
            let page = std::str::from_utf8(&body).ok()?;
            let (posted, page_at) = (site.link(below), site.link(&path));
            let filling =
                Filling { posted: &posted, page_at: &page_at, form: &self.form, errors: &errors };
            let page = filling.into_page(page)?;
            parts.status = StatusCode::UNPROCESSABLE_ENTITY;
            parts.headers.remove(header::CONTENT_LENGTH);
            parts.headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
            return Some(Response::from_parts(parts, Body::from(page)));
        }
        None
    }
}

/// A page of a form that waited while the second factor was given: with what was typed, where the form is
/// still offered.
pub(super) async fn resumed(
    response: Response,
    (posted, page_at): (&str, &str),
    form: &Submitted,
) -> Response {
    let (mut parts, body) = response.into_parts();
    let Ok(body) = to_bytes(body, MOST).await else {
        parts.status = StatusCode::INTERNAL_SERVER_ERROR;
        parts.headers.remove(header::CONTENT_LENGTH);
        return Response::from_parts(parts, Body::empty());
    };
    let filling = Filling { posted, page_at, form, errors: &[] };
    let page = std::str::from_utf8(&body).ok().and_then(|page| filling.into_page(page));
    let Some(page) = page else { return Response::from_parts(parts, Body::from(body)) };
    parts.headers.remove(header::CONTENT_LENGTH);
    Response::from_parts(parts, Body::from(page))
}

pub(super) fn is_page(headers: &HeaderMap) -> bool {
    let kind = headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
    kind.is_some_and(|kind| kind.starts_with("text/html"))
}

/// What is wrong with the form, where the refusal is one that can be mended on its page.
fn wrong_with(fault: &Fault) -> Option<Vec<FieldError>> {
    match fault {
        Fault::Fields(errors) => Some(errors.clone()),
        Fault::BadInput(words) | Fault::Refused(words) => Some(unplaced(words)),
        // The address takes forms; what this one asks for is none of its acts.
        Fault::WrongMethod => Some(unplaced("没有看懂要办什么。请按这一页上的按钮再提交一次。")),
        _ => None,
    }
}

fn unplaced(words: &str) -> Vec<FieldError> {
    vec![FieldError { field: String::new(), message: words.to_owned() }]
}

/// The way to ask for a page in the name of whoever sent the form.
pub(crate) struct Again {
    asked: Parts,
    next: Next,
}

impl Again {
    /// By the request of a form; `None` where it only reads.
    pub(crate) fn of(request: &Request, next: Next) -> Option<Self> {
        if matches!(*request.method(), Method::GET | Method::HEAD) {
            return None;
        }
        let mut bare = Request::new(Body::empty());
        *bare.headers_mut() = request.headers().clone();
        *bare.extensions_mut() = request.extensions().clone();
        for name in [header::CONTENT_TYPE, header::CONTENT_LENGTH, header::ACCEPT_ENCODING] {
            bare.headers_mut().remove(name);
        }
        Some(Self { asked: bare.into_parts().0, next })
    }

    async fn page(&self, site: &Site, path: &str) -> Option<Response> {
        let query = self.query(&site.link(path));
        let whole = |path: &str| match query.is_empty() {
            true => PathAndQuery::try_from(path).ok().map(Uri::from),
            false => PathAndQuery::try_from(format!("{path}?{query}")).ok().map(Uri::from),
        };
        let mut request = Request::from_parts(self.asked.clone(), Body::empty());
        *request.uri_mut() = whole(path)?;
        request.extensions_mut().insert(OriginalUri(whole(&site.link(path))?));
        Some(self.next.clone().run(request).await)
    }

    /// What the page was asked for with, where the browser tells: a search, an opened row; not what it
    /// said had been done.
    fn query(&self, page_at: &str) -> String {
        let from = self.asked.headers.get(header::REFERER).and_then(|from| from.to_str().ok());
        let from = from.and_then(|from| from.parse::<Uri>().ok());
        let query = from.as_ref().filter(|from| from.path() == page_at).and_then(Uri::query);
        let kept = query.unwrap_or_default().split('&').filter(|pair| !pair.starts_with("done="));
        kept.collect::<Vec<_>>().join("&")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_page_that_shows_errors_says_so_and_one_too_long_to_look_at_is_answered_whole() {
        let page = |title: &str, length: usize| {
            let start = format!("<!doctype html><html><head><title>{title}</title></head>");
            start.clone() + &" ".repeat(length - start.len())
        };
        let wrong = page("有错误：页", 2000);
        let cases = [
            (StatusCode::UNPROCESSABLE_ENTITY, wrong),
            (StatusCode::OK, page("页", 2000)),
            (StatusCode::OK, page("页", MOST + 1)),
        ];
        for (status, text) in cases {
            let mut response = Response::new(Body::from(text.clone()));
            let html = HeaderValue::from_static("text/html; charset=utf-8");
            response.headers_mut().insert(header::CONTENT_TYPE, html);
            let sent = Sent { pattern: String::new(), form: Arc::default(), seen: true };
            let marked = sent.mark(response).await;
            assert_eq!(marked.status(), status);
            let body = to_bytes(marked.into_body(), usize::MAX).await.expect("reads");
            assert!(body == text.as_bytes(), "{} of {}", body.len(), text.len());
        }
    }
}
