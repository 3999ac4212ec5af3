//! 撤回补录: what was taken over by mistake, another organ's report or another year's, is taken out again before it
//! is public (docs/readings/226).

use ledger::Desk;
use review::Signatory;

use super::{ActError, draft_of, entry};
use crate::store::{self, Origin};

/// Takes an import out that is not under review; its report may be taken in anew.
///
/// # Errors
/// It is no draft of the organ, it was not taken over, or the database refuses.
pub async fn keep(mut desk: Desk, by: &Signatory, id: &str) -> Result<(), ActError> {
    let version = draft_of(&desk, by, id).await?;
    if version.origin != Origin::Taken || version.number != 1 {
        return Err(ActError::Refused("这不是补录的报告", "更正可以放弃，自己编制的报告不能撤回"));
    }
    store::taken_out(desk.change(), &version).await?;
    let facts = serde_json::json!({ "title": version.title, "source": version.original_source });
    desk.record(entry("intake_withdrawal", &version, facts)).await?;
    Ok(desk.seal().await?)
}
