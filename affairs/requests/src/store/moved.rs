//! 期限变动: each due day that moved when an arrangement of holidays came; and who looked at who asked.

use law::{Counted, Date};
use store::{FromQueryResult, Statements, StoreError, Transaction};

use super::writing::{self, Columns, day, stored};

/// A due day that moved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DueMoved {
    /// The request.
    pub request: String,
    /// As it was.
    pub before: Option<Counted>,
    /// As it is.
    pub after: Option<Counted>,
    /// When that was counted, as stored.
    pub moved_at: String,
}

/// Somebody looked at who asked.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub struct Looked {
    /// Who, the name.
    pub name: String,
    /// Why.
    pub reason: String,
    /// When, as stored.
    pub looked_at: String,
}

#[derive(FromQueryResult)]
struct Row {
    request: String,
    moved_at: String,
    before_on: Option<String>,
    before_provisional: i64,
    after_on: Option<String>,
    after_provisional: i64,
}

impl DueMoved {
    /// How the last day of a request moved, the earliest first.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn of(from: &impl Statements, request: &str) -> Result<Vec<Self>, StoreError> {
        let sql =
            "SELECT request, moved_at, before_on, before_provisional, after_on, after_provisional
                     FROM request_moved WHERE request = $1 ORDER BY id";
        let rows: Vec<Row> = from.all(sql, vec![request.into()]).await?;
        Ok(rows.into_iter().map(Row::moved).collect())
    }

    /// Keeps them all, with the entry of the ledger that brought the arrangement.
    pub(crate) async fn keep_all(
        change: &Transaction,
        cause: &str,
        moved: Vec<Self>,
    ) -> Result<(), StoreError> {
        let flag = |day: Option<Counted>| i64::from(day.is_some_and(|day| day.provisional)).into();
        let row = |one: Self| {
            vec![
                writing::new_key().into(),
                one.request.into(),
                cause.into(),
                one.moved_at.into(),
                stored(one.before.map(|day| day.date)),
                flag(one.before),
                stored(one.after.map(|day| day.date)),
                flag(one.after),
            ]
        };
        let columns = [
            "id",
            "request",
            "cause",
            "moved_at",
            "before_on",
            "before_provisional",
            "after_on",
            "after_provisional",
        ];
        change.insert("request_moved", &columns, moved.into_iter().map(row).collect()).await
    }
}

impl Looked {
    /// Who looked at who asked, the oldest first.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn of(from: &impl Statements, request: &str) -> Result<Vec<Self>, StoreError> {
        let sql =
            "SELECT name, reason, looked_at FROM request_looked WHERE request = $1 ORDER BY id";
        from.all(sql, vec![request.into()]).await
    }

    pub(crate) async fn add(
        &self,
        change: &Transaction,
        (request, person): (&str, &str),
    ) -> Result<(), StoreError> {
        let columns: Columns = vec![
            ("id", writing::new_key().into()),
            ("request", request.into()),
            ("person", person.into()),
            ("name", self.name.clone().into()),
            ("reason", self.reason.clone().into()),
            ("looked_at", self.looked_at.clone().into()),
        ];
        writing::add(change, "request_looked", columns).await
    }
}

impl Row {
    fn moved(self) -> DueMoved {
        let counted = |on: Option<Date>, provisional: i64| {
            on.map(|date| Counted { date, provisional: provisional != 0 })
        };
        DueMoved {
            before: counted(day(&self.before_on), self.before_provisional),
            after: counted(day(&self.after_on), self.after_provisional),
            request: self.request,
            moved_at: self.moved_at,
        }
    }
}
