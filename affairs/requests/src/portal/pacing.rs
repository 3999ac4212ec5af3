//! 429 and 413: what is sent too fast or is too large is answered in words, and what was typed stays
//! (docs/readings/185).

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::Response;
use web::components::FieldError;
use web::{FromWhere, Pace, TooFast, Visit};

use super::step::wrong;

/// Pages that are sent: an application has half a dozen, and a hall full of people sends from one address.
const WRITING: Pace = Pace { name: "requests.writing", at_once: 120, one_more: 2_000 };

/// What is handed in: applications, complaints, demands to correct, suggestions.
const HANDING_IN: Pace = Pace { name: "requests.handing_in", at_once: 30, one_more: 20_000 };

/// What is said where it was too fast.
pub(super) struct Slowed(TooFast);

/// Whether a page may be sent now.
pub(super) fn writing(visit: &Visit, from: &FromWhere) -> Result<(), Slowed> {
    visit.house.pace(WRITING, from).map_err(Slowed)
}

/// Whether something may be handed in now.
pub(super) fn handing_in(visit: &Visit, from: &FromWhere) -> Result<(), Slowed> {
    visit.house.pace(HANDING_IN, from).map_err(Slowed)
}

impl Slowed {
    /// The words, at a field of the form.
    pub(super) fn at(&self, field: &str) -> FieldError {
        let words = format!(
            "这个网络地址提交得太快，这一次没有收下。您填的内容还在，请过{}秒再提交一次",
            self.0.seconds
        );
        wrong(field, words)
    }

    /// The page as it is answered.
    pub(super) fn answer(&self, mut page: Response) -> Response {
        *page.status_mut() = StatusCode::TOO_MANY_REQUESTS;
        if let Ok(seconds) = HeaderValue::try_from(self.0.seconds.to_string()) {
            page.headers_mut().insert(header::RETRY_AFTER, seconds);
        }
        page
    }
}

/// The page of a form that was too large.
pub(super) fn too_large(mut page: Response) -> Response {
    *page.status_mut() = StatusCode::PAYLOAD_TOO_LARGE;
    page
}
