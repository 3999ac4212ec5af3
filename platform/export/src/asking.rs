//! Asking the house as a visitor of whom nothing is known, through its own door and without a socket.

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{Request, StatusCode, header};
use tower::ServiceExt;
use web::address::decoded;
use web::{Fault, ForCopy, House};

/// What came back.
#[derive(Debug)]
pub(crate) struct Answer {
    pub status: StatusCode,
    /// The media type.
    pub kind: String,
    /// The name under which it is to be saved.
    pub name: Option<String>,
    /// Where it leads.
    pub to: Option<String>,
    pub body: Vec<u8>,
}

impl Answer {
    /// Whether it is a page.
    pub(crate) fn is_page(&self) -> bool {
        self.kind.starts_with("text/html")
    }
}

/// Asks for one address; a file that comes from a host of its own is asked for there.
pub(crate) async fn ask(
    portal: &Router,
    house: &House,
    host: &str,
    address: &str,
) -> Result<Answer, Fault> {
    let answer = once(portal, host, address).await?;
    let second = house.second_host().map(|second| second.origin());
    let elsewhere = answer.to.as_deref().zip(second);
    match elsewhere.filter(|(to, origin)| to.starts_with(*origin)) {
        Some((_, origin)) => {
            let host = origin.split("://").nth(1).unwrap_or(origin);
            once(portal, host, address).await
        }
        None => Ok(answer),
    }
}

async fn once(portal: &Router, host: &str, address: &str) -> Result<Answer, Fault> {
    let request = Request::get(address).header(header::HOST, host).extension(ForCopy);
    let request = request.body(Body::empty()).map_err(Fault::inside)?;
    let answer = match portal.clone().oneshot(request).await {
        Ok(answer) => answer,
        Err(never) => match never {},
    };
    let (parts, body) = answer.into_parts();
    let said = |name: header::HeaderName| {
        parts.headers.get(name).and_then(|value| value.to_str().ok()).map(str::to_owned)
    };
    let body = to_bytes(body, usize::MAX).await.map_err(Fault::inside)?;
    Ok(Answer {
        status: parts.status,
        kind: said(header::CONTENT_TYPE).unwrap_or_default(),
        name: said(header::CONTENT_DISPOSITION).and_then(|told| name_in(&told)),
        to: said(header::LOCATION),
        body: body.into(),
    })
}

/// The name that a header of RFC 6266 tells.
fn name_in(told: &str) -> Option<String> {
    let real = told.split(';').find_map(|part| part.trim().strip_prefix("filename*=UTF-8''"));
    let plain = || told.split(';').find_map(|part| part.trim().strip_prefix("filename="));
    let name = real.map(decoded).or_else(|| Some(plain()?.trim_matches('"').to_owned()));
    name.filter(|name| !name.is_empty())
}

#[cfg(test)]
mod tests {
    use super::name_in;

    #[test]
    fn the_real_name_of_a_file_is_read_before_the_plain_one() {
        let told = "attachment; filename=\"fujian.xlsx\"; filename*=UTF-8''%E8%A1%A8.xlsx";
        assert_eq!(name_in(told).as_deref(), Some("表.xlsx"));
        assert_eq!(name_in("attachment; filename=\"7.json\"").as_deref(), Some("7.json"));
        assert_eq!(name_in("inline"), None);
    }
}
