//! 双击: the forms that were handed in.

use store::{FromQueryResult, Statements, StoreError, Transaction};

use super::writing;

/// A form that was handed in.
#[derive(Debug, Clone, FromQueryResult)]
pub(crate) struct Handed {
    /// The mark of what it said.
    pub content: String,
    /// The request it became.
    pub request: String,
}

pub(crate) async fn find(
    from: &impl Statements,
    key_mark: &str,
) -> Result<Option<Handed>, StoreError> {
    let sql = "SELECT content, request FROM request_intake WHERE key_mark = $1";
    from.one(sql, vec![key_mark.into()]).await
}

pub(crate) async fn keep(
    change: &Transaction,
    (key_mark, content, request): (&str, &str, &str),
) -> Result<(), StoreError> {
    let columns = vec![
        ("key_mark", key_mark.into()),
        ("content", content.into()),
        ("request", request.into()),
    ];
    writing::add(change, "request_intake", columns).await
}

/// Whether the telephone's last four are asked with its query code.
pub(crate) async fn has_tail(from: &impl Statements, request: &str) -> Result<bool, StoreError> {
    let sql = "SELECT CAST(CASE WHEN tail_mark IS NULL THEN 0 ELSE 1 END AS BIGINT)
                 FROM request WHERE id = $1";
    Ok(from.number(sql, vec![request.into()]).await? == Some(1))
}
