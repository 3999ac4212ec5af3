//! `/zixun`: the one entrance. What one may write, where one looks how it stands, and what other ways there are;
//! those other rooms have offered.

use askama::Template;
use axum::response::Html;
use web::components::{Row, Rows, Tile, Tiles};
use web::layout::{Frame, Link};
use web::page::Page;
use web::{Fault, Interaction, Visit, icons};

use super::{PUBLISHED, REPORT, STATISTICS, TRACK, URGE, WRITE, framed};
use crate::store::Piece;

/// What the entrance is called.
pub(super) const TITLE: &str = "互动交流";

/// Published answers that are shown.
const SHOWN: u16 = 5;

#[derive(Template)]
#[template(path = "portal/entrance.html")]
struct EntrancePage {
    frame: Frame,
    tiles: Tiles,
    others: Vec<(Link, &'static str)>,
    answers: Rows,
    all: String,
}

/// Shows it.
pub async fn show(visit: Visit) -> Result<Html<String>, Fault> {
    let site = &visit.site;
    let range = (site.range.0.as_str(), site.range.1.as_str());
    let pieces = Piece::published(visit.house.store(), range, None, None, SHOWN).await?;
    let mut others: Vec<Interaction> =
        visit.house.rooms().iter().flat_map(|room| room.interactions.iter().copied()).collect();
    others.sort_by_key(|one| one.rank);
    let link = |one: Interaction| (Link::new(one.words, site.link(one.path)), one.detail);
    web::page::answer(&EntrancePage {
        frame: framed(&visit, TITLE, "咨询、投诉、建议、举报从这里写，限期答复，凭查询码看进度"),
        tiles: tiles(visit.house.urging().is_some(), |path| site.link(path)),
        others: others.into_iter().map(link).collect(),
        answers: Rows(pieces.iter().map(|piece| super::published::row(&visit, piece)).collect()),
        all: site.link(PUBLISHED),
    })
}

fn tiles(urging: bool, link: impl Fn(&str) -> String) -> Tiles {
    let tile = |icon, title: &str, hint: &str, path: &str| Tile {
        icon,
        title: title.into(),
        hint: hint.into(),
        href: link(path),
    };
    let urge = tile(icons::BELL, "我要催", "该公开的没有公开、公开晚了", URGE);
    let mut tiles = vec![
        tile(icons::PEN, "写留言", "咨询、投诉、建议，7 个工作日内答复", WRITE),
        tile(icons::CLOCK, "查进度、看答复", "用回执上的查询码", TRACK),
        tile(icons::ALERT, "举报", "违法违规的线索，不公开", REPORT),
        tile(icons::FILE, "看别人问过的", "公开的问题和答复", PUBLISHED),
        tile(icons::INFO, "答复得怎么样", "收到多少、按时多少、满意多少", STATISTICS),
    ];
    if urging {
        tiles.insert(3, urge);
    }
    Tiles(tiles)
}

impl Page for EntrancePage {
    fn samples() -> Vec<(&'static str, Self)> {
        let page = |answers: Rows| Self {
            frame: Frame::sample(TITLE).at(TITLE),
            tiles: tiles(true, |path| format!("/linhu{path}")),
            others: vec![(Link::new("网页有错", "/linhu/jiucuo"), "来找错")],
            answers,
            all: "/linhu/zixun/xuandeng".into(),
        };
        let row = Row::new("幼儿园报名要什么材料", "/linhu/zixun/xuandeng/1").dated("2026-11-20");
        vec![("还没有答复", page(Rows(vec![]))), ("有答复", page(Rows(vec![row])))]
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_entrance_is_sound() {
        assert_eq!(web::page::faults::<super::EntrancePage>(), Vec::<String>::new());
    }
}
