//! 公开属性: a change of it is proposed by one person and decided by another; so is the end of a draft
//! that is not to be published.

use ledger::{Desk, Entry};
use records_rules::Attribute;
use store::moment;

use super::drafting::{NOTICE, draft_of, entry};
use super::{ActError, Hand, first, reasoned};
use crate::reviewing::REVIEW_DAY;
use crate::store::{AttributeProposal, Draft, DraftState};

/// Somebody was first.
const WAITING: ActError = ActError::Refused("已有一个公开属性的意见等待确认", "等确认以后再提");

/// Proposes an attribute for a draft: another than it has, or the one it has, to be confirmed so that
/// the draft is finished without being published.
///
/// # Errors
/// There is no such draft, it is under review or published, it is to be finished and lacks something, a
/// proposal waits already, no reason is given, or the database refuses.
pub async fn propose(
    mut desk: Desk,
    hand: &Hand,
    id: &str,
    attribute: Attribute,
    reason: &str,
) -> Result<AttributeProposal, ActError> {
    let draft = draft_of(&desk, hand, id).await?;
    let reason = reasoned(reason)?;
    if !(draft.is_open() || draft.state == DraftState::Kept) {
        return Err(ActError::Refused(
            "审查中和已发布的稿件不能变更公开属性",
            "先撤回送审；已发布的用“撤下”",
        ));
    }
    if draft.attribute == attribute && attribute.is_public() {
        return Err(ActError::Refused("公开属性没有变化", "主动公开的稿件直接送审"));
    }
    if AttributeProposal::waiting(desk.change(), id).await?.is_some() {
        return Err(WAITING);
    }
    may_be_finished(&draft, &attribute, desk.today())?;
    let proposal = AttributeProposal {
        id: uuid::Uuid::now_v7().to_string(),
        draft: draft.id.clone(),
        organ: draft.organ.clone(),
        before: draft.attribute.openness().to_string(),
        attribute,
        reason,
        proposed_by: hand.person.clone(),
        proposed_for: hand.stands_in_for.clone(),
        proposed_name: hand.name.clone(),
        proposed_at: moment(desk.now()),
        decision: None,
    };
    first(proposal.add(desk.change()).await, WAITING)?;
    let facts = serde_json::json!({ "to": proposal.attribute.openness().name() });
    desk.record(entry("attribute_change", &draft, NOTICE.into(), facts)).await?;
    desk.seal().await?;
    Ok(proposal)
}

/// Decides on a proposal. Agreed, the attribute holds from now on; a draft that is not to be published
/// is finished, and what is withheld returns on its day.
///
/// # Errors
/// There is no such proposal, it is decided, whoever decides has proposed it or has written the draft,
/// the draft would be finished and lacks something, or the database refuses.
pub async fn confirm(
    mut desk: Desk,
    hand: &Hand,
    id: &str,
    agreed: bool,
    words: &str,
) -> Result<Draft, ActError> {
    let change = desk.change();
    let proposal = AttributeProposal::find(change, &hand.organ, id).await?;
    let proposal = proposal.ok_or(ActError::NO_PROPOSAL)?;
    if proposal.decision.is_some() {
        return Err(ActError::DECIDED);
    }
    let draft = draft_of(&desk, hand, &proposal.draft).await?;
    let writers = crate::store::Content::writers(change, &draft.id).await?;
    if hand.is_among(proposal.proposers().chain(writers.iter().map(String::as_str))) {
        return Err(ActError::SAME_PERSON);
    }
    if agreed && !(draft.is_open() || draft.state == DraftState::Kept) {
        return Err(ActError::Refused(
            "稿件已经送审或者发布，公开属性不能这时变更",
            "先撤回送审；已发布的用“撤下”；这条意见可以写明理由退回",
        ));
    }
    if agreed {
        // It may have been changed since it was proposed.
        may_be_finished(&draft, &proposal.attribute, desk.today())?;
    }
    let words = if agreed { words.trim().to_owned() } else { reasoned(words)? };
    let at = moment(desk.now());
    if !proposal.decide(change, agreed, &words, hand, &at).await? {
        return Err(ActError::DECIDED);
    }
    let facts = serde_json::json!({
        "agreed": agreed,
        "to": proposal.attribute.openness().name(),
        "review_on": proposal.attribute.review_on(),
    });
    let basis = proposal.attribute.basis().to_string();
    let written = desk.record(entry("attribute_confirmation", &draft, basis, facts)).await?;
    let draft =
        if agreed { hold(&desk, draft, proposal.attribute, &written).await? } else { draft };
    desk.seal().await?;
    Ok(draft)
}

/// Whether a draft says all that a finished document says. What is to be public is asked for it when it
/// is handed in; what was finished before is not written in any more.
fn may_be_finished(draft: &Draft, attribute: &Attribute, today: law::Date) -> Result<(), ActError> {
    if attribute.is_public() || !draft.is_open() {
        return Ok(());
    }
    let missing = draft.unfinished(today);
    if missing.is_empty() { Ok(()) } else { Err(ActError::Faults(missing)) }
}

/// Lets an attribute hold, with what follows from it.
async fn hold(
    desk: &Desk,
    draft: Draft,
    attribute: Attribute,
    written: &str,
) -> Result<Draft, ActError> {
    let at = moment(desk.now());
    let (state, turned) = if attribute.is_public() {
        // 条例第二十六条: 形成或者变更. What was kept back is changed on the day it is opened.
        (DraftState::Draft, (draft.state == DraftState::Kept).then(|| desk.today()))
    } else {
        (DraftState::Kept, None)
    };
    keep(desk, draft, attribute, state, turned, &at, written).await
}

/// Keeps an attribute, its state and its clock; what is withheld returns on its day.
pub(super) async fn keep(
    desk: &Desk,
    draft: Draft,
    attribute: Attribute,
    state: DraftState,
    turned: Option<law::Date>,
    at: &str,
    written: &str,
) -> Result<Draft, ActError> {
    let clock_from = turned.or(draft.clock_from);
    let due = clock_from.filter(|_| attribute.is_public());
    let due = due.and_then(|from| {
        records_rules::PublicationDue::of(records_rules::MadeOn(from), desk.calendar()).ok()
    });
    let due_on = due.map(|due| due.due().date).or(draft.due_on.filter(|_| attribute.is_public()));
    let clock = (clock_from, due_on);
    if !draft.keep_attribute(desk.change(), &attribute, state, clock, at).await? {
        return Err(ActError::OVERTAKEN);
    }
    if let (Some(day), DraftState::Kept) = (attribute.review_on(), state) {
        returns_on(desk, day, written).await?;
    }
    let revision = draft.revision + 1;
    Ok(Draft { attribute, state, clock_from, due_on, revision, ..draft })
}

/// Lets what the entry is about return on its day: the job hears the entry again then.
async fn returns_on(desk: &Desk, day: law::Date, written: &str) -> Result<(), ActError> {
    let begins = ledger::start_of_day(day);
    let job = jobs::Job {
        kind: REVIEW_DAY.to_owned(),
        payload: written.to_owned(),
        run_at: begins.max(desk.now()),
        unique_key: None,
    };
    Ok(jobs::enqueue(desk.change(), vec![job]).await?)
}

/// An entry about an assessment.
pub(super) fn assessed(
    act: &'static str,
    draft: &str,
    organ: &str,
    facts: serde_json::Value,
) -> Entry {
    Entry {
        room: "records",
        act,
        subject: format!("draft:{draft}"),
        organ: organ.to_owned(),
        basis: law::article("政府信息公开条例", 18).to_string(),
        facts,
    }
}
