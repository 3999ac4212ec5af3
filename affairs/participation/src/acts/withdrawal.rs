//! 撤下 (政府信息公开条例第六条第二款): what should not have been published is taken down; one proposes it with the
//! reason that will stand at the old address, another decides. The records stay as they are (docs/readings/277).

pub mod beside;

use identity::any_is;
use law::{Provision, article};
use ledger::{Desk, Leaf};
use participation_rules::Step;
use review::Signatory;
use serde_json::json;
use store::StoreError;

use super::{ActError, answering, at, drafting, entry, forget, public_reason, reasoned, taken};
use crate::inscription;
use crate::store::{Consultation, NewWithdrawal, Withdrawal};

const BASIS: Provision = article("政府信息公开条例", 6);

/// Proposes to withdraw one.
///
/// # Errors
/// It is not public, it is proposed already, no reason is given or it names somebody, or the database refuses.
pub async fn propose(
    mut desk: Desk,
    by: &Signatory,
    (organ, id): (&str, &str),
    reason: &str,
) -> Result<(), ActError> {
    let reason = public_reason(reason)?;
    let (found, _) = taken(&desk, organ, id, Step::Withdraw).await?;
    let new = NewWithdrawal {
        piece: id,
        reason: &reason,
        by: &by.person,
        stands_in_for: by.stands_in_for.as_deref().unwrap_or_default(),
        name: &by.name,
        at: &at(&desk),
    };
    match new.add(desk.change()).await {
        Err(StoreError::Duplicate(_)) => {
            return Err(ActError::standing("已经有人提出撤下，正在等审定。"));
        }
        other => other?,
    }
    desk.record(entry("withdrawal_proposal", &found, BASIS, json!({}))).await?;
    Ok(desk.seal().await?)
}

/// Decides a proposal: withdraws the consultation and its answers, or lets them stand.
///
/// # Errors
/// Nothing waits, the person proposed it, no reason is given, or the database refuses.
pub async fn decide(
    mut desk: Desk,
    by: &Signatory,
    (organ, id): (&str, &str),
    (withdraw, reason): (bool, &str),
) -> Result<(), ActError> {
    let reason = reasoned(reason)?;
    let (found, _) = taken(&desk, organ, id, Step::Withdraw).await?;
    let waiting = Withdrawal::of(desk.change(), id).await?.into_iter().find(|one| one.waits);
    let waiting = waiting.ok_or_else(|| ActError::standing("没有等审定的撤下。请刷新再看。"))?;
    if any_is(by.persons(), waiting.proposers.iter().map(String::as_str)) {
        return Err(ActError::standing("提出撤下的人不能审定。请别的签发人审定。"));
    }
    let at = at(&desk);
    let who = (by.person.as_str(), by.name.as_str(), at.as_str());
    if !waiting.decide(desk.change(), who, (withdraw, &reason)).await? {
        return Err(ActError::overtaken());
    }
    if !withdraw {
        desk.record(entry("withdrawal_refusal", &found, BASIS, json!({}))).await?;
        return Ok(desk.seal().await?);
    }
    let gone = (desk.today(), at.as_str(), waiting.reason.as_str());
    if !Consultation::withdraw(desk.change(), id, gone).await? {
        return Err(ActError::overtaken());
    }
    forget(&desk, &[(drafting::KIND, id), (answering::KIND, id)]).await?;
    let subject = inscription::subject(id);
    let mut told = entry("withdrawal", &found, BASIS, json!({ "answers": found.answered_on }));
    told.subject.clone_from(&subject);
    desk.record(told).await?;
    desk.publish_leaf(Leaf::withdrawal(subject, ledger::Withdrawal::InError))?;
    if found.answered_on.is_some() {
        let answers = inscription::result_subject(id);
        desk.publish_leaf(Leaf::withdrawal(answers, ledger::Withdrawal::InError))?;
    }
    Ok(desk.seal().await?)
}
