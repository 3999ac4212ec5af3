//! 清理: a file of which no interpretation is made any more is erased some days after it was handed in last, so that
//! whoever took it off by mistake can hand it in again without waiting for nothing; what was taken down for what it says
//! is erased with its file, its pictures and what its review kept of it: at once where that was personal, and else after
//! a year (个人信息保护法第四十七条, docs/readings/307).

use std::path::Path;
use std::time::Duration;

use interpretation_rules::pulled_kept_since;
use jiff::SignedDuration;
use ledger::{Actor, Desk, Entry, Ledger};
use review::forgetting;
use serde_json::json;
use store::moment;

use super::{ActError, draft_entry};
use crate::drafts::MATERIAL;
use crate::media::shelf;
use crate::store::{Interpretation, KeptMedium};

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
            pulled(house.ledger(), house.folder()).await.map_err(ActError::into_fault)
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

/// One round over what was taken down for what it says.
///
/// # Errors
/// A file cannot be taken away, or the database refuses.
pub async fn pulled(ledger: &Ledger, folder: &Path) -> Result<(), ActError> {
    let since = pulled_kept_since(ledger.clock().today()).to_string();
    for one in Interpretation::kept_since(ledger.store(), &since).await? {
        let mut desk = ledger.desk(Actor::Timer).await?;
        within(&mut desk, folder, &one).await?;
        desk.seal().await?;
    }
    // Somebody may have asked for a picture while its interpretation went.
    let now = ledger.clock().now();
    let lately = moment(now.checked_sub(KEPT).unwrap_or(now));
    for one in Interpretation::erased_since(ledger.store(), &lately).await? {
        shelf::erase_pictures(folder, &one.id).await?;
    }
    Ok(())
}

/// What one said goes, here, in its review and in the folder, within another act.
pub(super) async fn within(
    desk: &mut Desk,
    folder: &Path,
    one: &Interpretation,
) -> Result<(), ActError> {
    if !one.empty(desk.change(), &moment(desk.now())).await? {
        return Ok(());
    }
    forgetting::within(desk.change(), MATERIAL, &one.id).await?;
    let mut facts = json!({ "interpretation": one.id });
    if let Some(medium) = &one.body.medium
        && KeptMedium::erase_now(desk.change(), &medium.sha256).await?
    {
        shelf::erase(folder, &medium.sha256).await?;
        facts["size"] = medium.size.into();
    }
    shelf::erase_pictures(folder, &one.id).await?;
    let basis = law::article("个人信息保护法", 47).to_string();
    desk.record(Entry { basis, ..draft_entry("content_erasure", one, facts) }).await?;
    Ok(())
}
