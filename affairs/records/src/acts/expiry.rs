//! 公示期满 (个人信息保护法第四十七条): a list of persons leaves the site by itself when its last day is
//! past. Its address says that it has ended; that it was shown stays in the ledger and in the public log.

use std::time::Duration;

use ::store::moment;
use ledger::{Actor, Desk, Entry, Leaf};
use records_rules::Withdrawal;
use web::{Chore, Fault, House};

use super::ActError;
use crate::inscription;
use crate::store::{self, Expired, WithdrawalCase, WithdrawalState};

/// The clock looks every minute; a list is gone in the first minute of the day after its last.
pub(crate) const CHORE: Chore = Chore {
    name: "records.expiry",
    every: Duration::from_secs(60),
    work: |house| Box::pin(all(house)),
};

/// So many at a time; the next minute goes on.
const AT_ONCE: i64 = 200;

/// Lets everything leave whose last day is past.
///
/// # Errors
/// The database refuses.
pub async fn all(house: &House) -> Result<(), Fault> {
    let today = house.ledger().clock().today();
    let ended = Expired::all(house.store(), today, AT_ONCE).await?;
    for one in ended {
        let desk = house.ledger().desk(Actor::Timer).await?;
        keep(desk, &one).await.map_err(Fault::inside)?;
    }
    Ok(())
}

/// Lets one list leave; `false` where it has left already or is to stay longer.
///
/// # Errors
/// The database refuses.
pub async fn keep(mut desk: Desk, given: &Expired) -> Result<bool, ActError> {
    let Some(one) = Expired::one(desk.change(), &given.id, desk.today()).await? else {
        return Ok(false);
    };
    let Ok(last) = one.shown_until.parse() else { return Ok(false) };
    let at = moment(desk.now());
    let case = WithdrawalCase {
        id: uuid::Uuid::now_v7().to_string(),
        record: one.id.clone(),
        organ: one.organ.clone(),
        title: one.title.clone(),
        kind: Withdrawal::Ended { last },
        reason: format!("公示到{last}为止"),
        decision_changed_on: None,
        due_on: None,
        emergency: false,
        state: WithdrawalState::Stands,
        proposed_by: String::new(),
        proposed_for: None,
        proposed_name: "平台按期".to_owned(),
        proposed_at: at,
        words: String::new(),
        decided_name: None,
        decided_at: None,
    };
    case.add(desk.change()).await?;
    store::show(desk.change(), &one.id, false).await?;
    desk.record(Entry {
        room: "records",
        act: "expiry",
        subject: inscription::subject(&one.id),
        organ: one.organ,
        basis: law::article("个人信息保护法", 47).to_string(),
        facts: serde_json::json!({ "withdrawal": case.id, "shown_until": last }),
    })
    .await?;
    desk.publish_leaf(Leaf::withdrawal(inscription::subject(&one.id), ledger::Withdrawal::Ended))?;
    desk.seal().await?;
    Ok(true)
}
