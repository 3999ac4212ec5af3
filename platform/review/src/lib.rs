//! 审查与发布: what is signed and published together, by whom, bound to which content.
//!
//! A unit holds one or more pieces, each bound to the hash of its content; all are signed and published in
//! one transaction, or none. 初审, 保密审查 and 签发 are taken by three natural persons, none of whom wrote
//! it; organs add steps and remove none of these. How a piece reads and how it is published is handed in by
//! its room ([`web::Publisher`]); this crate knows no room. What may be done is decided in [`steps`],
//! without a store or a clock; the database refuses what the code should not have asked for.

pub mod acts;
mod chores;
mod course;
mod ledger_words;
mod portal;
mod refused;
mod signatory;
pub mod steps;
pub mod store;
mod submitted;
pub mod testing;
mod workbench;

use ::store::Migration;
use web::Room;

pub use acts::{
    ActError, addition, forgetting, lapse, pace, publication, scheduling, step, submission,
    urgency, withdrawal,
};
pub use chores::{alarm, release};
pub use course::{BadAddition, Course, Demand, NoStep, Step, Verdict};
pub use refused::Refused;
pub use signatory::Signatory;
pub use steps::{LATE_REVIEW, NoLateDay, State, late_review_due};
pub use store::Unit;
pub use web::{Appeared, Approved, Content, ContentHash, Part, Publisher, Publishers};

/// The tables of units, steps and publications.
pub const MIGRATIONS: &[Migration] = &[
    Migration {
        number: 20261126400,
        name: "review and publication",
        sql: include_str!("../migrations/20261126400_review.sql"),
    },
    Migration {
        number: 20261126490,
        name: "no row is replaced",
        sql: include_str!("../migrations/20261126490_replaced.sql"),
    },
    Migration {
        number: 20261126711,
        name: "whether the day for a first review that follows is provisional",
        sql: include_str!("../migrations/20261126711_late_provisional.sql"),
    },
    Migration {
        number: 20261126753,
        name: "what may not be deleted is not emptied",
        sql: include_str!("../migrations/20261126753_emptied.sql"),
    },
    Migration {
        number: 20261126775,
        name: "how many working days an organ gives itself for a step",
        sql: include_str!("../migrations/20261126775_pace.sql"),
    },
    Migration {
        number: 20261127102,
        name: "what has come back or is no longer agreed to may be emptied",
        sql: include_str!("../migrations/20261127102_forgotten.sql"),
    },
    Migration {
        number: 20261127182,
        name: "a unit is published whole",
        sql: include_str!("../migrations/20261127182_whole.sql"),
    },
];

/// The page of a unit at the workbench, below a site.
pub fn unit_path(unit: &str) -> String {
    format!("/gongzuo/shencha/{unit}")
}

/// The same page for those who compile catalogues and read no drafts of documents.
pub fn catalogue_unit_path(unit: &str) -> String {
    format!("/gongzuo/shencha/mulu/{unit}")
}

/// What it offers to the house.
pub fn room() -> Room {
    Room {
        name: "review",
        title: "审查与发布",
        migrations: MIGRATIONS,
        routes: portal::beside(workbench::routes()),
        act_names: ledger_words::ACT_NAMES,
        nearby: &["review:", "organ:"],
        desk_nav: workbench::NAV.to_vec(),
        desk_samples: workbench::SAMPLES.to_vec(),
        todos: Some(workbench::TODOS),
        initiated: Some(workbench::INITIATED),
        desk_search: Some(workbench::SEARCH),
        samples: portal::SAMPLES.to_vec(),
        chores: chores::CHORES.to_vec(),
        ..Room::default()
    }
}
