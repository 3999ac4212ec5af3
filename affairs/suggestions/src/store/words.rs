//! What letters say, opened for whoever looks for words in them; nothing of it is kept here.

use secrets::Sealer;
use store::{FromQueryResult, Statements, StoreError, Value};

use super::letters::{Row, SELECT, open_written};
use super::{KeepError, Suggestion, Written};

#[derive(FromQueryResult)]
struct Sealed {
    id: String,
    sealed: String,
}

fn opened(sealer: &Sealer, rows: Vec<Sealed>) -> Result<Vec<(String, Written)>, KeepError> {
    let open = |row: Sealed| -> Result<(String, Written), KeepError> {
        let written = open_written(sealer, &row.id, &row.sealed)?;
        Ok((row.id, written))
    };
    rows.into_iter().map(open).collect()
}

fn marks(from: usize, count: usize) -> String {
    let marks: Vec<String> = (from..from + count).map(|at| format!("${at}")).collect();
    marks.join(", ")
}

impl Suggestion {
    /// What was written in these letters, by their keys; nothing where it was taken out.
    pub(crate) async fn written_of(
        from: &impl Statements,
        sealer: &Sealer,
        ids: &[&str],
    ) -> Result<Vec<(String, Written)>, KeepError> {
        if ids.is_empty() {
            return Ok(Vec::new());
        }
        let sql =
            format!("SELECT id, sealed FROM suggestion WHERE id IN ({})", marks(1, ids.len()));
        let values: Vec<Value> = ids.iter().map(|id| Value::from(*id)).collect();
        opened(sealer, from.all(&sql, values).await?)
    }

    /// What was written in the letters after one of them, in the order in which they came; at most so many.
    pub(crate) async fn written_after(
        from: &impl Statements,
        sealer: &Sealer,
        (after, most): (&str, i64),
    ) -> Result<Vec<(String, Written)>, KeepError> {
        let sql = "SELECT id, sealed FROM suggestion WHERE id > $1 AND sealed <> ''
                    ORDER BY id LIMIT $2";
        opened(sealer, from.all(sql, vec![after.into(), most.into()]).await?)
    }

    /// Letters of an organ by their keys, in no order.
    pub(crate) async fn with_ids(
        from: &impl Statements,
        organ: &str,
        ids: &[String],
    ) -> Result<Vec<Self>, StoreError> {
        if ids.is_empty() {
            return Ok(Vec::new());
        }
        let sql = format!("{SELECT} WHERE organ = $1 AND id IN ({})", marks(2, ids.len()));
        let mut values: Vec<Value> = vec![organ.into()];
        values.extend(ids.iter().map(|id| Value::from(id.clone())));
        let rows: Vec<Row> = from.all(&sql, values).await?;
        Ok(rows.into_iter().map(Self::from).collect())
    }
}
