//! 同意或者退回: another person decides whether a policy goes without its interpretation, or before it.

use interpretation_rules::PolicyEvent;
use ledger::Desk;
use review::Signatory;
use serde_json::json;
use store::moment;

use super::{ActError, needed, policy_of};
use crate::store::Policy;

/// Agrees to what was proposed, or does not, with a reason either way.
///
/// # Errors
/// Nothing is proposed, the person drafted or proposed it, the reason is missing, or the database refuses.
pub async fn keep(
    mut desk: Desk,
    by: &Signatory,
    id: &str,
    (agrees, reason): (bool, &str),
) -> Result<Policy, ActError> {
    let policy = policy_of(&desk, by, id).await?;
    let event = if agrees { PolicyEvent::Agree } else { PolicyEvent::Refuse };
    let state = policy.state.after(event)?;
    let reason = needed(web::workbench::REASON, "理由", reason)?;
    let authors = policy.authors(desk.change()).await?;
    let own = [Some(policy.proposed.person.as_str()), policy.proposed.stands_in_for.as_deref()];
    let drafted = authors.iter().map(String::as_str).chain(own.into_iter().flatten());
    if drafted.into_iter().any(|person| by.counts_as(person)) {
        return Err(ActError::Refused(
            "您起草了这份文件，或者提出了这个意见，不能自己认定",
            "请另一位负责人认定",
        ));
    }
    let returned = if agrees { "" } else { reason.as_str() };
    let now = moment(desk.now());
    if !policy.decide(desk.change(), (state, returned), (by, now)).await? {
        return Err(ActError::OVERTAKEN);
    }
    let facts = json!({ "agrees": agrees, "state": state.word(), "reason": reason });
    desk.record(super::entry("decision", &policy, facts)).await?;
    desk.seal().await?;
    Ok(policy)
}
