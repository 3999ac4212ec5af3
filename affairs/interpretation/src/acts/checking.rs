//! 核对: a document was corrected after it was interpreted; whoever drafts says that its interpretations still fit.
//! One that does not fit is replaced by another, which settles it as well (docs/readings/282).

use ledger::Desk;
use review::Signatory;
use serde_json::json;

use super::{ActError, entry, policy_of};

/// Says so.
///
/// # Errors
/// There is no such policy of the organ, it was not corrected, or the database refuses.
pub async fn keep(mut desk: Desk, by: &Signatory, id: &str) -> Result<(), ActError> {
    let policy = policy_of(&desk, by, id).await?;
    if !policy.checked(desk.change()).await? {
        return Err(ActError::Refused("这份文件没有等核对的更正", "刷新页面再看"));
    }
    let facts = json!({ "corrected_at": policy.corrected_at });
    desk.record(entry("checking", &policy, facts)).await?;
    Ok(desk.seal().await?)
}
