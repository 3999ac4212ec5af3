//! 评估: what is withheld returns on its day (条例第十八条). One person proposes what is to become of it;
//! the proposal passes through 初审, 保密审查 and 签发 like a document, and another person decides.
//! 转主动 and 转依申请 start their clocks with the decision.

use ledger::{Change, Desk};
use records_rules::{Attribute, Outcome};
use review::{Signatory, Unit, submission};
use store::{FromQueryResult, Statements, StoreError, moment};
use web::{Appeared, Approved, Content, Fault, Publisher, Publishers};

use super::attribute::{assessed, keep};
use super::drafting::draft_of;
use super::{ActError, Hand, reasoned};
use crate::store::{Draft, DraftState, Reassessment};

/// The kind of pieces by which review knows assessments.
pub const KIND: &str = "reassessment";

/// How an assessment is reviewed. 初审, 保密审查 and 签发 are those of every document; the decision itself
/// is the public-information office's (access policy `record.reassess.decide`).
pub(crate) const PUBLISHER: Publisher = Publisher {
    kind: KIND,
    words: "不予公开评估",
    approve: "record.approve",
    release: "record.reassess.decide",
    releasers: &["foi_head"],
    content: |from, id| Box::pin(async move { Ok(as_signed(from, id).await?) }),
    standing: |_, _| Box::pin(async { Ok(None) }),
    ready: |_, _, _| Box::pin(async { Ok(()) }),
    signable: None,
    holds: None,
    laid_out: Publisher::as_signed,
    plain: Publisher::unmarked,
    publish: |desk, _, approved| Box::pin(carried_out(desk, approved)),
};

/// Proposes what is to become of a withheld document that has returned, and hands that in for review.
///
/// # Errors
/// There is no such assessment, it is decided or under review, no reason is given, or the database
/// refuses.
pub async fn propose(
    mut desk: Desk,
    publishers: &Publishers,
    by: &Signatory,
    id: &str,
    outcome: Outcome,
    reason: &str,
) -> Result<Unit, ActError> {
    let hand = Hand::from(by);
    let found = open(&desk, &hand, id).await?;
    if Unit::open_with(desk.change(), KIND, id).await?.is_some() {
        return Err(ActError::Refused("评估意见正在审查中", "等审查办完，或者由提出的人撤回"));
    }
    let reason = reasoned(reason)?;
    let at = moment(desk.now());
    if !found.propose(desk.change(), &outcome, &reason, &hand, &at).await? {
        return Err(ActError::DECIDED);
    }
    let facts = serde_json::json!({ "outcome": outcome.name() });
    let entry = assessed("reassessment_proposal", &found.draft, &found.organ, facts);
    desk.record(entry).await?;
    let pieces = [(KIND, id)];
    let given = submission::Submitted {
        pieces: &pieces,
        note: Some(&reason),
        added: vec![],
        for_another: false,
        by,
    };
    let unit = submission::within(&mut desk, publishers, given).await?;
    found.reviewed_by(desk.change(), &unit.id).await?;
    desk.seal().await?;
    Ok(unit)
}

/// Decides as proposed, once the review of the proposal is finished. With the decision the clocks start.
///
/// # Errors
/// There is no such assessment or nothing is proposed, it is decided, its review is not finished, whoever
/// decides has written or proposed it, no reason is given, or the database refuses.
pub async fn decide(
    mut desk: Desk,
    publishers: &Publishers,
    by: &Signatory,
    id: &str,
    words: &str,
) -> Result<(), ActError> {
    let found = open(&desk, &Hand::from(by), id).await?;
    let words = reasoned(words)?;
    let nothing = ActError::Refused("还没有人提出评估意见", "先由另一人提出意见");
    let unit = found.unit.clone().ok_or(nothing)?;
    found.say(desk.change(), &words).await?;
    review::publication::within(&mut desk, publishers, &unit, by).await?;
    Ok(desk.seal().await?)
}

