//! 撤下 of one interpretation for what it says, as it is kept: proposed by one person, agreed to by another.

use review::Signatory;
use store::{Statements, StoreError, Transaction};

use super::Interpretation;

impl Interpretation {
    /// It is proposed; says whether it could be.
    pub(crate) async fn propose_pull(
        &self,
        change: &Transaction,
        reason: &str,
        (by, at): (&Signatory, String),
    ) -> Result<bool, StoreError> {
        let sql = "UPDATE interpretation
                      SET pull_reason = $1, pull_by = $2, pull_for = $3, pull_name = $4, pull_at = $5
                    WHERE id = $6 AND state IN ('published', 'replaced') AND pull_by IS NULL";
        let values = vec![
            reason.into(),
            by.person.clone().into(),
            by.stands_in_for.clone().into(),
            by.name.clone().into(),
            at.into(),
            self.id.clone().into(),
        ];
        Ok(change.run(sql, values).await? == 1)
    }

    /// Somebody did not agree: it stays.
    pub(crate) async fn keep_up(&self, change: &Transaction) -> Result<bool, StoreError> {
        let sql = "UPDATE interpretation
                      SET pull_reason = NULL, pull_by = NULL, pull_for = NULL, pull_name = NULL, pull_at = NULL
                    WHERE id = $1 AND pull_by IS NOT NULL AND pulled = 0";
        Ok(change.run(sql, vec![self.id.clone().into()]).await? == 1)
    }

    /// Another person agreed: it is down, and does not come back.
    pub(crate) async fn pull_down(
        &self,
        change: &Transaction,
        (by, at): (&Signatory, String),
    ) -> Result<bool, StoreError> {
        let sql = "UPDATE interpretation
                      SET state = 'down', down_at = $1, pulled = 1, pulled_by = $2, pulled_for = $3, pulled_name = $4
                    WHERE id = $5 AND state IN ('published', 'replaced') AND pull_by IS NOT NULL AND pulled = 0";
        let values = vec![
            at.into(),
            by.person.clone().into(),
            by.stands_in_for.clone().into(),
            by.name.clone().into(),
            self.id.clone().into(),
        ];
        Ok(change.run(sql, values).await? == 1)
    }

    /// Those of an organ that somebody proposes to take down, the oldest first.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn to_pull(from: &impl Statements, organ: &str) -> Result<Vec<Self>, StoreError> {
        Self::chosen(from, "i.organ = $1 AND i.pull_by IS NOT NULL AND i.pulled = 0", organ).await
    }
}
