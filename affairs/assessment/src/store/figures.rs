//! What a count tells of each organ and of each place.

use std::collections::HashMap;

use assessment_rules::Figures;
use store::{FromQueryResult, Statements, StoreError, Transaction, Value};

/// Of what something is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ScopeKind {
    /// An organ.
    Organ,
    /// A division with all organs in it.
    Division,
}

/// What is told of an organ or a place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// The organ's code, or the division's.
    pub scope: String,
    /// Which of the two.
    pub kind: ScopeKind,
    /// The organ's division, or itself.
    pub division: String,
    /// What it was called when it was counted.
    pub name: String,
    /// The numbers.
    pub figures: Figures,
}

#[derive(FromQueryResult)]
struct LineRow {
    counted: String,
    scope: String,
    kind: String,
    division: String,
    name: String,
    body: String,
}

impl ScopeKind {
    /// The word it is stored by.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Organ => "organ",
            Self::Division => "division",
        }
    }
}

impl LineRow {
    fn line(self) -> Line {
        let kind = if self.kind == "organ" { ScopeKind::Organ } else { ScopeKind::Division };
        Line {
            figures: serde_json::from_str(&self.body).unwrap_or_default(),
            scope: self.scope,
            kind,
            division: self.division,
            name: self.name,
        }
    }
}

impl Line {
    /// All of one kind within a range of divisions, as a count tells them.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn within(
        from: &impl Statements,
        counted: &str,
        kind: ScopeKind,
        (low, high): (&str, &str),
    ) -> Result<Vec<Self>, StoreError> {
        let sql = "SELECT counted, scope, kind, division, name, body FROM quality_figure
                    WHERE counted = $1 AND kind = $2 AND division BETWEEN $3 AND $4 ORDER BY scope";
        let values = vec![counted.into(), kind.word().into(), low.into(), high.into()];
        let rows: Vec<LineRow> = from.all(sql, values).await?;
        Ok(rows.into_iter().map(LineRow::line).collect())
    }

    /// Everything a count tells.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn all(from: &impl Statements, counted: &str) -> Result<Vec<Self>, StoreError> {
        let sql = "SELECT counted, scope, kind, division, name, body FROM quality_figure
                    WHERE counted = $1 ORDER BY scope";
        let rows: Vec<LineRow> = from.all(sql, vec![counted.into()]).await?;
        Ok(rows.into_iter().map(LineRow::line).collect())
    }

    /// One scope over several counts, by count.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn over(
        from: &impl Statements,
        counts: &[&str],
        scope: &str,
    ) -> Result<HashMap<String, Self>, StoreError> {
        if counts.is_empty() {
            return Ok(HashMap::new());
        }
        let marks: Vec<String> = (0..counts.len()).map(|at| format!("${}", at + 2)).collect();
        let sql = format!(
            "SELECT counted, scope, kind, division, name, body FROM quality_figure
              WHERE scope = $1 AND counted IN ({})",
            marks.join(", ")
        );
        let values = [scope].into_iter().chain(counts.iter().copied()).map(Value::from).collect();
        let rows: Vec<LineRow> = from.all(&sql, values).await?;
        Ok(rows.into_iter().map(|row| (row.counted.clone(), row.line())).collect())
    }

    pub(super) async fn keep(
        change: &Transaction,
        counted: &str,
        lines: &[Self],
    ) -> Result<(), StoreError> {
        let row = |line: &Self| {
            let body = serde_json::to_string(&line.figures).unwrap_or_default();
            let own = [counted, &line.scope, line.kind.word(), &line.division, &line.name, &body];
            own.into_iter().map(Value::from).collect()
        };
        let columns = ["counted", "scope", "kind", "division", "name", "body"];
        change.insert("quality_figure", &columns, lines.iter().map(row).collect()).await
    }
}
