//! 取消: what was announced and is not held.

use law::Date;
use store::{StoreError, Transaction};

use super::{Announced, Gathering, Hearing, Interview};

/// What is announced for a day, and can be cancelled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cancellable {
    /// 听证会.
    Hearing,
    /// 活动.
    Gathering,
    /// 在线访谈.
    Interview,
}

impl Cancellable {
    const fn table(self) -> &'static str {
        match self {
            Self::Hearing => Hearing::TABLE,
            Self::Gathering => Gathering::TABLE,
            Self::Interview => Interview::TABLE,
        }
    }

    /// It will not be held; `false` where it is in another state than it was found in.
    pub(crate) async fn cancel(
        self,
        change: &Transaction,
        (id, from): (&str, &str),
        (on, at, reason): (Date, &str, &str),
    ) -> Result<bool, StoreError> {
        let sql = format!(
            "UPDATE {} SET state = 'cancelled', cancelled_on = $1, cancelled_reason = $2, changed_at = $3,
                    version = version + 1
              WHERE id = $4 AND state = $5",
            self.table()
        );
        let values = vec![on.to_string().into(), reason.into(), at.into(), id.into(), from.into()];
        Ok(change.run(&sql, values).await? == 1)
    }
}
