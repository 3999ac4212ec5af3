//! Letters and what is provided, read by the applicant.

use axum::extract::Path;
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::Response;
use web::address::encoded;
use web::{Fault, Visit};

use super::{done, onward, unkept};
use crate::acts::ActError;
use crate::files;
use crate::store::{CaseFile, FilingState, Purpose};

/// A file that was provided with the answer.
pub(super) async fn file(
    visit: Visit,
    headers: HeaderMap,
    Path(id): Path<String>,
) -> Result<Response, Fault> {
    let Some((_, case)) = done::case_of(&visit, &headers).await? else {
        return Ok(onward(&visit, "/shenqing/jindu", vec![]));
    };
    let house = &visit.house;
    let found = CaseFile::find(house.store(), &case.filing.id, &id).await?;
    let provided = |file: &CaseFile| {
        file.purpose == Purpose::Provided && case.filing.state == FilingState::Answered
    };
    let file = found.filter(provided).ok_or(Fault::NotFound)?;
    let sealer = house.sealer().map_err(Fault::inside)?;
    let bytes = files::read(house.folder(), sealer, &file).await.map_err(ActError::into_fault)?;
    let name = file.name(sealer).map_err(Fault::inside)?;
    let mut response = unkept(bytes);
    let headers = response.headers_mut();
    let media = HeaderValue::try_from(&file.media_type);
    headers.insert(header::CONTENT_TYPE, media.map_err(Fault::inside)?);
    let saved = format!("attachment; filename=\"xinxi\"; filename*=UTF-8''{}", encoded(&name));
    headers.insert(header::CONTENT_DISPOSITION, HeaderValue::try_from(saved).map_err(Fault::inside)?);
    Ok(response)
}
