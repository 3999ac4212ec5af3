//! `/`: search first, then tasks, then what is new.

use askama::Template;
use axum::response::Html;
use serde_json::json;
use web::address::with_query;
use web::components::{Entry, Index, SearchBox, Tile, Tiles};
use web::layout::{Frame, Link};
use web::page::Page;
use web::{Fault, Place, Site, Visit, icons};

use super::{FIVE_PARTS, tags};

/// Words that many people look for, each the name of an item in the 26 domains, so that the first
/// hit is what was meant.
const OFTEN: [&str; 5] = ["招生政策", "养老机构备案", "危房改造", "征地补偿", "最低生活保障"];

#[derive(Template)]
#[template(path = "portal/home.html")]
struct HomePage {
    frame: Frame,
    search: SearchBox,
    often: Vec<Link>,
    tiles: Tiles,
    main: Vec<String>,
    rail: Vec<String>,
    wide: Vec<String>,
    parts: Vec<Link>,
    below: Index,
    below_words: &'static str,
}

/// Shows the home page of a site.
pub async fn show(visit: Visit) -> Result<Html<String>, Fault> {
    let (house, site) = (&visit.house, &visit.site);
    let elder = visit.modes.elder;
    let main = house.panels(Place::HomeMain, site, "").await?;
    // 长辈版 shows fewer things: what is new, and nothing that has to be scanned.
    let rail = if elder { vec![] } else { house.panels(Place::HomeRail, site, "").await? };
    let wide = if elder { vec![] } else { house.panels(Place::HomeWide, site, "").await? };
    let often = |word: &&str| Link::new(*word, site.link(&with_query("/sousuo", &[("q", word)])));
    let page = HomePage {
        frame: frame(&visit),
        search: search_box(site),
        often: OFTEN.iter().map(often).collect(),
        tiles: tiles(site, elder),
        main,
        rail,
        wide,
        parts: parts(site),
        below: below(&visit),
        below_words: below_words(site),
    };
    web::page::answer(&page)
}

fn frame(visit: &Visit) -> Frame {
    let place = &visit.site.place;
    visit
        .frame()
        .described(format!(
            "{place}政务公开平台：查文件、查目录、找机构、看村居公开、申请政府信息公开。"
        ))
        .within("home")
        .column(tags("首页", &format!("{place}政务公开平台首页"), "政务公开,政府信息公开", "首页"))
        .feed("最新公开", "/zuixin.atom")
        .json_ld(&structured(visit))
        .body_class("on-home")
}

/// schema.org WebSite with its search, and whose it is, as JSON.
fn structured(visit: &Visit) -> String {
    let frame = &visit.site.frame;
    let words = "{search_term_string}";
    json!({
        "@context": "https://schema.org",
        "@type": "WebSite",
        "name": frame.name,
        "url": frame.address("/"),
        "inLanguage": "zh-CN",
        "publisher": { "@type": "GovernmentOrganization", "name": frame.host_unit },
        "potentialAction": {
            "@type": "SearchAction",
            "target": {
                "@type": "EntryPoint",
                "urlTemplate": format!("{}?q={words}", frame.address("/sousuo")),
            },
            "query-input": "required name=search_term_string",
        },
    })
    .to_string()
}

fn search_box(site: &Site) -> SearchBox {
    SearchBox {
        action: site.link("/sousuo"),
        name: "首页".into(),
        label: "搜索文件、目录事项、机构和村居".into(),
        example: "临时救助".into(),
        ..SearchBox::default()
    }
}

/// The tasks that can be done on this platform now. One that belongs to another room is shown if
/// that room has an entry in the navigation.
fn tiles(site: &Site, elder: bool) -> Tiles {
    let offered = |path: &str| site.frame.nav.iter().any(|item| item.path == path);
    let tile = |icon, title: &str, hint: &str, path: &str| Tile {
        icon,
        title: title.into(),
        hint: hint.into(),
        href: site.link(path),
    };
    let mut tiles = vec![];
    if offered("/wenjian") {
        tiles.push(tile(icons::FILE, "查政府文件", "规划、通知、规范性文件", "/wenjian"));
    }
    if offered("/mulu") {
        tiles.push(tile(icons::LIST, "查公开目录", "每个事项公开什么、何时公开", "/mulu"));
    }
    tiles.push(tile(icons::VILLAGE, "找我们村（居）", "按镇街查找村和社区", "/cunju"));
    tiles.push(tile(icons::PEN, "申请信息公开", "没查到的，可以申请", "/shenqing"));
    tiles.push(tile(icons::ORGAN, "找政府机构", "地址、电话、办公时间", "/gongkai/jigou"));
    tiles.push(tile(icons::GUIDE, "看公开指南", "怎样查、怎样申请、怎样监督", "/gongkai/zhinan"));
    if elder {
        tiles.insert(
            0,
            Tile {
                href: "tel:12345".into(),
                ..tile(icons::PHONE, "打电话问", "拨 12345，人工接听", "/")
            },
        );
        tiles.truncate(6);
    }
    Tiles(tiles)
}

/// The five parts of 政府信息公开.
pub(crate) fn parts(site: &Site) -> Vec<Link> {
    FIVE_PARTS.into_iter().map(|(words, path)| Link::new(words, site.link(path))).collect()
}

/// The sites directly below this one.
pub(crate) fn below(visit: &Visit) -> Index {
    let base = visit.site.base();
    let directory = visit.house.directory();
    let depth = |base: &str| base.matches('/').count();
    let direct = |site: &&std::sync::Arc<Site>| {
        site.base().starts_with(&format!("{base}/")) && depth(site.base()) == depth(base) + 1
    };
    let mut sites: Vec<_> = directory.all().iter().filter(direct).collect();
    sites.sort_by(|one, other| one.division.cmp(&other.division));
    Index(
        sites
            .into_iter()
            .map(|site| Entry { words: site.place.clone(), href: site.link("/"), count: None })
            .collect(),
    )
}

/// What the sites below are called.
pub(crate) fn below_words(site: &Site) -> &'static str {
    match site.level {
        identity::Level::City => "各区政务公开",
        _ => "各镇（街）政务公开",
    }
}

impl Page for HomePage {
    fn samples() -> Vec<(&'static str, Self)> {
        let frame = || Frame::sample("").within("home").body_class("on-home");
        let page = |frame: Frame, main: Vec<String>| HomePage {
            search: SearchBox {
                action: "/linhu/sousuo".into(),
                name: "首页".into(),
                label: "搜索".into(),
                ..SearchBox::default()
            },
            often: vec![Link::new("招生政策", "/linhu/sousuo?q=x")],
            tiles: Tiles(vec![Tile {
                icon: icons::FILE,
                title: "查政府文件".into(),
                hint: "规划、通知".into(),
                href: "/linhu/wenjian".into(),
            }]),
            main,
            rail: vec![],
            wide: vec![],
            parts: vec![Link::new("政府信息公开指南", "/linhu/gongkai/zhinan")],
            below: Index(vec![]),
            below_words: "各镇（街）政务公开",
            frame,
        };
        let panel = "<section><div class=\"head\"><h2>最新公开</h2></div></section>".to_owned();
        vec![("刚开通", page(frame(), vec![])), ("有内容", page(frame(), vec![panel]))]
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_home_page_is_sound() {
        assert_eq!(web::page::faults::<super::HomePage>(), Vec::<String>::new());
    }
}
