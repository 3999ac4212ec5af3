//! 重发: what did not arrive, or is asked for again, is sent once more, under the same key.

use ledger::{Desk, Entry};

use super::ActError;
use crate::store::Delivery;

/// Sends again: one delivery, one of a subscriber's own, or all that failed. Says how many.
///
/// # Errors
/// There is none, or the database refuses.
pub async fn keep(
    mut desk: Desk,
    (id, subscriber): (Option<&str>, Option<&str>),
    reason: &str,
) -> Result<u64, ActError> {
    let many = Delivery::again(desk.change(), (id, subscriber), desk.now()).await?;
    if many == 0 {
        return Err(ActError::Refused("没有可以重发的：可能已经送出，或者已经删除。请刷新再看。"));
    }
    desk.record(Entry {
        room: "notices",
        act: "retry",
        subject: id.map_or_else(|| "notice_delivery".into(), |id| format!("notice_delivery:{id}")),
        organ: String::new(),
        basis: "GB/T 22239-2019 管理".into(),
        facts: serde_json::json!({ "deliveries": many, "reason": reason.trim() }),
    })
    .await?;
    desk.seal().await?;
    Ok(many)
}
