//! 催报: reminders of reports that are due.

use law::Date;
use store::{FromQueryResult, Statements, StoreError, Transaction};

/// An organ was reminded.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub struct Reminder {
    /// Who was reminded.
    pub organ: String,
    /// Who reminded, by name.
    pub by_organ_name: String,
    /// The day, as stored.
    pub reminded_on: String,
}

const SELECT: &str = "
SELECT m.organ, o.name AS by_organ_name, m.reminded_on
  FROM annual_report_reminder m JOIN organ o ON o.code = m.by_organ";

impl Reminder {
    /// Those of a year, the newest last.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn on(from: &impl Statements, year: i16) -> Result<Vec<Self>, StoreError> {
        let sql = format!("{SELECT} WHERE m.year = $1 ORDER BY m.id");
        from.all(&sql, vec![i64::from(year).into()]).await
    }

    /// The newest one an organ had for a year.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn newest(
        from: &impl Statements,
        organ: &str,
        year: i16,
    ) -> Result<Option<Self>, StoreError> {
        let sql = format!("{SELECT} WHERE m.organ = $1 AND m.year = $2 ORDER BY m.id DESC LIMIT 1");
        from.one(&sql, vec![organ.into(), i64::from(year).into()]).await
    }

    pub(crate) async fn add(
        change: &Transaction,
        (organ, year): (&str, i16),
        (by_organ, by_name): (&str, &str),
        on: Date,
    ) -> Result<(), StoreError> {
        let row = vec![
            uuid::Uuid::now_v7().to_string().into(),
            organ.into(),
            i64::from(year).into(),
            by_organ.into(),
            by_name.into(),
            on.to_string().into(),
        ];
        let columns = ["id", "organ", "year", "by_organ", "by_name", "reminded_on"];
        change.insert("annual_report_reminder", &columns, vec![row]).await
    }
}
