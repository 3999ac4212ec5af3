//! Asking the house as a visitor of whom nothing is known, through its own door and without a socket.

use std::future::poll_fn;
use std::io;
use std::path::{Path, PathBuf};
use std::pin::Pin;

use axum::Router;
use axum::body::{Body, HttpBody, to_bytes};
use axum::http::{Request, StatusCode, header};
use sha2::{Digest, Sha256};
use tokio::io::AsyncWriteExt;
use tower::ServiceExt;
use web::address::decoded;
use web::{Fault, ForCopy, House};

/// What is longer, in bytes, is written beside the copy as it comes instead of being held in memory: a set of
/// data whole may have gigabytes.
const HELD: u64 = 8 << 20;

/// A long answer, where it was written.
#[derive(Debug)]
pub(crate) struct Long {
    pub path: PathBuf,
    /// Its SHA-256.
    pub hash: String,
}

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
    /// Stands instead of the body where that is long.
    pub long: Option<Long>,
}

impl Answer {
    /// Whether it is a page.
    pub(crate) fn is_page(&self) -> bool {
        self.kind.starts_with("text/html")
    }
}

/// Asks for one address; a file that comes from a host of its own is asked for there. What is long is written
/// to `aside`.
pub(crate) async fn ask(
    portal: &Router,
    house: &House,
    (host, address): (&str, &str),
    aside: &Path,
) -> Result<Answer, Fault> {
    let answer = once(portal, host, address, aside).await?;
    let second = house.second_host().map(|second| second.origin());
    let elsewhere = answer.to.as_deref().zip(second);
    match elsewhere.filter(|(to, origin)| to.starts_with(*origin)) {
        Some((_, origin)) => {
            let host = origin.split("://").nth(1).unwrap_or(origin);
            once(portal, host, address, aside).await
        }
        None => Ok(answer),
    }
}

async fn once(portal: &Router, host: &str, address: &str, aside: &Path) -> Result<Answer, Fault> {
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
    let kind = said(header::CONTENT_TYPE).unwrap_or_default();
    let (body, long) = match body.size_hint().lower() > HELD && !kind.starts_with("text/html") {
        true => (Vec::new(), Some(written(body, aside).await.map_err(Fault::inside)?)),
        false => (to_bytes(body, usize::MAX).await.map_err(Fault::inside)?.into(), None),
    };
    Ok(Answer {
        status: parts.status,
        kind,
        name: said(header::CONTENT_DISPOSITION).and_then(|told| name_in(&told)),
        to: said(header::LOCATION),
        body,
        long,
    })
}

/// Writes a body piece by piece.
async fn written(mut body: Body, path: &Path) -> io::Result<Long> {
    let mut file = tokio::fs::File::create(path).await?;
    let mut digest = Sha256::new();
    while let Some(frame) = poll_fn(|context| Pin::new(&mut body).poll_frame(context)).await {
        let Ok(piece) = frame.map_err(io::Error::other)?.into_data() else { continue };
        digest.update(&piece);
        file.write_all(&piece).await?;
    }
    file.flush().await?;
    Ok(Long { path: path.to_owned(), hash: ledger::hex(&digest.finalize()) })
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
    use super::*;

    #[tokio::test]
    async fn what_is_long_is_written_beside_and_not_held() {
        let folder = store::testing::Folder::new("export-long");
        std::fs::create_dir_all(folder.path()).expect("a folder");
        let aside = folder.path().join("long");
        let long = vec![7_u8; usize::try_from(HELD).expect("small") + 1];
        let told = long.clone();
        let route = axum::routing::get(move || async move { told.clone() });
        let portal = Router::new().route("/long", route);
        let answer = once(&portal, "x.example", "/long", &aside).await.expect("answers");
        assert!(answer.body.is_empty(), "it is not held");
        assert_eq!(answer.long.expect("is written").hash, crate::making::hash(&long));
        assert_eq!(std::fs::read(&aside).expect("reads"), long);
    }

    #[test]
    fn the_real_name_of_a_file_is_read_before_the_plain_one() {
        let told = "attachment; filename=\"fujian.xlsx\"; filename*=UTF-8''%E8%A1%A8.xlsx";
        assert_eq!(name_in(told).as_deref(), Some("表.xlsx"));
        assert_eq!(name_in("attachment; filename=\"7.json\"").as_deref(), Some("7.json"));
        assert_eq!(name_in("inline"), None);
    }
}
