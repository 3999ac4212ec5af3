//! 转主动公开 (条例第四十四条): what was given on request and becomes a 公开答复, and the record it became.

use law::Date;
use review::Signatory;
use store::{FromQueryResult, Statements, StoreError, Transaction};

use super::writing::{self, Columns, day, known_day};

/// Something that becomes public because it was asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Conversion {
    /// Its key.
    pub id: String,
    /// The organ.
    pub organ: String,
    /// What it came of: `request:…`, `several:…`, `suggestion:…`.
    pub source: String,
    /// The request, where one is known.
    pub request: Option<String>,
    /// What is to be published.
    pub title: String,
    /// Why.
    pub reason: String,
    /// Who decided it, the name.
    pub name: String,
    /// When.
    pub decided_on: Date,
    /// The record it became, and since when that is public.
    pub published: Option<(String, Date)>,
}

#[derive(FromQueryResult)]
struct Row {
    id: String,
    organ: String,
    source: String,
    request: Option<String>,
    title: String,
    reason: String,
    name: String,
    decided_on: String,
    record: Option<String>,
    published_on: Option<String>,
}

const SELECT: &str = "SELECT id, organ, source, request, title, reason, name, decided_on, record, \
                      published_on FROM request_conversion";

impl Conversion {
    /// What a request became.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn of_request(
        from: &impl Statements,
        request: &str,
    ) -> Result<Option<Self>, StoreError> {
        let sql = format!("{SELECT} WHERE request = $1");
        let row: Option<Row> = from.one(&sql, vec![request.into()]).await?;
        Ok(row.map(Row::conversion))
    }

    /// An organ's, the newest first.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn of_organ(from: &impl Statements, organ: &str) -> Result<Vec<Self>, StoreError> {
        let sql = format!("{SELECT} WHERE organ = $1 ORDER BY id DESC LIMIT 200");
        let rows: Vec<Row> = from.all(&sql, vec![organ.into()]).await?;
        Ok(rows.into_iter().map(Row::conversion).collect())
    }

    pub(crate) async fn add(&self, change: &Transaction, by: &Signatory) -> Result<(), StoreError> {
        let columns: Columns = vec![
            ("id", self.id.clone().into()),
            ("organ", self.organ.clone().into()),
            ("source", self.source.clone().into()),
            ("request", self.request.clone().into()),
            ("title", self.title.clone().into()),
            ("reason", self.reason.clone().into()),
            ("person", by.person.clone().into()),
            ("name", self.name.clone().into()),
            ("decided_on", self.decided_on.to_string().into()),
        ];
        writing::add(change, "request_conversion", columns).await
    }

    /// Keeps the record that came of a source; heard twice it changes nothing.
    pub(crate) async fn publish(
        change: &Transaction,
        source: &str,
        (record, on): (&str, Date),
    ) -> Result<(), StoreError> {
        let sql = "UPDATE request_conversion SET record = $1, published_on = $2
                    WHERE source = $3 AND record IS NULL";
        let values = vec![record.into(), on.to_string().into(), source.into()];
        change.run(sql, values).await.map(|_| ())
    }
}

impl Row {
    fn conversion(self) -> Conversion {
        Conversion {
            decided_on: known_day(&self.decided_on),
            published: self.record.zip(day(&self.published_on)),
            id: self.id,
            organ: self.organ,
            source: self.source,
            request: self.request,
            title: self.title,
            reason: self.reason,
            name: self.name,
        }
    }
}
