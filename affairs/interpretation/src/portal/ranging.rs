//! A file given out in parts as players ask for them (RFC 9110, sections 13 and 14): from the disk piece by piece,
//! never whole in memory. Of several parts the whole file is given, which a server may.

use std::path::Path;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use axum::body::{Body, Bytes};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use hyper::body::{Frame, SizeHint};
use tokio::fs::File;
use tokio::io::{AsyncRead, AsyncSeekExt, ReadBuf};
use web::Fault;

/// So much of a file is sent at a time.
const PIECE: usize = 64 << 10;

/// A file as it is given out.
pub(crate) struct Given<'a> {
    /// Where it lies.
    pub path: &'a Path,
    /// Bytes.
    pub size: u64,
    /// Its media type.
    pub kind: &'static str,
    /// SHA-256 of its bytes, by which a player knows that it is still the same.
    pub sha256: &'a str,
}

/// What of a file is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Asked {
    Whole,
    /// From a byte to a byte, both of it.
    Part(u64, u64),
    /// A part that is not in it.
    Beyond,
}

impl Asked {
    /// What a `Range` header asks for; what is no range of bytes, or several, asks for the whole.
    fn read(range: Option<&str>, size: u64) -> Self {
        let Some(range) = range.and_then(|range| range.trim().strip_prefix("bytes=")) else {
            return Self::Whole;
        };
        let digits = |text: &str| text.bytes().all(|one| one.is_ascii_digit());
        let Some((from, to)) = range.trim().split_once('-') else { return Self::Whole };
        if !digits(from) || !digits(to) || (from.is_empty() && to.is_empty()) {
            return Self::Whole;
        }
        let last = size.checked_sub(1);
        let number = |text: &str| text.parse::<u64>().unwrap_or(u64::MAX);
        let part = match (from.is_empty(), to.is_empty()) {
            // So many of the last bytes.
            (true, _) => (size.saturating_sub(number(to)), size),
            (false, true) => (number(from), size),
            (false, false) if number(to) < number(from) => return Self::Whole,
            (false, false) => (number(from), number(to)),
        };
        match last {
            Some(last) if part.0 <= last => Self::Part(part.0, part.1.min(last)),
            _ => Self::Beyond,
        }
    }
}

/// Gives a file, or the part of it that is asked for.
///
/// # Errors
/// It is not there, or is not as long as it was.
pub(crate) async fn give(given: &Given<'_>, headers: &HeaderMap) -> Result<Response, Fault> {
    let tag = format!("\"{}\"", given.sha256);
    let said = |name: HeaderName| headers.get(name).and_then(|value| value.to_str().ok());
    if said(header::IF_NONE_MATCH).is_some_and(|tags| tags.contains(&tag) || tags.trim() == "*") {
        return described(StatusCode::NOT_MODIFIED.into_response(), given, &tag);
    }
    // A part of another file is of no use: then the whole is given. A day is no sure sign of sameness.
    let same = said(header::IF_RANGE).is_none_or(|asked| asked.trim() == tag);
    let asked = Asked::read(said(header::RANGE).filter(|_| same), given.size);
    let (from, to) = match asked {
        Asked::Beyond => {
            let mut response = StatusCode::RANGE_NOT_SATISFIABLE.into_response();
            let range = format!("bytes */{}", given.size);
            let range = HeaderValue::try_from(range).map_err(Fault::inside)?;
            response.headers_mut().insert(header::CONTENT_RANGE, range);
            return described(response, given, &tag);
        }
        Asked::Whole => (0, given.size),
        Asked::Part(from, last) => (from, last.saturating_add(1)),
    };
    let mut file = File::open(given.path).await.map_err(Fault::inside)?;
    let there = file.metadata().await.map_err(Fault::inside)?.len();
    if there != given.size {
        let told = format!("{}: {there} bytes instead of {}", given.path.display(), given.size);
        return Err(Fault::inside(told));
    }
    file.seek(std::io::SeekFrom::Start(from)).await.map_err(Fault::inside)?;
    let mut response = Response::new(Body::new(Pieces { file, left: to - from }));
    if let Asked::Part(from, last) = asked {
        *response.status_mut() = StatusCode::PARTIAL_CONTENT;
        let range = format!("bytes {from}-{last}/{}", given.size);
        let range = HeaderValue::try_from(range).map_err(Fault::inside)?;
        response.headers_mut().insert(header::CONTENT_RANGE, range);
    }
    described(response, given, &tag)
}

