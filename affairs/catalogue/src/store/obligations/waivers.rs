//! 本期不适用: obligations that an organ said do not hold, with the reason.

use store::{FromQueryResult, Statements, StoreError, Transaction};

use super::Obligation;

/// Why one obligation does not hold.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub struct Waiver {
    /// The obligation's key.
    pub obligation: String,
    /// The reason.
    pub reason: String,
    /// When it was said.
    pub waived_at: String,
    /// By whom.
    pub waived_by: String,
}

impl Waiver {
    /// The waiver of one obligation, if there is one.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn of(from: &impl Statements, obligation: &str) -> Result<Option<Self>, StoreError> {
        let sql = "SELECT obligation, reason, waived_at, waived_by FROM obligation_waiver
                    WHERE obligation = $1";
        from.one(sql, vec![obligation.into()]).await
    }

    /// Keeps a waiver; one already there for the obligation is replaced.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn keep(
        change: &Transaction,
        obligation: &Obligation,
        reason: &str,
        at: &str,
        by: &str,
    ) -> Result<(), StoreError> {
        let columns =
            ["obligation", "domain", "division", "item", "reason", "waived_at", "waived_by"];
        let row = vec![
            obligation.id.clone().into(),
            obligation.domain.clone().into(),
            obligation.division.clone().into(),
            obligation.item.clone().into(),
            reason.into(),
            at.into(),
            by.into(),
        ];
        change.replace("obligation_waiver", &columns, vec![row]).await
    }
}
