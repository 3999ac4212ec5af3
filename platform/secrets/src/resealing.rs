//! A new key for what is old, in small steps.

use ledger::{Actor, DeskError, Entry, Ledger};
use store::{FromQueryResult, Statements, StoreError};

use crate::{Place, Refused, Sealed, Sealer};

/// A column in which every text is empty or sealed for the place of that table, row and column. A room
/// offers its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SealedColumn {
    /// The table.
    pub table: &'static str,
    /// The column of the row's id, a text.
    pub id: &'static str,
    /// The column of the ciphertext.
    pub column: &'static str,
}

/// How many rows one step changes.
const STEP: i64 = 100;

/// Why a step was not taken; nothing of it was kept.
#[derive(Debug, thiserror::Error)]
pub enum ResealError {
    /// A row does not open.
    #[error("{0}，第 {1} 行")]
    Row(#[source] Refused, String),
    /// The keys cannot be used.
    #[error(transparent)]
    Refused(#[from] Refused),
    /// It was not recorded.
    #[error(transparent)]
    Desk(#[from] DeskError),
    /// The database refuses.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Gives the next hundred rows of a column that another key sealed the newest key, and records how many. Says
/// how many it were: none when all is done. What a step has done is kept; whoever was interrupted goes on.
///
/// # Errors
/// A row does not open (then none of the step is changed), or the database refuses.
pub async fn reseal(
    ledger: &Ledger,
    sealer: &Sealer,
    actor: Actor,
    column: SealedColumn,
) -> Result<u64, ResealError> {
    let SealedColumn { table, id, column: name } = column;
    let mut desk = ledger.desk(actor).await?;
    let (algorithm, key) = sealer.current()?;
    let beginning = Sealed::beginning(algorithm, &key);
    let sql = format!(
        "SELECT {id} AS id, {name} AS sealed FROM {table}
         WHERE {name} <> '' AND substr({name}, 1, CAST($1 AS INTEGER)) <> $2 ORDER BY {id} LIMIT {STEP}"
    );
    let length = i64::try_from(beginning.chars().count()).unwrap_or(i64::MAX);
    let rows: Vec<SealedRow> =
        desk.change().all(&sql, vec![length.into(), beginning.as_str().into()]).await?;
    let update = format!("UPDATE {table} SET {name} = $1 WHERE {id} = $2");
    for row in &rows {
        let place = Place::new(table, &row.id, name);
        let wrong = |refused| ResealError::Row(refused, format!("{table} {}", row.id));
        let plain = sealer.open_text(place, &row.sealed).map_err(wrong)?;
        let anew = sealer.seal_text(place, &plain)?;
        desk.change().run(&update, vec![anew.into(), row.id.as_str().into()]).await?;
    }
    let many = rows.len() as u64;
    if many > 0 {
        desk.record(entry(column, many, &key)).await?;
        desk.seal().await?;
    }
    Ok(many)
}

fn entry(column: SealedColumn, many: u64, key: &str) -> Entry {
    Entry {
        room: "secrets",
        act: "reseal",
        subject: format!("column:{}.{}", column.table, column.column),
        organ: String::new(),
        basis: "个人信息保护法第五十一条".into(),
        facts: serde_json::json!({ "rows": many, "key": key }),
    }
}

#[derive(Debug, FromQueryResult)]
struct SealedRow {
    id: String,
    sealed: String,
}

/// How many texts of a column each key has sealed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    /// The keys that are here, the oldest first.
    pub by_key: Vec<(String, i64)>,
    /// Of keys that are not here: nobody can read these.
    pub unreadable: i64,
}

/// Counts the texts of a column by their keys.
///
/// # Errors
/// The database refuses, or the keys cannot be read.
pub async fn kept(
    statements: &impl Statements,
    sealer: &Sealer,
    column: SealedColumn,
) -> Result<Kept, ResealError> {
    let SealedColumn { table, column: name, .. } = column;
    let all = format!("SELECT COUNT(*) FROM {table} WHERE {name} <> ''");
    let mut unreadable = statements.number(&all, vec![]).await?.unwrap_or(0);
    let mut by_key = vec![];
    for (algorithm, key) in sealer.keys()? {
        let beginning = Sealed::beginning(algorithm, &key);
        let sql = format!("{all} AND substr({name}, 1, CAST($1 AS INTEGER)) = $2");
        let length = i64::try_from(beginning.chars().count()).unwrap_or(i64::MAX);
        let values = vec![length.into(), beginning.into()];
        let many = statements.number(&sql, values).await?.unwrap_or(0);
        unreadable -= many;
        by_key.push((key, many));
    }
    Ok(Kept { by_key, unreadable })
}
