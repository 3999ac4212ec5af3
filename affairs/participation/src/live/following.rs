//! One reader of the live text: what is sent to him, and when it ends.

use std::convert::Infallible;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use axum::body::{Body, Bytes};
use axum::http::{HeaderName, HeaderValue, header};
use axum::response::Response;
use hyper::body::Frame;
use tokio::sync::watch;

use super::Seat;
use super::text::Text;

/// Where nothing is said for so long, a remark keeps what stands between from hanging up.
const STILL: Duration = Duration::from_secs(15);

/// Nothing more will be said.
const OVER: &[u8] = b"event: jieshu\ndata: 0\n\n";

/// A remark that says nothing.
const REMARK: &[u8] = b":\n\n";

/// The answer to a reader who has all up to a place: an open stream of events.
pub(crate) fn stream(
    text: watch::Receiver<Arc<Text>>,
    closing: watch::Receiver<bool>,
    (seat, place): (Seat, i64),
) -> Response {
    let reader = Reader { text, closing, place, greeted: false, seat };
    let mut response = Response::new(Body::new(Sending { next: Some(reading(reader)) }));
    let headers = response.headers_mut();
    for (name, value) in [
        (header::CONTENT_TYPE, "text/event-stream; charset=utf-8"),
        (header::CACHE_CONTROL, "no-store, no-transform"),
        // What stands before the program must not gather what is sent.
        (HeaderName::from_static("x-accel-buffering"), "no"),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
    response
}

struct Reader {
    text: watch::Receiver<Arc<Text>>,
    closing: watch::Receiver<bool>,
    /// He has all up to here.
    place: i64,
    greeted: bool,
    seat: Seat,
}

/// What is sent next, and who reads on; nobody where it is the last.
type Next = Option<(Bytes, Option<Reader>)>;

impl Reader {
    async fn next(mut self) -> Next {
        loop {
            if *self.closing.borrow() {
                return None;
            }
            let text = Arc::clone(&self.text.borrow_and_update());
            if let Some(piece) = self.missing(&text) {
                return Some((piece, Some(self)));
            }
            if text.over {
                return Some((Bytes::from_static(OVER), None));
            }
            tokio::select! {
                changed = self.text.changed() => {
                    if changed.is_err() {
                        return None;
                    }
                }
                _ = self.closing.changed() => return None,
                () = tokio::time::sleep(STILL) => {
                    return Some((Bytes::from_static(REMARK), Some(self)));
                }
            }
        }
    }

    /// What he has not got yet, in one piece; at first also how soon he comes back if he is cut off.
    fn missing(&mut self, text: &Text) -> Option<Bytes> {
        let mut frames = text.since(self.place);
        if self.greeted && frames.is_empty() {
            return None;
        }
        self.place = text.last().max(self.place);
        if !self.greeted {
            self.greeted = true;
            // Who is cut off together does not come back together.
            let wait = 2_000 + self.seat.number() * 37 % 3_000;
            frames.insert(0, Bytes::from(format!("retry: {wait}\n\n")));
        }
        Some(match frames.as_slice() {
            [one] => one.clone(),
            many => {
                let mut all = Vec::new();
                many.iter().for_each(|one| all.extend_from_slice(one));
                Bytes::from(all)
            }
        })
    }
}

/// The body of the answer.
struct Sending {
    next: Option<Reading>,
}

/// What is sent next, when it is there.
type Reading = Pin<Box<dyn Future<Output = Next> + Send>>;

fn reading(reader: Reader) -> Reading {
    Box::pin(reader.next())
}

impl hyper::body::Body for Sending {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        let Some(next) = self.next.as_mut() else { return Poll::Ready(None) };
        match ready!(next.as_mut().poll(context)) {
            Some((piece, reader)) => {
                self.next = reader.map(reading);
                Poll::Ready(Some(Ok(Frame::data(piece))))
            }
            None => {
                self.next = None;
                Poll::Ready(None)
            }
        }
    }
}
