//! `/mulu/{domain}/{item}/{day}`: a row as it stood on a day. What was said on that day never changes,
//! so the address can be quoted.

use askama::Template;
use axum::extract::Path;
use axum::response::Html;
use law::Date;
use web::components::Meta;
use web::layout::Frame;
use web::{Fault, Visit};

use super::held::HeldBox;
use super::item::meta;
use super::versions::history_of;
use crate::store::{KeyedItem, Shelf, TakenRow};
use crate::words::item_name;

#[derive(Template)]
#[template(path = "portal/row_on.html")]
struct RowPage {
    frame: Frame,
    name: String,
    domain: String,
    organ: String,
    day: String,
    number: i64,
    version: String,
    now: Option<String>,
    taken: Option<String>,
    meta: Meta,
    held: Option<HeldBox>,
    elements: Vec<String>,
    sources: Vec<(String, String)>,
}

/// Shows a row as it stood on a day that has come.
pub async fn show(
    visit: Visit,
    Path((slug, key, day)): Path<(String, String, String)>,
) -> Result<Html<String>, Fault> {
    let (store, today) = (visit.house.store(), visit.house.ledger().clock().today());
    let day: Date = day.parse().map_err(|_| Fault::NotFound)?;
    if day > today {
        return Err(Fault::NotFound);
    }
    let shelf = Shelf::find(store, &visit.site, &slug, day).await?.ok_or(Fault::NotFound)?;
    let held = shelf.held.ok_or(Fault::NotFound)?;
    let found = KeyedItem::find(store, &held.version, &key).await?.ok_or(Fault::NotFound)?;
    let taken = TakenRow::find(store, &held.version, &key).await?;
    // What stands there today was just found.
    let now = day == today || still_there(&visit, &slug, &key).await?;
    let (item, name) = (&found.item, item_name(&found.item));
    let base = format!("/mulu/{slug}");
    let frame = frame(&visit, (&base, &shelf.name), (&key, &name), day);
    let page = RowPage {
        frame,
        domain: shelf.name,
        organ: held.organ,
        day: day.to_string(),
        number: held.number,
        version: format!("{}/{}", history_of(&visit, &held.division, &slug), held.number),
        now: now.then(|| visit.site.link(&format!("{base}/{key}"))),
        taken: taken.map(|row| super::version::said(&row.treatment)),
        meta: meta(item),
        held: HeldBox::of(item),
        elements: item.elements.clone(),
        sources: item.extra.iter().map(|(name, value)| (name.clone(), value.clone())).collect(),
        name,
    };
    web::page::answer(&page)
}

/// Whether the catalogue that holds today still has the row.
async fn still_there(visit: &Visit, slug: &str, key: &str) -> Result<bool, Fault> {
    let (store, today) = (visit.house.store(), visit.house.ledger().clock().today());
    let shelf = Shelf::find(store, &visit.site, slug, today).await?;
    let Some(held) = shelf.and_then(|shelf| shelf.held) else { return Ok(false) };
    Ok(KeyedItem::find(store, &held.version, key).await?.is_some())
}

/// The page of the row called `name` in a domain.
fn frame(
    visit: &Visit,
    (base, domain): (&str, &str),
    (key, name): (&str, &str),
    day: Date,
) -> Frame {
    visit
        .frame()
        .titled(format!("{name}（{day}）- {domain}"))
        .described(format!("{domain}领域公开事项“{name}”在{day}的公开要素"))
        .within("mulu")
        .under("标准目录", "/mulu")
        .under(domain, base)
        .under(name, &format!("{base}/{key}"))
        .at(day.to_string())
}
