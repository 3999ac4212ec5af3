//! What a backup must hold: how much there is, and which files are named.

use store::{FromQueryResult, Statements, StoreError};

#[derive(FromQueryResult)]
struct Named {
    sha256: String,
}

/// The SHA-256 of every attachment that a published record names, each once; those of records that were
/// destroyed are gone.
///
/// # Errors
/// The database refuses.
pub async fn file_names(from: &impl Statements) -> Result<Vec<String>, StoreError> {
    let sql = "SELECT DISTINCT a.sha256 FROM record_attachment a
                WHERE NOT EXISTS (SELECT 1 FROM record_destroyed d WHERE d.record = a.record)
                ORDER BY a.sha256";
    let rows: Vec<Named> = from.all(sql, vec![]).await?;
    Ok(rows.into_iter().map(|row| row.sha256).collect())
}

/// How many records and how many drafts there are.
///
/// # Errors
/// The database refuses.
pub async fn how_many(from: &impl Statements) -> Result<(i64, i64), StoreError> {
    let records = from.number("SELECT count(*) FROM record", vec![]).await?;
    let drafts = from.number("SELECT count(*) FROM record_draft", vec![]).await?;
    Ok((records.unwrap_or_default(), drafts.unwrap_or_default()))
}
