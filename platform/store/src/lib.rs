//! The one way to the database: SQLite embedded by default, PostgreSQL by address, the same
//! schema and the same statements on both.
//!
//! Statements are plain SQL with `$1` placeholders, which both engines read. Days are ISO text
//! (`2026-11-25`), moments RFC 3339 text, lists JSON text, ids text: nothing needs a type that
//! only one engine has (see docs/decisions/003).
//!
//! Reading is open to whoever holds a [`Store`]; writing goes through a [`Transaction`], which
//! only `ledger` opens, so that no act escapes its entry.

mod engine;
mod error;
mod migration;
mod moment;
pub mod private;
pub mod snapshot;
mod statements;
pub mod testing;
mod transaction;

use std::path::PathBuf;

use sea_orm::DatabaseConnection;

pub use engine::Engine;
pub use error::StoreError;
pub use migration::{Migration, Migrations};
pub use moment::{moment, parse_moment};
pub use sea_orm::{FromQueryResult, Value};
pub use statements::{Reading, Statements};
pub use transaction::Transaction;

/// Where the data lie.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// A SQLite file; it and its folder are made if absent, for their owner alone.
    File(PathBuf),
    /// A PostgreSQL address, `postgres://user@host/base`.
    Postgres(String),
}

/// An open database whose schema is up to date.
#[derive(Debug, Clone)]
pub struct Store {
    engine: Engine,
    read: DatabaseConnection,
    write: DatabaseConnection,
}

impl Store {
    /// Opens `place` and brings its schema up to date.
    ///
    /// # Errors
    /// The database cannot be opened or lacks a durability setting, a migration fails, or the
    /// schema is newer than this program.
    pub async fn open(place: &Place, migrations: &Migrations) -> Result<Self, StoreError> {
        let store = engine::connect(place).await?;
        migrations.run(&store).await?;
        Ok(store)
    }

    /// Whether a store was ever founded at `place`. Nothing is made there by asking.
    ///
    /// # Errors
    /// The database server cannot be reached.
    pub async fn is_founded(place: &Place) -> Result<bool, StoreError> {
        engine::is_founded(place).await
    }

    /// Which engine answers.
    pub fn engine(&self) -> Engine {
        self.engine
    }

    /// The rows as they stand, for a function that also reads within transactions.
    pub fn reading(&self) -> Reading<'_> {
        Reading((&self.read).into())
    }

    /// Begins a transaction. Only `ledger` calls this (tidy checks it): an act is always
    /// recorded where it is carried out.
    ///
    /// # Errors
    /// The engine refuses, or the single SQLite writer stays busy for ten seconds.
    pub async fn begin(&self) -> Result<Transaction, StoreError> {
        Transaction::begin(&self.write, self.engine).await
    }
}

impl Statements for Store {
    fn connection(&self) -> &impl sea_orm::ConnectionTrait {
        &self.read
    }
}
