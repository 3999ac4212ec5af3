//! 旧网址: a page of the site before is answered at its old address with the document it became; its
//! canonical link leads to the new address (docs/readings/086).

use axum::extract::Path;
use axum::response::Response;
use web::{Later, Visit};

use super::{attachment, document};
use crate::store::standing_at;

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
