//! 网站与栏目: the sites, and the pages that belong to a site as such.
//!
//! Pages that show what several rooms publish (the home page, a statutory column, search, the site
//! map) are put together from what the rooms offer; this room names none of them.

mod acts;
mod api;
mod directory;
mod ledger_words;
mod portal;
mod searching;
mod store;

use ::store::Migration;
use axum::http::Method;
use web::layout::{NavItem, asset};
use web::{ColumnSource, DirectorySource, Room, Route, Sample, SitemapSource, modes};

pub use acts::{establishment, unmet};

/// The sites' tables.
pub const MIGRATIONS: &[Migration] = &[Migration {
    number: 20261125030,
    name: "sites",
    sql: include_str!("../migrations/20261125030_site.sql"),
}];

/// The whole room.
pub fn room() -> Room {
    Room {
        name: "sites",
        act_names: ledger_words::ACT_NAMES,
        title: "网站与栏目",
        migrations: MIGRATIONS,
        routes: routes(),
        nav: vec![
            (0, NavItem { key: "home", words: "首页", path: "/" }),
            (10, NavItem { key: "gongkai", words: "信息公开", path: "/gongkai" }),
            (60, NavItem { key: "shenqing", words: "申请公开", path: "/shenqing" }),
            (70, NavItem { key: "cunju", words: "村居公开", path: "/cunju" }),
        ],
        operations: api::operations(),
        datasets: api::DATASETS,
        listeners: searching::LISTENERS.to_vec(),
        chores: vec![unmet::CHORE],
        search: Some(searching::SOURCE),
        sitemap: Some(SitemapSource { entries: portal::machines::entries }),
        samples: samples(),
        directory: Some(DirectorySource { read: directory::read }),
        columns: Some(ColumnSource { find: portal::column::with_code }),
        ..Room::default()
    }
}

fn routes() -> Vec<Route> {
    let fresh = Method::GET;
    vec![
        Route::public("/", portal::home::show),
        Route::public("/zuixin.atom", portal::feed::latest),
        Route::public("/gongkai", portal::entries::show),
        Route::public("/gongkai/zhinan", portal::guide::show),
        Route::public("/gongkai/zhidu", portal::regimes::show),
        Route::public("/gongkai/fading", portal::column::all),
        Route::public("/gongkai/fading.atom", portal::feed::statutory),
        Route::public("/gongkai/fading/{lanmu}", portal::column::one),
        Route::public("/gongkai/nianbao", portal::report::show),
        Route::public("/gongkai/jigou", portal::organs::all),
        Route::public("/gongkai/jigou/{unit}", portal::organs::one),
        Route::public("/shenqing", portal::application::show),
        Route::public("/cunju", portal::villages::find),
        Route::public("/cunju/{id}", portal::villages::one),
        Route::public("/ditu", portal::sitemap::show),
        Route::public("/wuzhangai", portal::statements::accessibility),
        Route::public("/yinsi", portal::statements::privacy),
        Route::public("/bangzhu", portal::statements::help),
        Route::public_fresh(fresh.clone(), "/sousuo", portal::search::show),
        Route::public_fresh(fresh.clone(), "/sitemap.xml", portal::machines::sitemap),
        Route::public_fresh(fresh.clone(), "/sitemap-pages.xml", portal::machines::pages),
        Route::public_fresh(fresh.clone(), "/robots.txt", portal::machines::robots),
        Route::public_fresh(fresh.clone(), "/.well-known/security.txt", portal::machines::security),
        Route::public_fresh(fresh.clone(), "/guohui", portal::machines::emblem),
        Route::public_fresh(fresh.clone(), "/assets/{file}", asset),
        Route::public_fresh(fresh, "/pianhao", modes::choose),
        Route::public_fresh(Method::POST, "/pianhao", modes::choose_by_form),
    ]
}

/// An address of each page type of this room.
fn samples() -> Vec<Sample> {
    macro_rules! sample {
        ($name:literal, $path:literal) => {
            Sample { name: $name, path: |_| Box::pin(async { Ok(Some($path.into())) }) }
        };
    }
    vec![
        sample!("home", "/"),
        sample!("disclosure entries", "/gongkai"),
        sample!("guide", "/gongkai/zhinan"),
        sample!("regimes", "/gongkai/zhidu"),
        sample!("statutory list", "/gongkai/fading"),
        sample!("statutory column", "/gongkai/fading/zhengcewenjian"),
        sample!("annual report", "/gongkai/nianbao"),
        sample!("organs", "/gongkai/jigou"),
        Sample { name: "organ", path: portal::organs::sample },
        sample!("application", "/shenqing"),
        sample!("village finder", "/cunju"),
        Sample { name: "village", path: portal::villages::sample },
        sample!("search", "/sousuo?q=%E6%94%BF%E5%8A%A1%E5%85%AC%E5%BC%80"),
        sample!("search without words", "/sousuo"),
        sample!("site map", "/ditu"),
        sample!("accessibility", "/wuzhangai"),
        sample!("privacy", "/yinsi"),
        sample!("help", "/bangzhu"),
        sample!("not found", "/meiyou-zheyiye"),
    ]
}
