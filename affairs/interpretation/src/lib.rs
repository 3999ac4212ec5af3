//! 政策解读 (厦府办〔2020〕67号三（四）): who drafts a policy document interprets it, and both are signed and published
//! as one.
//!
//! A draft is judged beside the place where it is written: it is interpreted with its document, or another person has
//! agreed that it is not, or that it follows. What was settled ([`drafts::PLAN`]) and the interpretations
//! ([`drafts::MATERIAL`]) are pieces of the unit in which the document is reviewed ([`web::Companion`]): all are signed
//! on one hash and published in one act, or none. Whoever keeps documents is not named: it knows our pieces by what
//! this room offers, and we its pieces by their kind.

pub mod acts;
mod announcing;
mod checks;
pub mod cited;
mod clocks;
pub mod drafts;
mod inscription;
mod inspected;
mod ledger_words;
pub mod media;
mod portal;
mod searching;
pub mod store;
mod workbench;

use ::store::Migration;
use secrets::SealedColumn;
use web::kiosk::KioskOffer;
use web::{NavItem, Room, SitemapSource};

/// The room's tables.
pub const MIGRATIONS: &[Migration] = &[
    Migration {
        number: 20261127180,
        name: "policies and their interpretations",
        sql: include_str!("../migrations/20261127180_interpretations.sql"),
    },
    Migration {
        number: 20261127181,
        name: "a policy and its interpretation are published as one",
        sql: include_str!("../migrations/20261127181_gate.sql"),
    },
    Migration {
        number: 20261127183,
        name: "what is overdue is written down once, and what was corrected is looked at again",
        sql: include_str!("../migrations/20261127183_alarms.sql"),
    },
    Migration {
        number: 20261127184,
        name: "questions on policies, each on a paragraph",
        sql: include_str!("../migrations/20261127184_questions.sql"),
    },
    Migration {
        number: 20261127185,
        name: "concerns and the responses to them",
        sql: include_str!("../migrations/20261127185_responses.sql"),
    },
    Migration {
        number: 20261127186,
        name: "topics that gather what is published",
        sql: include_str!("../migrations/20261127186_topics.sql"),
    },
    Migration {
        number: 20261127187,
        name: "the files of interpretations that are heard or seen",
        sql: include_str!("../migrations/20261127187_media.sql"),
    },
];

/// What is sealed: what people said of a concern and what was found out.
pub const SEALED: &[SealedColumn] = &[sealed("told"), sealed("found")];

const fn sealed(column: &'static str) -> SealedColumn {
    SealedColumn { table: "concern_response", id: "id", column }
}

/// The whole room.
pub fn room() -> Room {
    Room {
        name: "interpretation",
        title: "政策解读",
        migrations: MIGRATIONS,
        sealed: SEALED,
        routes: workbench::beside(portal::routes()),
        nav: vec![(35, NavItem { key: "jiedu", words: "政策解读", path: portal::LIST })],
        act_names: ledger_words::ACT_NAMES,
        unseen: &["policy_document:", "interpretation_draft:", "interpretation_medium:"],
        desk_nav: workbench::NAV.to_vec(),
        todos: Some(workbench::TODOS),
        desk_samples: workbench::samples::SAMPLES.to_vec(),
        publishers: drafts::publishers(),
        companions: vec![drafts::COMPANION],
        explaining: Some(portal::EXPLAINING),
        listeners: [
            acts::taking_down::LISTENERS,
            acts::footing::LISTENERS,
            searching::LISTENERS,
            announcing::LISTENERS,
        ]
        .concat(),
        chores: vec![
            acts::taking_down::CHORE,
            acts::overdue::CHORE,
            acts::erasing::CHORE,
            acts::forgetting::CHORE,
            acts::footing::CHORE,
            acts::footing::ROUND,
        ],
        search: Some(searching::SOURCE),
        sitemap: Some(SitemapSource { entries: portal::sitemap::entries }),
        inscribed: Some(inscription::INSCRIBED),
        inspection: Some(inspected::SOURCE),
        samples: portal::sitemap::SAMPLES.to_vec(),
        kiosk: KioskOffer {
            pages: &["/jiedu", "/jiedu/{id}", "/wenda", "/wenda/{id}", "/huiying", "/huiying/{id}"],
            ..KioskOffer::default()
        },
        ..Room::default()
    }
}
