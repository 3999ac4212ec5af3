//! 待核对的工单表格: a table between being looked at and being taken in, sealed, for whoever sent it alone.

use secrets::{Place, Sealer};
use store::{FromQueryResult, Statements, StoreError, Transaction, Value};

use super::KeepError;

/// A table that waits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OrderTableKept {
    /// Its key.
    pub id: String,
    /// What it says.
    pub text: String,
    /// Until when it is kept, as stored.
    pub kept_until: String,
}

#[derive(FromQueryResult)]
struct Row {
    id: String,
    kept_until: String,
    sealed: String,
}

fn place(id: &str) -> Place<'_> {
    Place::new("suggestion_order_table", id, "sealed")
}

impl OrderTableKept {
    /// The one that a person sent for an organ, while it is kept.
    ///
    /// # Errors
    /// The keys cannot be used, or the database refuses.
    pub async fn find(
        from: &impl Statements,
        sealer: &Sealer,
        (organ, person): (&str, &str),
        (id, now): (&str, &str),
    ) -> Result<Option<Self>, KeepError> {
        let sql = "SELECT id, kept_until, sealed FROM suggestion_order_table
                    WHERE id = $1 AND organ = $2 AND person = $3 AND kept_until >= $4";
        let values: Vec<Value> = vec![id.into(), organ.into(), person.into(), now.into()];
        let row: Option<Row> = from.one(sql, values).await?;
        let Some(row) = row else { return Ok(None) };
        let text = sealer.open_text(place(&row.id), &row.sealed)?;
        Ok(Some(Self { text, id: row.id, kept_until: row.kept_until }))
    }

    /// Keeps one; what the same person sent for the organ before falls away.
    pub(crate) async fn add(
        change: &Transaction,
        sealer: &Sealer,
        (organ, person): (&str, &str),
        (text, kept_until): (&str, &str),
    ) -> Result<String, KeepError> {
        let sql = "DELETE FROM suggestion_order_table WHERE organ = $1 AND person = $2";
        change.run(sql, vec![organ.into(), person.into()]).await?;
        let id = uuid::Uuid::now_v7().to_string();
        let sealed = sealer.seal_text(place(&id), text)?;
        let columns = ["id", "organ", "person", "kept_until", "sealed"];
        let row: Vec<Value> =
            vec![id.clone().into(), organ.into(), person.into(), kept_until.into(), sealed.into()];
        change.insert("suggestion_order_table", &columns, vec![row]).await?;
        Ok(id)
    }

    /// It was taken in.
    pub(crate) async fn remove(change: &Transaction, id: &str) -> Result<(), StoreError> {
        let sql = "DELETE FROM suggestion_order_table WHERE id = $1";
        change.run(sql, vec![id.into()]).await.map(|_| ())
    }

    /// Whether there is one whose time is up.
    pub(crate) async fn has_old(from: &impl Statements, now: &str) -> Result<bool, StoreError> {
        let sql = "SELECT CAST(1 AS BIGINT) FROM suggestion_order_table
                    WHERE kept_until < $1 LIMIT 1";
        Ok(from.number(sql, vec![now.into()]).await?.is_some())
    }

    /// Takes away those whose time is up; says how many.
    pub(crate) async fn remove_old(change: &Transaction, now: &str) -> Result<u64, StoreError> {
        let sql = "DELETE FROM suggestion_order_table WHERE kept_until < $1";
        change.run(sql, vec![now.into()]).await
    }
}
