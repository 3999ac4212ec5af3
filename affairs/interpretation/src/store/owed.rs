//! What policies still owe, as it is kept: the last day, whether the ledger says that it has passed, and whether a
//! corrected document was looked at again.

use law::Date;
use store::{Statements, StoreError, Transaction};

use super::Policy;
use super::policies::MOST;

/// So many are shown to an office at once: where there are more, the first are enough to begin with.
const MOST_OVERSEEN: i64 = 500;

impl Policy {
    /// Those whose last day rests on a year that was not arranged yet; so many.
    ///
    /// # Errors
    /// The database refuses.
    pub(crate) async fn provisional(
        from: &impl Statements,
        most: i64,
    ) -> Result<Vec<Self>, StoreError> {
        let which = "d.state = 'owing' AND d.due_on IS NOT NULL AND d.provisional = 1
                     ORDER BY d.due_on, d.id LIMIT $1";
        Self::chosen(from, which, vec![most.into()]).await
    }

    /// Those that are shown, whose last day is before this one and of which the ledger does not say so yet; so many.
    ///
    /// # Errors
    /// The database refuses.
    pub(crate) async fn overdue(
        from: &impl Statements,
        today: Date,
        most: i64,
    ) -> Result<Vec<Self>, StoreError> {
        let which = "d.state = 'owing' AND d.due_on < $1 AND d.alarmed_at IS NULL AND d.shown = 1
                     ORDER BY d.due_on, d.id LIMIT $2";
        Self::chosen(from, which, vec![today.to_string().into(), most.into()]).await
    }

    /// Those of a range of divisions that are shown and whose last day is before this one, organ by organ, those that
    /// are late the longest first.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn overdue_within(
        from: &impl Statements,
        (low, high): (&str, &str),
        today: Date,
    ) -> Result<Vec<Self>, StoreError> {
        let which = "d.state = 'owing' AND d.shown = 1 AND d.due_on < $1
                       AND d.division >= $2 AND d.division <= $3
                     ORDER BY d.division, d.organ, d.due_on, d.id LIMIT $4";
        let values = vec![today.to_string().into(), low.into(), high.into(), MOST_OVERSEEN.into()];
        Self::chosen(from, which, values).await
    }

    /// Those of an organ that stand corrected and whose interpretations nobody has looked at since, the oldest first.
    ///
    /// # Errors
    /// The database refuses.
    pub(crate) async fn corrected(
        from: &impl Statements,
        organ: &str,
    ) -> Result<Vec<Self>, StoreError> {
        let which = "d.organ = $1 AND d.state = 'interpreted' AND d.corrected_at IS NOT NULL
                     ORDER BY d.id LIMIT $2";
        Self::chosen(from, which, vec![organ.into(), MOST.into()]).await
    }

    /// The last day is another one; says whether it still owed an interpretation.
    pub(crate) async fn set_due(
        &self,
        change: &Transaction,
        (due, provisional): (Date, bool),
    ) -> Result<bool, StoreError> {
        let sql = "UPDATE policy_document SET due_on = $1, provisional = $2
                    WHERE id = $3 AND state = 'owing'";
        let values =
            vec![due.to_string().into(), i64::from(provisional).into(), self.id.clone().into()];
        Ok(change.run(sql, values).await? == 1)
    }

    /// The ledger says that its last day has passed; says whether it did not before.
    pub(crate) async fn note_alarm(
        &self,
        change: &Transaction,
        at: &str,
    ) -> Result<bool, StoreError> {
        let sql = "UPDATE policy_document SET alarmed_at = $1
                    WHERE id = $2 AND state = 'owing' AND alarmed_at IS NULL";
        Ok(change.run(sql, vec![at.into(), self.id.clone().into()]).await? == 1)
    }

    /// Its document was corrected.
    pub(crate) async fn note_correction(
        &self,
        change: &Transaction,
        at: &str,
    ) -> Result<(), StoreError> {
        let sql = "UPDATE policy_document SET corrected_at = $1 WHERE id = $2";
        change.run(sql, vec![at.into(), self.id.clone().into()]).await.map(|_| ())
    }

    /// Its interpretations still fit; says whether anybody had to look.
    pub(crate) async fn checked(&self, change: &Transaction) -> Result<bool, StoreError> {
        let sql = "UPDATE policy_document SET corrected_at = NULL
                    WHERE id = $1 AND corrected_at IS NOT NULL";
        Ok(change.run(sql, vec![self.id.clone().into()]).await? == 1)
    }
}
