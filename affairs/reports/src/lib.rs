//! 年度报告 (政府信息公开工作年度报告): the room of the annual reports.
//!
//! A year's report is opened for an organ with numbers that other rooms count ([`web::FigureSource`]) or its
//! organs have published; it is checked, frozen, reviewed and published, and corrected by another version.
//! [`reading`] takes a report as it is found published, a web page or a workbook of whatever layout, into the
//! same tables, so that years can be compared and carried-over numbers checked; [`writing`] gives one out.

pub mod acts;
mod announcing;
mod api;
pub mod checking;
pub mod grid;
mod inscription;
mod ledger_words;
mod portal;
pub mod reading;
mod searching;
pub mod store;
mod workbench;
pub mod writing;

use ::store::Migration;
use web::kiosk::KioskOffer;
use web::{Panel, Place, Room, Route, SitemapSource};

/// The room's tables.
pub const MIGRATIONS: &[Migration] = &[
    Migration {
        number: 20261126840,
        name: "annual reports",
        sql: include_str!("../migrations/20261126840_annual_reports.sql"),
    },
    Migration {
        number: 20261126860,
        name: "what was reviewed of an annual report is frozen by its hash",
        sql: include_str!("../migrations/20261126860_frozen_by_hash.sql"),
    },
    Migration {
        number: 20261126890,
        name: "an import of an annual report may be withdrawn",
        sql: include_str!("../migrations/20261126890_withdrawn_intake.sql"),
    },
];

/// The whole room.
pub fn room() -> Room {
    Room {
        name: "reports",
        title: "年度报告",
        migrations: MIGRATIONS,
        routes: workbench::beside(vec![
            Route::public("/gongkai/nianbao/{organ}", portal::years::show),
            // A file may be larger than what is kept of pages.
            Route::public("/gongkai/nianbao/{organ}/{year}", portal::report::show),
        ]),
        operations: api::operations(),
        datasets: api::DATASETS,
        act_names: ledger_words::ACT_NAMES,
        desk_nav: workbench::NAV.to_vec(),
        todos: Some(workbench::TODOS),
        desk_samples: workbench::samples::SAMPLES.to_vec(),
        publishers: vec![workbench::PUBLISHER],
        listeners: [acts::reopening::LISTENERS, searching::LISTENERS, announcing::LISTENERS]
            .concat(),
        search: Some(searching::SOURCE),
        panels: vec![Panel { place: Place::AnnualReports, rank: 10, draw: portal::panel::draw }],
        sitemap: Some(SitemapSource { entries: portal::sitemap::entries }),
        inscribed: Some(inscription::INSCRIBED),
        days: Some(portal::days::DAYS),
        samples: portal::sitemap::SAMPLES.to_vec(),
        kiosk: KioskOffer {
            pages: &["/gongkai/nianbao/{organ}", "/gongkai/nianbao/{organ}/{year}"],
            ..KioskOffer::default()
        },
        ..Room::default()
    }
}
