//! What a visitor without an account brings along: a form, with files or without, a cookie of his own, and the
//! address he asks from.

use std::convert::Infallible;
use std::sync::Arc;

use axum::body::{Body, HttpBody};
use axum::extract::{FromRequest, FromRequestParts, Request};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue};
use http_body_util::BodyExt;

use crate::entrance::{Cookie, in_headers, origin_of};
use crate::own_form::ours;
use crate::workbench::Submitted;
use crate::{Fault, House, Site};

/// The most a visitor sends at once, in bytes.
pub const MOST_SENT: usize = 22 << 20;

/// So much of what is too large is still taken in and let go, so that the visitor sees the answer: a browser
/// that is cut off while it sends shows none.
pub(crate) const MOST_LET_GO: usize = 400 << 20;

/// A form that a page of ours has sent.
#[derive(Debug)]
pub enum OwnUpload {
    /// What it says.
    Form(Submitted),
    /// It is larger than [`MOST_SENT`]: nothing of it was kept.
    TooLarge,
}

impl FromRequest<Arc<House>> for OwnUpload {
    type Rejection = Fault;

    async fn from_request(request: Request, _: &Arc<House>) -> Result<Self, Fault> {
        let site = request.extensions().get::<Arc<Site>>();
        let settled = site.and_then(|site| site.frame.origin.clone());
        let (parts, body) = request.into_parts();
        if !ours(&parts.headers, settled.as_deref()) {
            return Err(Fault::Forbidden(
                "这次提交不是从本站的页面发出的，没有接受。请打开本站的页面，在上面填写提交。"
                    .into(),
            ));
        }
        match within(body, MOST_SENT).await? {
            Some(bytes) => {
                Ok(Self::Form(Submitted::read(&parts.headers, Body::from(bytes)).await?))
            }
            None => Ok(Self::TooLarge),
        }
    }
}

/// The whole body; `None` where it is larger than `most`.
pub(crate) async fn within(mut body: Body, most: usize) -> Result<Option<Vec<u8>>, Fault> {
    let (mut bytes, mut sum) = (Vec::new(), 0usize);
    if body.size_hint().lower() > MOST_LET_GO as u64 {
        return Ok(None);
    }
    while let Some(frame) = body.frame().await {
        let cut_off =
            |_| Fault::BadInput("内容没有完整送达。请回到原页面，再提交一次。".to_owned());
        let Ok(data) = frame.map_err(cut_off)?.into_data() else { continue };
        sum = sum.saturating_add(data.len());
        if sum <= most {
            bytes.extend_from_slice(&data);
        } else if sum > MOST_LET_GO {
            return Ok(None);
        } else {
            bytes = Vec::new();
        }
    }
    Ok((sum <= most).then_some(bytes))
}

/// The address a visitor asks from; empty where it is unknown. What a trusted proxy says of it is believed.
#[derive(Debug, Clone)]
pub struct FromWhere(pub String);

impl FromRequestParts<Arc<House>> for FromWhere {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, house: &Arc<House>) -> Result<Self, Infallible> {
        Ok(Self(origin_of(house, parts).address))
    }
}

/// A cookie of a visitor: for this host alone, over a trusted connection alone, and for no script.
#[derive(Debug, Clone, Copy)]
pub struct VisitorCookie {
    /// Its name, `__Host-…`.
    pub name: &'static str,
    /// How long it is kept, in seconds.
    pub seconds: u32,
}

impl VisitorCookie {
    /// The line that sets it.
    pub fn set(self, value: &str) -> HeaderValue {
        Cookie::brief(self.name, value, self.seconds).value()
    }

    /// The line that takes it away.
    pub fn gone(self) -> HeaderValue {
        Cookie::brief(self.name, "", 0).value()
    }

    /// Its value in a request.
    pub fn in_headers(self, headers: &HeaderMap) -> Option<&str> {
        in_headers(headers, self.name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn what_is_too_large_is_let_go_and_answered() {
        for (length, taken) in [(0, true), (MOST_SENT, true), (MOST_SENT + 1, false)] {
            let read = within(Body::from(vec![7; length]), MOST_SENT).await.expect("read");
            assert_eq!(read.map(|bytes| bytes.len()), taken.then_some(length));
        }
    }

    #[test]
    fn a_cookie_is_for_this_host_alone() {
        let cookie = VisitorCookie { name: "__Host-gk_shenqing", seconds: 60 };
        let set = cookie.set("abc");
        assert_eq!(
            set.to_str().ok(),
            Some("__Host-gk_shenqing=abc; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=60")
        );
        let mut headers = HeaderMap::new();
        headers.insert("cookie", HeaderValue::from_static("a=1; __Host-gk_shenqing=abc"));
        assert_eq!(cookie.in_headers(&headers), Some("abc"));
    }
}
