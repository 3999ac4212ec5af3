//! Who gave an opinion and how he is reached is taken out a year after the answers (docs/readings/276), who enrolled for
//! a hearing a year after its record. What was said
//! and answered is kept (条例第三十三条).

use std::time::Duration;

use law::{Provision, article};
use ledger::{Actor, Entry, Ledger};
use participation_rules::kept_since;
use serde_json::json;
use web::{Chore, Fault, House, Later};

use super::drawing::REPEATED;
use super::{ActError, UNSEEN};
use crate::store::{Enrolment, Opinion};

/// 个人信息保护法第十九条: no longer than is needed.
const BASIS: Provision = article("个人信息保护法", 19);

/// Looks once an hour.
pub(crate) const CHORE: Chore =
    Chore { name: "participation.erasure", every: Duration::from_secs(3600), work };

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
    let mut desk = ledger.desk(Actor::Timer).await?;
    let erased = Opinion::erase_before(desk.change(), since).await?;
    let enrolled = Enrolment::erase_before(desk.change(), (since, REPEATED)).await?;
    desk.record(Entry {
        room: "participation",
        act: "opinion_erasure",
        subject: format!("{UNSEEN}contacts"),
        organ: String::new(),
        basis: BASIS.to_string(),
        facts: json!({ "opinions": erased, "enrolments": enrolled, "before": since }),
    })
    .await?;
    desk.seal().await?;
    Ok(erased + enrolled)
}
