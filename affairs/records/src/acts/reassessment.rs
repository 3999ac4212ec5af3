//! 评估: what is withheld returns on its day (条例第十八条). One person proposes what is to become of
//! it, another decides; 转主动 and 转依申请 start their clocks with the decision.

use ledger::Desk;
use records_rules::{Attribute, Outcome};
use store::moment;

use super::attribute::{assessed, keep};
use super::drafting::draft_of;
use super::{ActError, Hand, reasoned};
use crate::store::{DraftState, Reassessment};

/// Proposes what is to become of a withheld document that has returned.
///
/// # Errors
/// There is no such assessment, it is decided, no reason is given, or the database refuses.
pub async fn propose(
    mut desk: Desk,
    hand: &Hand,
    id: &str,
    outcome: Outcome,
    reason: &str,
) -> Result<Reassessment, ActError> {
    let found = open(&desk, hand, id).await?;
    let reason = reasoned(reason)?;
    let at = moment(desk.now());
    if !found.propose(desk.change(), &outcome, &reason, hand, &at).await? {
        return Err(ActError::DECIDED);
    }
    let facts = serde_json::json!({ "outcome": outcome.name() });
    let entry = assessed("reassessment_proposal", &found.draft, &found.organ, facts);
    desk.record(entry).await?;
    desk.seal().await?;
    Ok(found)
}

/// Decides as proposed, or sends the proposal back. With the decision the clocks start.
///
/// # Errors
/// There is no such assessment or nothing is proposed, it is decided, whoever decides has proposed
/// it or has written the document, no reason is given, or the database refuses.
pub async fn decide(
    mut desk: Desk,
    hand: &Hand,
    id: &str,
    agreed: bool,
    words: &str,
) -> Result<(), ActError> {
    let found = open(&desk, hand, id).await?;
    let words = reasoned(words)?;
    let nothing = ActError::Refused("还没有人提出评估意见", "先由另一人提出意见");
    let outcome = found.outcome.clone().ok_or(nothing)?;
    let writers = crate::store::Content::writers(desk.change(), &found.draft).await?;
    if found.proposed_by.as_deref() == Some(&hand.person) || writers.contains(&hand.person) {
        return Err(ActError::SAME_PERSON);
    }
    let at = moment(desk.now());
    if !agreed {
        found.send_back(desk.change(), &words, hand, &at).await?;
        let facts = serde_json::json!({ "agreed": false, "outcome": outcome.name() });
        desk.record(assessed("reassessment", &found.draft, &found.organ, facts)).await?;
        return Ok(desk.seal().await?);
    }
    let due = outcome.due(desk.today(), desk.calendar())?.map(|due| due.date);
    if !found.decide(desk.change(), &words, due, hand, &at).await? {
        return Err(ActError::DECIDED);
    }
    let facts = serde_json::json!({ "agreed": true, "outcome": outcome.name(), "due": due });
    let written = desk.record(assessed("reassessment", &found.draft, &found.organ, facts)).await?;
    carry_out(&desk, hand, &found, outcome, &at, &written).await?;
    Ok(desk.seal().await?)
}

/// 已列入政府信息公开目录: what the clock of 转依申请 was for is done.
///
/// # Errors
/// There is no such assessment, it has no such clock, or the database refuses.
pub async fn list(mut desk: Desk, hand: &Hand, id: &str) -> Result<(), ActError> {
    let found = Reassessment::find(desk.change(), &hand.organ, id).await?;
    let found = found.ok_or(ActError::NO_PROPOSAL)?;
    let waits = found.decided && matches!(found.outcome, Some(Outcome::ToOnRequest(_)));
    if !waits || found.done_on.is_some() {
        return Err(ActError::DECIDED);
    }
    found.done(desk.change(), desk.today()).await?;
    let mut entry = assessed("listing", &found.draft, &found.organ, serde_json::json!({}));
    entry.basis = law::article("政府信息公开条例", 12).to_string();
    desk.record(entry).await?;
    Ok(desk.seal().await?)
}

async fn open(desk: &Desk, hand: &Hand, id: &str) -> Result<Reassessment, ActError> {
    let found = Reassessment::find(desk.change(), &hand.organ, id).await?;
    let found = found.ok_or(ActError::NO_PROPOSAL)?;
    if found.decided { Err(ActError::DECIDED) } else { Ok(found) }
}

async fn carry_out(
    desk: &Desk,
    hand: &Hand,
    found: &Reassessment,
    outcome: Outcome,
    at: &str,
    written: &str,
) -> Result<(), ActError> {
    let draft = draft_of(desk, hand, &found.draft).await?;
    let (attribute, state, turned) = match outcome {
        Outcome::Keep { review_on } => {
            let Attribute::Withheld { ground, .. } = draft.attribute.clone() else {
                return Err(ActError::DECIDED);
            };
            (Attribute::Withheld { ground, review_on }, DraftState::Kept, None)
        }
        Outcome::ToProactive => (Attribute::Proactive, DraftState::Draft, Some(desk.today())),
        Outcome::ToOnRequest(ground) => (Attribute::OnRequest(ground), DraftState::Kept, None),
    };
    keep(desk, draft, attribute, state, turned, at, written).await.map(|_| ())
}
