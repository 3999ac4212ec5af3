//! Schema changes: plain SQL texts, numbered once and for all, run in order on either engine.

use sea_orm::sqlx::SqlSafeStr;
use sea_orm::sqlx::migrate::{MigrateError, Migration as Step, MigrationType, Migrator};

use crate::{Engine, Store, StoreError};

/// One schema change of one room.
#[derive(Debug, Clone, Copy)]
pub struct Migration {
    /// Its number among all rooms: `yyyymmddnnn`, never changed once released.
    pub number: i64,
    /// What it does, in a few words.
    pub name: &'static str,
    /// The statements, the same for both engines.
    pub sql: &'static str,
}

/// The schema changes of the whole house.
#[derive(Debug, Clone, Default)]
pub struct Migrations(Vec<Migration>);

impl Migrations {
    /// Puts the rooms' changes together, whatever the order they are offered in.
    pub fn of(changes: impl IntoIterator<Item = Migration>) -> Self {
        Self(changes.into_iter().collect())
    }

    pub(crate) async fn run(&self, store: &Store) -> Result<(), StoreError> {
        let steps = self.0.iter().map(Migration::step).collect();
        let migrator = Migrator::with_migrations(steps);
        let outcome = match store.engine {
            Engine::Sqlite => migrator.run(store.write.get_sqlite_connection_pool()).await,
            Engine::Postgres => migrator.run(store.write.get_postgres_connection_pool()).await,
        };
        outcome.map_err(|error| match error {
            MigrateError::VersionMissing(number) => StoreError::Newer(number),
            other => StoreError::Migration(other),
        })
    }
}

impl Migration {
    fn step(&self) -> Step {
        let sql = self.sql.into_sql_str();
        Step::new(self.number, self.name.into(), MigrationType::Simple, sql, false)
    }
}
