//! 销毁: what was kept for its time is appraised by one natural person and destroyed when another agrees
//! (档案法第二十一条; docs/readings/082).
//!
//! Text, files, former texts and drafts go. Title and numbers, the ledger, the leaf and what opens it
//! stay: only a withdrawal of what was published in error destroys a salt (docs/readings/050).

use std::collections::BTreeSet;
use std::path::Path;

use ::store::{Transaction, moment};
use law::Date;
use ledger::{Change, Desk, Entry, Event, Leaf, Withdrawal};
use records_rules::{MustStay, may_be_destroyed};
use serde_json::json;
use web::{Fault, House, Later, Listener};

use super::{ActError, Hand, reasoned};
use crate::files::{self, Shelf};
use crate::inscription;
use crate::store::{
    CheckCase, Destruction, DestructionState, Draft, KeptRecord, WithdrawalCase, empty,
    forget_text, is_destroyed, is_kept_elsewhere, is_original_of_kept, originals_of,
};

/// What listeners hear of: the files of a destroyed record are taken away.
pub(crate) const LISTENERS: &[Listener] =
    &[Listener { name: "records.destroyed_files", acts: &["records.destruction"], hear }];

/// 鉴定意见: proposes that these records be destroyed.
///
/// # Errors
/// One of them is not the organ's, must stay, or waits for something else; none is named, no opinion is
/// given, or the database refuses.
pub async fn propose(
    mut desk: Desk,
    hand: &Hand,
    records: &[String],
    reason: &str,
) -> Result<Destruction, ActError> {
    let reason = reasoned(reason)?;
    if records.is_empty() {
        return Err(ActError::Refused("没有选文件", "勾选文件再提交"));
    }
    let mut list = Vec::with_capacity(records.len());
    for id in records {
        let kept = KeptRecord::find(desk.change(), &hand.organ, id).await?;
        let kept = kept.ok_or(ActError::NO_RECORD)?;
        let ended = free(&desk, &kept).await?;
        list.push((kept, ended));
    }
    let proposal = Destruction {
        id: uuid::Uuid::now_v7().to_string(),
        organ: hand.organ.clone(),
        reason,
        state: DestructionState::Proposed,
        proposed_at: moment(desk.now()),
        proposed_by: hand.person.clone(),
        proposed_for: hand.stands_in_for.clone(),
        proposed_name: hand.name.clone(),
        words: String::new(),
        decided_at: None,
        decided_name: None,
        number: i64::try_from(list.len()).unwrap_or(i64::MAX),
    };
    proposal.add(desk.change(), &list).await?;
    let change = Change {
        before: json!(null),
        after: json!({ "records": records, "reason": proposal.reason }),
    };
    let subject = format!("destruction:{}", proposal.id);
    let entry = entry("destruction_proposal", subject, &proposal, json!({}));
    desk.record_change(entry, change).await?;
    desk.seal().await?;
    Ok(proposal)
}

/// The second person agrees, and the records are destroyed; or refuses.
///
/// # Errors
/// There is no such proposal or it is decided, whoever decides proposed it, whichever account or post is
/// used; no reason is given; one of the records must stay after all; or the database refuses.
pub async fn decide(
    mut desk: Desk,
    hand: &Hand,
    id: &str,
    (agreed, words): (bool, &str),
) -> Result<(), ActError> {
    let found = Destruction::find(desk.change(), &hand.organ, id).await?;
    let found = found.ok_or(ActError::NO_PROPOSAL)?;
    if found.state != DestructionState::Proposed {
        return Err(ActError::DECIDED);
    }
    if hand.is_among(found.proposers()) {
        return Err(ActError::SAME_PERSON);
    }
    let (words, at) = (reasoned(words)?, moment(desk.now()));
    let records = found.records(desk.change()).await?;
    let state = if agreed { DestructionState::Done } else { DestructionState::Refused };
    for record in records.iter().filter(|_| agreed) {
        free(&desk, record).await?;
    }
    if !found.decide(desk.change(), state, &words, hand, &at).await? {
        return Err(ActError::DECIDED);
    }
    if agreed {
        let mut files = BTreeSet::new();
        for record in &records {
            files.append(&mut destroy(&mut desk, &found, record).await?);
        }
        condemn(&desk, &files, &at).await?;
    }
    let change = Change {
        before: json!({ "state": found.state.name() }),
        after: json!({ "state": state.name(), "words": words }),
    };
    let subject = format!("destruction:{}", found.id);
    let entry = entry("destruction_decision", subject, &found, json!({ "agreed": agreed }));
    desk.record_change(entry, change).await?;
    Ok(desk.seal().await?)
}

