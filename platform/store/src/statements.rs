//! Putting a statement to the database and taking its rows.

use std::future::Future;

use sea_orm::{ConnectionTrait, DatabaseExecutor, FromQueryResult, QueryResult, Statement, Value};

use crate::StoreError;

/// Whatever rows can be asked of: the store, or a transaction in it.
pub trait Statements: Sync {
    /// The connection behind it.
    fn connection(&self) -> &impl ConnectionTrait;

    /// All rows of a query.
    ///
    /// # Errors
    /// The engine refuses the statement or a row does not fit `R`.
    fn all<R: FromQueryResult + Send>(
        &self,
        sql: &str,
        values: Vec<Value>,
    ) -> impl Future<Output = Result<Vec<R>, StoreError>> + Send {
        async move {
            let connection = self.connection();
            let rows = connection.query_all_raw(statement(connection, sql, values)).await?;
            rows.iter().map(|row| R::from_query_result(row, "").map_err(StoreError::from)).collect()
        }
    }

    /// The first row of a query, if there is one.
    ///
    /// # Errors
    /// The engine refuses the statement or the row does not fit `R`.
    fn one<R: FromQueryResult + Send>(
        &self,
        sql: &str,
        values: Vec<Value>,
    ) -> impl Future<Output = Result<Option<R>, StoreError>> + Send {
        async move {
            let row = first(self.connection(), sql, values).await?;
            row.map(|row| R::from_query_result(&row, "").map_err(StoreError::from)).transpose()
        }
    }

    /// The first column of the first row, a number.
    ///
    /// # Errors
    /// The engine refuses the statement or the column is no number.
    fn number(
        &self,
        sql: &str,
        values: Vec<Value>,
    ) -> impl Future<Output = Result<Option<i64>, StoreError>> + Send {
        async move {
            let row = first(self.connection(), sql, values).await?;
            row.map(|row| row.try_get_by_index::<i64>(0).map_err(StoreError::from)).transpose()
        }
    }
}

/// A view of the rows, of the store as it stands or from within a transaction: for a function that is
/// handed over by address and must serve both.
#[derive(Debug)]
pub struct Reading<'a>(pub(crate) DatabaseExecutor<'a>);

impl Statements for Reading<'_> {
    fn connection(&self) -> &impl ConnectionTrait {
        &self.0
    }
}

fn statement(connection: &impl ConnectionTrait, sql: &str, values: Vec<Value>) -> Statement {
    Statement::from_sql_and_values(connection.get_database_backend(), sql, values)
}

async fn first(
    connection: &impl ConnectionTrait,
    sql: &str,
    values: Vec<Value>,
) -> Result<Option<QueryResult>, StoreError> {
    Ok(connection.query_one_raw(statement(connection, sql, values)).await?)
}
