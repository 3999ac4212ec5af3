//! Who gave an opinion and how he is reached is taken out a year after the answers (docs/readings/276), who enrolled for
//! a hearing a year after its record. What was said
//! and answered is kept (条例第三十三条).

use std::time::Duration;

use law::{Provision, article};
use ledger::{Actor, Desk, Entry, Ledger};
use participation_rules::kept_since;
use serde_json::{Value, json};
use web::{Chore, Fault, House, Later};

use super::{ActError, UNSEEN};
use crate::store::{Enrolment, KeptForATime, Opinion};

/// 个人信息保护法第十九条: no longer than is needed.
const BASIS: Provision = article("个人信息保护法", 19);

/// How often one looks.
pub(super) const EVERY: Duration = Duration::from_secs(3600);

/// Looks once an hour.
pub(crate) const CHORE: Chore = Chore { name: "participation.erasure", every: EVERY, work };

fn work(house: &House) -> Later<'_, ()> {
    Box::pin(async move { erase(house.ledger()).await.map(drop).map_err(Fault::inside) })
}

/// Takes out what is kept no longer; says of how many opinions and enrolments.
///
/// # Errors
/// The database refuses.
pub async fn erase(ledger: &Ledger) -> Result<u64, ActError> {
    let since = kept_since(ledger.clock().today());
    let store = ledger.store();
    let opinions = Opinion::has_kept_before(store, since).await?;
    if !opinions && !Enrolment::has_kept_before(store, since).await? {
        return Ok(0);
    }
    let desk = ledger.desk(Actor::Timer).await?;
    let erased = Opinion::erase_before(desk.change(), since).await?;
    let enrolled = Enrolment::erase_before(desk.change(), since).await?;
    let facts = json!({ "opinions": erased, "enrolments": enrolled, "before": since });
    noted(desk, ("opinion_erasure", "contacts"), facts).await?;
    Ok(erased + enrolled)
}

/// Takes out of one table what is kept no longer, under the name of this act; says of how many.
pub(super) async fn of<T: KeptForATime>(
    ledger: &Ledger,
    (act, subject, counted): (&'static str, &str, &str),
) -> Result<u64, ActError> {
    let since = kept_since(ledger.clock().today());
    if !T::has_kept_before(ledger.store(), since).await? {
        return Ok(0);
    }
    let desk = ledger.desk(Actor::Timer).await?;
    let erased = T::erase_before(desk.change(), since).await?;
    noted(desk, (act, subject), json!({ counted: erased, "before": since })).await?;
    Ok(erased)
}

async fn noted(
    mut desk: Desk,
    (act, subject): (&'static str, &str),
    facts: Value,
) -> Result<(), ActError> {
    let entry = Entry {
        room: "participation",
        act,
        subject: format!("{UNSEEN}{subject}"),
        organ: String::new(),
        basis: BASIS.to_string(),
        facts,
    };
    desk.record(entry).await?;
    Ok(desk.seal().await?)
}
