//! Who and where: administrative divisions and the organs in them.
//!
//! Every row of every room carries an organ's key from the start, so that one organ's drafts
//! never reach another's people once accounts exist.

mod division;
mod import;
mod organ;
mod table;

pub use division::{Division, Level};
pub use import::{ImportError, Imported, Table, Tables};
pub use organ::Organ;
pub use table::{import_divisions, import_organs};

use store::Migration;

/// The tables of divisions and organs.
pub const MIGRATIONS: &[Migration] = &[Migration {
    number: 20261125002,
    name: "divisions and organs",
    sql: include_str!("../migrations/20261125002_identity.sql"),
}];
