//! 依申请公开 (条例第二十七条至第四十五条): intake by every channel, the file, its clock, its letters, what
//! comes beside and after.
//!
//! [`store::Case`] is the file: what happened stands in one list of events, of which the rules make the
//! clock. Who asked stands in no row that can be read without the keys (`secrets`), in no entry of the
//! ledger, and in no file of a log; whoever decides works on the masked file.

pub mod acts;
mod assessed;
mod figures;
pub mod files;
pub mod issued;
mod ledger_words;
pub mod letters;
mod portal;
pub mod redacting;
pub mod store;
mod workbench;

use ::store::Migration;
use secrets::SealedColumn;
use web::{Panel, Place, Room};

/// The room's tables.
pub const MIGRATIONS: &[Migration] = &[
    Migration {
        number: 20261126800,
        name: "依申请公开",
        sql: include_str!("../migrations/20261126800_requests.sql"),
    },
    Migration {
        number: 20261126801,
        name: "what is only ever added to is not replaced, deleted or emptied",
        sql: include_str!("../migrations/20261126801_kept.sql"),
    },
    Migration {
        number: 20261126820,
        name: "申请人一边",
        sql: include_str!("../migrations/20261126820_visitors.sql"),
    },
    Migration {
        number: 20261126830,
        name: "standard texts of an organ's letters",
        sql: include_str!("../migrations/20261126830_letter_texts.sql"),
    },
    Migration {
        number: 20261126850,
        name: "one unfinished answer at a time",
        sql: include_str!("../migrations/20261126850_one_answer.sql"),
    },
    Migration {
        number: 20261126851,
        name: "masked files looked at, conversions, letters beside requests",
        sql: include_str!("../migrations/20261126851_views.sql"),
    },
    Migration {
        number: 20261126861,
        name: "words of the register are found along its list",
        sql: include_str!("../migrations/20261126861_words_of_the_register.sql"),
    },
    Migration {
        number: 20261126870,
        name: "stand-ins of holds, one row for a remedy",
        sql: include_str!("../migrations/20261126870_holds_and_remedies.sql"),
    },
    Migration {
        number: 20261126875,
        name: "decided against a third party; uploads of a day",
        sql: include_str!("../migrations/20261126875_against.sql"),
    },
    Migration {
        number: 20261126880,
        name: "names of what stands beside requests are taken out by two persons",
        sql: include_str!("../migrations/20261126880_matters.sql"),
    },
    Migration {
        number: 20261126881,
        name: "fees are paid back in parts, what was turned public may be turned anew",
        sql: include_str!("../migrations/20261126881_mended.sql"),
    },
    Migration {
        number: 20261126885,
        name: "how a third party's reason was judged",
        sql: include_str!("../migrations/20261126885_judged.sql"),
    },
];

/// What of the room is sealed, for whoever seals it anew with another key.
pub const SEALED: &[SealedColumn] = &[
    sealed("request_applicant", "sealed"),
    sealed("request_applicant", "recused"),
    sealed("request_file", "sealed"),
    sealed("request_opinion", "sealed"),
    sealed("request_opinion", "words"),
    sealed("request_complaint", "sealed"),
    sealed("request_rectification", "sealed"),
    sealed("request_draft", "sealed"),
    sealed("request_draft_file", "sealed"),
    sealed("request_suggestion", "sealed"),
];

const fn sealed(table: &'static str, column: &'static str) -> SealedColumn {
    SealedColumn { table, id: "id", column }
}

/// The whole room.
pub fn room() -> Room {
    Room {
        name: "requests",
        title: "依申请公开",
        interactions: &[web::Interaction {
            rank: 30,
            words: "要没有公开的信息",
            detail: "申请公开政府信息，二十个工作日内答复",
            path: "/shenqing",
        }],
        migrations: MIGRATIONS,
        sealed: SEALED,
        act_names: ledger_words::ACT_NAMES,
        desk_nav: workbench::NAV.to_vec(),
        todos: Some(workbench::TODOS),
        initiated: Some(workbench::INITIATED),
        desk_search: Some(workbench::SEARCH),
        desk_samples: workbench::samples::SAMPLES.to_vec(),
        unseen: &["draft:", "request:", "complaint:", "suggestion:", "rectification:"],
        listeners: [acts::renewal::LISTENERS, acts::conversion::LISTENERS].concat(),
        routes: workbench::beside(portal::routes()),
        samples: portal::samples(),
        panels: vec![Panel { place: Place::Application, rank: 10, draw: portal::panel::draw }],
        chores: vec![acts::renewal::CHORE, portal::CLEARING],
        figures: Some(figures::SOURCE),
        assessed: Some(assessed::SOURCE),
        applying: Some(portal::APPLY),
        kiosk: portal::KIOSK,
        ..Room::default()
    }
}
