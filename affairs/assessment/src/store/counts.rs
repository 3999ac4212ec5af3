//! Counts: which period, which version, up to when, fixed or not.

use assessment_rules::{Period, Standing};
use law::Date;
use store::{FromQueryResult, Statements, StoreError, Transaction, Value};

use super::{CaseLine, Line, ShelfLine};

/// A count of a period.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Count {
    /// Its key.
    pub id: String,
    /// The period.
    pub period: Period,
    /// From 1; beyond it 更正.
    pub version: i64,
    /// What happened up to this day is counted.
    pub known_on: Date,
    /// When, RFC 3339.
    pub counted_at: String,
    /// 已定稿.
    pub is_fixed: bool,
    /// The first period of its kind: there is nothing to compare it with.
    pub is_baseline: bool,
    /// SHA-256 of what it was counted from.
    pub digest: String,
    /// 更正说明; empty for the first version.
    pub note: String,
}

#[derive(FromQueryResult)]
struct CountRow {
    id: String,
    period: String,
    version: i64,
    known_on: String,
    counted_at: String,
    fixed: i64,
    baseline: i64,
    digest: String,
    note: String,
}

/// What a count is kept with.
#[derive(Debug, Clone, Default)]
pub struct Fresh {
    /// What is told of each scope.
    pub lines: Vec<Line>,
    /// What it was counted from.
    pub cases: Vec<CaseLine>,
    /// Of what 应公开覆盖率 and 更新率 were counted.
    pub shelves: Vec<ShelfLine>,
}

const COLUMNS: &str = "id, period, version, known_on, counted_at, fixed, baseline, digest, note";

impl CountRow {
    fn count(self) -> Option<Count> {
        Some(Count {
            period: Period::parse(&self.period).ok()?,
            known_on: self.known_on.parse().ok()?,
            id: self.id,
            version: self.version,
            counted_at: self.counted_at,
            is_fixed: self.fixed != 0,
            is_baseline: self.baseline != 0,
            digest: self.digest,
            note: self.note,
        })
    }
}

impl Count {
    /// How it stands.
    pub fn standing(&self) -> Standing {
        Standing { is_fixed: self.is_fixed, known: self.known_on }
    }

    /// All counts, the newest period and version first. There is one for each quarter and year, and one for each
    /// correction.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn all(from: &impl Statements) -> Result<Vec<Self>, StoreError> {
        let sql = format!("SELECT {COLUMNS} FROM quality_count ORDER BY period DESC, version DESC");
        let rows: Vec<CountRow> = from.all(&sql, vec![]).await?;
        Ok(rows.into_iter().filter_map(CountRow::count).collect())
    }

    /// The versions of one period, the newest first.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn of_period(
        from: &impl Statements,
        period: Period,
    ) -> Result<Vec<Self>, StoreError> {
        let sql =
            format!("SELECT {COLUMNS} FROM quality_count WHERE period = $1 ORDER BY version DESC");
        let rows: Vec<CountRow> = from.all(&sql, vec![period.key().into()]).await?;
        Ok(rows.into_iter().filter_map(CountRow::count).collect())
    }

    /// Takes away one that is not fixed, with all it was kept with.
    ///
    /// # Errors
    /// The database refuses, as it does where it is fixed.
    pub async fn drop(change: &Transaction, id: &str) -> Result<(), StoreError> {
        for sql in [
            "DELETE FROM quality_case WHERE counted = $1",
            "DELETE FROM quality_shelf WHERE counted = $1",
            "DELETE FROM quality_figure WHERE counted = $1",
            "DELETE FROM quality_count WHERE id = $1",
        ] {
            change.run(sql, vec![id.into()]).await?;
        }
        Ok(())
    }

    /// Keeps one; where it is fixed, nothing of it is changed from then on.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn keep(&self, change: &Transaction, fresh: Fresh) -> Result<(), StoreError> {
        let columns = [
            "id",
            "period",
            "version",
            "known_on",
            "counted_at",
            "fixed",
            "baseline",
            "digest",
            "note",
        ];
        let row: Vec<Value> = vec![
            self.id.clone().into(),
            self.period.key().into(),
            self.version.into(),
            self.known_on.to_string().into(),
            self.counted_at.clone().into(),
            0_i64.into(),
            i64::from(self.is_baseline).into(),
            self.digest.clone().into(),
            self.note.clone().into(),
        ];
        change.insert("quality_count", &columns, vec![row]).await?;
        Line::keep(change, &self.id, &fresh.lines).await?;
        CaseLine::keep(change, &self.id, fresh.cases).await?;
        ShelfLine::keep(change, &self.id, fresh.shelves).await?;
        if self.is_fixed {
            let sql = "UPDATE quality_count SET fixed = 1 WHERE id = $1";
            change.run(sql, vec![self.id.clone().into()]).await?;
        }
        Ok(())
    }
}
