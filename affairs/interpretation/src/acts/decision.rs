//! 同意或者退回: another person decides whether a policy goes without its interpretation, or before it.

use interpretation_rules::PolicyEvent;
use ledger::Desk;
use review::{Publishers, Signatory};
use serde_json::json;
use store::moment;
use web::Content;

use super::{ActError, policy_of, reasoned};
use crate::store::Policy;

/// Agrees to what was proposed, or does not, with a reason either way. What is agreed to is the draft as it read when
/// it was proposed (docs/readings/280).
///
/// # Errors
/// Nothing is proposed, the person drafted or proposed it, the draft was changed meanwhile, the reason is missing or
/// holds personal data, or the database refuses.
pub async fn keep(
    mut desk: Desk,
    publishers: &Publishers,
    by: &Signatory,
    id: &str,
    (agrees, reason): (bool, &str),
) -> Result<Policy, ActError> {
    Policy::hold(desk.change(), id).await?;
    let policy = policy_of(&desk, by, id).await?;
    let event = if agrees { PolicyEvent::Agree } else { PolicyEvent::Refuse };
    let state = policy.state.after(event)?;
    let reason = reasoned(reason)?;
    let content = draft_of(&desk, publishers, &policy).await?;
    apart(&desk, &policy, content.as_ref(), by).await?;
    if agrees {
        let same = content.as_ref().is_some_and(|content| policy.is_of(content));
        if !same {
            return Err(ActError::Refused(
                "稿件在提出以后改动过，或者已经不能送审公开，不能同意",
                "退回起草人，由起草人重新认定",
            ));
        }
    }
    let wrote = content.map(|content| content.authors).unwrap_or_default();
    Policy::note_authors(desk.change(), id, wrote.iter().map(String::as_str)).await?;
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

/// The draft as it reads now; `None` where it may no longer be published.
async fn draft_of(
    desk: &Desk,
    publishers: &Publishers,
    policy: &Policy,
) -> Result<Option<Content>, ActError> {
    let (kind, piece) = (policy.piece.0.as_str(), policy.piece.1.as_str());
    Ok((publishers.get(kind)?.content)(&desk.change().reading(), piece).await?)
}

/// Refuses whoever wrote the draft, whenever that was, or settled something of it as a drafter.
async fn apart(
    desk: &Desk,
    policy: &Policy,
    content: Option<&Content>,
    by: &Signatory,
) -> Result<(), ActError> {
    let authors = policy.authors(desk.change()).await?;
    let own = [Some(policy.proposed.person.as_str()), policy.proposed.stands_in_for.as_deref()];
    let wrote = content.into_iter().flat_map(|content| content.authors.iter());
    let mut drafted =
        authors.iter().chain(wrote).map(String::as_str).chain(own.into_iter().flatten());
    if drafted.any(|person| by.counts_as(person)) {
        return Err(ActError::Refused(
            "您起草了这份文件，或者提出了这个意见，不能自己认定",
            "请另一位负责人认定",
        ));
    }
    Ok(())
}
