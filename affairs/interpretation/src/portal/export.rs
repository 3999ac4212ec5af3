//! The list as a table and as data.

use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use documents::writing::{Column, Sheet};
use serde_json::json;
use web::{Fault, Visit};

use super::list::Asked;
use crate::store::Listed;

/// Rows given at once: a decision of ours; the mark of the rest is given with them.
const AT_ONCE: usize = 2000;

/// A table as a file that is saved under a name.
///
/// # Errors
/// It cannot be written.
pub(super) fn table(
    name: &str,
    headings: &[&str],
    rows: Vec<Vec<String>>,
) -> Result<Response, Fault> {
    let columns = headings.iter().map(|heading| Column::new(*heading)).collect();
    let sheet = Sheet { columns, rows, ..Sheet::default() };
    let bytes = sheet.to_csv().map_err(Fault::inside)?;
    let saved = format!("attachment; filename*=UTF-8''{}", web::address::encoded(name));
    let saved = HeaderValue::try_from(saved).map_err(Fault::inside)?;
    let kind = HeaderValue::from_static("text/csv; charset=utf-8");
    Ok(([(header::CONTENT_TYPE, kind), (header::CONTENT_DISPOSITION, saved)], bytes)
        .into_response())
}

pub(super) async fn csv(visit: &Visit, asked: &Asked) -> Result<Response, Fault> {
    let page = asked.page(visit, AT_ONCE).await?;
    let headings =
        ["标题", "形式", "一句话", "解读机关", "发布日期", "所解读的文件", "文件地址", "地址"];
    let line = |one: &Listed| {
        let (policy, path) = &one.policy;
        let address = path.as_ref().map(|path| visit.site.frame.address(path));
        vec![
            one.title.clone(),
            one.form.name().to_owned(),
            one.lead.clone(),
            one.organ.1.clone(),
            one.published_on.clone(),
            policy.clone(),
            address.unwrap_or_default(),
            visit.site.frame.address(&one.path()),
        ]
    };
    table("政策解读.csv", &headings, page.rows.iter().map(line).collect())
}

pub(super) async fn json(visit: &Visit, asked: &Asked) -> Result<Response, Fault> {
    let page = asked.page(visit, AT_ONCE).await?;
    let row = |one: &Listed| {
        let (policy, path) = &one.policy;
        json!({
            "id": one.id, "title": one.title, "form": one.form.word(), "form_name": one.form.name(),
            "lead": one.lead, "organ": one.organ.0, "organ_name": one.organ.1,
            "published_at": one.published_at, "published_on": one.published_on,
            "document": policy, "document_url": path.as_ref().map(|path| visit.site.frame.address(path)),
            "url": visit.site.frame.address(&one.path()),
        })
    };
    let body = json!({
        "schema_version": 1,
        "site": visit.site.frame.name,
        "filters": asked.narrowing().into_iter().collect::<std::collections::BTreeMap<_, _>>(),
        "rows": page.rows.iter().map(row).collect::<Vec<_>>(),
        "next": page.next,
    });
    let kind = HeaderValue::from_static("application/json");
    Ok(([(header::CONTENT_TYPE, kind)], body.to_string()).into_response())
}
