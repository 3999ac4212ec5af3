//! 删除到期的原话: what people said, where it was heard and what was found out is kept no longer than somebody may still
//! ask how a concern was answered (个人信息保护法第十九条, docs/readings/301). What was published and its clocks stay.

use std::time::Duration;

use interpretation_rules::words_kept_since;
use law::{Provision, article};
use ledger::{Actor, Entry, Ledger};
use serde_json::json;

use super::ActError;
use crate::store::Response;

const BASIS: Provision = article("个人信息保护法", 19);

/// One round every hour.
pub(crate) const CHORE: web::Chore = web::Chore {
    name: "interpretation.forgetting",
    every: Duration::from_secs(3600),
    work: |house| {
        Box::pin(async move { follow(house.ledger()).await.map_err(ActError::into_fault) })
    },
};

/// One round of it.
///
/// # Errors
/// The database refuses.
pub async fn follow(ledger: &Ledger) -> Result<(), ActError> {
    let today = ledger.clock().today();
    let since = words_kept_since(today);
    if !Response::has_over_before(ledger.store(), since).await? {
        return Ok(());
    }
    let mut desk = ledger.desk(Actor::Timer).await?;
    let erased = Response::erase_before(desk.change(), since, today).await?;
    desk.record(Entry {
        room: "interpretation",
        act: "concern_erasure",
        subject: "interpretation_draft:huiying".to_owned(),
        organ: String::new(),
        basis: BASIS.to_string(),
        facts: json!({ "concerns": erased, "over_before": since.to_string() }),
    })
    .await?;
    Ok(desk.seal().await?)
}
