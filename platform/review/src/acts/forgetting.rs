//! 删除送审的内容: what somebody wrote and no longer agrees to, or what came back, is emptied in reviews that have
//! ended. Hash and steps stay. It is always part of another act, which says why and writes it down.

use store::{StoreError, Transaction};

/// What a unit is called of which nothing is left.
const EMPTIED: &str = "内容已删除";

/// Empties a thing in every review of it that has ended; says how many pieces that were.
///
/// # Errors
/// The database refuses.
pub async fn within(change: &Transaction, kind: &str, id: &str) -> Result<u64, StoreError> {
    let key = || vec![kind.into(), id.into()];
    // Only a unit of this piece alone is called after it; where there are others, the first gives the name.
    let sql = format!(
        "UPDATE review_unit SET title = '{EMPTIED}'
          WHERE id IN (SELECT unit FROM review_piece
                        WHERE kind = $1 AND id = $2 AND open = 0 AND ordinal = 0 AND body <> '')"
    );
    change.run(&sql, key()).await?;
    let sql = "UPDATE review_piece SET title = '', body = ''
                WHERE kind = $1 AND id = $2 AND open = 0 AND body <> ''";
    change.run(sql, key()).await
}
