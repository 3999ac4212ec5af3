//! Attachments at the door. What is in them was not written by us: they are saved and never opened as a
//! page of the site, and where the operator names a second host they come from there alone, so that
//! nothing in them can speak in the portal's name.

use std::sync::Arc;

use axum::Router;
use axum::extract::{Request, State};
use axum::http::uri::Authority;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{IntoResponse, Response};

use crate::{House, Site};

/// The second host, from which attachments come and nothing else.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SecondHost {
    origin: String,
    host: String,
}

/// A text that names no host.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("附件域名要写成 https://files.example.gov.cn 这样的网址，后面不带路径")]
pub struct BadSecondHost;

impl SecondHost {
    /// The host of an origin such as `https://files.example.gov.cn`.
    ///
    /// # Errors
    /// It is none, or has a path.
    pub fn read(origin: &str) -> Result<Self, BadSecondHost> {
        let origin = origin.trim().trim_end_matches('/').to_ascii_lowercase();
        let rest = origin.strip_prefix("https://").or_else(|| origin.strip_prefix("http://"));
        let host = rest.filter(|rest| !rest.contains(['/', '?', '#', '@'])).ok_or(BadSecondHost)?;
        let sound = host.parse::<Authority>().is_ok_and(|named| !named.host().is_empty());
        if sound { Ok(Self { host: host.to_owned(), origin }) } else { Err(BadSecondHost) }
    }

    /// Its origin.
    pub fn origin(&self) -> &str {
        &self.origin
    }
}

/// Marks an answer that is an attachment for everybody.
#[derive(Clone, Copy)]
struct Attached;

/// Whether a request was sent to the second host.
fn is_second(house: &House, headers: &HeaderMap) -> bool {
    let named = headers.get(header::HOST).and_then(|host| host.to_str().ok());
    let named = named.unwrap_or_default().to_ascii_lowercase();
    house.second_host().is_some_and(|second| second.host == named)
}

/// Gives an attachment, or leads to the second host where there is one.
pub(crate) async fn given(
    State(house): State<Arc<House>>,
    request: Request,
    next: Next,
) -> Response {
    if let Some(second) = house.second_host()
        && !is_second(&house, request.headers())
    {
        let base = request.extensions().get::<Arc<Site>>().map(|site| site.base().to_owned());
        let to = format!("{}{}{}", second.origin, base.unwrap_or_default(), request.uri().path());
        return match HeaderValue::try_from(to) {
            Ok(to) => (StatusCode::FOUND, [(header::LOCATION, to)]).into_response(),
            Err(_) => StatusCode::NOT_FOUND.into_response(),
        };
    }
    let mut response = next.run(request).await;
    response.extensions_mut().insert(Attached);
    response
}

/// Lets nothing but attachments out at the second host: whatever else stands behind it is not there.
pub fn apart(router: Router, house: &Arc<House>) -> Router {
    router.layer(from_fn_with_state(Arc::clone(house), only_attachments))
}

async fn only_attachments(
    State(house): State<Arc<House>>,
    request: Request,
    next: Next,
) -> Response {
    if !is_second(&house, request.headers()) {
        return next.run(request).await;
    }
    let response = next.run(request).await;
    let attached = response.extensions().get::<Attached>().is_some();
    if attached && response.status() == StatusCode::OK {
        return response;
    }
    let status = match response.status() {
        StatusCode::GONE if attached => StatusCode::GONE,
        _ => StatusCode::NOT_FOUND,
    };
    let plain = [(header::CONTENT_TYPE, "text/plain; charset=utf-8")];
    let mut none = (status, plain, "这里只有附件，没有这个地址。\n").into_response();
    crate::layout::security_headers(none.headers_mut());
    none
}

/// Whether an answer is to be saved and not shown.
pub(crate) fn is_saved(headers: &HeaderMap) -> bool {
    let told = headers.get(header::CONTENT_DISPOSITION).and_then(|told| told.to_str().ok());
    told.is_some_and(|told| told.starts_with("attachment"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_second_host_is_an_origin_and_nothing_more() {
        for (text, host) in [
            ("https://files.gk.example", Some("files.gk.example")),
            ("https://Files.gk.example/", Some("files.gk.example")),
            ("http://127.0.0.1:8081", Some("127.0.0.1:8081")),
            ("files.gk.example", None),
            ("https://", None),
            ("https://gk.example/fujian", None),
            ("https://a@gk.example", None),
            ("ftp://gk.example", None),
            ("", None),
        ] {
            let read = SecondHost::read(text).ok().map(|second| second.host);
            assert_eq!(read.as_deref(), host, "{text}");
        }
    }
}
