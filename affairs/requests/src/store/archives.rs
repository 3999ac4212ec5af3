//! 归档 and 依法保全.

use law::Date;
use records_rules::Retention;
use requests_rules::FilePiece;
use review::Signatory;
use serde::{Deserialize, Serialize};
use store::{FromQueryResult, Statements, StoreError, Transaction};

use super::CaseError;
use super::filings::{COLUMNS, Filing, Row};
use super::writing::{self, Columns, day, known_day, parsed, read, word};

/// A piece of the list with which a file was archived.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ArchivedPiece {
    /// Which.
    pub piece: FilePiece,
    /// What of it is there: numbers of letters, keys of files and records.
    pub holds: Vec<String>,
    /// The same as people read it, in the same order; empty in lists that were closed before it was kept.
    #[serde(default)]
    pub entries: Vec<ArchivedEntry>,
}

/// A line of the list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ArchivedEntry {
    /// What it is.
    pub title: String,
    /// Its number; empty where it has none.
    pub number: String,
    /// Its day.
    pub on: Date,
    /// Its pages; none of a record that is kept electronically alone, and where they cannot be told.
    pub pages: Option<u32>,
}

/// 归档: the list as the file was closed with it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Archive {
    /// The day.
    pub archived_on: Date,
    /// 保管期限.
    pub retention: Retention,
    /// The list.
    pub pieces: Vec<ArchivedPiece>,
    /// Who archived it.
    pub name: String,
}

/// 依法保全 of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hold {
    /// Its key.
    pub id: String,
    /// Why.
    pub reason: String,
    /// Since when.
    pub placed_on: Date,
    /// By whom, the name.
    pub placed_name: String,
    /// Until when; none while it stands.
    pub lifted_on: Option<Date>,
    /// Why it was lifted.
    pub lifted_reason: String,
}

#[derive(FromQueryResult)]
struct ArchiveRow {
    archived_on: String,
    retention: String,
    pieces: String,
    name: String,
}

#[derive(FromQueryResult)]
struct HoldRow {
    id: String,
    reason: String,
    placed_on: String,
    placed_name: String,
    lifted_on: Option<String>,
    lifted_reason: String,
}

impl Archive {
    /// The archive list of a request, once it is archived.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn of(from: &impl Statements, request: &str) -> Result<Option<Self>, StoreError> {
        let sql =
            "SELECT archived_on, retention, pieces, name FROM request_archive WHERE request = $1";
        let row: Option<ArchiveRow> = from.one(sql, vec![request.into()]).await?;
        Ok(row.and_then(|row| {
            Some(Self {
                retention: read(&row.retention)?,
                archived_on: known_day(&row.archived_on),
                pieces: parsed(&row.pieces),
                name: row.name,
            })
        }))
    }

    /// The archived requests of an organ whose retention is over on a day, that still tell who asked and are not
    /// held, the earliest first. Remedies that are still open are told where one is proposed.
    ///
    /// # Errors
    /// The database refuses, or a row cannot be read.
    pub async fn over(
        from: &impl Statements,
        organ: &str,
        today: Date,
    ) -> Result<Vec<Filing>, CaseError> {
        let sql = format!(
            "SELECT {COLUMNS} FROM request r JOIN request_archive a ON a.request = r.id
              WHERE r.organ = $1 AND r.nameless_on IS NULL AND r.held = 0
                AND ((a.retention = $2 AND r.closed_on <= $3)
                  OR (a.retention = $4 AND r.closed_on <= $5))
              ORDER BY r.closed_on, r.id LIMIT 200"
        );
        let mut values = vec![organ.into()];
        for retention in [Retention::Ten, Retention::Thirty] {
            let year = retention.over_through(today).unwrap_or_default();
            values.extend([word(retention).into(), format!("{year:04}-12-31").into()]);
        }
        let rows: Vec<Row> = from.all(&sql, values).await?;
        rows.into_iter().map(Row::filing).collect()
    }

    pub(crate) async fn add(
        &self,
        change: &Transaction,
        (request, person): (&str, &str),
    ) -> Result<(), StoreError> {
        let columns: Columns = vec![
            ("request", request.into()),
            ("archived_on", self.archived_on.to_string().into()),
            ("retention", word(self.retention).into()),
            ("pieces", serde_json::json!(self.pieces).to_string().into()),
            ("person", person.into()),
            ("name", self.name.clone().into()),
        ];
        writing::add(change, "request_archive", columns).await
    }
}

impl Hold {
    /// The holds on a request, the oldest first.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn of(from: &impl Statements, request: &str) -> Result<Vec<Self>, StoreError> {
        let sql = "SELECT id, reason, placed_on, placed_name, lifted_on, lifted_reason
                     FROM request_hold WHERE request = $1 ORDER BY id";
        let rows: Vec<HoldRow> = from.all(sql, vec![request.into()]).await?;
        Ok(rows.into_iter().map(HoldRow::hold).collect())
    }

    pub(crate) async fn add(
        &self,
        change: &Transaction,
        (request, by): (&str, &Signatory),
    ) -> Result<(), StoreError> {
        let columns: Columns = vec![
            ("id", self.id.clone().into()),
            ("request", request.into()),
            ("reason", self.reason.clone().into()),
            ("placed_on", self.placed_on.to_string().into()),
            ("placed_by", by.person.clone().into()),
            ("placed_for", by.stands_in_for.clone().into()),
            ("placed_name", self.placed_name.clone().into()),
            ("lifted_reason", "".into()),
        ];
        writing::add(change, "request_hold", columns).await
    }

    /// Lifts it; `false` where it is lifted, or whoever lifts counts as whoever placed it: neither of the two
    /// persons may be the same (docs/readings/042).
    pub(crate) async fn lift(
        change: &Transaction,
        id: &str,
        by: &Signatory,
        (on, reason): (Date, &str),
    ) -> Result<bool, StoreError> {
        let sql = "UPDATE request_hold SET lifted_on = $1, lifted_by = $2, lifted_for = $3,
                          lifted_name = $4, lifted_reason = $5
                    WHERE id = $6 AND lifted_on IS NULL
                      AND placed_by NOT IN ($2, $7) AND COALESCE(placed_for, '') NOT IN ($2, $7)";
        let stands_in_for = by.stands_in_for.clone();
        let values = vec![
            on.to_string().into(),
            by.person.clone().into(),
            stands_in_for.clone().into(),
            by.name.clone().into(),
            reason.into(),
            id.into(),
            stands_in_for.unwrap_or_else(|| by.person.clone()).into(),
        ];
        Ok(change.run(sql, values).await? == 1)
    }
}

impl HoldRow {
    fn hold(self) -> Hold {
        Hold {
            placed_on: known_day(&self.placed_on),
            lifted_on: day(&self.lifted_on),
            id: self.id,
            reason: self.reason,
            placed_name: self.placed_name,
            lifted_reason: self.lifted_reason,
        }
    }
}
