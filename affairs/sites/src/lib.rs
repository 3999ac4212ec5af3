//! 网站与栏目: the sites, and the pages that belong to a site as such.
//!
//! Pages that show what several rooms publish (the home page, a statutory column, search, the site
//! map) are put together from what the rooms offer; this room names none of them. So is the inspection of a
//! site ([`inspecting`]): rooms show what they keep, and the rules of the indicators are applied to it.

mod acts;
mod api;
pub mod checking;
mod directory;
mod inscription;
pub mod inspecting;
mod ledger_words;
mod portal;
mod searching;
mod shown;
pub mod store;
mod workbench;

use ::store::Migration;
use axum::http::Method;
use secrets::SealedColumn;
use web::kiosk::{KioskOffer, KioskTile};
use web::layout::{NavItem, asset};
use web::{
    ColumnSource, Copied, DirectorySource, Interaction, Room, Route, Sample, SitemapSource, modes,
};

pub use acts::{
    ActError, column, erasure, establishment, handling, inspection, message, papers, particulars,
    register, short_link, unmet, visits,
};

/// The sites' tables.
pub const MIGRATIONS: &[Migration] = &[
    Migration {
        number: 20261125030,
        name: "sites",
        sql: include_str!("../migrations/20261125030_site.sql"),
    },
    Migration {
        number: 20261126930,
        name: "columns, short links, visits, inspections, and what sites say of themselves",
        sql: include_str!("../migrations/20261126930_site_care.sql"),
    },
    Migration {
        number: 20261126931,
        name: "what visitors report of sites",
        sql: include_str!("../migrations/20261126931_site_message.sql"),
    },
    Migration {
        number: 20261126971,
        name: "guides and catalogues in versions",
        sql: include_str!("../migrations/20261126971_papers.sql"),
    },
    Migration {
        number: 20261126981,
        name: "what sites offer on other platforms",
        sql: include_str!("../migrations/20261126981_registered.sql"),
    },
    Migration {
        number: 20261126992,
        name: "whose turn it is to be inspected",
        sql: include_str!("../migrations/20261126992_inspection_turn.sql"),
    },
];

/// What is sealed.
pub const SEALED: &[SealedColumn] =
    &[SealedColumn { table: "site_message", id: "id", column: "sealed" }];

/// The whole room.
pub fn room() -> Room {
    Room {
        name: "sites",
        act_names: ledger_words::ACT_NAMES,
        title: "网站与栏目",
        migrations: MIGRATIONS,
        sealed: SEALED,
        routes: workbench::beside(routes()),
        nav: vec![
            (0, NavItem { key: "home", words: "首页", path: "/" }),
            (10, NavItem { key: "gongkai", words: "信息公开", path: "/gongkai" }),
            (60, NavItem { key: "shenqing", words: "申请公开", path: "/shenqing" }),
            (70, NavItem { key: "cunju", words: "村居公开", path: "/cunju" }),
        ],
        operations: api::operations(),
        datasets: api::DATASETS,
        listeners: [searching::LISTENERS, papers::LISTENERS].concat(),
        chores: vec![unmet::CHORE, visits::CHORE, erasure::CHORE],
        errands: vec![inspection::ERRAND],
        desk_nav: workbench::NAV.to_vec(),
        todos: Some(workbench::TODOS),
        desk_samples: workbench::SAMPLES.to_vec(),
        publishers: vec![papers::PUBLISHER],
        inspection: Some(shown::SOURCE),
        interactions: INTERACTIONS,
        inscribed: Some(inscription::INSCRIBED),
        search: Some(searching::SOURCE),
        sitemap: Some(SitemapSource { entries: portal::machines::entries }),
        samples: samples(),
        directory: Some(DirectorySource { read: directory::read }),
        columns: Some(ColumnSource { find: portal::column::with_code }),
        kiosk: KioskOffer { tiles: &[VILLAGES], pages: KIOSK_PAGES, ..KioskOffer::default() },
        ..Room::default()
    }
}

/// Ways of turning to whoever keeps the site.
const INTERACTIONS: &[Interaction] = &[
    Interaction {
        rank: 10,
        words: "网页有错",
        detail: "打不开、写错了、过时了，来找错",
        path: portal::message::REPORT,
    },
    Interaction {
        rank: 40,
        words: "评价网站",
        detail: "好不好用，打个分、提意见",
        path: portal::message::RATING,
    },
];

/// The village finder at self-service machines.
const VILLAGES: KioskTile = KioskTile {
    rank: 50,
    words: "看我们村（居）",
    detail: "财务、补助、项目",
    path: "/cunju",
    icon: web::icons::VILLAGE,
};

/// What of the sites is opened at self-service machines.
const KIOSK_PAGES: &[&str] = &[
    "/gongkai",
    "/gongkai/zhinan",
    "/gongkai/zhidu",
    "/gongkai/fading",
    "/gongkai/fading/{lanmu}",
    "/gongkai/nianbao",
    "/gongkai/jigou",
    "/gongkai/jigou/{unit}",
    "/shenqing",
    "/cunju",
    "/cunju/{id}",
    "/sousuo",
    "/wuzhangai",
    "/yinsi",
    "/bangzhu",
];

