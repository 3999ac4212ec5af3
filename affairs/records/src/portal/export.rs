//! The list as a table and as data.

use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use documents::writing::{Column, Sheet};
use serde_json::json;
use web::{Fault, Visit};

use super::attachment::saved;
use super::list::total;
use super::wish::Wish;
use crate::store::{Listed, Page};

/// Rows given at once: a decision of ours; the address of the rest is given with them.
const AT_ONCE: usize = 5000;

/// The list as CSV; where there is more, `Link: …; rel="next"` says where (RFC 8288).
pub(super) async fn csv(visit: &Visit, wish: &Wish) -> Result<Response, Fault> {
    let (page, next) = rows(visit, wish).await?;
    let headings = [
        "标题",
        "文号",
        "索引号",
        "发布机构",
        "体裁",
        "成文日期",
        "发布日期",
        "原发布日期（来源载明）",
        "有效性",
        "地址",
        "备注",
    ];
    let sheet = Sheet {
        columns: headings.map(Column::new).to_vec(),
        rows: page.rows.iter().map(|listed| line(visit, listed)).collect(),
        ..Sheet::default()
    };
    let bytes = sheet.to_csv().map_err(Fault::inside)?;
    let kind = HeaderValue::from_static("text/csv; charset=utf-8");
    let mut response = saved(bytes, kind, "全部文件.csv");
    if let Some(link) =
        next.and_then(|next| HeaderValue::from_str(&format!("<{next}>; rel=\"next\"")).ok())
    {
        response.headers_mut().insert(header::LINK, link);
    }
    Ok(response)
}

fn line(visit: &Visit, listed: &Listed) -> Vec<String> {
    let row = &listed.row;
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    vec![
        row.title.clone(),
        text(&row.number),
        listed.index.clone(),
        listed.organ_name.clone(),
        listed.genre.clone(),
        text(&row.made_on),
        row.published_on.clone(),
        text(&row.original_on),
        listed.validity.name().to_owned(),
        visit.site.frame.address(&row.path),
        if row.demo { "演示数据".into() } else { String::new() },
    ]
}

/// The list as JSON.
pub(super) async fn json(visit: &Visit, wish: &Wish) -> Result<Response, Fault> {
    let (page, next) = rows(visit, wish).await?;
    let total = total(visit, &wish.ask(&visit.site)?).await?;
    let row = |listed: &Listed| {
        let row = &listed.row;
        json!({
            "id": row.id, "title": row.title, "number": row.number, "index": listed.index,
            "organ": listed.organ_name, "genre": listed.genre, "made_on": row.made_on,
            "published_on": row.published_on, "published_at": row.published_at,
            "original_on": row.original_on, "validity": listed.validity.name(),
            "summary": listed.summary, "demo": row.demo,
            "url": visit.site.frame.address(&row.path),
        })
    };
    let body = json!({
        "schema_version": 1,
        "site": visit.site.frame.name,
        "filters": wish.filters().into_iter().collect::<std::collections::BTreeMap<_, _>>(),
        "total": total,
        "rows": page.rows.iter().map(row).collect::<Vec<_>>(),
        "next": next,
    });
    let kind = HeaderValue::from_static("application/json");
    Ok(([(header::CONTENT_TYPE, kind)], body.to_string()).into_response())
}

async fn rows(visit: &Visit, wish: &Wish) -> Result<(Page, Option<String>), Fault> {
    let (store, today) = (visit.house.store(), visit.house.ledger().clock().today());
    let page = Page::at(store, &wish.ask(&visit.site)?, &wish.turn()?, AT_ONCE, today).await?;
    let next = page.next.as_ref().map(|mark| {
        let query = wish.query(&[("after", &mark.to_string()), ("format", &wish.format)]);
        visit.site.frame.address(&format!("/wenjian{query}"))
    });
    Ok((page, next))
}
