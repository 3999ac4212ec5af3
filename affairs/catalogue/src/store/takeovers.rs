//! 承接: what a version decided on each row of the catalogue above.

use catalogue_rules::{Column, Treatment};
use store::{FromQueryResult, Statements, StoreError, Transaction, Value};

use super::Version;

/// What a version decided on one row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TakenRow {
    /// The row's key.
    pub item: String,
    /// The decision.
    pub treatment: Treatment,
    /// The version above against which it was decided; `None` for a row that is not there.
    pub above: Option<String>,
}

#[derive(FromQueryResult)]
struct TakenRowRow {
    item: String,
    treatment: String,
    above: Option<String>,
    changed: String,
    reason: Option<String>,
}

impl From<TakenRowRow> for TakenRow {
    fn from(row: TakenRowRow) -> Self {
        let treatment = Self::decided(&row.treatment, &row.changed, row.reason);
        Self { item: row.item, treatment, above: row.above }
    }
}

const fn word(treatment: &Treatment) -> &'static str {
    match treatment {
        Treatment::AsIs => "as_is",
        Treatment::Refined { .. } => "refined",
        Treatment::NotApplicable { .. } => "not_applicable",
        Treatment::Added { .. } => "added",
    }
}

impl TakenRow {
    /// A decision as it is stored.
    pub(super) fn decided(word: &str, changed: &str, reason: Option<String>) -> Treatment {
        let changed: Vec<Column> = serde_json::from_str(changed).unwrap_or_default();
        match word {
            "refined" => Treatment::Refined { changed, reason },
            "not_applicable" => Treatment::NotApplicable { reason: reason.unwrap_or_default() },
            "added" => Treatment::Added { reason },
            _ => Treatment::AsIs,
        }
    }

    /// Everything a version decided, by key.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn all(from: &impl Statements, version: &str) -> Result<Vec<Self>, StoreError> {
        let sql = "SELECT item, treatment, above, changed, reason FROM catalogue_takeover
                    WHERE version = $1 ORDER BY item";
        let rows: Vec<TakenRowRow> = from.all(sql, vec![version.into()]).await?;
        Ok(rows.into_iter().map(Self::from).collect())
    }

    /// What a version decided on one row.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn find(
        from: &impl Statements,
        version: &str,
        item: &str,
    ) -> Result<Option<Self>, StoreError> {
        let sql = "SELECT item, treatment, above, changed, reason FROM catalogue_takeover
                    WHERE version = $1 AND item = $2";
        let row: Option<TakenRowRow> = from.one(sql, vec![version.into(), item.into()]).await?;
        Ok(row.map(Self::from))
    }

    /// Keeps what a draft decides, in place of what it had.
    ///
    /// # Errors
    /// The version is no draft, or the database refuses.
    pub async fn keep<'a>(
        change: &Transaction,
        version: &str,
        rows: impl IntoIterator<Item = &'a Self>,
    ) -> Result<(), StoreError> {
        Version::hold(change, version).await?;
        let gone = "DELETE FROM catalogue_takeover WHERE version = $1";
        change.run(gone, vec![version.into()]).await?;
        let columns = ["version", "item", "treatment", "above", "changed", "reason"];
        let rows = rows.into_iter().map(|row| row.values(version)).collect();
        change.insert("catalogue_takeover", &columns, rows).await
    }

    fn values(&self, version: &str) -> Vec<Value> {
        let changed: &[Column] = match &self.treatment {
            Treatment::Refined { changed, .. } => changed,
            _ => &[],
        };
        vec![
            version.into(),
            self.item.clone().into(),
            word(&self.treatment).into(),
            self.above.clone().into(),
            serde_json::json!(changed).to_string().into(),
            self.treatment.reason().map(str::to_owned).into(),
        ]
    }
}
