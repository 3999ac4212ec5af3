//! 政府信息: documents as they are published, found, read and taken home.
//!
//! A manuscript becomes a record by the act of [`acts::publication`], which alone sets 发布日期. All
//! lists of published information in the house come from here ([`web::Listing`]). A record for 特定群体
//! is kept and shown to nobody on the open web (`store::OPEN`).

pub mod acts;
mod announcing;
mod api;
pub mod archive;
pub mod checking;
pub mod cleaning;
mod comparing;
pub mod draft;
mod figures;
mod files;
mod hand;
mod inscription;
mod inspected;
mod ledger_words;
mod listing;
mod official;
mod portal;
mod renditions;
mod reviewing;
mod searching;
mod standing;
pub mod store;
pub mod taking;
pub mod tree;
mod workbench;
mod writing;

use ::store::Migration;
use web::{Copied, NavItem, OldAddressSource, Panel, Place, Room, Route, SitemapSource};

pub use acts::FoundItem;
pub use store::LinkedItem;

/// The room's tables.
pub const MIGRATIONS: &[Migration] = &[
    Migration {
        number: 20261125020,
        name: "records",
        sql: include_str!("../migrations/20261125020_records.sql"),
    },
    Migration {
        number: 20261125120,
        name: "how far a record is made public",
        sql: include_str!("../migrations/20261125120_reach.sql"),
    },
    Migration {
        number: 20261126500,
        name: "drafts, attributes, assessments, withdrawals and corrections",
        sql: include_str!("../migrations/20261126500_drafts.sql"),
    },
    Migration {
        number: 20261126510,
        name: "publications that records rest on",
        sql: include_str!("../migrations/20261126510_reviewed.sql"),
    },
    Migration {
        number: 20261126600,
        name: "a record that is public was reviewed or published before",
        sql: include_str!("../migrations/20261126600_record_reviewed.sql"),
    },
    Migration {
        number: 20261126610,
        name: "spot checks",
        sql: include_str!("../migrations/20261126610_spot_checks.sql"),
    },
    Migration {
        number: 20261126611,
        name: "retention, deposits and destruction",
        sql: include_str!("../migrations/20261126611_retention.sql"),
    },
    Migration {
        number: 20261126620,
        name: "what was taken over from the site before, and its old addresses",
        sql: include_str!("../migrations/20261126620_takeovers.sql"),
    },
    Migration {
        number: 20261126650,
        name: "words, kept files, rounds of checking, assessments, clearing",
        sql: include_str!("../migrations/20261126650_checks.sql"),
    },
    Migration {
        number: 20261126690,
        name: "nothing is replaced, a publication serves once, nobody decides alone",
        sql: include_str!("../migrations/20261126690_replaced.sql"),
    },
    Migration {
        number: 20261126691,
        name: "whoever was stood in for at the release had a hand in the record",
        sql: include_str!("../migrations/20261126691_stood_in_for.sql"),
    },
    Migration {
        number: 20261126710,
        name: "whoever acts for another counts as both",
        sql: include_str!("../migrations/20261126710_acting_for.sql"),
    },
    Migration {
        number: 20261126720,
        name: "what a review was bound to changes by another review alone; one open proposal of a kind",
        sql: include_str!("../migrations/20261126720_bound.sql"),
    },
    Migration {
        number: 20261126721,
        name: "what was decided once is kept",
        sql: include_str!("../migrations/20261126721_kept.sql"),
    },
    Migration {
        number: 20261126722,
        name: "who keeps a file and who erases it take turns",
        sql: include_str!("../migrations/20261126722_file_turns.sql"),
    },
    Migration {
        number: 20261126730,
        name: "the newest by the day they first were public",
        sql: include_str!("../migrations/20261126730_newest.sql"),
    },
    Migration {
        number: 20261126731,
        name: "a change of the words may be taken back",
        sql: include_str!("../migrations/20261126731_words_taken_back.sql"),
    },
    Migration {
        number: 20261126750,
        name: "what was destroyed is not opened again",
        sql: include_str!("../migrations/20261126750_destroyed.sql"),
    },
    Migration {
        number: 20261126751,
        name: "what may not be deleted is not emptied",
        sql: include_str!("../migrations/20261126751_emptied.sql"),
    },
    Migration {
        number: 20261126752,
        name: "whoever checked before it was counted",
        sql: include_str!("../migrations/20261126752_check_hands.sql"),
    },
    Migration {
        number: 20261126760,
        name: "held_back",
        sql: include_str!("../migrations/20261126760_held_back.sql"),
    },
    Migration {
        number: 20261126776,
        name: "newest_of_place",
        sql: include_str!("../migrations/20261126776_newest_of_place.sql"),
    },
    Migration {
        number: 20261126852,
        name: "drafts begun because something was asked for",
        sql: include_str!("../migrations/20261126852_converted.sql"),
    },
    Migration {
        number: 20261126900,
        name: "what published attachments say",
        sql: include_str!("../migrations/20261126900_attachment_text.sql"),
    },
    Migration {
        number: 20261126970,
        name: "what is shown of an attachment, and documents that end another",
        sql: include_str!("../migrations/20261126970_reading.sql"),
    },
    Migration {
        number: 20261126989,
        name: "what was said before a correction may be shown no more",
        sql: include_str!("../migrations/20261126989_closed.sql"),
    },
    Migration {
        number: 20261126995,
        name: "lists of items in the order in which they are shown",
        sql: include_str!("../migrations/20261126995_listed.sql"),
    },
    Migration {
        number: 20261126996,
        name: "规章 and 规范性文件 by their day",
        sql: include_str!("../migrations/20261126996_normative.sql"),
    },
    Migration {
        number: 20261126997,
        name: "解读 of an item, however old",
        sql: include_str!("../migrations/20261126997_explained.sql"),
    },
];

