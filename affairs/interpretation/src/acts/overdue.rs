//! 逾期: the last day for an interpretation that follows has passed. It is written into the ledger once, whoever looks;
//! a day that rested on a year whose holidays were not arranged is counted anew (docs/readings/281).

use interpretation_rules::last_day;
use ledger::{Actor, Desk, Ledger};
use serde_json::json;
use store::moment;
use web::Fault;

use super::{ActError, entry};
use crate::store::{Interpretation, Policy};

/// So many are looked at in one round.
const AT_ONCE: i64 = 50;

/// Looks for them.
pub(crate) const CHORE: web::Chore = web::Chore {
    name: "interpretation.overdue",
    every: std::time::Duration::from_secs(600),
    work: |house| Box::pin(async move { follow(house.ledger()).await.map_err(Fault::inside) }),
};

/// One round of it.
///
/// # Errors
/// The database refuses.
pub async fn follow(ledger: &Ledger) -> Result<(), ActError> {
    for policy in Policy::provisional(ledger.store(), AT_ONCE).await? {
        renew(ledger.desk(Actor::Timer).await?, &policy).await?;
    }
    let today = ledger.clock().today();
    for policy in Policy::overdue(ledger.store(), today, AT_ONCE).await? {
        alarm(ledger.desk(Actor::Timer).await?, &policy).await?;
    }
    Ok(())
}

/// Counts the last day anew; nothing changes while the year is not arranged yet.
async fn renew(mut desk: Desk, policy: &Policy) -> Result<(), ActError> {
    // Where its only interpretation was taken down, another is owed from that day on.
    let pulled = Interpretation::last_pulled(desk.change(), &policy.id).await?;
    let Some(since) = pulled.or(policy.published_on) else { return Ok(()) };
    let Ok(counted) = last_day(since, desk.calendar()) else { return Ok(()) };
    let due = (counted.date, counted.provisional);
    if policy.due == Some(due) || !policy.set_due(desk.change(), due).await? {
        return Ok(());
    }
    let facts = json!({ "due": counted.date.to_string(), "provisional": counted.provisional });
    desk.record(entry("renewal", policy, facts)).await?;
    Ok(desk.seal().await?)
}

async fn alarm(mut desk: Desk, policy: &Policy) -> Result<(), ActError> {
    if !policy.note_alarm(desk.change(), &moment(desk.now())).await? {
        return Ok(());
    }
    let due = policy.due.map(|(due, _)| due.to_string());
    desk.record(entry("overdue", policy, json!({ "due": due }))).await?;
    Ok(desk.seal().await?)
}
