//! 删除找错和评价的内容: what visitors wrote and how to reach them is kept no longer than somebody may still ask
//! after it (个人信息保护法第十九条, docs/readings/261). Number, kind, page, answer and steps stay.

use std::time::Duration;

use law::{Provision, article};
use ledger::{Actor, Entry, Ledger};
use sites_rules::kept_since;
use web::{Chore, Fault};

use super::ActError;
use crate::store::SiteMessage;

const BASIS: Provision = article("个人信息保护法", 19);

/// Every hour.
pub const CHORE: Chore = Chore {
    name: "sites.erasure",
    every: Duration::from_secs(3600),
    work: |house| Box::pin(async move { erase(house.ledger()).await.map_err(Fault::inside) }),
};

/// Takes out what was written in messages that ended long enough ago.
///
/// # Errors
/// The database refuses.
pub async fn erase(ledger: &Ledger) -> Result<(), ActError> {
    let since = kept_since(ledger.clock().today());
    if !SiteMessage::has_written_before(ledger.store(), since).await? {
        return Ok(());
    }
    let mut desk = ledger.desk(Actor::Timer).await?;
    let erased = SiteMessage::erase_before(desk.change(), since).await?;
    desk.record(Entry {
        room: "sites",
        act: "message_erasure",
        subject: "sites:messages".into(),
        organ: String::new(),
        basis: BASIS.to_string(),
        facts: serde_json::json!({ "messages": erased, "ended_before": since.to_string() }),
    })
    .await?;
    Ok(desk.seal().await?)
}
