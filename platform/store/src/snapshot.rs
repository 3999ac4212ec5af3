//! A whole copy of an SQLite database while others write to it, and looking at such a copy without
//! changing a byte of it.
//!
//! `VACUUM INTO` reads in one transaction: the copy is the database as it was at one moment, with every
//! commit before it and none after, however long the copying takes and whoever writes meanwhile. It holds
//! no free pages, so what was destroyed is not in it.

use std::path::Path;

use sea_orm::sqlx::sqlite::SqliteConnectOptions;
use sea_orm::sqlx::{ConnectOptions as _, Connection, SqliteConnection};
use sea_orm::{ConnectOptions, ConnectionTrait, Database, DatabaseConnection, Statement};

use crate::{Engine, Store, StoreError, private};

/// Copies a database file into a new one, as it is at one moment. Neither is given a newer schema.
///
/// # Errors
/// There is no such database, the copy's place is taken or cannot be written, or the engine refuses.
pub async fn copy(from: &Path, to: &Path) -> Result<(), StoreError> {
    // The name goes to the engine as a value: nothing in it can be taken for SQL.
    let options = SqliteConnectOptions::new()
        .filename(from)
        .create_if_missing(false)
        .busy_timeout(std::time::Duration::from_secs(30))
        .disable_statement_logging();
    let mut connection =
        SqliteConnection::connect_with(&options).await.map_err(|error| unreachable(&error))?;
    // The engine takes an empty file for its copy, and leaves its mode as it is.
    if let Err(error) = private::file(to) {
        connection.close().await.ok();
        return Err(StoreError::Folder { path: to.to_owned(), cause: error });
    }
    let copied = sea_orm::sqlx::query("VACUUM INTO ?1")
        .bind(to.to_string_lossy().into_owned())
        .execute(&mut connection)
        .await;
    let closed = connection.close().await;
    copied.map_err(|error| refused(&error))?;
    closed.map_err(|error| refused(&error))
}

impl Store {
    /// Opens a database file that nobody writes to, for reading alone: not a byte of it is changed, and
    /// its schema stays as old as it is.
    ///
    /// # Errors
    /// There is no such file, or it is no database.
    pub async fn as_it_lies(file: &Path) -> Result<Self, StoreError> {
        let mut options = ConnectOptions::new("sqlite::memory:");
        options.max_connections(1).sqlx_logging(false);
        let file = file.to_owned();
        options.map_sqlx_sqlite_opts(move |_| {
            SqliteConnectOptions::new()
                .filename(&file)
                .create_if_missing(false)
                .read_only(true)
                .immutable(true)
                .disable_statement_logging()
        });
        let read = Database::connect(options).await.map_err(StoreError::Unreachable)?;
        Ok(Self { engine: Engine::Sqlite, write: read.clone(), read })
    }

    /// What the engine finds wrong with the file itself: pages, indexes, references between rows. Empty
    /// where all is sound.
    ///
    /// # Errors
    /// The engine cannot read the file at all.
    pub async fn faults_of_file(&self) -> Result<Vec<String>, StoreError> {
        let mut faults = said(&self.read, "PRAGMA integrity_check(20)").await?;
        faults.retain(|words| words != "ok");
        let rows = rows(&self.read, "PRAGMA foreign_key_check").await?;
        for row in rows.iter().take(20) {
            let table: String = row.try_get_by_index(0)?;
            let parent: String = row.try_get_by_index(2)?;
            faults.push(format!("表 {table} 有一行指向 {parent} 里没有的行"));
        }
        Ok(faults)
    }

    /// The number of the newest schema change that was made here; 0 where there was none.
    ///
    /// # Errors
    /// The engine cannot read the file.
    pub async fn schema(&self) -> Result<i64, StoreError> {
        let sql = "SELECT CAST(COALESCE(MAX(version), 0) AS BIGINT) FROM _sqlx_migrations";
        let rows = rows(&self.read, sql).await?;
        let row = rows.first().ok_or(StoreError::Silent)?;
        Ok(row.try_get_by_index::<i64>(0)?)
    }

    /// Closes every connection, so that all that was written is in the one file.
    ///
    /// # Errors
    /// The engine could not write it down.
    pub async fn close(self) -> Result<(), StoreError> {
        // The writer last: it is the last connection that empties the log beside the file.
        self.read.close().await?;
        Ok(self.write.close().await?)
    }
}

async fn rows(
    connection: &DatabaseConnection,
    sql: &str,
) -> Result<Vec<sea_orm::QueryResult>, StoreError> {
    let statement = Statement::from_string(connection.get_database_backend(), sql.to_owned());
    Ok(connection.query_all_raw(statement).await?)
}

async fn said(connection: &DatabaseConnection, sql: &str) -> Result<Vec<String>, StoreError> {
    let rows = rows(connection, sql).await?;
    rows.iter().map(|row| row.try_get_by_index::<String>(0).map_err(StoreError::from)).collect()
}

fn unreachable(error: &sea_orm::sqlx::Error) -> StoreError {
    StoreError::Unreachable(sea_orm::DbErr::Custom(error.to_string()))
}

fn refused(error: &sea_orm::sqlx::Error) -> StoreError {
    StoreError::Refused(sea_orm::DbErr::Custom(error.to_string()))
}
