//! 撤下问卷 (政府信息公开条例第六条第二款): one proposes it with the reason that will stand at the old address, another
//! decides. The records stay as they are (docs/readings/277).

use identity::any_is;
use law::{Provision, article};
use ledger::{Desk, Leaf};
use participation_rules::QuestionnaireStep;
use review::Signatory;
use serde_json::json;
use store::StoreError;

use super::super::{ActError, at, forget, public_reason, reasoned};
use super::{KIND, results, taken, told};
use crate::inscription::questionnaire as inscribed;
use crate::store::{NewQuestionnaireWithdrawal, Questionnaire, QuestionnaireWithdrawal};

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
    let found = taken(&desk, organ, id, QuestionnaireStep::Withdraw).await?;
    let new = NewQuestionnaireWithdrawal {
        questionnaire: id,
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
    desk.record(told("questionnaire_withdrawal_proposal", &found, BASIS, json!({}))).await?;
    Ok(desk.seal().await?)
}

/// Decides a proposal: withdraws the questionnaire and its results, or lets them stand.
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
    let found = taken(&desk, organ, id, QuestionnaireStep::Withdraw).await?;
    let all = QuestionnaireWithdrawal::of(desk.change(), id).await?;
    let waiting = all.into_iter().find(|one| one.waits);
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
        desk.record(told("questionnaire_withdrawal_refusal", &found, BASIS, json!({}))).await?;
        return Ok(desk.seal().await?);
    }
    let gone = (desk.today(), at.as_str(), waiting.reason.as_str());
    if !Questionnaire::withdraw(desk.change(), id, gone).await? {
        return Err(ActError::overtaken());
    }
    forget(&desk, &[(KIND, id), (results::KIND, id)]).await?;
    let subject = inscribed::subject(id);
    let facts = json!({ "results": found.results_on });
    let mut entry = told("questionnaire_withdrawal", &found, BASIS, facts);
    entry.subject.clone_from(&subject);
    desk.record(entry).await?;
    desk.publish_leaf(Leaf::withdrawal(subject, ledger::Withdrawal::InError))?;
    if found.results_on.is_some() {
        let results = inscribed::result_subject(id);
        desk.publish_leaf(Leaf::withdrawal(results, ledger::Withdrawal::InError))?;
    }
    Ok(desk.seal().await?)
}
