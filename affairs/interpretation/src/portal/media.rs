//! `/jiedu/{id}/meiti/{file}`: the sound or film of an interpretation and its captions, for everybody as long as the
//! interpretation is.

use axum::extract::Path;
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::{IntoResponse, Response};
use web::{Fault, Visit};

use super::one::find;
use super::ranging::{self, Given};
use super::shown::CAPTIONS;
use crate::media::shelf;
use crate::store::Interpretation;

/// Gives one of the files.
pub async fn give(
    visit: Visit,
    Path((id, file)): Path<(String, String)>,
    headers: HeaderMap,
) -> Result<Response, Fault> {
    let (one, _) = find(&visit, &id).await?;
    one_of(&visit, &one, &file, &headers).await
}

/// The file of an interpretation with that name, whoever may have it.
///
/// # Errors
/// It has none of that name, or its file is not there.
pub(crate) async fn one_of(
    visit: &Visit,
    one: &Interpretation,
    file: &str,
    headers: &HeaderMap,
) -> Result<Response, Fault> {
    if file == CAPTIONS {
        let captions = one.body.captions.as_ref().ok_or(Fault::NotFound)?;
        let kind = HeaderValue::from_static("text/vtt; charset=utf-8");
        return Ok(([(header::CONTENT_TYPE, kind)], captions.vtt().to_owned()).into_response());
    }
    let medium = one.body.medium.as_ref().filter(|medium| medium.file() == file);
    let medium = medium.ok_or(Fault::NotFound)?;
    let path = shelf::path(visit.house.folder(), &medium.sha256);
    let (size, kind, sha256) = (medium.size, medium.kind.media_type(), medium.sha256.as_str());
    ranging::give(&Given { path: &path, size, kind, sha256 }, headers).await
}
