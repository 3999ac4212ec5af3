//! 一天存下的: how many drafts and bytes an address laid down on a day, by a mark that tells nobody the address.

use law::Date;
use store::{FromQueryResult, Statements, StoreError, Transaction};

#[derive(FromQueryResult)]
struct Row {
    drafts: i64,
    bytes: i64,
}

/// Adds to what an address laid down on a day; answers the sums. Counted in the database, so that what comes at
/// the same moment counts each.
pub(crate) async fn count(
    change: &Transaction,
    mark: &str,
    day: Date,
    (drafts, bytes): (i64, i64),
) -> Result<(i64, i64), StoreError> {
    let key = || vec![mark.into(), day.to_string().into()];
    let sql = "INSERT INTO request_upload (mark, day, drafts, bytes) VALUES ($1, $2, $3, $4)
               ON CONFLICT (mark, day) DO UPDATE
               SET drafts = request_upload.drafts + $3, bytes = request_upload.bytes + $4";
    change.run(sql, [key(), vec![drafts.into(), bytes.into()]].concat()).await?;
    let sql = "SELECT drafts, bytes FROM request_upload WHERE mark = $1 AND day = $2";
    let row: Option<Row> = change.one(sql, key()).await?;
    Ok(row.map_or((drafts, bytes), |row| (row.drafts, row.bytes)))
}

/// Forgets the days before one.
pub(crate) async fn forget(change: &Transaction, before: Date) -> Result<(), StoreError> {
    let sql = "DELETE FROM request_upload WHERE day < $1";
    change.run(sql, vec![before.to_string().into()]).await.map(|_| ())
}
