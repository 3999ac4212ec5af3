//! 监督评估: how well openness is done, told to everybody (条例第四十六条).
//!
//! The public quality board begins here. Rooms hand over what had to be done by which day and when it was done
//! ([`web::AssessedSource`]); the rules make numbers of it; each period is counted in the background, kept with
//! what it was counted from, and fixed some days after its end. Pages read what is kept and count nothing.

pub mod acts;
mod announcing;
mod ledger_words;
mod portal;
pub mod store;

use std::time::Duration;

use ::store::Migration;
use web::{Chore, Fault, House, Later, Panel, Place, Room, Route, SitemapSource};

pub use portal::figures::{HEADINGS, cells, told};

use acts::counting::{self, Which};

/// The room's tables.
pub const MIGRATIONS: &[Migration] = &[
    Migration {
        number: 20261126950,
        name: "the public quality board",
        sql: include_str!("../migrations/20261126950_quality_board.sql"),
    },
    Migration {
        number: 20261126982,
        name: "of what coverage and renewal were counted",
        sql: include_str!("../migrations/20261126982_quality_shelf.sql"),
    },
];

/// What goes on is counted again every ten minutes, what is over every hour: fixed when its day has come,
/// corrected when what it was counted from has changed.
const CHORES: [Chore; 2] = [
    Chore { name: "assessment.current", every: Duration::from_secs(600), work: count_current },
    Chore { name: "assessment.past", every: Duration::from_secs(3600), work: count_all },
];

fn count_current(house: &House) -> Later<'_, ()> {
    Box::pin(count(house, Which::Current))
}

fn count_all(house: &House) -> Later<'_, ()> {
    Box::pin(count(house, Which::All))
}

async fn count(house: &House, which: Which) -> Result<(), Fault> {
    let counted = counting::keep(house.ledger(), &house.assessed(), which).await;
    counted.map(drop).map_err(Fault::inside)
}

/// The whole room.
pub fn room() -> Room {
    Room {
        name: "assessment",
        title: "监督评估",
        migrations: MIGRATIONS,
        routes: vec![
            Route::public("/kanban", portal::board::show),
            Route::public("/kanban/bijiao", portal::compare::show),
            Route::public("/kanban/mingxi", portal::rows::show),
            Route::public(portal::shelves::PATH, portal::shelves::show),
            Route::public("/kanban/suanfa", portal::method::show),
            Route::public("/kanban/dinggao.atom", portal::feed::show),
            Route::public("/kanban/{organ}", portal::board::of_organ),
        ],
        about: vec![("公开质量看板", "/kanban")],
        act_names: ledger_words::ACT_NAMES,
        listeners: announcing::LISTENERS.to_vec(),
        chores: CHORES.to_vec(),
        panels: vec![
            Panel { place: Place::HomeRail, rank: 15, draw: portal::panels::home },
            Panel { place: Place::Organ, rank: 30, draw: portal::panels::organ },
        ],
        sitemap: Some(SitemapSource { entries: portal::sitemap::entries }),
        samples: portal::sitemap::SAMPLES.to_vec(),
        ..Room::default()
    }
}