/// The last day of the period of a record that nothing keeps from being destroyed.
async fn free(desk: &Desk, kept: &KeptRecord) -> Result<Date, ActError> {
    may_be_destroyed(kept.made_on, kept.retention, desk.today()).map_err(told)?;
    let change = desk.change();
    let waits = WithdrawalCase::waiting_on(change, &kept.id).await?.is_some()
        || Draft::correcting(change, &kept.id).await?
        || CheckCase::is_open_on(change, &kept.id).await?;
    if waits {
        let remedy = "办完更正、撤下、抽查以后再提";
        return Err(ActError::Refused("选的文件里有正在更正、撤下或者抽查的", remedy));
    }
    if is_destroyed(change, &kept.id).await? {
        return Err(ActError::Refused("选的文件里有已经销毁的", "刷新页面再选"));
    }
    let ended = kept.retention.and_then(|period| period.ends(kept.made_on, desk.today()));
    ended.ok_or_else(|| told(MustStay::Permanent))
}

async fn destroy(
    desk: &mut Desk,
    found: &Destruction,
    record: &KeptRecord,
) -> Result<BTreeSet<String>, ActError> {
    let files = empty(desk.change(), &record.id).await?;
    let facts = json!({ "index": record.index, "files": files, "destruction": found.id });
    let change = Change {
        before: json!({ "text": "有", "files": files.len() }),
        after: json!({ "text": "已销毁", "files": 0 }),
    };
    let subject = inscription::subject(&record.id);
    let entry = entry("destruction", subject.clone(), found, facts);
    desk.record_change(entry, change).await?;
    desk.publish_leaf(Leaf::withdrawal(subject, Withdrawal::Destroyed))?;
    Ok(files)
}

/// Says of the files of what is destroyed that they go: they are taken away after this act is kept.
async fn condemn(desk: &Desk, files: &BTreeSet<String>, at: &str) -> Result<(), ActError> {
    for copy in files {
        Shelf::Copies.held(desk.change(), copy).await?;
        if !is_kept_elsewhere(desk.change(), copy, at).await? {
            files::condemn(desk.change(), copy).await?;
        }
    }
    Ok(())
}

fn told(must: MustStay) -> ActError {
    match must {
        MustStay::Permanent => {
            ActError::Refused("选的文件里有永久保管的，不能销毁", "不选永久保管的")
        }
        MustStay::Undecided => {
            ActError::Refused("选的文件里有没定保管期限的，不能销毁", "先定保管期限")
        }
        MustStay::Until(_) => {
            ActError::Refused("选的文件里有保管期限未满的，不能销毁", "期满以后再提")
        }
    }
}

/// Takes away the files of what was destroyed, unless something else still has them, or was handed in with
/// the same since. Hearing twice changes nothing.
fn hear<'a>(house: &'a House, event: &'a Event, change: &'a Transaction) -> Later<'a, ()> {
    Box::pin(async move {
        let files = serde_json::from_value(event.facts["files"].clone()).unwrap_or_default();
        let since = moment(event.happened_at);
        let gone = take_away(change, house.folder(), &files, &since).await;
        gone.map_err(ActError::into_fault)?;
        match event.subject.strip_prefix("record:") {
            Some(record) => {
                crate::renditions::forget(house.folder(), record).await.map_err(Fault::inside)
            }
            None => Ok(()),
        }
    })
}

/// Each file is held before it is asked whether somebody has it: who keeps the same at this moment waits. All
/// are held in the order in which every act takes its turns, the copies before the originals.
async fn take_away(
    change: &Transaction,
    folder: &Path,
    copies: &BTreeSet<String>,
    since: &str,
) -> Result<(), ActError> {
    let mut originals = BTreeSet::new();
    for copy in copies {
        Shelf::Copies.held(change, copy).await?;
        originals.extend(originals_of(change, copy).await?);
    }
    for original in &originals {
        Shelf::Originals.held(change, original).await?;
        if !is_original_of_kept(change, original, since).await? {
            files::erase(change, folder, Shelf::Originals, original).await?;
        }
    }
    for copy in copies {
        if !is_kept_elsewhere(change, copy, since).await? {
            forget_text(change, copy).await?;
            files::erase(change, folder, Shelf::Copies, copy).await?;
        }
    }
    Ok(())
}

fn entry(
    act: &'static str,
    subject: String,
    found: &Destruction,
    facts: serde_json::Value,
) -> Entry {
    Entry {
        room: "records",
        act,
        subject,
        organ: found.organ.clone(),
        basis: law::article("档案法", 21).to_string(),
        facts,
    }
}
