//! 发布: a manuscript becomes a record that everybody can see (条例第二十六条), unless it is for
//! 特定群体 alone.
//!
//! 发布日期 is the desk's moment. Nothing that is handed in can say otherwise: the store takes the
//! moment from the desk itself and never changes it afterwards.

use std::path::Path;

use ::store::{Transaction, moment};
use identity::Organ;
use ledger::{Desk, Entry};
use records_rules::{DISCLOSURE_PERIOD, FujianIndex, IndexNumber, Metadata, Reach, Weight};

use super::checks::{hindrances, stopping};
use super::examination::{due_on, examine};
use super::{ActError, Submission};
use crate::files::{self, Shelf};
use crate::inscription;
use crate::store::{self, Attachment, Draft, NewRecord, Reassessment, Serial};

/// What was published.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Published {
    /// The record's key.
    pub id: String,
    /// Its 索引号, given by the platform where the manuscript had none.
    pub index: String,
    /// Its 文号.
    pub number: Option<String>,
    /// Its title.
    pub title: String,
    /// Its address below a site; there is nothing there where it is for 特定群体.
    pub path: String,
    /// For whom it was made public.
    pub reach: Reach,
}

/// Takes over all of them, which were published elsewhere before, or none: each says where, and is not
/// reviewed again. What is new goes through [`super::intake`] and its review.
///
/// # Errors
/// One of them does not say where it was published before, anything handed in has a fault, a file cannot be kept, or the database refuses.
pub async fn grant(
    mut desk: Desk,
    folder: &Path,
    submissions: Vec<Submission>,
) -> Result<Vec<Published>, ActError> {
    let faults = examine(desk.change(), &submissions, desk.today(), desk.calendar()).await?;
    let errors = faults.into_iter().map(|(_, fault)| fault);
    let faults: Vec<_> = errors.filter(|fault| fault.weight == Weight::Error).collect();
    if !faults.is_empty() {
        return Err(ActError::Faults(faults));
    }
    if submissions.iter().any(Submission::is_new) {
        return Err(ActError::NOT_REVIEWED);
    }
    // What comes in without a review is looked through on entry (docs/readings/087).
    let stopping = submissions.iter().flat_map(|submission| {
        let given = submission.manuscript();
        stopping(&given.metadata.title, &given.text)
    });
    let stopping: Vec<_> = stopping.collect();
    if !stopping.is_empty() {
        return Err(ActError::Faults(stopping));
    }
    let mut published = Vec::with_capacity(submissions.len());
    for submission in submissions {
        published.push(publish(&mut desk, folder, submission, None).await?);
    }
    desk.seal().await?;
    Ok(published)
}

/// Publishes a draft within another act, which has seen to it that its review is finished and names the
/// publication; a draft that corrects a record corrects it.
///
/// # Errors
/// The draft has faults, or the database refuses.
pub async fn of_draft(
    desk: &mut Desk,
    folder: &Path,
    draft: &Draft,
    publication: Option<&str>,
) -> Result<Published, ActError> {
    // What was sound when it was handed in is held against the rules that hold now.
    let faults = hindrances(desk.change(), draft, desk.today()).await?;
    if !faults.is_empty() {
        return Err(ActError::Faults(faults));
    }
    if draft.corrects.is_some() {
        return super::correction::carry_out(desk, draft, publication).await;
    }
    let submission = draft.submission(desk.today())?;
    let given = std::slice::from_ref(&submission);
    let faults = examine(desk.change(), given, desk.today(), desk.calendar()).await?;
    let errors = faults.into_iter().map(|(_, fault)| fault);
    let faults: Vec<_> = errors.filter(|fault| fault.weight == Weight::Error).collect();
    if !faults.is_empty() {
        return Err(ActError::Faults(faults));
    }
    let published = publish(desk, folder, submission, publication).await?;
    draft.keep_record(desk.change(), &published.id, &moment(desk.now())).await?;
    Reassessment::published(desk.change(), &draft.id, desk.today()).await?;
    super::conversion::published(desk, draft, &published.id).await?;
    Ok(published)
}

