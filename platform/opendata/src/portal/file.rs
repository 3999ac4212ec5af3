//! `/shuju/{set}/{set}.jsonl`, `.csv` and `SHA256SUMS`: a set whole, piece by piece from its file.

use std::pin::Pin;
use std::task::{Context, Poll, ready};

use axum::body::{Body, Bytes};
use axum::extract::Path;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use hyper::body::{Frame, SizeHint};
use tokio::fs::File;
use tokio::io::{AsyncRead, ReadBuf};
use web::{Fault, Visit};

use crate::bulk::{Edition, Form, folder};

/// So much of a file is sent at a time.
const PIECE: usize = 64 << 10;

/// Between asking which files are the edition and opening one, a new edition may have been put in its place.
const TRIES: usize = 3;

/// Gives a file of a set.
pub async fn show(
    visit: Visit,
    Path((slug, name)): Path<(String, String)>,
    asked: HeaderMap,
) -> Result<Response, Fault> {
    let set = visit.house.datasets().find(|set| set.slug == slug).copied();
    let set = set.ok_or(Fault::NotFound)?;
    let form = Form::ALL.into_iter().find(|form| name == format!("{slug}.{}", form.ending()));
    if form.is_none() && name != "SHA256SUMS" {
        return Err(Fault::NotFound);
    }
    for _ in 0..TRIES {
        let Some(edition) = Edition::current(&visit.house, &set).await else { break };
        let Some(form) = form else { return Ok(sums(&slug, &edition)) };
        if let Some(response) = whole(&visit, (&slug, &edition), form, &asked).await? {
            return Ok(response);
        }
    }
    Ok(not_now())
}

/// It is being written: when to come again, in a word.
fn not_now() -> Response {
    const WORDS: &str =
        "这份数据正在重写（刚有更正或者撤下的，或者还没有写过），请过几分钟再下载。\n";
    let headers = [(header::RETRY_AFTER, "120"), (header::CACHE_CONTROL, "no-store")];
    (StatusCode::SERVICE_UNAVAILABLE, headers, WORDS).into_response()
}

/// The digests in the form of `sha256sum`.
fn sums(slug: &str, edition: &Edition) -> Response {
    let line = |file: &crate::bulk::Written| format!("{}  {slug}.{}\n", file.sha256, file.ending);
    let text: String = edition.files.iter().map(line).collect();
    let mut response = text.into_response();
    let headers = response.headers_mut();
    let saved = HeaderValue::from_static("inline; filename=\"SHA256SUMS\"");
    headers.insert(header::CONTENT_DISPOSITION, saved);
    readable(headers);
    response
}

/// The file as it is in this edition; none where the edition has gone meanwhile.
async fn whole(
    visit: &Visit,
    (slug, edition): (&str, &Edition),
    form: Form,
    asked: &HeaderMap,
) -> Result<Option<Response>, Fault> {
    let written = edition.file(form).ok_or(Fault::NotFound)?;
    let name = format!("{slug}.{}", form.ending());
    let tag = format!("\"{}\"", written.sha256);
    let known = asked.get(header::IF_NONE_MATCH).and_then(|tags| tags.to_str().ok());
    let mut response = if known.is_some_and(|tags| tags.contains(&tag)) {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        let file = match File::open(folder(&visit.house).join(written.name(slug))).await {
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
            file => file.map_err(Fault::inside)?,
        };
        Response::new(Body::new(Pieces { file, left: written.bytes }))
    };
    let headers = response.headers_mut();
    let kind = format!("{}; charset=utf-8", form.media_type());
    let saved = format!("attachment; filename=\"{name}\"");
    for (name, value) in [
        (header::CONTENT_TYPE, kind),
        (header::ETAG, tag),
        (header::CONTENT_DISPOSITION, saved),
        (header::CACHE_CONTROL, "no-cache".into()),
    ] {
        headers.insert(name, HeaderValue::try_from(value).map_err(Fault::inside)?);
    }
    readable(headers);
    Ok(Some(response))
}

/// Every page may read it.
fn readable(headers: &mut HeaderMap) {
    headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
}

/// A file, piece by piece.
struct Pieces {
    file: File,
    left: u64,
}

impl hyper::body::Body for Pieces {
    type Data = Bytes;
    type Error = std::io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Self::Error>>> {
        if self.left == 0 {
            return Poll::Ready(None);
        }
        let most = usize::try_from(self.left).unwrap_or(PIECE).min(PIECE);
        let mut piece = vec![0; most];
        let mut buffer = ReadBuf::new(&mut piece);
        ready!(Pin::new(&mut self.file).poll_read(context, &mut buffer))?;
        let read = buffer.filled().len();
        if read == 0 {
            // Somebody cut the file while it was sent.
            return Poll::Ready(Some(Err(std::io::ErrorKind::UnexpectedEof.into())));
        }
        piece.truncate(read);
        self.left -= read as u64;
        Poll::Ready(Some(Ok(Frame::data(Bytes::from(piece)))))
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.left)
    }
}
