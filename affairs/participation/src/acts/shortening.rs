//! 批准少于三十日 (条例第十五条): a short time is told with its reason, and somebody who did not write the notice agrees
//! to it. Whoever changes the draft afterwards has to be agreed with again.

use identity::any_is;
use ledger::Desk;
use participation_rules::Stage;
use review::Signatory;
use serde_json::json;

use super::drafting::BASIS;
use super::{ActError, entry, lasting_reason};
use crate::store::Consultation;

/// Agrees to a short time.
///
/// # Errors
/// It is not under review, it is not short, the person wrote it, no reason is given or it names somebody, or the database
/// refuses.
pub async fn approve(
    mut desk: Desk,
    by: &Signatory,
    (organ, id): (&str, &str),
    reason: &str,
) -> Result<(), ActError> {
    let reason = lasting_reason(reason)?;
    Consultation::hold(desk.change(), id).await?;
    let found = Consultation::find(desk.change(), id).await?.filter(|found| found.organ == organ);
    let found =
        found.ok_or_else(|| ActError::standing("本机关没有这次征求意见。请从列表里重新打开。"))?;
    if found.stage(desk.today()) != Stage::InReview || found.said.short_reason.is_empty() {
        return Err(ActError::standing("这次征求意见没有等批准的期限。请刷新再看。"));
    }
    if any_is(by.persons(), found.authors.iter().map(String::as_str)) {
        return Err(ActError::standing("起草人不能批准自己写的期限。请别的签发人批准。"));
    }
    if !Consultation::shorten(desk.change(), id, (&by.person, &by.name, &reason)).await? {
        return Err(ActError::overtaken());
    }
    let facts = json!({ "days": found.said.days, "reason": reason });
    desk.record(entry("consultation_shortening", &found, BASIS, facts)).await?;
    Ok(desk.seal().await?)
}