pub(super) async fn publish(
    desk: &mut Desk,
    folder: &Path,
    submission: Submission,
    publication: Option<&str>,
) -> Result<Published, ActError> {
    let mut metadata = submission.manuscript.metadata;
    let organ = Organ::find(desk.change(), metadata.publisher.as_str()).await?;
    let division = organ.map(|organ| organ.division).unwrap_or_default();
    let index = index_number(desk, &metadata).await?;
    let text = index.to_string();
    metadata.index = Some(index);
    let mut attachments = submission.kept;
    attachments.extend(keep_files(desk.change(), folder, submission.attachments).await?);
    let record = NewRecord {
        id: uuid::Uuid::now_v7().to_string(),
        division,
        index: text,
        metadata,
        reach: submission.manuscript.reach.unwrap_or(Reach::WholeSociety { reason: None }),
        text: submission.manuscript.text,
        items: submission.items.into_iter().flatten().map(|found| found.link).collect(),
        attachments,
        publication: publication.map(str::to_owned),
    };
    store::add(desk, &record).await?;
    let entry = entry(&record, desk);
    desk.record(entry).await?;
    if let Some(leaf) = inscription::leaf(&record, &moment(desk.now())) {
        desk.publish_leaf(leaf)?;
    }
    Ok(Published {
        path: format!("/wenjian/{}", record.id),
        number: record.metadata.number.as_ref().map(ToString::to_string),
        title: record.metadata.title,
        index: record.index,
        reach: record.reach,
        id: record.id,
    })
}

/// The number it was handed in with, or the organ's next of the year it was made in. Either way the
/// organ's serials go on from there.
async fn index_number(desk: &Desk, metadata: &Metadata) -> Result<IndexNumber, ActError> {
    if let Some(given) = &metadata.index {
        if let Some(index) = given.fujian() {
            Serial::of(index.organ().as_str(), index.year()).reach(desk, index.serial()).await?;
        }
        return Ok(given.clone());
    }
    let year = u16::try_from(metadata.made_on.0.year()).unwrap_or_default();
    let serial = Serial::of(metadata.publisher.as_str(), year).next(desk).await?;
    let category = metadata.theme.category();
    let index = FujianIndex::new(metadata.publisher.clone(), category, year, serial)?;
    Ok(IndexNumber::Fujian(index))
}

pub(super) async fn keep_files(
    change: &Transaction,
    folder: &Path,
    given: Vec<super::File>,
) -> Result<Vec<Attachment>, ActError> {
    let all = given.iter().map(|file| file.bytes.as_slice());
    files::hold_all(change, Shelf::Copies, all).await?;
    let mut kept = Vec::with_capacity(given.len());
    for file in given {
        let size = i64::try_from(file.bytes.len()).unwrap_or(i64::MAX);
        let media_type = files::media_type(&file.name).to_owned();
        let sha256 = files::keep(change, folder, Shelf::Copies, file.bytes).await?;
        kept.push(Attachment { name: file.name, media_type, size, sha256 });
    }
    Ok(kept)
}

/// What stands in the ledger for the title of a record that is for 特定群体: whoever hears of it may
/// show what it hears.
const TITLE_WITHHELD: &str = "面向特定群体公开的信息";

fn entry(record: &NewRecord, desk: &Desk) -> Entry {
    let metadata = &record.metadata;
    let open = record.reach.is_open();
    let basis = DISCLOSURE_PERIOD.on(desk.today()).map(|period| period.basis.to_string());
    let due = due_on(metadata.made_on, desk.calendar()).map(|due| due.due().date.to_string());
    let facts = serde_json::json!({
        "title": if open { metadata.title.as_str() } else { TITLE_WITHHELD },
        "index": record.index,
        "number": metadata.number.as_ref().filter(|_| open),
        "made_on": metadata.made_on,
        "due": due,
        "origin": metadata.origin,
        "reach": record.reach,
        "items": record.items.iter().map(|item| [&item.domain, &item.item]).collect::<Vec<_>>(),
        "attachments": record.attachments.iter().map(|file| &file.sha256).collect::<Vec<_>>(),
    });
    Entry {
        room: "records",
        act: "publication",
        subject: format!("record:{}", record.id),
        organ: metadata.publisher.as_str().to_owned(),
        basis: basis.unwrap_or_default(),
        facts,
    }
}
