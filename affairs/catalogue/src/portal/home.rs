//! `/mulu`: the catalogues of all domains, with how much of each has been published.

use askama::Template;
use axum::response::Html;
use web::components::Empty;
use web::layout::{ColumnTags, Frame};
use web::{Ask, By, Fault, Site, Tally, Visit};

use crate::store::Shelf;

#[derive(Template)]
#[template(path = "portal/home.html")]
struct HomePage {
    frame: Frame,
    place: String,
    cards: Vec<Card>,
    items: i64,
    records: i64,
    domains: usize,
}

struct Card {
    name: String,
    also_called: Option<String>,
    href: String,
    lead: Option<String>,
    items: i64,
    records: i64,
    latest: Option<String>,
    since: Option<String>,
}

/// Shows the catalogues that hold on the site.
pub async fn show(visit: Visit) -> Result<Html<String>, Fault> {
    let house = &visit.house;
    let today = house.ledger().clock().today();
    let shelves = Shelf::all(house.store(), &visit.site, today).await?;
    let ask = Ask { divisions: Some(visit.site.range.clone()), ..Ask::default() };
    let mut tally = house.tally(&ask, By::Domain).await?;
    let cards: Vec<Card> = shelves
        .into_iter()
        .map(|shelf| {
            let published = tally.remove(&shelf.domain).unwrap_or_default();
            card(&visit.site, shelf, published)
        })
        .collect();
    let page = HomePage {
        frame: frame(&visit),
        place: visit.site.place.clone(),
        items: cards.iter().map(|card| card.items).sum(),
        records: cards.iter().map(|card| card.records).sum(),
        domains: cards.iter().filter(|card| card.items > 0).count(),
        cards,
    };
    web::page::answer(&page)
}

fn frame(visit: &Visit) -> Frame {
    visit
        .frame()
        .titled("标准目录")
        .described(format!("{}基层政务公开标准目录", visit.site.place))
        .within("mulu")
        .at("标准目录")
        .column(ColumnTags {
            name: "标准目录".into(),
            description: "各领域基层政务公开标准目录：公开什么、依据、时限、由谁公开、在哪里看"
                .into(),
            keywords: "政务公开,标准目录,公开事项".into(),
            kind: "信息公开目录".into(),
        })
}

fn card(site: &Site, shelf: Shelf, published: Tally) -> Card {
    let held = shelf.held.as_ref();
    Card {
        href: site.link(&format!("/mulu/{}", shelf.domain)),
        lead: held.map(|held| held.organ.clone()),
        items: held.map_or(0, |held| held.items),
        since: held.and_then(|held| held.effective_from.clone()),
        records: published.count,
        latest: published.latest,
        name: shelf.name,
        also_called: shelf.also_called,
    }
}

impl HomePage {
    fn empty(&self) -> Empty {
        Empty::new("还没有编制标准目录")
            .because("目录由各领域主管部门编制，发布后在这里列出。")
            .way("回首页", self.frame.href("/"))
            .way("政府信息公开指南", self.frame.href("/gongkai/zhinan"))
    }
}
