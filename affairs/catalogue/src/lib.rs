//! 标准目录: what each organ must disclose, in 26 domains and more, as data.
//!
//! Domains are versioned; a catalogue belongs to an organ and a domain and has versions; a version
//! has items. Files come in through [`reading`] and go out through [`writing`].

pub mod acts;
mod api;
mod assessed;
pub mod checking;
mod following;
mod inscription;
mod ledger_words;
mod offering;
mod owing;
pub mod plan_view;
mod portal;
pub mod power_view;
pub mod reading;
mod searching;
mod stats;
pub mod store;
mod urging;
mod wishing;
mod words;
mod workbench;
pub mod writing;

use ::store::Migration;
use axum::http::Method;
use web::kiosk::{KioskOffer, KioskTile};
use web::{NavItem, Panel, Place, Room, Route, SitemapSource};

pub use stats::Stats;

/// The catalogue's tables.
pub const MIGRATIONS: &[Migration] = &[
    Migration {
        number: 20261125010,
        name: "catalogues",
        sql: include_str!("../migrations/20261125010_catalogue.sql"),
    },
    Migration {
        number: 20261125110,
        name: "the catalogue as a contract",
        sql: include_str!("../migrations/20261125110_contract.sql"),
    },
    Migration {
        number: 20261125112,
        name: "where what people looked for is",
        sql: include_str!("../migrations/20261125112_wish_link.sql"),
    },
    Migration {
        number: 20261125114,
        name: "what a step decided on changes above",
        sql: include_str!("../migrations/20261125114_step_adjustments.sql"),
    },
    Migration {
        number: 20261126420,
        name: "a catalogue in force was reviewed or issued",
        sql: include_str!("../migrations/20261126420_catalogue_review.sql"),
    },
];

/// Where a reader asks for what is missing of an item.
const CUIBAN: &str = "/mulu/{domain}/{item}/cuiban";

/// Where a reader says what no item of a domain is for.
const XUQIU: &str = "/mulu/{domain}/xuqiu";

/// The whole room.
pub fn room() -> Room {
    Room {
        name: "catalogue",
        title: "标准目录",
        migrations: MIGRATIONS,
        routes: workbench::beside(vec![
            Route::public("/mulu", portal::home::show),
            Route::public("/mulu/jihua", portal::plan::show),
            Route::public("/mulu/jihua.csv", portal::plan::csv),
            Route::public("/mulu/jihua.json", portal::plan::json),
            Route::public("/mulu/fugai", portal::coverage::show),
            Route::public("/mulu/fugai.csv", portal::coverage::table),
            Route::public("/mulu/fugai/{domain}", portal::coverage::rows::show),
            Route::public("/mulu/fugai/{domain}/mulu", portal::coverage::catalogues::show),
            Route::public("/mulu/fugai/{domain}/{id}", portal::coverage::one::show),
            Route::public("/mulu/quanze", portal::powers::show),
            Route::public("/mulu/quanze.jsonld", portal::services::show),
            Route::public("/biaozhun", portal::standards::show),
            Route::public("/mulu/{domain}", portal::domain::show),
            Route::public("/mulu/{domain}/{item}", portal::item::show),
            Route::public("/mulu/{domain}/quanbiao", portal::full::show),
            Route::public_fresh(Method::GET, CUIBAN, portal::reminder::show),
            Route::public_fresh(Method::POST, CUIBAN, portal::reminder::press),
            Route::public_fresh(Method::GET, XUQIU, portal::wish::show),
            Route::public_fresh(Method::POST, XUQIU, portal::wish::send),
            Route::public("/mulu/{domain}/{item}/{day}", portal::row_on::show),
            Route::public("/mulu/{domain}/banben", portal::history::show),
            Route::public("/mulu/{domain}/banben/{number}", portal::version::show),
            Route::public("/mulu/{domain}/banben/{number}/{other}", portal::difference::show),
        ]),
        operations: api::operations(),
        datasets: api::DATASETS,
        nav: vec![(80, NavItem { key: "mulu", words: "标准目录", path: "/mulu" })],
        urging: Some(urging::SOURCE),
        items: Some(offering::SOURCE),
        assessed: Some(assessed::SOURCE),
        themes: Some(following::THEMES),
        days: Some(following::DAYS),
        act_names: ledger_words::ACT_NAMES,
        desk_nav: workbench::NAV.to_vec(),
        todos: Some(workbench::TODOS),
        desk_search: Some(workbench::looking::SEARCH),
        desk_samples: workbench::samples::SAMPLES.to_vec(),
        publishers: vec![acts::publication::PUBLISHER],
        listeners: [searching::LISTENERS, owing::LISTENERS, wishing::LISTENERS].concat(),
        panels: vec![
            Panel { place: Place::HomeWide, rank: 10, draw: portal::panels::domains },
            Panel { place: Place::HomeRail, rank: 20, draw: portal::panels::figures },
            Panel { place: Place::Organ, rank: 20, draw: portal::panels::organ },
        ],
        search: Some(searching::SOURCE),
        sitemap: Some(SitemapSource { entries: portal::sitemap::entries }),
        inscribed: Some(inscription::INSCRIBED),
        samples: portal::sitemap::SAMPLES.to_vec(),
        kiosk: KIOSK,
        ..Room::default()
    }
}

/// What of the catalogues stands at self-service machines.
const KIOSK: KioskOffer = KioskOffer {
    tiles: &[KioskTile {
        rank: 20,
        words: "按领域查",
        detail: "就业、养老、教育等",
        path: "/mulu",
        icon: web::icons::LIST,
    }],
    pages: &["/mulu", "/mulu/fugai", "/mulu/quanze", "/mulu/{domain}", "/mulu/{domain}/{item}"],
    private: &[],
    purpose: "",
    leave: None,
    source: None,
};
