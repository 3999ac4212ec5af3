//! 公开渠道: the channels beside the portal. So far the zones (政务公开专区, 厦府办〔2020〕67号二（四）): where they
//! are, when they are open, what stands in them, what four things are the same in all of them, and the machines
//! in them. What a machine shows are the pages of every room, in the shell of `web::kiosk`; this room tells
//! which hall a machine stands in, calls staff, counts pages that are printed and what people come for.

pub mod acts;
pub mod facts;
mod ledger_words;
mod portal;
pub mod store;
mod workbench;

use ::store::Migration;
pub use portal::list::as_json as zone_as_json;
use web::{Room, SitemapSource};

/// The room's tables.
pub const MIGRATIONS: &[Migration] = &[Migration {
    number: 20261126960,
    name: "政务公开专区",
    sql: include_str!("../migrations/20261126960_zones.sql"),
}];

/// The whole room.
pub fn room() -> Room {
    Room {
        name: "channels",
        title: "公开渠道",
        migrations: MIGRATIONS,
        act_names: ledger_words::ACT_NAMES,
        routes: workbench::beside(portal::routes()),
        desk_nav: workbench::NAV.to_vec(),
        todos: Some(workbench::TODOS),
        desk_samples: workbench::SAMPLES.to_vec(),
        about: vec![("政务公开专区", portal::LIST)],
        chores: vec![acts::visit::CHORE],
        sitemap: Some(SitemapSource { entries: portal::list::entries }),
        samples: portal::samples(),
        kiosk: portal::machine::KIOSK,
        ..Room::default()
    }
}
