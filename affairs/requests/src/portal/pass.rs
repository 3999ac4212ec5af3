//! What a visitor carries in his cookies: the code of the application he fills in, and a sealed pass to the
//! file he has shown to be his.

use axum::http::{HeaderMap, HeaderValue};
use secrets::{Place, Sealer};
use serde::{Deserialize, Serialize};
use web::{Fault, House, VisitorCookie};

use crate::acts::draft;
use crate::store::{Coded, Draft, Tracked};

/// The application being filled in; a day, so that a telephone call in between loses nothing.
const DRAFT: VisitorCookie = VisitorCookie { name: "__Host-gk_shenqing", seconds: 24 * 3600 };

/// The file that is looked at.
const PASS: VisitorCookie = VisitorCookie { name: "__Host-gk_jindu", seconds: LASTS as u32 };

/// How long a pass lasts, in seconds: the next person at a shared computer must not find it open.
const LASTS: i64 = 3600;

fn place() -> Place<'static> {
    Place::new("visitor", "", "pass")
}

/// A pass to one file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Pass {
    /// What it is.
    pub kind: Kind,
    /// Its key.
    pub id: String,
    /// Its organ.
    pub organ: String,
    /// The query code, right after it was handed in.
    pub code: Option<String>,
    /// Until when, in seconds since 1970.
    until: i64,
}

/// What a pass opens.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Kind {
    Request,
    Complaint,
    Rectification,
    /// An opinion asked of a third party.
    Inquiry,
    Suggestion,
}

impl From<Tracked> for Kind {
    fn from(tracked: Tracked) -> Self {
        match tracked {
            Tracked::Request => Self::Request,
            Tracked::Complaint => Self::Complaint,
            Tracked::Rectification => Self::Rectification,
            Tracked::Suggestion => Self::Suggestion,
        }
    }
}

impl Pass {
    /// A pass to what was found by its code.
    pub(super) fn to(house: &House, coded: Coded) -> Self {
        Self::new(house, coded.kind.into(), (coded.organ, coded.id), None)
    }

    /// A pass to what was just handed in, with its code.
    pub(super) fn new(
        house: &House,
        kind: Kind,
        (organ, id): (String, String),
        code: Option<String>,
    ) -> Self {
        let until = house.ledger().clock().now().as_second() + LASTS;
        Self { kind, id, organ, code, until }
    }

    /// The line that sets it.
    pub(super) fn set(&self, sealer: &Sealer) -> Result<HeaderValue, Fault> {
        let text = serde_json::to_string(self).map_err(Fault::inside)?;
        Ok(PASS.set(&sealer.seal_text(place(), &text).map_err(Fault::inside)?))
    }

    /// The pass of a request that is still good.
    pub(super) fn of(house: &House, headers: &HeaderMap) -> Result<Option<Self>, Fault> {
        let Some(kept) = PASS.in_headers(headers) else { return Ok(None) };
        let sealer = house.sealer().map_err(Fault::inside)?;
        let Ok(text) = sealer.open_text(place(), kept) else { return Ok(None) };
        let pass: Option<Self> = serde_json::from_str(&text).ok();
        let now = house.ledger().clock().now().as_second();
        Ok(pass.filter(|pass| now < pass.until))
    }

    /// The line that takes it away.
    pub(super) fn gone() -> HeaderValue {
        PASS.gone()
    }
}

/// The line that sets the code of a draft.
pub(super) fn keep_draft(code: &str) -> HeaderValue {
    DRAFT.set(code)
}

/// The line that takes it away.
pub(super) fn drop_draft() -> HeaderValue {
    DRAFT.gone()
}

/// The draft of a request and its code.
pub(super) async fn draft_of(
    house: &House,
    headers: &HeaderMap,
) -> Result<Option<(String, Draft)>, Fault> {
    let Some(code) = DRAFT.in_headers(headers).filter(|code| !code.is_empty()) else {
        return Ok(None);
    };
    let sealer = house.sealer().map_err(Fault::inside)?;
    let found = draft::find(house.ledger(), sealer, code).await;
    Ok(found.map_err(Fault::inside)?.map(|draft| (code.to_owned(), draft)))
}
