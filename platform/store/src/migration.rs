//! Schema changes: plain SQL texts, numbered once and for all, run in order on either engine.
//!
//! Tables, columns and indexes are the same text on both. Triggers are not: what follows a line
//! `-- only: sqlite` or `-- only: postgres` is for that engine alone, up to `-- only: both`.

use std::borrow::Cow;

use sea_orm::sqlx::AssertSqlSafe;
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

    /// The number of the newest change; 0 where there is none.
    pub fn newest(&self) -> i64 {
        self.0.iter().map(|change| change.number).max().unwrap_or_default()
    }

    pub(crate) async fn run(&self, store: &Store) -> Result<(), StoreError> {
        let steps = self.0.iter().map(|change| change.step(store.engine)).collect();
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
    fn step(&self, engine: Engine) -> Step {
        let sql = match text_for(engine, self.sql) {
            Cow::Borrowed(_) => self.sql.into_sql_str(),
            Cow::Owned(own) => AssertSqlSafe(own).into_sql_str(),
        };
        Step::new(self.number, self.name.into(), MigrationType::Simple, sql, false)
    }
}

/// What begins a part that is for one engine, or for both again.
const ONLY: &str = "-- only: ";

/// The text without the parts that are for the other engine.
fn text_for(engine: Engine, text: &str) -> Cow<'_, str> {
    if !text.contains(ONLY) {
        return Cow::Borrowed(text);
    }
    let own = match engine {
        Engine::Sqlite => "sqlite",
        Engine::Postgres => "postgres",
    };
    let (mut kept, mut meant) = (String::with_capacity(text.len()), true);
    for line in text.lines() {
        match line.trim_end().strip_prefix(ONLY) {
            Some(word) => meant = word == own || word == "both",
            None if meant => {
                kept.push_str(line);
                kept.push('\n');
            }
            None => {}
        }
    }
    Cow::Owned(kept)
}

#[cfg(test)]
mod tests {
    use super::{Engine, text_for};

    #[test]
    fn each_engine_is_given_its_own_parts_and_what_is_for_both() {
        let text = "a;\n-- only: sqlite\nb;\n-- only: postgres\nc;\n-- only: both\nd;\n";
        for (engine, own) in [(Engine::Sqlite, "a;\nb;\nd;\n"), (Engine::Postgres, "a;\nc;\nd;\n")]
        {
            assert_eq!(text_for(engine, text), own);
        }
        assert_eq!(text_for(Engine::Sqlite, "a; -- both\n"), "a; -- both\n");
    }
}
