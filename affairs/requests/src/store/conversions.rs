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
    /// When the draft that was begun out of it was thrown away: it may be turned anew.
    pub dropped_on: Option<Date>,
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
    dropped_on: Option<String>,
}

const SELECT: &str = "SELECT id, organ, source, request, title, reason, name, decided_on, record, \
                      published_on, dropped_on FROM request_conversion";

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

    async fn add(&self, change: &Transaction, by: &Signatory) -> Result<(), StoreError> {
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

    /// Adds it, or turns the same request anew at a moment; `false` where another has done so.
    pub(crate) async fn add_or_begin_anew(
        &self,
        change: &Transaction,
        by: &Signatory,
        anew: Option<&str>,
    ) -> Result<bool, StoreError> {
        match anew {
            Some(at) => self.begin_anew(change, by, at).await,
            None => self.add(change, by).await.map(|()| true),
        }
    }

    /// Whether its draft was thrown away before anything was published.
    pub const fn may_begin_anew(&self) -> bool {
        self.dropped_on.is_some() && self.published.is_none()
    }

    /// Turns the same request anew, once the draft begun before was thrown away; `false` where it was not.
    async fn begin_anew(
        &self,
        change: &Transaction,
        by: &Signatory,
        at: &str,
    ) -> Result<bool, StoreError> {
        let sql = "UPDATE request_conversion SET id = $1, source = $2, title = $3, reason = $4,
                          person = $5, name = $6, decided_on = $7, dropped_on = NULL,
                          begun_anew_at = $8
                    WHERE request = $9 AND dropped_on IS NOT NULL AND record IS NULL";
        let values = vec![
            self.id.clone().into(),
            self.source.clone().into(),
            self.title.clone().into(),
            self.reason.clone().into(),
            by.person.clone().into(),
            self.name.clone().into(),
            self.decided_on.to_string().into(),
            at.into(),
            self.request.clone().into(),
        ];
        Ok(change.run(sql, values).await? == 1)
    }

    /// Keeps that the draft begun out of a source was thrown away at a moment; heard twice, or when another was
    /// begun meanwhile, it changes nothing.
    pub(crate) async fn dropped(
        change: &Transaction,
        source: &str,
        (on, at): (Date, &str),
    ) -> Result<(), StoreError> {
        let sql = "UPDATE request_conversion SET dropped_on = $1
                    WHERE source = $2 AND record IS NULL AND dropped_on IS NULL
                      AND (begun_anew_at IS NULL OR begun_anew_at < $3)";
        let values = vec![on.to_string().into(), source.into(), at.into()];
        change.run(sql, values).await.map(|_| ())
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
            dropped_on: day(&self.dropped_on),
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
