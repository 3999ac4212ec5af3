//! 撤下 of one interpretation that says what must not be public or is wrong: one person proposes it with a reason,
//! another agrees. It does not come back; a policy that has no other owes one again (docs/readings/282).

use std::path::Path;

use interpretation_rules::{InterpretationEvent, PolicyEvent, PolicyState, PullGround, last_day};
use ledger::{Desk, Leaf, Withdrawal};
use review::Signatory;
use serde_json::json;
use store::moment;

use super::{ActError, draft_entry, erasing, material_of, needed, public_entry, reasoned};
use crate::checks;
use crate::media::shelf;
use crate::store::{Interpretation, Policy};

/// Proposes it; the reason will stand where the page was.
///
/// # Errors
/// There is none of the organ that is public, it is proposed already, the reason is missing or holds personal data, or
/// the database refuses.
pub async fn propose(
    mut desk: Desk,
    by: &Signatory,
    id: &str,
    (ground, reason): (&str, &str),
) -> Result<(), ActError> {
    let one = material_of(&desk, by, id).await?;
    one.state.after(InterpretationEvent::TakeDown)?;
    let ground = PullGround::read(ground)
        .ok_or_else(|| ActError::field("yuanyou", "没有选是哪一种原因。请选一种。"))?;
    let reason = needed(web::workbench::REASON, "理由", reason)?;
    if let Some(words) = checks::stopping_line(&reason) {
        let words = format!("理由会公布，{words}。请删去或者遮盖。");
        return Err(ActError::field(web::workbench::REASON, words));
    }
    if !one.propose_pull(desk.change(), (ground, &reason), (by, moment(desk.now()))).await? {
        return Err(ActError::Refused("已经有人提出撤下", "等另一位负责人决定"));
    }
    let facts = json!({ "reason": reason, "ground": ground.word() });
    desk.record(draft_entry("pull_proposal", &one, facts)).await?;
    Ok(desk.seal().await?)
}

/// Agrees to it, or does not, with a reason either way. What is personal is gone when this returns: what it said here
/// and in its review, what was painted of it, and its file in the folder.
///
/// # Errors
/// Nothing is proposed, the person wrote or proposed it, the reason is missing or holds personal data, a file cannot be
/// taken away, or the database refuses.
pub async fn decide(
    mut desk: Desk,
    folder: &Path,
    by: &Signatory,
    id: &str,
    (agrees, reason): (bool, &str),
) -> Result<(), ActError> {
    let one = material_of(&desk, by, id).await?;
    let pull = one.pull.clone().filter(|pull| !pull.done);
    let pull = pull.ok_or(ActError::Refused("没有人提出撤下这份解读", "刷新页面再看"))?;
    let reason = reasoned(reason)?;
    let mut own = one.authors(desk.change()).await?;
    own.push(pull.proposed.person.clone());
    own.extend(pull.proposed.stands_in_for.clone());
    if own.iter().any(|person| by.counts_as(person)) {
        return Err(ActError::Refused(
            "您写了这份解读，或者提出了撤下，不能自己决定",
            "请另一位负责人决定",
        ));
    }
    let facts = json!({
        "agrees": agrees, "reason": reason, "proposed": pull.reason, "ground": pull.ground.word(),
    });
    if agrees {
        down(&desk, &one, by).await?;
        desk.record(public_entry("withdrawal", &one, facts)).await?;
        let why = match pull.ground {
            PullGround::Consent => Withdrawal::ConsentWithdrawn,
            PullGround::Wrong | PullGround::Personal => Withdrawal::InError,
        };
        desk.publish_leaf(Leaf::withdrawal(one.subject(), why))?;
        // It would only be painted anew.
        shelf::erase_pictures(folder, &one.id).await?;
        if pull.ground.erases_at_once() {
            erasing::within(&mut desk, folder, &one).await?;
        }
    } else {
        if !one.keep_up(desk.change()).await? {
            return Err(ActError::OVERTAKEN);
        }
        desk.record(draft_entry("pull_refusal", &one, facts)).await?;
    }
    Ok(desk.seal().await?)
}

/// It is down; its policy owes one where it has no other.
async fn down(desk: &Desk, one: &Interpretation, by: &Signatory) -> Result<(), ActError> {
    one.state.after(InterpretationEvent::TakeDown)?;
    Policy::hold(desk.change(), &one.policy).await?;
    if !one.pull_down(desk.change(), (by, moment(desk.now()))).await? {
        return Err(ActError::OVERTAKEN);
    }
    let policy = Policy::find(desk.change(), &one.policy).await?.ok_or(ActError::NO_POLICY)?;
    let left = Interpretation::shown_of(desk.change(), &policy.id).await?;
    if left.is_empty() && policy.state == PolicyState::Interpreted {
        let state = policy.state.after(PolicyEvent::LoseInterpretation)?;
        // What was owed with the document is long over: the days are counted anew (docs/readings/281).
        let due = last_day(desk.today(), desk.calendar())?;
        policy.owe_again(desk.change(), state, (due.date, due.provisional)).await?;
    }
    Ok(())
}
