//! What becomes of a piece whose withdrawal was decided.

use law::Date;
use store::{StoreError, Transaction};

use super::{Withdrawable, Withdrawal};

impl Withdrawal {
    /// The piece is public no more; `false` where it was withdrawn before, or was never public.
    pub(super) async fn take_down(
        &self,
        change: &Transaction,
        (on, at): (Date, &str),
    ) -> Result<bool, StoreError> {
        if self.what == Withdrawable::Answers {
            return self.take_answers_down(change, (on, at)).await;
        }
        let sql = format!(
            "UPDATE {} SET withdrawn_on = $1, withdrawn_reason = $2, changed_at = $3, version = version + 1
              WHERE id = $4 AND withdrawn_on IS NULL",
            self.what.table()
        );
        let (reason, piece) = (self.reason.clone(), self.piece.clone());
        let values = vec![on.to_string().into(), reason.into(), at.into(), piece.into()];
        Ok(change.run(&sql, values).await? == 1)
    }

    /// The answers of a consultation are public no more, by this withdrawal, and are put right.
    async fn take_answers_down(
        &self,
        change: &Transaction,
        (on, at): (Date, &str),
    ) -> Result<bool, StoreError> {
        let sql =
            "UPDATE consultation SET state = 'open', answers_withdrawal = $1, answers_withdrawn_on = $2,
                          answers_withdrawn_reason = $3, answers_publication = NULL, answered_on = NULL,
                          answered_at = NULL, changed_at = $4, version = version + 1
                    WHERE id = $5 AND state = 'answered'";
        let values = vec![
            self.id.clone().into(),
            on.to_string().into(),
            self.reason.clone().into(),
            at.into(),
            self.piece.clone().into(),
        ];
        Ok(change.run(sql, values).await? == 1)
    }
}