/// A text as the portal shows it, for whoever checks what may come out of one.
pub fn portal_text(text: &str) -> String {
    portal::parts::shown(text)
}

/// The whole room.
pub fn room() -> Room {
    Room {
        name: "records",
        title: "政府信息",
        migrations: MIGRATIONS,
        routes: workbench::beside(vec![
            Route::public("/wenjian", portal::list::show).copied(Copied::Rolling),
            Route::public("/wenjian.atom", portal::list::feed),
            Route::public("/wenjian/{id}", portal::document::show).copied(Copied::Single),
            Route::public("/wenjian/{id}/banben", portal::versions::show).copied(Copied::Single),
            Route::public("/wenjian/{id}/duibi", portal::versions::compare).copied(Copied::Single),
            Route::public("/wenjian/{id}/fujian/{number}/yulan", portal::preview::show)
                .copied(Copied::Single),
            Route::public("/wenjian/{id}/fujian/{number}/diyiye.png", portal::preview::picture)
                .copied(Copied::Single),
            // A file may be larger than what is kept of pages.
            Route::attachment("/wenjian/{id}/fujian/{number}", portal::attachment::show),
        ]),
        nav: vec![(30, NavItem { key: "wenjian", words: "查文件", path: "/wenjian" })],
        act_names: ledger_words::ACT_NAMES,
        desk_nav: workbench::NAV.to_vec(),
        initiations: workbench::INITIATIONS,
        todos: Some(workbench::TODOS),
        initiated: Some(workbench::INITIATED),
        desk_search: Some(workbench::SEARCH),
        desk_samples: workbench::samples::SAMPLES.to_vec(),
        publishers: workbench::publishers(),
        listeners: [
            searching::LISTENERS,
            announcing::LISTENERS,
            reviewing::LISTENERS,
            acts::handing_in::LISTENERS,
            acts::conversion::LISTENERS,
            acts::rescan::LISTENERS,
            acts::destruction::LISTENERS,
        ]
        .concat(),
        chores: [checking::CHORES, &[acts::expiry::CHORE, acts::rescan::CHORE]].concat(),
        errands: vec![acts::rescan::ERRAND, acts::attachment_text::ERRAND],
        panels: vec![
            Panel { place: Place::HomeMain, rank: 10, draw: portal::panels::newest },
            Panel { place: Place::Organ, rank: 30, draw: portal::panels::of_organ },
        ],
        figures: Some(figures::SOURCE),
        operations: api::operations(),
        datasets: api::DATASETS,
        listing: Some(&listing::Published),
        search: Some(searching::SOURCE),
        old_addresses: Some(OldAddressSource {
            answer: portal::old::answer,
            all: portal::old::all,
        }),
        sitemap: Some(SitemapSource { entries: portal::sitemap::entries }),
        inscribed: Some(inscription::INSCRIBED),
        meeting: inscription::MEETING,
        unseen: &["draft:", "file:"],
        inspection: Some(inspected::SOURCE),
        samples: portal::sitemap::SAMPLES.to_vec(),
        kiosk: portal::kiosk(),
        ..Room::default()
    }
}
