//! `/w/{short}`: 短链接 lead to one address of this platform; `/zhuti.css`: the colours of a site.

use axum::extract::Path;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use sites_rules::Palette;
use web::{Fault, Visit};

use crate::store::ShortLink;

/// Leads on.
pub async fn lead(visit: Visit, Path(short): Path<String>) -> Result<Response, Fault> {
    let known = short.len() <= 12 && short.bytes().all(|one| one.is_ascii_alphanumeric());
    if !known {
        return Err(Fault::NotFound);
    }
    let found = ShortLink::find(visit.house.store(), &short.to_ascii_lowercase()).await?;
    let to = HeaderValue::try_from(found.ok_or(Fault::NotFound)?.path).map_err(Fault::inside)?;
    Ok((StatusCode::FOUND, [(header::LOCATION, to)]).into_response())
}

/// The sheet that sets the colours of the site; empty for the usual ones.
pub async fn colours(visit: Visit) -> Response {
    let key = visit.site.frame.palette.as_deref().unwrap_or_default();
    let sheet = Palette::named(key).filter(|palette| !palette.key.is_empty());
    let sheet = sheet.map(Palette::sheet).unwrap_or_default();
    let kind = (header::CONTENT_TYPE, "text/css; charset=utf-8");
    ([kind, (header::CACHE_CONTROL, "public, max-age=300")], sheet).into_response()
}