/// Sends the proposal back: its review ends, and another may be made.
///
/// # Errors
/// There is no such assessment or nothing is proposed, it is decided, whoever sends it back has proposed
/// it, no reason is given, or the database refuses.
pub async fn send_back(desk: Desk, by: &Signatory, id: &str, words: &str) -> Result<(), ActError> {
    let found = open(&desk, &Hand::from(by), id).await?;
    let words = reasoned(words)?;
    if Hand::from(by).is_among(found.proposers()) {
        return Err(ActError::SAME_PERSON);
    }
    let nothing = ActError::Refused("还没有人提出评估意见", "先由另一人提出意见");
    let unit = found.unit.clone().ok_or(nothing)?;
    Reassessment::send_back(desk.change(), id, &words).await?;
    Ok(review::lapse::because(desk, &unit, &words).await?)
}

/// What is signed of an assessment: what the document says, and what is to become of it. In lists it is
/// called by its day alone.
async fn as_signed(from: &impl Statements, id: &str) -> Result<Option<Content>, StoreError> {
    let Some(found) = Reassessment::called(from, id).await?.filter(|found| !found.decided) else {
        return Ok(None);
    };
    let Some(outcome) = &found.outcome else { return Ok(None) };
    let Some(draft) = Draft::called(from, &found.draft).await? else { return Ok(None) };
    let mut authors = crate::store::Content::writers(from, &draft.id).await?;
    authors.extend(found.proposers().map(str::to_owned));
    let bare = Content {
        title: format!("不予公开信息评估（{} 复核）", found.review_on),
        organ: found.organ.clone(),
        unit: draft.unit.clone(),
        authors,
        normative: false,
        findings: vec![],
        parts: vec![],
    };
    let next = match outcome {
        Outcome::Keep { review_on } => format!("下次复核 {review_on}"),
        Outcome::ToProactive => String::new(),
        Outcome::ToOnRequest(ground) => ground.name().to_owned(),
    };
    let signed = bare
        .part("题名", draft.title())
        .part("现在的公开属性", draft.attribute.openness().to_string())
        .part("评估结果", outcome.name())
        .part("依据或者下次复核", next)
        .part("理由", &found.reason)
        .part("正文", draft.content.body.trim());
    Ok(Some(signed))
}

/// Carries the decision out, within the act that releases it.
async fn carried_out(desk: &mut Desk, approved: &Approved) -> Result<Appeared, Fault> {
    done(desk, approved).await.map_err(ActError::into_fault)
}

async fn done(desk: &mut Desk, approved: &Approved) -> Result<Appeared, ActError> {
    #[derive(FromQueryResult)]
    struct By {
        person: String,
        stands_in_for: Option<String>,
        name: String,
    }
    let found = Reassessment::called(desk.change(), &approved.id).await?;
    let found = found.filter(|found| !found.decided).ok_or(ActError::NO_PROPOSAL)?;
    let outcome = found.outcome.clone().ok_or(ActError::NO_PROPOSAL)?;
    let sql = "SELECT person, stands_in_for, name FROM publication WHERE id = $1";
    let by: Option<By> = desk.change().one(sql, vec![approved.publication.clone().into()]).await?;
    let by = by.ok_or(ActError::NO_PROPOSAL)?;
    let hand = Hand {
        person: by.person,
        name: by.name,
        organ: found.organ.clone(),
        unit: String::new(),
        stands_in_for: by.stands_in_for,
    };
    let at = moment(desk.now());
    let due = outcome.due(desk.today(), desk.calendar())?.map(|due| due.date);
    if !found.decide(desk.change(), &found.words, due, &hand, &at).await? {
        return Err(ActError::DECIDED);
    }
    let before = draft_of(desk, &hand, &found.draft).await?;
    let facts = serde_json::json!({
        "agreed": true, "outcome": outcome.name(), "due": due, "reason": found.words,
    });
    let change = Change {
        before: serde_json::json!({ "openness": before.attribute.openness().name() }),
        after: serde_json::json!({ "outcome": outcome.name() }),
    };
    let entry = assessed("reassessment", &found.draft, &found.organ, facts);
    let written = desk.record_change(entry, change).await?;
    carry_out(desk, &hand, &found, outcome, &at, &written).await?;
    Ok(Appeared { subject: format!("draft:{}", found.draft), path: None })
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
