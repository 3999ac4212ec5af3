//! 随附: a text that an entry hands to whoever hears of it. The chain of entries is never changed; what may have to
//! be taken away again lies beside it, under a key that the entry names, and is emptied once it is heard.

use store::{FromQueryResult, Statements, StoreError, Transaction};

#[derive(FromQueryResult)]
struct Row {
    text: String,
}

/// Lays a text beside the entries of an act, under a key of its own.
///
/// # Errors
/// The key is taken, or the database refuses.
pub async fn enclose(change: &Transaction, key: &str, text: &str) -> Result<(), StoreError> {
    let sql = "INSERT INTO ledger_parcel (id, text) VALUES ($1, $2)";
    change.run(sql, vec![key.into(), text.into()]).await.map(|_| ())
}

/// What lies there; none where nothing was laid down. It stays.
///
/// # Errors
/// The database refuses.
pub async fn enclosed(from: &impl Statements, key: &str) -> Result<Option<String>, StoreError> {
    let sql = "SELECT text FROM ledger_parcel WHERE id = $1";
    let row: Option<Row> = from.one(sql, vec![key.into()]).await?;
    Ok(row.map(|row| row.text))
}

/// Empties it: whoever needed it has it, or nobody may have it any more.
///
/// # Errors
/// The database refuses.
pub async fn empty(change: &Transaction, key: &str) -> Result<(), StoreError> {
    let sql = "UPDATE ledger_parcel SET text = '' WHERE id = $1";
    change.run(sql, vec![key.into()]).await.map(|_| ())
}
