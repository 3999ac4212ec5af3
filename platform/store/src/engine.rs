//! Opening each engine with the settings that keep what was acknowledged.

use std::time::Duration;

use sea_orm::sqlx::sqlite::{SqliteJournalMode, SqliteSynchronous};
use sea_orm::{
    ConnectOptions, ConnectionTrait, Database, DatabaseConnection, DbBackend, Statement,
};

use crate::{Place, Store, StoreError, private};

/// SQLite before this can lose a commit when two connections meet a checkpoint (WAL-reset race).
const OLDEST_SQLITE: (u32, u32, u32) = (3, 51, 3);

/// How long a statement waits for the single SQLite writer.
const BUSY: Duration = Duration::from_secs(10);

/// The database engine behind a [`Store`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Engine {
    /// Embedded, one writer.
    Sqlite,
    /// A server, many writers.
    Postgres,
}

impl Engine {
    pub(crate) fn backend(self) -> DbBackend {
        match self {
            Self::Sqlite => DbBackend::Sqlite,
            Self::Postgres => DbBackend::Postgres,
        }
    }
}

pub(crate) async fn connect(place: &Place) -> Result<Store, StoreError> {
    match place {
        Place::File(path) => {
            private::prepare(path).map_err(|(path, cause)| StoreError::Folder { path, cause })?;
            let url = format!("sqlite://{}?mode=rwc", path.display());
            let write = sqlite(&url, 1, WRITER_CACHE).await?;
            check_sqlite(&write).await?;
            let read = sqlite(&url, 4, READER_CACHE).await?;
            Ok(Store { engine: Engine::Sqlite, read, write })
        }
        Place::Postgres(url) => {
            let both = postgres(url, 8).await?;
            check_postgres(&both).await?;
            Ok(Store { engine: Engine::Postgres, read: both.clone(), write: both })
        }
    }
}

/// Whether our tables are there. The first of them is the list of schema changes.
pub(crate) async fn is_founded(place: &Place) -> Result<bool, StoreError> {
    match place {
        Place::File(path) => Ok(std::fs::metadata(path).is_ok_and(|file| file.len() > 0)),
        Place::Postgres(url) => {
            let connection = postgres(url, 1).await?;
            let sql =
                "SELECT CASE WHEN to_regclass('_sqlx_migrations') IS NULL THEN 'no' ELSE 'yes' END";
            let answer = stated(&connection, sql).await;
            connection.close().await?;
            Ok(answer? == "yes")
        }
    }
}

async fn postgres(url: &str, connections: u32) -> Result<DatabaseConnection, StoreError> {
    let mut options = ConnectOptions::new(url);
    options.max_connections(connections).acquire_timeout(Duration::from_secs(15));
    options.sqlx_logging(false);
    Database::connect(options).await.map_err(StoreError::Unreachable)
}

/// Pages that the one writer keeps, in SQLite's way of saying KiB: what a large act touches, such as all
/// obligations of a year, should not go out and come back while it lasts.
const WRITER_CACHE: &str = "-65536";

/// The same for each reader.
const READER_CACHE: &str = "-16000";

/// So many statements each connection keeps prepared: there are some hundreds, and a page has a dozen.
const STATEMENTS: usize = 400;

async fn sqlite(
    url: &str,
    connections: u32,
    cache: &'static str,
) -> Result<DatabaseConnection, StoreError> {
    let mut options = ConnectOptions::new(url);
    options.max_connections(connections).min_connections(1);
    options.acquire_timeout(Duration::from_secs(15)).sqlx_logging(false);
    // A file does not hang up: asking each time whether it is still there costs as much as a small question.
    options.test_before_acquire(false);
    options.map_sqlx_sqlite_opts(move |options| {
        options
            .statement_cache_capacity(STATEMENTS)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full)
            .foreign_keys(true)
            .busy_timeout(BUSY)
            .pragma("cache_size", cache)
            // What is destroyed leaves nothing behind in the file (GB/T 22239-2019 剩余信息保护).
            .pragma("secure_delete", "ON")
    });
    Database::connect(options).await.map_err(StoreError::Unreachable)
}

/// One value that the engine states about itself.
async fn stated(connection: &DatabaseConnection, sql: &str) -> Result<String, StoreError> {
    let statement = Statement::from_string(connection.get_database_backend(), sql.to_owned());
    let row = connection.query_one_raw(statement).await?.ok_or(StoreError::Silent)?;
    row.try_get_by_index::<String>(0)
        .or_else(|_| row.try_get_by_index::<i64>(0).map(|n| n.to_string()))
        .or_else(|_| row.try_get_by_index::<i32>(0).map(|n| n.to_string()))
        .map_err(StoreError::from)
}

async fn check_sqlite(connection: &DatabaseConnection) -> Result<(), StoreError> {
    let version = stated(connection, "SELECT sqlite_version()").await?;
    if !recent_enough(&version) {
        return Err(StoreError::OldSqlite(version));
    }
    for (sql, wanted) in
        [("PRAGMA journal_mode", "wal"), ("PRAGMA synchronous", "2"), ("PRAGMA foreign_keys", "1")]
    {
        let found = stated(connection, sql).await?;
        if found != wanted {
            return Err(StoreError::Setting { name: sql, found, wanted });
        }
    }
    Ok(())
}

async fn check_postgres(connection: &DatabaseConnection) -> Result<(), StoreError> {
    // A throw-away test cluster may run without fsync; it says so itself by this name.
    let name = stated(connection, "SELECT current_setting('application_name')").await?;
    if name == "gongkai-throwaway" {
        return Ok(());
    }
    for sql in [
        "SELECT current_setting('fsync')",
        "SELECT current_setting('synchronous_commit')",
        "SELECT current_setting('full_page_writes')",
    ] {
        let found = stated(connection, sql).await?;
        if found != "on" {
            return Err(StoreError::Setting { name: sql, found, wanted: "on" });
        }
    }
    Ok(())
}

fn recent_enough(version: &str) -> bool {
    let mut parts = version.split('.').map(|part| part.parse::<u32>().unwrap_or(0));
    let mut next = || parts.next().unwrap_or(0);
    (next(), next(), next()) >= OLDEST_SQLITE
}

#[cfg(test)]
mod tests {
    use super::recent_enough;

    #[test]
    fn a_sqlite_that_can_lose_commits_is_refused() {
        for (version, fits) in [
            ("3.40.1", false),
            ("3.51.2", false),
            ("3.51.3", true),
            ("3.52.0", true),
            ("4.0.0", true),
        ] {
            assert_eq!(recent_enough(version), fits, "{version}");
        }
    }
}
