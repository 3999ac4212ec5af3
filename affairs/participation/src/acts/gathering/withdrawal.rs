//! 撤下 (政府信息公开条例第六条第二款): a notice or record that should not have been published is taken down; one proposes
//! it with the reason that will stand at the old address, another decides (docs/readings/277).

use identity::any_is;
use law::{Provision, article};
use ledger::{Desk, Leaf};
use participation_rules::{GatheringStage, GatheringStep};
use review::Signatory;
use serde_json::json;

use super::super::{ActError, at, forget, lasting_reason, public_reason};
use super::{KIND, gathering_entry, minutes, taken};
use crate::inscription::gathering as inscribed;
use crate::store::{Gathering, Place, Proposed};

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
    let (found, _) = taken(&desk, organ, id, GatheringStep::Withdraw).await?;
    let persons = by.persons().map(str::to_owned).collect();
    let new = Proposed { reason, by: persons, name: by.name.clone() };
    if !Gathering::propose(desk.change(), (id, &at(&desk)), Some(&new)).await? {
        return Err(ActError::standing("已经有人提出撤下，正在等审定。"));
    }
    let entry = gathering_entry("gathering_withdrawal_proposal", &found, BASIS, json!({}));
    desk.record(entry).await?;
    Ok(desk.seal().await?)
}

/// Decides a proposal: withdraws the notice and its record, or lets them stand.
///
/// # Errors
/// Nothing waits, the person proposed it, no reason is given or it names somebody, or the database refuses.
pub async fn decide(
    mut desk: Desk,
    by: &Signatory,
    (organ, id): (&str, &str),
    (withdraw, reason): (bool, &str),
) -> Result<(), ActError> {
    let reason = lasting_reason(reason)?;
    let (found, stage) = taken(&desk, organ, id, GatheringStep::Withdraw).await?;
    let waiting = found.proposed.as_ref();
    let waiting = waiting.ok_or_else(|| ActError::standing("没有等审定的撤下。请刷新再看。"))?;
    if any_is(by.persons(), waiting.by.iter().map(String::as_str)) {
        return Err(ActError::standing("提出撤下的人不能审定。请别的签发人审定。"));
    }
    let at = at(&desk);
    if !withdraw {
        if !Gathering::propose(desk.change(), (id, &at), None).await? {
            return Err(ActError::overtaken());
        }
        let facts = json!({ "reason": reason });
        desk.record(gathering_entry("gathering_withdrawal_refusal", &found, BASIS, facts)).await?;
        return Ok(desk.seal().await?);
    }
    if !Gathering::withdraw(desk.change(), (id, &at), (desk.today(), &by.person)).await? {
        return Err(ActError::overtaken());
    }
    if matches!(stage, GatheringStage::Open | GatheringStage::Awaiting) {
        Place::tell_all(desk.change(), id).await?;
    }
    forget(&desk, &[(KIND, id), (minutes::KIND, id)]).await?;
    let subject = inscribed::subject(id, "");
    let facts = json!({ "record": found.recorded_on });
    let mut told = gathering_entry("gathering_withdrawal", &found, BASIS, facts);
    told.subject.clone_from(&subject);
    desk.record(told).await?;
    for (public, part) in [
        (true, ""),
        (found.recorded_on.is_some(), inscribed::RECORD),
        (found.cancelled.is_some(), inscribed::CANCELLED),
    ] {
        if public {
            let subject = inscribed::subject(id, part);
            desk.publish_leaf(Leaf::withdrawal(subject, ledger::Withdrawal::InError))?;
        }
    }
    Ok(desk.seal().await?)
}
