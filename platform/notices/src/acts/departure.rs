//! 退订和删除: with the address everything goes that was kept of it (个人信息保护法第十五条、第四十七条). There is
//! nothing between leaving and being erased: an address that is told nothing is kept for nothing.

use ledger::Desk;

use super::{ActError, entry};
use crate::store::Subscriber;

/// Takes an address out, with all that was kept of it. Who has left already has left.
///
/// # Errors
/// The database refuses.
pub async fn keep(mut desk: Desk, id: &str, how: &'static str) -> Result<(), ActError> {
    if !Subscriber::erase(desk.change(), id).await? {
        return Ok(());
    }
    let mut left = entry("departure", id, serde_json::json!({ "how": how }));
    left.basis = law::article("个人信息保护法", 47).to_string();
    desk.record(left).await?;
    Ok(desk.seal().await?)
}
