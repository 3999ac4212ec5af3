//! 清理: a file of which no interpretation is made any more is erased some days after it was handed in last, so that
//! whoever took it off by mistake can hand it in again without waiting for nothing (docs/readings/307).

use std::path::Path;
use std::time::Duration;

use jiff::SignedDuration;
use ledger::{Actor, Entry, Ledger};
use serde_json::json;
use store::moment;
use web::Fault;

use super::ActError;
use crate::media::shelf;
use crate::store::KeptMedium;

/// So many are erased in one round.
const AT_ONCE: i64 = 20;

/// How long what is not used is still kept: ours (docs/readings/307).
const KEPT: SignedDuration = SignedDuration::from_hours(7 * 24);

/// One round every hour.
pub(crate) const CHORE: web::Chore = web::Chore {
    name: "interpretation.erasing",
    every: Duration::from_secs(3600),
    work: |house| {
        Box::pin(async move {
            follow(house.ledger(), house.folder()).await.map_err(ActError::into_fault)?;
            shelf::sweep(house.folder()).await.map_err(Fault::inside)
        })
    },
};

/// One round of it.
///
/// # Errors
/// A file cannot be taken away, or the database refuses.
pub async fn follow(ledger: &Ledger, folder: &Path) -> Result<(), ActError> {
    let now = ledger.clock().now();
    let before = moment(now.checked_sub(KEPT).unwrap_or(now));
    for one in KeptMedium::unused(ledger.store(), &before, AT_ONCE).await? {
        let mut desk = ledger.desk(Actor::Timer).await?;
        if !one.erase(desk.change(), &before).await? {
            continue;
        }
        // Whoever hands it in again waits for this act, and puts the file back afterwards.
        shelf::erase(folder, &one.sha256).await?;
        desk.record(Entry {
            room: "interpretation",
            act: "medium_erasure",
            subject: format!("interpretation_medium:{}", one.sha256),
            organ: one.organ.clone(),
            basis: law::article("个人信息保护法", 47).to_string(),
            facts: json!({ "size": one.size }),
        })
        .await?;
        desk.seal().await?;
    }
    Ok(())
}
