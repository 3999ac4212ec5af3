//! `/ditu`: the site map for people.

use askama::Template;
use axum::response::Html;
use sites_rules::{ColumnKind, statutory_columns};
use web::components::Index;
use web::layout::{Frame, Link};
use web::page::Page;
use web::{Fault, Visit};

use super::home::{below, below_words, parts};
use super::tree::{column_path, tally};
use super::{tags, tier};

#[derive(Template)]
#[template(path = "portal/sitemap.html")]
struct SitemapPage {
    frame: Frame,
    groups: Vec<(&'static str, Vec<Link>)>,
    below: Index,
    below_words: &'static str,
}

/// Shows the site map.
pub async fn show(visit: Visit) -> Result<Html<String>, Fault> {
    let site = &visit.site;
    let nav = site.frame.nav.iter().map(|item| Link::new(item.words, site.link(item.path)));
    let open = tally(&visit).await?;
    let columns = statutory_columns(tier(site.level))
        .filter(|column| open.contains_key(column.code) || column.kind == ColumnKind::Functions);
    let columns = columns.map(|column| Link::new(column.name, site.link(&column_path(column))));
    let about = [
        ("使用帮助", "/bangzhu"),
        ("我为政府网站找错", "/jiucuo"),
        ("网站评价", "/pingjia"),
        ("搜索", "/sousuo"),
        ("隐私说明", "/yinsi"),
        ("无障碍声明", "/wuzhangai"),
        ("订阅", "/dingyue"),
    ];
    let about = about.into_iter().chain(visit.house.about());
    let about = about.map(|(words, path)| Link::new(words, site.link(path)));
    let five = parts(site);
    let page = SitemapPage {
        groups: vec![
            ("主要栏目", nav.collect()),
            ("政府信息公开", five),
            ("法定主动公开内容", columns.collect()),
            ("关于本站", about.collect()),
        ],
        below: below(&visit),
        below_words: below_words(site),
        frame: visit
            .frame()
            .titled("站点地图")
            .described(format!("{}全部栏目", site.frame.name))
            .at("站点地图")
            .column(tags("站点地图", "全部栏目", "站点地图", "概况信息")),
    };
    web::page::answer(&page)
}

impl Page for SitemapPage {
    fn samples() -> Vec<(&'static str, Self)> {
        vec![(
            "一个区",
            SitemapPage {
                frame: Frame::sample("站点地图").at("站点地图"),
                groups: vec![("主要栏目", vec![Link::new("首页", "/linhu")])],
                below: Index(vec![]),
                below_words: "各镇（街）政务公开",
            },
        )]
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_site_map_is_sound() {
        assert_eq!(web::page::faults::<super::SitemapPage>(), Vec::<String>::new());
    }
}