fn routes() -> Vec<Route> {
    let fresh = Method::GET;
    let post = Method::POST;
    vec![
        Route::public("/", portal::home::show),
        Route::public("/zuixin.atom", portal::feed::latest),
        Route::public("/gongkai", portal::entries::show),
        Route::public("/gongkai/zhinan", portal::guide::show),
        Route::public("/gongkai/zhidu", portal::regimes::show).copied(Copied::Rolling),
        Route::public("/gongkai/fading", portal::column::all).copied(Copied::Rolling),
        Route::public("/gongkai/fading.atom", portal::feed::statutory),
        Route::public("/gongkai/fading/{lanmu}", portal::column::one).copied(Copied::Rolling),
        Route::public("/gongkai/nianbao", portal::report::show),
        Route::public("/gongkai/jigou", portal::organs::all),
        Route::public("/gongkai/guifanxing", portal::column::normative).copied(Copied::Rolling),
        Route::public("/gongkai/guifanxing.atom", portal::column::normative_feed),
        Route::public("/gongkai/jigou/{unit}", portal::organs::one),
        Route::public("/gongkai/jigou/{unit}/fading/{lanmu}", portal::scoped::column)
            .copied(Copied::Rolling),
        Route::public("/gongkai/jigou/{unit}/{part}", portal::scoped::part),
        Route::public("/gongkai/jigou/{unit}/{part}/banben", portal::paper::versions),
        Route::public_fresh(fresh.clone(), "/gongkai/xuanze", portal::scoped::choose),
        Route::public("/shenqing", portal::application::show),
        Route::public("/cunju", portal::villages::find),
        Route::public("/cunju/{id}", portal::villages::one),
        Route::public("/ditu", portal::sitemap::show),
        Route::public("/wuzhangai", portal::statements::accessibility),
        Route::public("/yinsi", portal::statements::privacy),
        Route::public("/bangzhu", portal::statements::help),
        Route::public_fresh(fresh.clone(), portal::message::REPORT, portal::message::report),
        Route::public_fresh(post.clone(), portal::message::REPORT, portal::message::send_report),
        Route::public_fresh(fresh.clone(), portal::message::TRACK, portal::message::track),
        Route::public_fresh(post.clone(), portal::message::TRACK, portal::message::find),
        Route::public_fresh(fresh.clone(), portal::message::RATING, portal::message::rate),
        Route::public_fresh(post, portal::message::RATING, portal::message::send_rating),
        Route::public_fresh(fresh.clone(), web::leaving::LEAVING, portal::message::leaving),
        Route::public_fresh(fresh.clone(), "/w/{short}", portal::short::lead),
        Route::public_fresh(fresh.clone(), "/zhuti.css", portal::short::colours)
            .copied(Copied::Page),
        Route::public_fresh(fresh.clone(), "/sousuo", portal::search::show),
        Route::public_fresh(fresh.clone(), "/sousuo/tishi", portal::search::suggested::suggest),
        Route::public_fresh(fresh.clone(), "/sitemap.xml", portal::machines::sitemap)
            .copied(Copied::Page),
        Route::public_fresh(fresh.clone(), "/sitemap-pages.xml", portal::machines::pages)
            .copied(Copied::Page),
        Route::public_fresh(fresh.clone(), "/robots.txt", portal::machines::robots)
            .copied(Copied::Page),
        Route::public_fresh(fresh.clone(), "/.well-known/security.txt", portal::machines::security)
            .copied(Copied::Page),
        Route::public_fresh(fresh.clone(), "/guohui", portal::machines::emblem)
            .copied(Copied::Page),
        Route::public_fresh(fresh.clone(), "/assets/{file}", asset).copied(Copied::Exact),
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
        sample!("normative documents", "/gongkai/guifanxing"),
        Sample { name: "guide of an organ", path: |house| portal::scoped::sample(house, "zhinan") },
        Sample {
            name: "regimes of an organ",
            path: |house| portal::scoped::sample(house, "zhidu"),
        },
        Sample {
            name: "column of an organ",
            path: |house| portal::scoped::sample(house, "fading"),
        },
        Sample {
            name: "reports of an organ",
            path: |house| portal::scoped::sample(house, "nianbao"),
        },
        Sample {
            name: "application to an organ",
            path: |house| portal::scoped::sample(house, "shenqing"),
        },
        Sample { name: "public service", path: portal::scoped::service },
        Sample { name: "versions of a guide", path: portal::paper::sample },
        sample!("application", "/shenqing"),
        sample!("village finder", "/cunju"),
        Sample { name: "village", path: portal::villages::sample },
        sample!("search", "/sousuo?q=%E6%94%BF%E5%8A%A1%E5%85%AC%E5%BC%80"),
        sample!("search without words", "/sousuo"),
        sample!("site map", "/ditu"),
        sample!("accessibility", "/wuzhangai"),
        sample!("privacy", "/yinsi"),
        sample!("help", "/bangzhu"),
        sample!("error report", "/jiucuo"),
        sample!("error report result", "/jiucuo/chaxun"),
        sample!("site rating", "/pingjia"),
        sample!("leaving notice", "/lianjie?dao=https%3A//a.example/"),
        sample!("not found", "/meiyou-zheyiye"),
    ]
}
