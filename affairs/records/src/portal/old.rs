//! 旧网址: a page of the site before is answered at its old address with the document it became; its
//! canonical link leads to the new address (docs/readings/086).

use axum::extract::Path;
use axum::response::Response;
use web::{FormerBatch, House, Later, Visit};

use super::{attachment, document};
use crate::store::{old_addresses, standing_at};

/// The answer at an old address; `None` where nothing public stood there.
pub(crate) fn answer(visit: Visit, host: String) -> Later<'static, Option<Response>> {
    Box::pin(async move {
        let host = host.split(':').next().unwrap_or_default().trim_end_matches('.');
        let found = standing_at(visit.house.store(), host, &visit.address).await?;
        let Some((record, attachment)) = found else { return Ok(None) };
        let path = format!("/wenjian/{record}");
        let visit = Visit { address: visit.site.link(&path), path, ..visit };
        match attachment {
            0 => document::show(visit, Path(record)).await.map(Some),
            number => attachment::show(visit, Path((record, number.to_string()))).await.map(Some),
        }
    })
}

/// The former addresses after a mark, with the address of what they became.
pub(crate) fn all<'a>(house: &'a House, after: Option<&'a str>) -> Later<'a, FormerBatch> {
    Box::pin(async move {
        let (host, path) = after.and_then(|mark| mark.split_once('\n')).unwrap_or_default();
        let rows = old_addresses(house.store(), host, path, MOST).await?;
        let whole = i64::try_from(rows.len()).is_ok_and(|found| found == MOST);
        let last = rows.last().map(|row| format!("{}\n{}", row.host, row.path));
        let now = |record: String, attachment: i64| match attachment {
            0 => format!("/wenjian/{record}"),
            number => format!("/wenjian/{record}/fujian/{number}"),
        };
        let found = rows.into_iter().map(|row| (row.path, now(row.record, row.attachment)));
        Ok((found.collect(), last.filter(|_| whole)))
    })
}

/// So many are given at a time.
const MOST: i64 = 500;
