//! Drafts that were begun because something was asked for (条例第四十四条).

use store::{FromQueryResult, Statements, StoreError, Transaction, Value};

/// A draft that was begun because something was asked for.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub struct ConvertedDraft {
    /// The draft.
    pub draft: String,
    /// What the act was done to that began it; tells no applicant.
    pub source: String,
    /// Where that is at the workbench; empty for nowhere.
    pub path: String,
    /// The provision.
    pub basis: String,
}

const SELECT: &str = "SELECT c.draft, c.source, c.path, c.basis FROM record_conversion c";

impl ConvertedDraft {
    /// The draft that was begun out of a source.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn of_source(
        from: &impl Statements,
        source: &str,
    ) -> Result<Option<Self>, StoreError> {
        from.one(&format!("{SELECT} WHERE c.source = $1"), vec![source.into()]).await
    }

    /// How a draft was begun; none where nobody asked.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn of_draft(from: &impl Statements, draft: &str) -> Result<Option<Self>, StoreError> {
        from.one(&format!("{SELECT} WHERE c.draft = $1"), vec![draft.into()]).await
    }

    /// The same of the draft that became a record.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn of_record(
        from: &impl Statements,
        record: &str,
    ) -> Result<Option<Self>, StoreError> {
        let sql = format!(
            "{SELECT} JOIN record_draft d ON d.id = c.draft
              WHERE d.record = $1 AND d.corrects IS NULL"
        );
        from.one(&sql, vec![record.into()]).await
    }

    /// Keeps how a draft was begun; `anew` in place of the one that was begun out of the same and thrown away.
    pub(crate) async fn keep(
        &self,
        change: &Transaction,
        at: &str,
        anew: bool,
    ) -> Result<(), StoreError> {
        if anew {
            let sql =
                "UPDATE record_conversion SET draft = $1, path = $2, basis = $3, begun_at = $4
                        WHERE source = $5";
            let values: Vec<Value> = vec![
                self.draft.clone().into(),
                self.path.clone().into(),
                self.basis.clone().into(),
                at.into(),
                self.source.clone().into(),
            ];
            return change.run(sql, values).await.map(|_| ());
        }
        let columns = ["draft", "source", "path", "basis", "begun_at"];
        let values: Vec<Value> = vec![
            self.draft.clone().into(),
            self.source.clone().into(),
            self.path.clone().into(),
            self.basis.clone().into(),
            at.into(),
        ];
        change.insert("record_conversion", &columns, vec![values]).await
    }
}
