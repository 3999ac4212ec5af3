//! 撤下 (政府信息公开条例第六条第二款): what should not have been published is taken down; one proposes it with the reason that
//! will stand at the old address, another decides. The records stay as they are; answers that are withdrawn are put right
//! and published anew (docs/readings/277).

mod kinds;
mod standing;

use identity::any_is;
use law::{Provision, article};
use ledger::{Desk, Leaf};
use review::Signatory;
use serde_json::json;

use super::{ActError, at, forget, lasting_reason, public_reason, reasoned};
use crate::store::{Deciding, NewWithdrawal, Withdrawable, Withdrawal};
use standing::Standing;

const BASIS: Provision = article("政府信息公开条例", 6);

/// Proposes to withdraw one.
///
/// # Errors
/// It is not public, it is proposed already, no reason is given or it names somebody, or the database refuses.
pub async fn propose(
    mut desk: Desk,
    by: &Signatory,
    (organ, what, id): (&str, Withdrawable, &str),
    reason: &str,
) -> Result<(), ActError> {
    let reason = public_reason(reason)?;
    let found = Standing::taken(&desk, organ, (what, id)).await?;
    let new = NewWithdrawal {
        of: (what, id),
        reason: &reason,
        by: &by.person,
        stands_in_for: by.stands_in_for.as_deref().unwrap_or_default(),
        name: &by.name,
        at: &at(&desk),
    };
    if !new.add(desk.change()).await? {
        return Err(ActError::standing("已经有人提出撤下，正在等审定。"));
    }
    desk.record(found.unseen(found.kind.proposal, json!({}))).await?;
    Ok(desk.seal().await?)
}

/// Decides a proposal: withdraws it, or lets it stand.
///
/// # Errors
/// Nothing waits, the person proposed it, no reason is given, or it names somebody where the ledger keeps it, or the
/// database refuses.
pub async fn decide(
    mut desk: Desk,
    by: &Signatory,
    (organ, what, id): (&str, Withdrawable, &str),
    (withdraw, reason): (bool, &str),
) -> Result<(), ActError> {
    let lasts = kinds::of(what).reason_lasts;
    let reason = if lasts { lasting_reason(reason)? } else { reasoned(reason)? };
    let found = Standing::taken(&desk, organ, (what, id)).await?;
    let all = Withdrawal::of(desk.change(), (what, id)).await?;
    let waiting = all.into_iter().find(|one| one.waits);
    let waiting = waiting.ok_or_else(|| ActError::standing("没有等审定的撤下。请刷新再看。"))?;
    if any_is(by.persons(), waiting.proposers.iter().map(String::as_str)) {
        return Err(ActError::standing("提出撤下的人不能审定。请别的签发人审定。"));
    }
    let at = at(&desk);
    let deciding = Deciding { by: &by.person, name: &by.name, at: &at, reason: &reason };
    if !waiting.decide(desk.change(), (withdraw, desk.today()), &deciding).await? {
        return Err(ActError::overtaken());
    }
    if !withdraw {
        let facts = if lasts { json!({ "reason": reason }) } else { json!({}) };
        desk.record(found.unseen(found.kind.refusal, facts)).await?;
        return Ok(desk.seal().await?);
    }
    found.takes_along(&desk).await?;
    let reviewed: Vec<_> = found.kind.reviewed.iter().map(|kind| (*kind, id)).collect();
    forget(&desk, &reviewed).await?;
    desk.record(found.withdrawal(&waiting.reason)).await?;
    for leaf in found.leaves {
        desk.publish_leaf(Leaf::withdrawal(leaf, ledger::Withdrawal::InError))?;
    }
    Ok(desk.seal().await?)
}
