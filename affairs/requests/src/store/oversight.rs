//! 监督: how the requests of other organs stand, told without a title, a text or a name (条例第四十七条).

use law::Date;
use store::{FromQueryResult, Statements, StoreError};

use super::CaseError;
use super::filings::{COLUMNS, Filing, Row};

/// How many requests of an organ stand how.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub struct OrganTally {
    /// The organ, by code.
    pub organ: String,
    /// Open ones.
    pub open: i64,
    /// Waiting to be confirmed.
    pub unconfirmed: i64,
    /// Running, and the last day is past.
    pub overdue: i64,
    /// Standing still.
    pub stopped: i64,
    /// Closed ones.
    pub closed: i64,
}

impl OrganTally {
    /// The tallies of all organs that were ever asked; whoever shows them asks the access policy of each.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn all(from: &impl Statements, today: Date) -> Result<Vec<Self>, StoreError> {
        let count = |what: &str| {
            format!("CAST(COALESCE(SUM(CASE WHEN {what} THEN 1 ELSE 0 END), 0) AS BIGINT)")
        };
        let sql = format!(
            "SELECT organ, {} AS open, {} AS unconfirmed, {} AS overdue, {} AS stopped, {} AS closed
               FROM request GROUP BY organ ORDER BY organ",
            count("open = 1"),
            count("state = 'unconfirmed'"),
            count("state = 'running' AND due_on < $1"),
            count("state IN ('opinion', 'correction', 'payment')"),
            count("open = 0"),
        );
        from.all(&sql, vec![today.to_string().into()]).await
    }
}

impl Filing {
    /// A request whosever it is, for whoever watches over organs; its reader asks the access policy.
    ///
    /// # Errors
    /// The database refuses, or a row cannot be read.
    pub async fn of_any(from: &impl Statements, id: &str) -> Result<Option<Self>, CaseError> {
        let sql = format!("SELECT {COLUMNS} FROM request r WHERE r.id = $1");
        let row: Option<Row> = from.one(&sql, vec![id.into()]).await?;
        row.map(Row::filing).transpose()
    }
}
