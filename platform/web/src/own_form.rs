//! Forms that only our own pages may send.
//!
//! A page elsewhere must not be able to act in the name of whoever visits it. Browsers say where a
//! request comes from: `Sec-Fetch-Site` where they trust the connection, `Origin` with every form
//! that is sent. What says neither is no browser and has nobody to deceive.

use axum::Form;
use axum::extract::{FromRequest, Request};
use axum::http::HeaderMap;
use serde::de::DeserializeOwned;

use crate::workbench::sent_from_here;
use crate::{Fault, Site};

/// The fields of a form that a page of ours has sent.
pub struct OwnForm<T>(pub T);

impl<T, S> FromRequest<S> for OwnForm<T>
where
    T: DeserializeOwned,
    S: Send + Sync,
{
    type Rejection = Fault;

    async fn from_request(request: Request, state: &S) -> Result<Self, Self::Rejection> {
        let site = request.extensions().get::<std::sync::Arc<Site>>();
        let settled = site.and_then(|site| site.frame.origin.clone());
        if !ours(request.headers(), settled.as_deref()) {
            return Err(Fault::Forbidden(
                "这次提交不是从本站的页面发出的，没有接受。请打开本站的页面，在上面填写提交。"
                    .into(),
            ));
        }
        let read = Form::<T>::from_request(request, state).await;
        let Form(fields) = read.map_err(|_| {
            Fault::BadInput("没有看懂提交的内容。请回到上一页，重新填写后再提交。".into())
        })?;
        Ok(Self(fields))
    }
}

/// Whether a page of the host that was asked sent it, or one of the origin that is settled for the
/// site: what stands before the program may ask it under another name.
pub(crate) fn ours(headers: &HeaderMap, settled: Option<&str>) -> bool {
    let said = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    let of_settled = settled.is_some() && said("origin") == settled;
    sent_from_here(headers)
        || of_settled && said("sec-fetch-site").is_none_or(|from| from == "same-origin")
}

#[cfg(test)]
mod tests {
    use axum::http::{HeaderName, header};

    use super::*;

    const FETCH_SITE: HeaderName = HeaderName::from_static("sec-fetch-site");

    fn headers(lines: &[(HeaderName, &'static str)]) -> HeaderMap {
        let lines = lines.iter().cloned();
        lines.map(|(name, value)| (name, value.parse().expect("a value"))).collect()
    }

    #[test]
    fn a_form_is_taken_from_our_own_pages_and_from_no_page_elsewhere() {
        let (host, origin) = (header::HOST, header::ORIGIN);
        let at = |value| (host.clone(), value);
        let from = |value| (origin.clone(), value);
        let fetch = |value| (FETCH_SITE, value);
        for (lines, taken) in [
            (vec![at("gk.example:8080")], true),
            (vec![at("gk.example:8080"), from("http://gk.example:8080")], true),
            (vec![at("gk.example"), from("https://gk.example")], true),
            (vec![at("10.0.0.7"), from("https://www.gk.example")], true),
            (vec![at("gk.example"), from("https://evil.example")], false),
            (vec![at("gk.example"), from("https://gk.example.evil.example")], false),
            (vec![at("gk.example"), from("null")], false),
            (vec![from("://")], false),
            (vec![at("10.0.0.7"), from("https://www.gk.example"), fetch("same-origin")], true),
            (vec![at("10.0.0.7"), from("https://www.gk.example"), fetch("cross-site")], false),
            (vec![at("gk.example"), from("https://gk.example"), fetch("cross-site")], false),
            (vec![at("gk.example"), fetch("same-site")], false),
        ] {
            assert_eq!(ours(&headers(&lines), Some("https://www.gk.example")), taken, "{lines:?}");
        }
    }
}