/// What every answer says of the file. It may be kept, but is asked for anew: what is taken down is gone at once.
fn described(mut response: Response, given: &Given<'_>, tag: &str) -> Result<Response, Fault> {
    let tag = HeaderValue::try_from(tag).map_err(Fault::inside)?;
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(given.kind));
    headers.insert(header::ETAG, tag);
    headers.insert(header::ACCEPT_RANGES, HeaderValue::from_static("bytes"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    Ok(response)
}

/// A part of a file, piece by piece.
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

#[cfg(test)]
mod tests {
    use axum::body::to_bytes;

    use super::*;

    const TAG: &str = "\"abc\"";

    /// `Range | If-Range | status | Content-Range | what is given`, of the ten bytes `0123456789`.
    const ASKED: &str = "
 |  | 200 |  | 0123456789
bytes=0-3 |  | 206 | bytes 0-3/10 | 0123
bytes=4- |  | 206 | bytes 4-9/10 | 456789
bytes=-3 |  | 206 | bytes 7-9/10 | 789
bytes=-30 |  | 206 | bytes 0-9/10 | 0123456789
bytes=9-99 |  | 206 | bytes 9-9/10 | 9
bytes=10- |  | 416 | bytes */10 | 
bytes=99999999999999999999- |  | 416 | bytes */10 | 
bytes=-0 |  | 416 | bytes */10 | 
bytes=5-2 |  | 200 |  | 0123456789
bytes=0-1,4-5 |  | 200 |  | 0123456789
bytes=- |  | 200 |  | 0123456789
lines=0-1 |  | 200 |  | 0123456789
bytes=0-3 | \"abc\" | 206 | bytes 0-3/10 | 0123
bytes=0-3 | \"other\" | 200 |  | 0123456789
bytes=0-3 | Thu, 26 Nov 2026 01:00:00 GMT | 200 |  | 0123456789
";

    #[tokio::test]
    async fn what_is_asked_for_is_given_and_nothing_beyond() {
        let folder = store::testing::Folder::new("ranging");
        std::fs::create_dir_all(folder.path()).expect("a folder");
        let path = folder.path().join("film");
        std::fs::write(&path, b"0123456789").expect("writes");
        let given = Given { path: &path, size: 10, kind: "video/mp4", sha256: "abc" };
        for row in ASKED.lines().filter(|row| !row.is_empty()) {
            let cells: Vec<&str> = row.split('|').map(str::trim).collect();
            let mut headers = HeaderMap::new();
            for (name, value) in [(header::RANGE, cells[0]), (header::IF_RANGE, cells[1])] {
                if !value.is_empty() {
                    headers.insert(name, HeaderValue::try_from(value).expect("a header"));
                }
            }
            let answer = give(&given, &headers).await.expect(row);
            assert_eq!(answer.status().as_str(), cells[2], "{row}");
            let said = |name| answer.headers().get(name).and_then(|value| value.to_str().ok());
            assert_eq!(said(header::CONTENT_RANGE).unwrap_or_default(), cells[3], "{row}");
            assert_eq!(said(header::ACCEPT_RANGES), Some("bytes"), "{row}");
            assert_eq!(said(header::ETAG), Some(TAG), "{row}");
            let body = to_bytes(answer.into_body(), 100).await.expect("a body");
            assert_eq!(body, cells[4].as_bytes(), "{row}");
        }
        let mut known = HeaderMap::new();
        known.insert(header::IF_NONE_MATCH, HeaderValue::from_static(TAG));
        let answer = give(&given, &known).await.expect("answers");
        assert_eq!(answer.status(), StatusCode::NOT_MODIFIED);
        std::fs::write(&path, b"012").expect("cuts it");
        give(&given, &HeaderMap::new()).await.expect_err("it is not the file that was signed");
    }
}
