//! 查看提出人联系方式 (个人信息保护法第六条): who looks, and why, is written down before anything is shown.

use law::{Provision, article};
use ledger::Desk;
use secrets::Sealer;
use serde_json::json;

use super::{ActError, entry_of, lasting_reason};
use crate::store::{Consultation, HandedIn, Opinion, Original};

const BASIS: Provision = article("个人信息保护法", 6);

/// Opens who gave an opinion, and the words as they came.
///
/// # Errors
/// There is no such opinion of the organ, no reason is given or it names somebody, it cannot be opened, or the database
/// refuses.
pub async fn open(
    mut desk: Desk,
    sealer: &Sealer,
    (organ, consultation, number): (&str, &str, i64),
    reason: &str,
) -> Result<Original, ActError> {
    let reason = lasting_reason(reason)?;
    Consultation::hold(desk.change(), consultation).await?;
    let found = Consultation::find(desk.change(), consultation).await?;
    let found = found.filter(|found| found.organ == organ);
    let opinion = Opinion::find(desk.change(), consultation, number).await?;
    let (Some(found), Some(opinion)) = (found, opinion) else {
        return Err(ActError::standing("没有这条意见。请从列表里重新打开。"));
    };
    let original = opinion.original(sealer)?;
    let facts = json!({ "reason": reason });
    desk.record(entry_of("opinion_contact", (&found, number), BASIS, facts)).await?;
    desk.seal().await?;
    Ok(original)
}
