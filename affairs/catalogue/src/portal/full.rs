//! `/mulu/{domain}/quanbiao`: the whole catalogue in the official layout, as one table with every
//! column; what the reader makes of this page is the same catalogue again.

use askama::Template;
use axum::extract::Path;
use axum::response::Html;
use web::layout::{ColumnTags, Frame};
use web::{Fault, Visit};

use crate::store::Shelf;
use crate::writing::Printed;

#[derive(Template)]
#[template(path = "portal/full.html")]
struct FullPage {
    frame: Frame,
    title: String,
    lines: Vec<String>,
    table: String,
    back: String,
}

/// Shows the version in force with all its columns.
pub async fn show(visit: Visit, Path(domain): Path<String>) -> Result<Html<String>, Fault> {
    let house = &visit.house;
    let today = house.ledger().clock().today();
    let shelf = Shelf::find(house.store(), &visit.site, &domain, today).await?;
    let shelf = shelf.ok_or(Fault::NotFound)?;
    let held = shelf.held.clone().ok_or(Fault::NotFound)?;
    let printed = Printed::of_version(house.store(), &held.version, &held.organ, today).await?;
    let sheet = printed.ok_or(Fault::NotFound)?.sheet();
    let page = FullPage {
        frame: frame(&visit, &shelf),
        table: sheet.to_html_table().map_err(Fault::inside)?,
        title: sheet.title,
        lines: sheet.subtitle,
        back: visit.site.link(&format!("/mulu/{}", shelf.domain)),
    };
    web::page::answer(&page)
}

fn frame(visit: &Visit, shelf: &Shelf) -> Frame {
    visit
        .frame()
        .titled(format!("{}领域标准目录完整表格", shelf.name))
        .described(format!("{}领域标准目录的全部栏目，按官方版式", shelf.name))
        .within("mulu")
        .under("标准目录", "/mulu")
        .under(&shelf.name, &format!("/mulu/{}", shelf.domain))
        .at("完整表格")
        .column(ColumnTags {
            name: format!("{}领域标准目录完整表格", shelf.name),
            description: format!("{}领域标准目录的全部栏目", shelf.name),
            keywords: format!("{},标准目录", shelf.name),
            kind: "信息公开目录".into(),
        })
        .body_class("wide-print")
}
