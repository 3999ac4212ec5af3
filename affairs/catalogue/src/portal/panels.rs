//! The catalogue's parts of pages that several rooms share.

use askama::Template;
use web::components::{Entry, Figure, Index, Strip};
use web::{Ask, By, House, Later, Site};

use crate::store::Shelf;

#[derive(Template)]
#[template(path = "portal/panels/domains.html")]
struct Domains {
    count: usize,
    all: String,
    index: Index,
}

/// 按领域看: all domains with how much was published.
pub fn domains<'a>(house: &'a House, site: &'a Site, _: &'a str) -> Later<'a, Option<String>> {
    Box::pin(async move {
        let shelves = Shelf::all(house.store(), site, house.ledger().clock().today()).await?;
        let ask = Ask { divisions: Some(site.range.clone()), ..Ask::default() };
        let tally = house.tally(&ask, By::Domain).await?;
        let entry = |shelf: &Shelf| Entry {
            words: shelf.name.clone(),
            href: site.link(&format!("/mulu/{}", shelf.domain)),
            count: tally.get(&shelf.domain).and_then(|tally| u64::try_from(tally.count).ok()),
        };
        let index = Index(shelves.iter().map(entry).collect());
        let panel = Domains { count: shelves.len(), all: site.link("/mulu"), index };
        Ok(Some(panel.render()?))
    })
}

#[derive(Template)]
#[template(path = "portal/panels/figures.html")]
struct Figures {
    all: String,
    strip: Strip,
}

/// 目录公开情况: how many items there are and how many have been published.
pub fn figures<'a>(house: &'a House, site: &'a Site, _: &'a str) -> Later<'a, Option<String>> {
    Box::pin(async move {
        let shelves = Shelf::all(house.store(), site, house.ledger().clock().today()).await?;
        let items: i64 =
            shelves.iter().filter_map(|shelf| shelf.held.as_ref()).map(|held| held.items).sum();
        if items == 0 {
            return Ok(None);
        }
        let ask = Ask { divisions: Some(site.range.clone()), ..Ask::default() };
        let tally = house.tally(&ask, By::Domain).await?;
        let published: i64 = tally.values().map(|tally| tally.count).sum();
        let strip = Strip(vec![
            Figure::new(shelves.len(), "领域"),
            Figure::new(items, "目录事项"),
            Figure::new(published, "已公开信息（条）"),
        ]);
        Ok(Some(Figures { all: site.link("/mulu"), strip }.render()?))
    })
}

#[derive(Template)]
#[template(path = "portal/panels/organ.html")]
struct Led {
    index: Index,
}

/// The domains an organ leads, on its own page.
pub fn organ<'a>(house: &'a House, site: &'a Site, code: &'a str) -> Later<'a, Option<String>> {
    Box::pin(async move {
        let Some(organ) = identity::Organ::find(house.store(), code).await? else {
            return Ok(None);
        };
        let shelves = Shelf::all(house.store(), site, house.ledger().clock().today()).await?;
        let led = shelves.iter().filter(|shelf| organ.remit.contains(&shelf.domain));
        let entry = |shelf: &Shelf| Entry {
            words: format!("{}领域标准目录", shelf.name),
            href: site.link(&format!("/mulu/{}", shelf.domain)),
            count: shelf.held.as_ref().and_then(|held| u64::try_from(held.items).ok()),
        };
        let index = Index(led.map(entry).collect());
        if index.0.is_empty() {
            return Ok(None);
        }
        Ok(Some(Led { index }.render()?))
    })
}
