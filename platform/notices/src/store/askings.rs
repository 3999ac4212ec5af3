//! 询问: how often an address was sent a question or a link, over all sites.

use jiff::Timestamp;
use secrets::Mark;
use store::{Statements, StoreError, Transaction, moment};

/// How often an address was asked since a moment, by its marks; no more than `most` are looked for.
pub(crate) async fn asked_since(
    from: &impl Statements,
    (marks, most): (&[Mark], i64),
    since: Timestamp,
) -> Result<i64, StoreError> {
    let sql = "SELECT COUNT(*) FROM (SELECT 1 AS one FROM notice_asking
                                      WHERE mark = $1 AND asked_at >= $2 LIMIT $3) AS asked";
    let mut many = 0;
    for mark in marks {
        let values = vec![mark.as_str().into(), moment(since).into(), most.into()];
        many += from.number(sql, values).await?.unwrap_or(0);
    }
    Ok(many)
}

/// Notes that an address is asked.
pub(crate) async fn put_asking(
    change: &Transaction,
    mark: &Mark,
    now: Timestamp,
) -> Result<(), StoreError> {
    let sql = "INSERT INTO notice_asking (mark, asked_at) VALUES ($1, $2)";
    change.run(sql, vec![mark.as_str().into(), moment(now).into()]).await.map(|_| ())
}

/// Forgets what was asked before a moment. Says how many.
pub(crate) async fn forget_askings(
    change: &Transaction,
    before: Timestamp,
) -> Result<u64, StoreError> {
    let sql = "DELETE FROM notice_asking WHERE asked_at < $1";
    change.run(sql, vec![moment(before).into()]).await
}
