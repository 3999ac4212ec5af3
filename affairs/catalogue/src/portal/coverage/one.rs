//! `/mulu/fugai/{domain}/{id}`: one obligation, and how its last day was found.

use askama::Template;
use axum::extract::Path;
use axum::response::Html;
use web::components::{Meta, MetaValue};
use web::layout::{Frame, Link};
use web::{Fault, Visit};

use super::rows::{Listed, Meant};
use crate::acts::computation;
use crate::portal::owing::OwingRow;
use crate::store::OwingAsk;
use crate::words::item_name;

#[derive(Template)]
#[template(path = "portal/coverage/one.html")]
struct OnePage {
    frame: Frame,
    name: String,
    row: OwingRow,
    meta: Meta,
    sentences: Vec<String>,
    basis: Vec<String>,
}

/// Shows one obligation. What is not for the open web has no page.
pub async fn show(
    visit: Visit,
    Path((domain, id)): Path<(String, String)>,
) -> Result<Html<String>, Fault> {
    let (house, site) = (&visit.house, &visit.site);
    let meant = Meant::of(&visit, &domain, "").await?;
    let ask = OwingAsk {
        divisions: site.range.clone(),
        domain: meant.slug.clone(),
        id: Some(id.clone()),
        most: 2,
        ..OwingAsk::default()
    };
    let listed = Listed::read(&visit, &ask).await?;
    let (owing, item) = listed.rows.into_iter().next().ok_or(Fault::NotFound)?;
    let (today, calendar) = (house.ledger().clock().today(), house.ledger().calendar());
    let told = computation::explained(house.store(), &calendar, today, &id).await?;
    let name = item_name(&item);
    let href = site.link(&format!("/mulu/{domain}/{}", owing.item));
    let row = OwingRow::of(owing, item.time_limit.as_ref(), site, (today, calendar.as_ref()));
    let page = OnePage {
        frame: frame(&visit, &meant, &domain, &name),
        meta: meta(&row, &name, href),
        sentences: told.iter().flat_map(|told| told.explanation.sentences.clone()).collect(),
        basis: told.map(|told| told.explanation.basis).unwrap_or_default(),
        name,
        row,
    };
    web::page::answer(&page)
}

fn frame(visit: &Visit, meant: &Meant, domain: &str, name: &str) -> Frame {
    visit
        .frame()
        .titled(format!("公开义务：{name}"))
        .described(format!("“{name}”的一项公开义务：从哪天起算、最迟哪天公开、怎么数出来"))
        .within("mulu")
        .under("标准目录", "/mulu")
        .under("覆盖和按时情况", "/mulu/fugai")
        .under(&meant.name, &format!("/mulu/fugai/{domain}"))
        .at(name)
        .unlisted()
}

fn meta(row: &OwingRow, name: &str, href: String) -> Meta {
    let late = row.late.clone().unwrap_or_default();
    let due = if row.provisional { "最迟（暂定）" } else { "最迟" };
    let kept = if row.stated { "公开（来源载明）" } else { "公开" };
    let meta = Meta::default()
        .with_wide("事项", MetaValue::Links(vec![Link::new(name, href)]))
        .with("状态", MetaValue::Tag(row.tag.clone(), late))
        .text("公开主体", &row.organ)
        .text("起因", &row.trigger)
        .date("起算", Some(row.arose_on.clone()))
        .date(due, row.due_on.clone())
        .date(kept, row.kept_on.clone());
    match &row.record {
        Some((title, href)) => {
            meta.with_wide("公开的信息", MetaValue::Links(vec![Link::new(title, href)]))
        }
        None => meta,
    }
}
