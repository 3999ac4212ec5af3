//! `/wenjian/{id}/fujian/{n}`: an attachment, always to be saved and never shown by the browser:
//! what is in it was not written by us.

use axum::extract::Path;
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use web::address::encoded;
use web::{Fault, Visit};

use super::place::{Found, find};
use crate::files;
use crate::store::{Attachment, Record};

/// Gives one attachment.
pub async fn show(
    visit: Visit,
    Path((id, number)): Path<(String, String)>,
) -> Result<Response, Fault> {
    let record = match find(&visit, &id).await? {
        Found::Here(record) => record,
        Found::Elsewhere(answer) => return Ok(answer),
    };
    let (_, file) = attachment_at(&record, &number)?;
    let bytes = files::read(visit.house.folder(), &file.sha256).await.map_err(Fault::inside)?;
    let kind = HeaderValue::from_str(&file.media_type).map_err(Fault::inside)?;
    Ok(saved(bytes, kind, &file.name))
}

/// The attachment with that number as its address has it, and its place from 0.
///
/// # Errors
/// There is none.
pub(super) fn attachment_at<'a>(
    record: &'a Record,
    number: &str,
) -> Result<(usize, &'a Attachment), Fault> {
    let plain = number.bytes().all(|byte| byte.is_ascii_digit()) && !number.starts_with('0');
    let at: Option<usize> = number.parse().ok().filter(|_| plain);
    let at = at.and_then(|at| at.checked_sub(1)).ok_or(Fault::NotFound)?;
    record.attachments.get(at).map(|file| (at, file)).ok_or(Fault::NotFound)
}

/// An answer that the browser saves under this name.
pub(crate) fn saved(bytes: Vec<u8>, kind: HeaderValue, name: &str) -> Response {
    let mut response = bytes.into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, kind);
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    if let Ok(disposition) = HeaderValue::from_str(&disposition(name)) {
        headers.insert(header::CONTENT_DISPOSITION, disposition);
    }
    response
}

/// RFC 6266: a plain name for old readers, and the real one beside it.
fn disposition(name: &str) -> String {
    let ending: String = name.rsplit_once('.').map_or(String::new(), |(_, ending)| {
        ending.chars().filter(char::is_ascii_alphanumeric).take(8).collect()
    });
    let plain = if ending.is_empty() { "fujian".to_owned() } else { format!("fujian.{ending}") };
    // A slash may stand in a query and not in a header's value (RFC 8187).
    let real = encoded(name).replace('/', "%2F");
    format!("attachment; filename=\"{plain}\"; filename*=UTF-8''{real}")
}

#[cfg(test)]
mod tests {
    use super::disposition;

    #[test]
    fn a_name_from_outside_cannot_add_anything_to_the_header() {
        for (name, header) in [
            (
                "一览表.xlsx",
                "attachment; filename=\"fujian.xlsx\"; filename*=UTF-8''%E4%B8%80%E8%A7%88%E8%A1%A8.xlsx",
            ),
            (
                "a\"; x=\r\n",
                "attachment; filename=\"fujian\"; filename*=UTF-8''a%22%3B%20x%3D%0D%0A",
            ),
            ("甲/乙", "attachment; filename=\"fujian\"; filename*=UTF-8''%E7%94%B2%2F%E4%B9%99"),
        ] {
            assert_eq!(disposition(name), header);
        }
    }
}
