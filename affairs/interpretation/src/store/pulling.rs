//! 撤下 of one interpretation for what it says, as it is kept: proposed by one person, agreed to by another.

use interpretation_rules::PullGround;
use law::Date;
use review::Signatory;
use store::{FromQueryResult, Statements, StoreError, Transaction, parse_moment};

use super::Interpretation;

/// What one is called of which nothing is left.
const EMPTIED: &str = "内容已删除";

impl Interpretation {
    /// It is proposed; says whether it could be.
    pub(crate) async fn propose_pull(
        &self,
        change: &Transaction,
        (ground, reason): (PullGround, &str),
        (by, at): (&Signatory, String),
    ) -> Result<bool, StoreError> {
        let sql = "UPDATE interpretation
                      SET pull_reason = $1, pull_by = $2, pull_for = $3, pull_name = $4, pull_at = $5, pull_ground = $7
                    WHERE id = $6 AND state IN ('published', 'replaced') AND pull_by IS NULL";
        let values = vec![
            reason.into(),
            by.person.clone().into(),
            by.stands_in_for.clone().into(),
            by.name.clone().into(),
            at.into(),
            self.id.clone().into(),
            ground.word().into(),
        ];
        Ok(change.run(sql, values).await? == 1)
    }

    /// Somebody did not agree: it stays.
    pub(crate) async fn keep_up(&self, change: &Transaction) -> Result<bool, StoreError> {
        let sql = "UPDATE interpretation
                      SET pull_reason = NULL, pull_ground = NULL, pull_by = NULL, pull_for = NULL, pull_name = NULL, pull_at = NULL
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

    /// What it said is gone; says whether it was there until now.
    pub(crate) async fn empty(&self, change: &Transaction, at: &str) -> Result<bool, StoreError> {
        let sql = "UPDATE interpretation
                      SET title = $1, body = '', plain = '', lead = '', medium = NULL, erased_at = $2
                    WHERE id = $3 AND pulled = 1 AND erased_at IS NULL";
        let values = vec![EMPTIED.into(), at.into(), self.id.clone().into()];
        Ok(change.run(sql, values).await? == 1)
    }

    /// So many that were taken down for what they say before a moment and that are still kept, the oldest first.
    ///
    /// # Errors
    /// The database refuses.
    pub(crate) async fn kept_since(
        from: &impl Statements,
        before: &str,
    ) -> Result<Vec<Self>, StoreError> {
        Self::chosen(from, "i.pulled = 1 AND i.erased_at IS NULL AND i.down_at < $1", before).await
    }

    /// Those of which what they said was erased since a moment.
    ///
    /// # Errors
    /// The database refuses.
    pub(crate) async fn erased_since(
        from: &impl Statements,
        since: &str,
    ) -> Result<Vec<Self>, StoreError> {
        Self::chosen(from, "i.pulled = 1 AND i.erased_at >= $1", since).await
    }

    /// Those of an organ that somebody proposes to take down, the oldest first.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn to_pull(from: &impl Statements, organ: &str) -> Result<Vec<Self>, StoreError> {
        Self::chosen(from, "i.organ = $1 AND i.pull_by IS NOT NULL AND i.pulled = 0", organ).await
    }

    /// The day on which one of a policy was taken down last for what it says; none where none was.
    ///
    /// # Errors
    /// The database refuses.
    pub(crate) async fn last_pulled(
        from: &impl Statements,
        policy: &str,
    ) -> Result<Option<Date>, StoreError> {
        #[derive(FromQueryResult)]
        struct Row {
            at: Option<String>,
        }
        let sql = "SELECT max(down_at) AS at FROM interpretation WHERE policy = $1 AND pulled = 1";
        let row: Option<Row> = from.one(sql, vec![policy.into()]).await?;
        let at = row.and_then(|row| row.at).and_then(|at| parse_moment(&at));
        Ok(at.map(ledger::day_in_china))
    }
}
