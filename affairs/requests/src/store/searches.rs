//! 检索记录 and 业务科室的意见: what was looked for, and what the units say.

use requests_rules::SearchRecord;
use store::{FromQueryResult, Statements, StoreError, Transaction};

use super::writing::{self, Columns};

/// A search that was recorded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptSearch {
    /// Its key.
    pub id: String,
    /// Where, with which words, by whom, when, with what result.
    pub record: SearchRecord,
    /// Who wrote it down.
    pub name: String,
    /// When, as stored.
    pub recorded_at: String,
}

/// What a unit says to a request.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub struct Advice {
    /// Its key.
    pub id: String,
    /// What it says.
    pub words: String,
    /// By whom.
    pub name: String,
    /// 科室.
    pub unit: String,
    /// When, as stored.
    pub recorded_at: String,
}

#[derive(FromQueryResult)]
struct Row {
    id: String,
    record: String,
    name: String,
    recorded_at: String,
}

impl KeptSearch {
    /// The searches for a request, the oldest first.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn of(from: &impl Statements, request: &str) -> Result<Vec<Self>, StoreError> {
        let sql = "SELECT id, record, name, recorded_at FROM request_search
                    WHERE request = $1 ORDER BY id";
        let rows: Vec<Row> = from.all(sql, vec![request.into()]).await?;
        let kept = |row: Row| {
            let record = serde_json::from_str(&row.record).ok()?;
            Some(Self { record, id: row.id, name: row.name, recorded_at: row.recorded_at })
        };
        Ok(rows.into_iter().filter_map(kept).collect())
    }

    pub(crate) async fn add(
        &self,
        change: &Transaction,
        (request, person): (&str, &str),
    ) -> Result<(), StoreError> {
        let columns: Columns = vec![
            ("id", self.id.clone().into()),
            ("request", request.into()),
            ("record", serde_json::json!(self.record).to_string().into()),
            ("person", person.into()),
            ("name", self.name.clone().into()),
            ("recorded_at", self.recorded_at.clone().into()),
        ];
        writing::add(change, "request_search", columns).await
    }
}

impl Advice {
    /// What the units said to a request, the oldest first.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn of(from: &impl Statements, request: &str) -> Result<Vec<Self>, StoreError> {
        let sql = "SELECT id, words, name, unit, recorded_at FROM request_advice
                    WHERE request = $1 ORDER BY id";
        from.all(sql, vec![request.into()]).await
    }

    pub(crate) async fn add(
        &self,
        change: &Transaction,
        (request, person): (&str, &str),
    ) -> Result<(), StoreError> {
        let columns: Columns = vec![
            ("id", self.id.clone().into()),
            ("request", request.into()),
            ("words", self.words.clone().into()),
            ("person", person.into()),
            ("name", self.name.clone().into()),
            ("unit", self.unit.clone().into()),
            ("recorded_at", self.recorded_at.clone().into()),
        ];
        writing::add(change, "request_advice", columns).await
    }
}
