//! A change to the database: all of it, or none.

use sea_orm::{
    ConnectionTrait, DatabaseConnection, DatabaseTransaction, SqliteTransactionMode, Statement,
    TransactionOptions, TransactionTrait, Value,
};

use crate::{Engine, Reading, Statements, StoreError};

/// How many values an engine is given in one statement: PostgreSQL takes 65,535, SQLite 32,766. More
/// in one make it no faster.
const fn most_values(engine: Engine) -> usize {
    match engine {
        Engine::Sqlite => 4_000,
        Engine::Postgres => 32_000,
    }
}

/// An open transaction. Dropped without [`Transaction::commit`], it leaves no trace.
#[derive(Debug)]
pub struct Transaction {
    inner: DatabaseTransaction,
    engine: Engine,
}

impl Transaction {
    pub(crate) async fn begin(
        connection: &DatabaseConnection,
        engine: Engine,
    ) -> Result<Self, StoreError> {
        // Another process may write too (a command beside the server): taking the write lock at
        // once avoids a refusal half-way.
        let options = TransactionOptions {
            sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate),
            ..Default::default()
        };
        let inner = connection.begin_with_options(options).await?;
        Ok(Self { inner, engine })
    }

    /// Which engine answers, for the few statements that have a twin.
    pub fn engine(&self) -> Engine {
        self.engine
    }

    /// The rows as this transaction sees them, for a function that also reads outside of one.
    pub fn reading(&self) -> Reading<'_> {
        Reading((&self.inner).into())
    }

    /// Runs one statement; says how many rows it touched.
    ///
    /// # Errors
    /// The engine refuses the statement.
    pub async fn run(&self, sql: &str, values: Vec<Value>) -> Result<u64, StoreError> {
        let statement = Statement::from_sql_and_values(self.engine.backend(), sql, values);
        Ok(self.inner.execute_raw(statement).await?.rows_affected())
    }

    /// Inserts many rows in as few statements as the engine allows.
    ///
    /// # Errors
    /// The engine refuses, or a row has not as many values as there are columns.
    pub async fn insert(
        &self,
        table: &'static str,
        columns: &[&'static str],
        rows: Vec<Vec<Value>>,
    ) -> Result<(), StoreError> {
        self.insert_with(table, columns, rows, "").await
    }

    /// Inserts many rows; where the first column's value is there already, the row is replaced.
    ///
    /// # Errors
    /// The engine refuses, or a row has not as many values as there are columns.
    pub async fn replace(
        &self,
        table: &'static str,
        columns: &[&'static str],
        rows: Vec<Vec<Value>>,
    ) -> Result<(), StoreError> {
        let Some((key, rest)) = columns.split_first() else { return Ok(()) };
        let news: Vec<_> = rest.iter().map(|name| format!("{name} = excluded.{name}")).collect();
        let clash = format!(" ON CONFLICT ({key}) DO UPDATE SET {}", news.join(", "));
        self.insert_with(table, columns, rows, &clash).await
    }

    async fn insert_with(
        &self,
        table: &'static str,
        columns: &[&'static str],
        rows: Vec<Vec<Value>>,
        clash: &str,
    ) -> Result<(), StoreError> {
        let width = columns.len().max(1);
        let most = (most_values(self.engine) / width).max(1);
        let text = |rows: usize| insert_text(self.engine, table, columns, rows) + clash;
        let whole = if rows.len() >= most { text(most) } else { String::new() };
        let mut rows = rows.into_iter().peekable();
        while rows.peek().is_some() {
            let batch: Vec<_> = rows.by_ref().take(most).collect();
            let rest = if batch.len() < most { Some(text(batch.len())) } else { None };
            let sql = rest.as_deref().unwrap_or(&whole);
            self.run(sql, batch.into_iter().flatten().collect()).await?;
        }
        Ok(())
    }

    /// The text `(…), (…)` of so many rows of values, for a statement whose only values these are.
    #[must_use]
    pub fn rows_text(&self, rows: usize, width: usize) -> String {
        marks(self.engine, rows, width)
    }

    /// Makes the change last.
    ///
    /// # Errors
    /// The engine could not write it down; nothing was changed.
    pub async fn commit(self) -> Result<(), StoreError> {
        Ok(self.inner.commit().await?)
    }
}

impl Statements for Transaction {
    fn connection(&self) -> &impl ConnectionTrait {
        &self.inner
    }
}

/// The statement for so many rows.
fn insert_text(engine: Engine, table: &str, columns: &[&str], rows: usize) -> String {
    let marks = marks(engine, rows, columns.len());
    format!("INSERT INTO {table} ({}) VALUES {marks}", columns.join(", "))
}

/// The places of the values of so many rows. To SQLite `$1` is a name, and names are looked up one after
/// another: time would grow with the square of the values, so there they are told by their places alone.
fn marks(engine: Engine, rows: usize, width: usize) -> String {
    let mark = |at: usize| match engine {
        Engine::Sqlite => "?".to_owned(),
        Engine::Postgres => format!("${at}"),
    };
    let row = |r: usize| {
        let marks: Vec<_> = (1..=width).map(|c| mark(r * width + c)).collect();
        format!("({})", marks.join(", "))
    };
    let rows: Vec<_> = (0..rows).map(row).collect();
    rows.join(", ")
}
