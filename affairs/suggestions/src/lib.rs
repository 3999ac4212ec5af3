//! 互动交流: one entrance for what people ask, complain of, propose and report; its way from receipt to answer with
//! its clocks and cards; handing over what belongs elsewhere; answers that are published with the writer's consent.
//!
//! What people write stands in sealed columns alone. What is published was masked and went through review.

pub mod acts;
mod announcing;
mod api;
pub mod finding;
mod inscription;
mod ledger_words;
pub mod masking;
pub mod noticing;
pub mod orders;
mod portal;
mod routing;
mod searching;
mod shown;
pub mod store;
mod workbench;

use ::store::Migration;
use secrets::SealedColumn;
use web::layout::NavItem;
use web::{Room, SitemapSource};

/// The room's tables.
pub const MIGRATIONS: &[Migration] = &[
    Migration {
        number: 20261127100,
        name: "what people write to organs, and what becomes of it",
        sql: include_str!("../migrations/20261127100_suggestions.sql"),
    },
    Migration {
        number: 20261127101,
        name: "answers that are published",
        sql: include_str!("../migrations/20261127101_published_answers.sql"),
    },
    Migration {
        number: 20261127103,
        name: "orders of the hotline",
        sql: include_str!("../migrations/20261127103_orders.sql"),
    },
    Migration {
        number: 20261127104,
        name: "drafts of answers",
        sql: include_str!("../migrations/20261127104_answer_drafts.sql"),
    },
    Migration {
        number: 20261127105,
        name: "when orders were given out, until when credentials hold, and tables that wait",
        sql: include_str!("../migrations/20261127105_order_periods.sql"),
    },
    Migration {
        number: 20261127106,
        name: "marks of words that were taken out",
        sql: include_str!("../migrations/20261127106_erased_marks.sql"),
    },
];

/// What is sealed.
pub const SEALED: &[SealedColumn] = &[
    sealed("suggestion", "sealed"),
    sealed("suggestion_event", "sealed"),
    sealed("suggestion_answer", "sealed"),
    sealed("suggestion_draft", "sealed"),
    sealed("suggestion_assistance", "asked"),
    sealed("suggestion_assistance", "reply"),
    sealed("suggestion_closing", "sealed"),
    sealed("suggestion_order_table", "sealed"),
];

const fn sealed(table: &'static str, column: &'static str) -> SealedColumn {
    SealedColumn { table, id: "id", column }
}

/// The whole room.
pub fn room() -> Room {
    Room {
        name: "suggestions",
        title: "互动交流",
        migrations: MIGRATIONS,
        sealed: SEALED,
        act_names: ledger_words::ACT_NAMES,
        routes: workbench::beside(portal::routes()),
        operations: api::operations(),
        nav: vec![(65, NavItem { key: "zixun", words: "互动交流", path: portal::ENTRANCE })],
        desk_nav: workbench::NAV.to_vec(),
        todos: Some(workbench::TODOS),
        desk_samples: workbench::SAMPLES.to_vec(),
        publishers: vec![acts::piece::PUBLISHER],
        listeners: [searching::LISTENERS, acts::piece::LISTENERS, announcing::LISTENERS].concat(),
        chores: vec![
            acts::erasure::CHORE,
            acts::recount::CHORE,
            acts::order_table::CHORE,
            routing::CHORE,
        ],
        errands: vec![finding::ERRAND],
        inspection: Some(shown::SOURCE),
        inscribed: Some(inscription::INSCRIBED),
        unseen: &["suggestion:", "suggestions:"],
        search: Some(searching::SOURCE),
        sitemap: Some(SitemapSource { entries: portal::entries }),
        samples: portal::samples(),
        ..Room::default()
    }
}
