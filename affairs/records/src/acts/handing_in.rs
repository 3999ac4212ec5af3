//! 送审: a draft goes to review as it is; until that has ended nobody changes it. What comes back from
//! review is heard of here too.

use ::store::{StoreError, Transaction, moment};
use ledger::{Desk, Event, Ledger};
use records_rules::{Fault, Weight};
use review::{Signatory, Unit, submission};
use web::{House, Later, Listener, Publishers};

use super::checks::hindrances;
use super::drafting::draft_of;
use super::examination::examine;
use super::{ActError, Hand};
use crate::draft::KIND;
use crate::store::{AttributeProposal, Draft, DraftState, Reassessment};

/// Looks through attachments of a draft that were looked through by other rules, before [`keep`]'s act begins.
///
/// # Errors
/// A file cannot be read or examined, or the database refuses.
pub async fn ready(ledger: &Ledger, publishers: &Publishers, id: &str) -> Result<(), ActError> {
    super::checks::ready(ledger, publishers.folder(), &[id.to_owned()]).await
}

/// Hands a draft in for review. Its attachments are looked through before ([`ready`]).
///
/// # Errors
/// There is no such draft, it may not be changed now, it is not 主动公开, it has faults, or the database
/// refuses.
pub async fn keep(
    mut desk: Desk,
    publishers: &Publishers,
    by: &Signatory,
    id: &str,
    note: Option<&str>,
) -> Result<Unit, ActError> {
    let draft = draft_of(&desk, &Hand::from(by), id).await?;
    draft.may_change()?;
    if !draft.attribute.is_public() {
        return Err(ActError::Refused(
            "不公开的稿件不送审发布",
            "提请确认公开属性；要公开的先变更公开属性",
        ));
    }
    if AttributeProposal::waiting(desk.change(), id).await?.is_some() {
        return Err(ActError::Refused(
            "有一个变更公开属性的意见等待确认",
            "确认或者退回以后再送审",
        ));
    }
    let mut faults = faults(&desk, &draft).await?;
    faults.extend(hindrances(desk.change(), &draft, desk.today()).await?);
    if !faults.is_empty() {
        return Err(ActError::Faults(faults));
    }
    let pieces = [(KIND, id)];
    let given =
        submission::Submitted { pieces: &pieces, note, added: vec![], for_another: false, by };
    let unit = submission::within(&mut desk, publishers, given).await?;
    if !draft.move_to(desk.change(), DraftState::Submitted, "", &moment(desk.now())).await? {
        return Err(ActError::OVERTAKEN);
    }
    desk.seal().await?;
    Ok(unit)
}

/// What stands in the way of handing a draft in.
async fn faults(desk: &Desk, draft: &Draft) -> Result<Vec<Fault>, ActError> {
    let given = draft.submission(desk.today())?;
    let given = std::slice::from_ref(&given);
    let found = examine(desk.change(), given, desk.today(), desk.calendar()).await?;
    let found = found.into_iter().map(|(_, fault)| fault);
    // What a record says of itself is not taken by the correction of that record.
    let own = |fault: &Fault| {
        draft.corrects.is_some()
            && matches!(fault.field, records_rules::Field::Number | records_rules::Field::Title)
    };
    Ok(found.filter(|fault| fault.weight == Weight::Error && !own(fault)).collect())
}

/// A draft comes back as soon as its review has ended without a publication.
pub(crate) const LISTENERS: &[Listener] = &[Listener {
    name: "records.review",
    acts: &["review.step", "review.withdrawal", "review.lapse"],
    hear,
}];

fn hear<'a>(_: &'a House, event: &'a Event, change: &'a Transaction) -> Later<'a, ()> {
    Box::pin(async move {
        let fact = |name: &str| event.facts.get(name).and_then(serde_json::Value::as_str);
        if event.act == "step" && fact("verdict") != Some("return") {
            return Ok(());
        }
        let reason = fact("reason").unwrap_or("已撤回送审");
        let pieces = event.facts.get("pieces").cloned().unwrap_or_default();
        let pieces: Vec<[String; 2]> = serde_json::from_value(pieces).unwrap_or_default();
        for [kind, id] in pieces {
            if kind == KIND {
                comes_back(change, &id, reason, &moment(event.happened_at)).await?;
            }
            let reassesses = kind == super::reassessment::KIND;
            if reassesses && Unit::open_with(change, &kind, &id).await?.is_none() {
                Reassessment::send_back(change, &id, reason).await?;
            }
        }
        Ok(())
    })
}

/// Hearing twice changes nothing: it has come back, or was handed in anew.
async fn comes_back(
    change: &Transaction,
    id: &str,
    reason: &str,
    at: &str,
) -> Result<(), StoreError> {
    let Some(draft) = Draft::called(change, id).await? else { return Ok(()) };
    let under_review = Unit::open_with(change, KIND, id).await?.is_some();
    if draft.state == DraftState::Submitted && !under_review {
        draft.move_to(change, DraftState::Returned, reason, at).await?;
    }
    Ok(())
}
