//! 更正 (条例第六条第二款): what was published is wrong in part and is put right at the same address,
//! which says so, when and why. A correction is a draft that is reviewed like any other; when it is
//! signed it takes the place of the text.

use ::store::moment;
use ledger::{Desk, Entry, Leaf, Withdrawal};
use records_rules::{Attribute, Field, Head, SHOWN_NO_MORE, Weight};

use super::drafting::begin_as;
use super::examination::examine;
use super::publication::Published;
use super::{ActError, FoundItem, Hand, first, reasoned};
use crate::inscription;
use crate::store::{self, Content, Draft, NewRecord, Record};

/// Somebody was first.
const CORRECTING: ActError =
    ActError::Refused("这份信息已有一件更正稿", "在“我的稿件”中继续修改那一件");

/// Its text and files are gone.
const DESTROYED: ActError = ActError::Refused("这份信息已经销毁", "销毁了的不能更正");

/// Begins the correction of a record: a draft that says what the record says, to be put right.
///
/// # Errors
/// The organ has no such record or it is withdrawn, no reason is given, a correction of it is being
/// drafted already, or the database refuses.
pub async fn begin(desk: Desk, hand: &Hand, record: &str, reason: &str) -> Result<Draft, ActError> {
    let reason = reasoned(reason)?;
    let found = Record::of_organ(desk.change(), &hand.organ, record).await?;
    let found = found.ok_or(ActError::NO_RECORD)?;
    if store::is_destroyed(desk.change(), record).await? {
        return Err(DESTROYED);
    }
    if store::WithdrawalCase::standing(desk.change(), record).await?.is_some() {
        return Err(ActError::Refused("这份信息已经撤下", "恢复以后再更正"));
    }
    if Draft::correcting(desk.change(), record).await? {
        return Err(CORRECTING);
    }
    let items: Vec<_> = found.items.iter().map(|item| item.words.clone()).collect();
    let found_item = |link: &store::LinkedItem| {
        Some(FoundItem { link: link.clone(), held: None, elements: vec![] })
    };
    let content = Content {
        head: Head::stating(&found.metadata, &items),
        body: found.text.clone(),
        items: found.items.iter().map(found_item).collect(),
        files: found.attachments.clone(),
    };
    let corrects = Some((found.id, reason));
    first(begin_as(desk, hand, Attribute::Proactive, content, corrects).await, CORRECTING)
}

/// Carries a correction out, within another act: called with a review that is finished.
///
/// # Errors
/// The record is gone or was destroyed, the draft has faults, or the database refuses.
pub(super) async fn carry_out(
    desk: &mut Desk,
    draft: &Draft,
    publication: Option<&str>,
) -> Result<Published, ActError> {
    let record = draft.corrects.as_deref().ok_or(ActError::NO_RECORD)?;
    let before = Record::of_organ(desk.change(), &draft.organ, record).await?;
    let before = before.ok_or(ActError::NO_RECORD)?;
    if store::is_destroyed(desk.change(), record).await? {
        return Err(DESTROYED);
    }
    let head = draft.content.head.with(Field::Index, []);
    let draft = Draft { content: Content { head, ..draft.content.clone() }, ..draft.clone() };
    let submission = draft.submission(desk.today())?;
    let (reach, items) = (submission.manuscript.reach.clone(), submission.items.clone());
    let mut metadata = submission.manuscript.metadata.clone();
    let given = std::slice::from_ref(&submission);
    let faults = examine(desk.change(), given, desk.today(), desk.calendar()).await?;
    // What it says of itself already is not taken by somebody else.
    let own = |fault: &records_rules::Fault| match fault.field {
        Field::Number => metadata.number == before.metadata.number,
        Field::Title => metadata.title == before.metadata.title,
        _ => false,
    };
    let faults = faults.into_iter().map(|(_, fault)| fault);
    let faults: Vec<_> =
        faults.filter(|fault| fault.weight == Weight::Error && !own(fault)).collect();
    if !faults.is_empty() {
        return Err(ActError::Faults(faults));
    }
    let closes = submission.manuscript.closes;
    metadata.index = before.metadata.index.clone();
    metadata.origin = before.metadata.origin.clone();
    let words: Vec<_> = before.items.iter().map(|item| item.words.clone()).collect();
    let former = Head::stating(&before.metadata, &words);
    let after = NewRecord {
        id: before.id.clone(),
        division: before.division.clone(),
        index: metadata.index.as_ref().map(ToString::to_string).unwrap_or_default(),
        reach: reach.unwrap_or(records_rules::Reach::WholeSociety { reason: None }),
        text: submission.manuscript.text,
        items: items.into_iter().flatten().map(|found| found.link).collect(),
        attachments: draft.content.files.clone(),
        publication: publication.map(str::to_owned),
        metadata,
    };
    store::correct(desk, &before, &former, &after, (&draft.reason, closes)).await?;
    store::forget_found(desk.change(), &before.id).await?;
    draft.keep_record(desk.change(), &before.id, &moment(desk.now())).await?;
    desk.record(entry(&draft, &after, closes)).await?;
    inscribe(desk, &before, &after)?;
    Ok(Published {
        path: format!("/wenjian/{}", after.id),
        number: after.metadata.number.as_ref().map(ToString::to_string),
        title: after.metadata.title,
        index: after.index,
        reach: after.reach,
        id: after.id,
    })
}

/// What everybody is shown from now on; what turns out to be for a group leaves the log as a mistake.
fn inscribe(desk: &mut Desk, before: &Record, after: &NewRecord) -> Result<(), ActError> {
    let leaf = inscription::leaf(after, &moment(before.dates.here.moment()));
    let away = || Leaf::withdrawal(inscription::subject(&after.id), Withdrawal::InError);
    desk.publish_leaf(leaf.map_or_else(away, Leaf::correcting))?;
    Ok(())
}

fn entry(draft: &Draft, after: &NewRecord, closes: bool) -> Entry {
    let open = after.reach.is_open();
    let mut facts = serde_json::json!({
        "title": Some(&after.metadata.title).filter(|_| open),
        "made_on": after.metadata.made_on,
        "origin": after.metadata.origin,
        "reach": after.reach,
        "items": after.items.iter().map(|item| [&item.domain, &item.item]).collect::<Vec<_>>(),
        "attachments": after.attachments.iter().map(|file| &file.sha256).collect::<Vec<_>>(),
        "reason": draft.reason,
        "hash": crate::draft::content_hash(draft).as_str(),
    });
    if closes {
        // What was said before is shown no more (个人信息保护法第四十七条, docs/readings/258).
        facts["former"] = SHOWN_NO_MORE.into();
    }
    Entry {
        room: "records",
        act: "correction",
        subject: format!("record:{}", after.id),
        organ: after.metadata.publisher.as_str().to_owned(),
        basis: law::article("政府信息公开条例", 6).paragraph(2).to_string(),
        facts,
    }
}
