//! 本期不适用: an organ says that one obligation does not hold, and why. Everybody can read it.

use ledger::{Desk, Entry};
use store::moment;

use super::computation::{self, Occasion};
use super::{ActError, BASIS};
use crate::store::{Obligation, Scope, Waiver};

/// Which obligation does not hold, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waive {
    /// The obligation's key.
    pub obligation: String,
    /// The reason, for everybody.
    pub reason: String,
}

/// Keeps the waiver; one kept before for the same obligation is replaced.
///
/// # Errors
/// There is no such obligation, it was published already, its last day is over, no reason is given, or the database
/// refuses.
pub async fn keep(mut desk: Desk, given: Waive) -> Result<Obligation, ActError> {
    let reason = given.reason.trim();
    if reason.is_empty() {
        return Err(ActError::NoWords("不适用的理由"));
    }
    let change = desk.change();
    let owed = Obligation::find(change, &given.obligation).await?;
    let owed = owed.ok_or_else(|| ActError::NoObligation(given.obligation.clone()))?;
    if owed.kept_on.is_some() {
        return Err(ActError::AlreadyKept);
    }
    if let Some(due) = owed.due_on.filter(|due| *due < desk.today()) {
        return Err(ActError::PastDue(due));
    }
    let (at, by) = (moment(desk.now()), desk.actor().word());
    Waiver::keep(desk.change(), &owed, reason, &at, &by).await?;
    let entry = Entry {
        room: "catalogue",
        act: "waiver",
        subject: format!("obligation:{}", owed.id),
        organ: owed.organ.clone(),
        basis: format!("{BASIS}；{reason}"),
        facts: serde_json::json!({
            "domain": owed.domain, "item": owed.item, "trigger": owed.trigger.key(),
            "reason": reason,
        }),
    };
    let cause = desk.record(entry).await?;
    let occasion =
        Occasion { calendar: desk.calendar(), today: desk.today(), now: desk.now(), cause: &cause };
    let scope = Scope::item(&owed.division, &owed.domain, &owed.item);
    computation::renew(desk.change(), [scope], occasion).await?;
    let waived = Obligation::find(desk.change(), &owed.id).await?.unwrap_or(owed);
    desk.seal().await?;
    Ok(waived)
}
