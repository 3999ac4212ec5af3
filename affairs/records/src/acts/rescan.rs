//! 全面复查: when the rules have changed (the list of words, or how personal data are found), everything
//! published is looked through again, in steps beside all other work. It reports to the organs and
//! withdraws nothing.
//!
//! Each step reads a few records after the last key, looks through them outside of any transaction, and
//! keeps findings and progress together: whenever the program ends, the next start goes on from there.

use std::collections::BTreeMap;
use std::path::Path;
use std::time::Duration;

use ::store::{Statements, moment};
use documents::personal::{Grade, RULES};
use ledger::{Actor, Desk, Entry, Event};
use records_rules::{Block, Fault, Field};
use web::{Chore, Errand, House, Later, Listener};

use super::checks::{links, personal_in, scanned, whole_text, words};
use super::{ActError, Hand, reasoned};
use crate::store::{Found, KeptFile, Published, Rescan, Wording, keep_found};

/// So many records in one step.
const STEP: i64 = 200;

/// What is found in one record is told up to so many lines.
const MOST: usize = 50;

/// A list of words that was approved is followed by a round at once.
pub(crate) const LISTENERS: &[Listener] =
    &[Listener { name: "records.rules", acts: &["records.wording"], hear }];

/// A release that finds personal data by other rules is followed by a round too.
pub(crate) const CHORE: Chore = Chore {
    name: "records.rescan",
    every: Duration::from_secs(60),
    work: |house| Box::pin(async move { begin(house).await.map_err(ActError::into_fault) }),
};

/// The round itself.
pub(crate) const ERRAND: Errand = Errand {
    name: "records.rescan",
    step: |house| Box::pin(async move { step(house, STEP).await.map_err(ActError::into_fault) }),
};

fn hear<'a>(house: &'a House, _: &'a Event, change: &'a ::store::Transaction) -> Later<'a, ()> {
    Box::pin(async move {
        let rules = (Wording::now(change).await?.number, RULES);
        if Rescan::of_rules(change, rules).await?.is_none() {
            let now = moment(house.ledger().clock().now());
            Rescan::begin(change, rules, &now).await?;
        }
        Ok(())
    })
}

/// Begins a round where none was made for the rules that hold; nothing where there is one.
///
/// # Errors
/// The database refuses.
pub async fn begin(house: &House) -> Result<(), ActError> {
    let rules = (Wording::now(house.store()).await?.number, RULES);
    if Rescan::of_rules(house.store(), rules).await?.is_some() {
        return Ok(());
    }
    let mut desk = house.ledger().desk(Actor::Timer).await?;
    if Rescan::of_rules(desk.change(), rules).await?.is_some() {
        return Ok(());
    }
    let id = Rescan::begin(desk.change(), rules, &moment(desk.now())).await?;
    let facts = serde_json::json!({ "wording": rules.0, "detector": rules.1 });
    desk.record(entry("rescan", &id, facts)).await?;
    Ok(desk.seal().await?)
}

fn entry(act: &'static str, rescan: &str, facts: serde_json::Value) -> Entry {
    Entry {
        room: "records",
        act,
        subject: format!("rescan:{rescan}"),
        organ: String::new(),
        basis: law::article("个人信息保护法", 51).to_string(),
        facts,
    }
}

/// Takes one step of the newest round, of at most so many records; says whether there is more to do.
///
/// # Errors
/// The database refuses.
pub async fn step(house: &House, most: i64) -> Result<bool, ActError> {
    let (store, folder) = (house.store(), house.folder());
    let round = Rescan::newest(store).await?.filter(|round| round.ended_at.is_none());
    let Some(round) = round else { return Ok(false) };
    let records = round.next(store, most).await?;
    let wording = Wording::now(store).await?;
    let mut all = Vec::with_capacity(records.len());
    let mut fresh = BTreeMap::new();
    for record in &records {
        all.push(looked_through(store, folder, record, &wording, &mut fresh).await?);
    }
    let mut desk = house.ledger().desk(Actor::Timer).await?;
    let now = moment(desk.now());
    KeptFile::keep_all(&fresh, desk.change(), &now).await?;
    let mut new = 0;
    for (record, found) in records.iter().zip(&all) {
        new += keep_found(desk.change(), &round.id, record, found, &now).await?;
    }
    let after = records.last().map_or(round.after_id.as_str(), |record| record.id.as_str());
    let done = i64::try_from(records.len()).unwrap_or_default();
    let ended = (done < most).then_some(now.as_str());
    if !round.advance(desk.change(), (after, done, new), ended).await? {
        return Ok(true);
    }
    let facts = serde_json::json!({ "after": after, "done": done, "new": new });
    let act = if ended.is_some() { "rescan_end" } else { "rescan_step" };
    desk.record(entry(act, &round.id, facts)).await?;
    desk.seal().await?;
    Ok(ended.is_none())
}

