//! 撤下访谈 (政府信息公开条例第六条): a notice, live text or transcript that should not have been public is taken down; one
//! proposes it with the reason that will stand at the old address, another decides. The records stay as they are.

use ::store::StoreError;
use identity::any_is;
use law::{Provision, article};
use ledger::{Desk, Leaf};
use participation_rules::InterviewStep;
use review::Signatory;
use serde_json::json;

use super::interview::{interview_entry, taken_interview};
use super::{ActError, at, forget, interview, public_reason, reasoned, transcript};
use crate::inscription::interview as inscribed;
use crate::store::{Change, Deciding, Entered, Interview, NewChange};

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
    let (found, _) = taken_interview(&desk, organ, id, InterviewStep::Withdraw).await?;
    let before = Change::withdrawals(desk.change(), id).await?;
    if before.iter().any(|one| one.waits) {
        return Err(ActError::standing("已经有人提出撤下，正在等审定。"));
    }
    let new = NewChange {
        interview: id,
        number: 0,
        what: &Entered::Withdrawal { reason },
        question: 0,
        form: &format!("{id}:withdrawal:{}", before.len()),
        by: &by.person,
        stands_in_for: by.stands_in_for.as_deref().unwrap_or_default(),
        name: &by.name,
        at: &at(&desk),
    };
    match new.add(desk.change()).await {
        Err(StoreError::Duplicate(_)) => return Err(ActError::overtaken()),
        other => other?,
    }
    let told = interview_entry("interview_withdrawal_proposal", &found, BASIS, json!({}));
    desk.record(told).await?;
    Ok(desk.seal().await?)
}

/// Decides a proposal: withdraws the interview, or lets it stand.
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
    let (found, _) = taken_interview(&desk, organ, id, InterviewStep::Withdraw).await?;
    let waiting = Change::withdrawals(desk.change(), id).await?.into_iter().find(|one| one.waits);
    let waiting = waiting.ok_or_else(|| ActError::standing("没有等审定的撤下。请刷新再看。"))?;
    if any_is(by.persons(), waiting.enterers.iter().map(String::as_str)) {
        return Err(ActError::standing("提出撤下的人不能审定。请别的签发人审定。"));
    }
    let at = at(&desk);
    let deciding = Deciding { by: &by.person, name: &by.name, at: &at, reason: &reason };
    let decided = match withdraw {
        true => waiting.release(desk.change(), 0, &deciding).await?,
        false => waiting.refuse(desk.change(), &deciding).await?,
    };
    if !decided {
        return Err(ActError::overtaken());
    }
    if !withdraw {
        let told = interview_entry("interview_withdrawal_refusal", &found, BASIS, json!({}));
        desk.record(told).await?;
        return Ok(desk.seal().await?);
    }
    let Entered::Withdrawal { reason: shown } = &waiting.what else {
        return Err(ActError::overtaken());
    };
    let gone = (desk.today(), at.as_str(), shown.as_str());
    if !Interview::withdraw(desk.change(), id, gone).await? {
        return Err(ActError::overtaken());
    }
    forget(&desk, &[(interview::KIND, id), (transcript::KIND, id)]).await?;
    let mut told = interview_entry("interview_withdrawal", &found, BASIS, json!({}));
    told.subject = inscribed::subject(id, "");
    desk.record(told).await?;
    let there = [
        (true, ""),
        (found.published_on.is_some(), inscribed::TRANSCRIPT),
        (found.cancelled.is_some(), inscribed::CANCELLED),
    ];
    for (_, part) in there.into_iter().filter(|(there, _)| *there) {
        let subject = inscribed::subject(id, part);
        desk.publish_leaf(Leaf::withdrawal(subject, ledger::Withdrawal::InError))?;
    }
    Ok(desk.seal().await?)
}
