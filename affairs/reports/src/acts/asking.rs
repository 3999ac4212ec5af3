//! 提请定稿: the drafters say that a draft is ready.

use ::store::moment;
use ledger::Desk;
use review::Signatory;

use super::{ActError, draft_of, entry};
use crate::store;

/// Asks for a draft to be frozen; asking twice changes nothing but the time.
///
/// # Errors
/// It is no draft of the organ, or the database refuses.
pub async fn keep(mut desk: Desk, by: &Signatory, id: &str) -> Result<(), ActError> {
    let version = draft_of(&desk, by, id).await?;
    if !store::asked(desk.change(), id, Some(moment(desk.now()))).await? {
        return Err(ActError::OVERTAKEN);
    }
    desk.record(entry("asking", &version, serde_json::json!({}))).await?;
    Ok(desk.seal().await?)
}