/// What is found in one record, each with its place. Attachments that were looked through by these rules
/// already are not looked through again.
async fn looked_through(
    from: &impl Statements,
    folder: &Path,
    record: &Published,
    wording: &Wording,
    fresh: &mut BTreeMap<String, KeptFile>,
) -> Result<Vec<(String, Fault)>, ActError> {
    let blocks = Block::read(&record.body);
    let text = whole_text(&record.title, &blocks);
    let own = personal_in(&record.title, &blocks);
    let mut found: Vec<(String, Fault)> = Vec::new();
    let body = |fault: Fault| ("正文".to_owned(), fault);
    found.extend(own.list.iter().map(personal).map(body));
    found.extend(words(&text, wording).into_iter().map(body));
    found.extend(links(from, &blocks).await?.into_iter().map(body));
    let digests: Vec<&str> = record.files.iter().map(|file| file.sha256.as_str()).collect();
    let known = KeptFile::all(from, &digests).await?;
    for file in &record.files {
        let place = format!("附件“{}”", file.name);
        let old = known.get(&file.sha256);
        let findings = match (old, fresh.get(&file.sha256)) {
            (Some(old), _) if old.detector == RULES => old.findings.clone(),
            (_, Some(new)) => new.findings.clone(),
            _ => match scanned(folder, file).await {
                Ok(findings) => {
                    let clean = old.is_some_and(|old| old.clean);
                    let new = KeptFile { clean, detector: RULES, findings: findings.clone() };
                    fresh.insert(file.sha256.clone(), new);
                    findings
                }
                // One file that cannot be read does not end the round; its organ is told.
                Err(_) => {
                    let remedy = "重新上传这个附件，或者更正、撤下";
                    let fault = Fault::doubt(Field::File, "附件不能检查", remedy);
                    found.push((place, fault));
                    continue;
                }
            },
        };
        found.extend(findings.list.iter().map(|finding| (place.clone(), personal(finding))));
    }
    found.sort_by(|one, other| (&one.0, &one.1.message).cmp(&(&other.0, &other.1.message)));
    found.dedup_by(|one, other| one.0 == other.0 && one.1.message == other.1.message);
    found.truncate(MOST);
    Ok(found)
}

fn personal(finding: &documents::Finding) -> Fault {
    let message = format!("疑似{}：{}", finding.kind.name(), finding.masked);
    match finding.grade {
        Grade::Block => {
            Fault::error(Field::Body, message, "核对；确是个人信息又不应公开的，紧急撤下或者更正")
        }
        Grade::Ask => Fault::doubt(Field::Body, message, "核对是不是应当公开；不应公开的更正"),
    }
}

/// A person has looked at a finding and lets what is published stand.
///
/// # Errors
/// There is no such finding of the organ, no reason is given, or the database refuses.
pub async fn settle(
    mut desk: Desk,
    hand: &Hand,
    (record, place, what): (&str, &str, &str),
    reason: &str,
) -> Result<(), ActError> {
    let reason = reasoned(reason)?;
    let at = moment(desk.now());
    if !Found::settle(desk.change(), (record, place, what), hand, &reason, &at).await? {
        return Err(ActError::DECIDED);
    }
    let entry = Entry {
        room: "records",
        act: "finding_settlement",
        subject: format!("record:{record}"),
        organ: hand.organ.clone(),
        basis: law::article("个人信息保护法", 51).to_string(),
        facts: serde_json::json!({ "place": place, "reason": reason }),
    };
    desk.record(entry).await?;
    Ok(desk.seal().await?)
}
