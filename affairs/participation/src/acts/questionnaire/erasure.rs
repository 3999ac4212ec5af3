//! What people wrote in their own words is taken out a year after the results (docs/readings/303). Which options were
//! taken, and the words that were published, are kept (条例第三十三条).

use std::time::Duration;

use law::{Provision, article};
use ledger::{Actor, Entry, Ledger};
use participation_rules::kept_since;
use serde_json::json;
use web::{Chore, Fault, House, Later};

use super::super::{ActError, UNSEEN};
use crate::store::Answered;

/// 个人信息保护法第十九条: no longer than is needed.
const BASIS: Provision = article("个人信息保护法", 19);

/// Looks once an hour.
pub(crate) const CHORE: Chore =
    Chore { name: "participation.questionnaire_erasure", every: Duration::from_secs(3600), work };

fn work(house: &House) -> Later<'_, ()> {
    Box::pin(async move { erase(house.ledger()).await.map(drop).map_err(Fault::inside) })
}

/// Takes out what is kept no longer; says of how many answers.
///
/// # Errors
/// The database refuses.
pub async fn erase(ledger: &Ledger) -> Result<u64, ActError> {
    let since = kept_since(ledger.clock().today());
    if !Answered::has_kept_before(ledger.store(), since).await? {
        return Ok(0);
    }
    let mut desk = ledger.desk(Actor::Timer).await?;
    let erased = Answered::erase_before(desk.change(), since).await?;
    desk.record(Entry {
        room: "participation",
        act: "questionnaire_erasure",
        subject: format!("{UNSEEN}questionnaire_words"),
        organ: String::new(),
        basis: BASIS.to_string(),
        facts: json!({ "answers": erased, "before": since }),
    })
    .await?;
    desk.seal().await?;
    Ok(erased)
}
