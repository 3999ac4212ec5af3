//! The files of interpretations that are heard or seen: which are kept, and which nothing is made of any more.

use interpretation_rules::Medium;
use store::{FromQueryResult, Statements, StoreError, Transaction};

/// A kept file.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub struct KeptMedium {
    /// SHA-256 of its bytes.
    pub sha256: String,
    /// The organ that handed it in first, by code.
    pub organ: String,
    /// Bytes.
    pub size: i64,
}

impl KeptMedium {
    /// It is handed in, once more perhaps; whoever erases it waits until the act is kept or dropped.
    pub(crate) async fn take(
        change: &Transaction,
        medium: &Medium,
        (organ, at): (&str, &str),
    ) -> Result<(), StoreError> {
        let sql = "INSERT INTO interpretation_medium (sha256, organ, size, kept_at, gone) VALUES ($1, $2, $3, $4, 0)
                   ON CONFLICT (sha256) DO UPDATE SET kept_at = excluded.kept_at, gone = 0";
        let size = i64::try_from(medium.size).unwrap_or(i64::MAX);
        let values = vec![medium.sha256.clone().into(), organ.into(), size.into(), at.into()];
        change.run(sql, values).await.map(|_| ())
    }

    /// Those of which no interpretation is made, handed in before a moment, the oldest first.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn unused(
        from: &impl Statements,
        before: &str,
        most: i64,
    ) -> Result<Vec<Self>, StoreError> {
        let sql = "SELECT m.sha256, m.organ, m.size FROM interpretation_medium m
                    WHERE m.gone = 0 AND m.kept_at < $1
                      AND NOT EXISTS (SELECT 1 FROM interpretation i
                                       WHERE i.medium = m.sha256 AND i.state <> 'dropped')
                    ORDER BY m.kept_at, m.sha256 LIMIT $2";
        from.all(sql, vec![before.into(), most.into()]).await
    }

    /// It is erased, if it still is one of those; says whether it was.
    pub(crate) async fn erase(
        &self,
        change: &Transaction,
        before: &str,
    ) -> Result<bool, StoreError> {
        let sql = "UPDATE interpretation_medium SET gone = 1
                    WHERE sha256 = $1 AND gone = 0 AND kept_at < $2
                      AND NOT EXISTS (SELECT 1 FROM interpretation i
                                       WHERE i.medium = interpretation_medium.sha256 AND i.state <> 'dropped')";
        Ok(change.run(sql, vec![self.sha256.clone().into(), before.into()]).await? == 1)
    }

    /// The file with that digest is erased at once, where no interpretation is made of it any more; says whether it was.
    pub(crate) async fn erase_now(change: &Transaction, sha256: &str) -> Result<bool, StoreError> {
        let sql = "UPDATE interpretation_medium SET gone = 1
                    WHERE sha256 = $1 AND gone = 0
                      AND NOT EXISTS (SELECT 1 FROM interpretation i
                                       WHERE i.medium = interpretation_medium.sha256 AND i.state <> 'dropped')";
        Ok(change.run(sql, vec![sha256.into()]).await? == 1)
    }
}
