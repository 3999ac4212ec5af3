//! 到期删除: addresses that nobody confirmed, those that take nothing any more, and what was sent long ago
//! (docs/readings/217).

use std::time::Duration;

use jiff::SignedDuration;
use ledger::{Actor, Entry, Ledger};
use web::api::Once;
use web::{Chore, Fault};

use super::ActError;
use super::subscription::ASKED_WITHIN;
use crate::store::{Delivery, Subscriber, forget_askings};

/// An address that was not confirmed is kept for so long.
const UNCONFIRMED: SignedDuration = SignedDuration::from_hours(7 * 24);

/// An address that is off is kept for so long, so that its owner may still see why.
const OFF: SignedDuration = SignedDuration::from_hours(30 * 24);

/// What was sent is known for so long: to be sent again, and to be asked about.
const ENDED: SignedDuration = SignedDuration::from_hours(30 * 24);

/// So many addresses at a time.
const AT_ONCE: i64 = 500;

/// Every hour.
pub(crate) const CHORE: Chore = Chore {
    name: "notices.clearing",
    every: Duration::from_secs(3600),
    work: |house| {
        Box::pin(async move {
            let cleared = keep(house.ledger()).await;
            cleared.map(|_| ()).map_err(Fault::inside)
        })
    },
};

/// Takes out what its time is up for; says how many addresses.
///
/// # Errors
/// The database refuses.
pub async fn keep(ledger: &Ledger) -> Result<usize, ActError> {
    let mut desk = ledger.desk(Actor::Timer).await?;
    let now = desk.now();
    let before = |time: SignedDuration| now.checked_sub(time).unwrap_or(now);
    let outdated = (before(UNCONFIRMED), before(OFF));
    let gone = Subscriber::outdated(desk.change(), outdated, AT_ONCE).await?;
    for id in &gone {
        Subscriber::erase(desk.change(), id).await?;
    }
    let asked = Subscriber::forget_unconfirmed(desk.change(), before(UNCONFIRMED)).await?;
    let askings = forget_askings(desk.change(), before(ASKED_WITHIN)).await?;
    let sent = Delivery::forget(desk.change(), (before(ENDED), before(ENDED))).await?;
    let answers = Once::forget(desk.change(), now).await?;
    if gone.is_empty() && [asked, sent, askings, answers] == [0; 4] {
        return Ok(0);
    }
    desk.record(Entry {
        room: "notices",
        act: "clearing",
        subject: "notice_subscriber".into(),
        organ: String::new(),
        basis: law::article("个人信息保护法", 47).to_string(),
        facts: serde_json::json!({ "subscribers": gone.len(), "subscriptions": asked, "sent": sent }),
    })
    .await?;
    desk.seal().await?;
    Ok(gone.len())
}
