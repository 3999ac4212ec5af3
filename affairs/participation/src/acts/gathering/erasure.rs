//! Who enrolled for a gathering is taken out a year after it was held or cancelled (docs/readings/305); that so many
//! enrolled, and what was published, is kept (条例第三十三条).

use std::time::Duration;

use law::{Provision, article};
use ledger::{Actor, Entry, Ledger};
use participation_rules::kept_since;
use serde_json::json;
use web::{Chore, Fault, House, Later};

use super::super::{ActError, UNSEEN};
use crate::store::Place;

/// 个人信息保护法第十九条: no longer than is needed.
const BASIS: Provision = article("个人信息保护法", 19);

/// Looks once an hour.
pub(crate) const CHORE: Chore =
    Chore { name: "participation.place_erasure", every: Duration::from_secs(3600), work };

fn work(house: &House) -> Later<'_, ()> {
    Box::pin(async move { erase(house.ledger()).await.map(drop).map_err(Fault::inside) })
}

/// Takes out what is kept no longer; says of how many enrolments.
///
/// # Errors
/// The database refuses.
pub async fn erase(ledger: &Ledger) -> Result<u64, ActError> {
    let since = kept_since(ledger.clock().today());
    if !Place::has_kept_before(ledger.store(), since).await? {
        return Ok(0);
    }
    let mut desk = ledger.desk(Actor::Timer).await?;
    let erased = Place::erase_before(desk.change(), since).await?;
    desk.record(Entry {
        room: "participation",
        act: "place_erasure",
        subject: format!("{UNSEEN}places"),
        organ: String::new(),
        basis: BASIS.to_string(),
        facts: json!({ "enrolments": erased, "before": since }),
    })
    .await?;
    desk.seal().await?;
    Ok(erased)
}
