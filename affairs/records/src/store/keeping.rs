//! Keeping a record: the one place where 发布日期 is written.

use ledger::Desk;
use records_rules::{Block, Metadata, Origin, PublicationDates, PublishedAt, Reach};
use store::{StoreError, Transaction, Value, moment};

use super::folding::folded;
use super::{Attachment, LinkedItem};

/// A record about to be published. It has no 发布日期.
#[derive(Debug, Clone)]
pub(crate) struct NewRecord {
    pub id: String,
    pub division: String,
    pub index: String,
    pub metadata: Metadata,
    pub reach: Reach,
    pub text: String,
    pub items: Vec<LinkedItem>,
    pub attachments: Vec<Attachment>,
    /// The publication whose finished review it rests on.
    pub publication: Option<String>,
}

/// How many letters a summary has at most (内容概述).
const SUMMARY: usize = 100;

/// Keeps a record as published at the desk's moment, with what belongs to it.
pub(crate) async fn add(desk: &Desk, record: &NewRecord) -> Result<(), StoreError> {
    let columns = columns(record, PublishedAt::stamped(desk.now()));
    let (names, values) = columns.into_iter().unzip::<_, _, Vec<_>, Vec<_>>();
    let change = desk.change();
    change.insert("record", &names, vec![values]).await?;
    belongings(change, record).await
}

/// Keeps what belongs to a record: statutory items, catalogue items, attachments. Then its edition is put
/// down, and the database lets nothing of it be changed any more.
pub(super) async fn belongings(change: &Transaction, record: &NewRecord) -> Result<(), StoreError> {
    let row = |ordinal: usize, rest: Vec<Value>| {
        let mut row: Vec<Value> = vec![record.id.clone().into(), (ordinal as i64).into()];
        row.extend(rest);
        row
    };
    let codes = record.metadata.statutory.iter().enumerate();
    let codes = codes.map(|(at, code)| row(at, vec![code.clone().into()])).collect();
    change.insert("record_statutory", &["record", "ordinal", "code"], codes).await?;
    let items = record.items.iter().enumerate().map(|(at, item)| {
        let words = serde_json::json!(item.words).to_string();
        row(at, vec![item.domain.clone().into(), item.item.clone().into(), words.into()])
    });
    let names = ["record", "ordinal", "domain", "item", "words"];
    change.insert("record_item", &names, items.collect()).await?;
    let files = record.attachments.iter().enumerate().map(|(at, file)| {
        let (name, kind) = (file.name.clone(), file.media_type.clone());
        row(at + 1, vec![name.into(), kind.into(), file.size.into(), file.sha256.clone().into()])
    });
    let names = ["record", "ordinal", "name", "media_type", "size", "sha256"];
    change.insert("record_attachment", &names, files.collect()).await?;
    super::attachment_texts::await_reading(change, &record.attachments).await?;
    let sql = "INSERT INTO record_edition (record, number)
               SELECT $1, COUNT(*) + 1 FROM record_former WHERE record = $1";
    change.run(sql, vec![record.id.clone().into()]).await.map(|_| ())
}

fn columns(record: &NewRecord, published: PublishedAt) -> Vec<(&'static str, Value)> {
    let mut columns: Vec<(&'static str, Value)> = vec![
        ("id", record.id.clone().into()),
        ("organ", record.metadata.publisher.as_str().into()),
        ("division", record.division.clone().into()),
        ("index_number", record.index.clone().into()),
        ("publication", record.publication.clone().into()),
    ];
    columns.extend(said(record));
    columns.extend(publication(&record.metadata, published));
    columns
}

/// What a record says: all but what it is and when it was published.
pub(super) fn said(record: &NewRecord) -> Vec<(&'static str, Value)> {
    let blocks = Block::read(&record.text);
    let plain: Vec<_> = blocks.iter().map(Block::plain).collect();
    let mut columns: Vec<(&'static str, Value)> = vec![
        ("summary", summary(&blocks).into()),
        ("body", record.text.clone().into()),
        ("plain", plain.join("\n").into()),
    ];
    columns.extend(particulars(&record.metadata));
    columns.extend(number(&record.metadata));
    columns.extend(reach(&record.reach));
    columns.extend(days(&record.metadata));
    columns.extend(custody(&record.metadata));
    columns
}

fn particulars(metadata: &Metadata) -> Vec<(&'static str, Value)> {
    let number = metadata.number.as_ref().map(ToString::to_string);
    let sought = format!("{}\n{}", metadata.title, number.clone().unwrap_or_default());
    vec![
        ("title", metadata.title.clone().into()),
        ("sought", sought.lines().map(folded).collect::<Vec<_>>().join("\n").into()),
        ("document_number", number.into()),
        ("theme1", metadata.theme.first().into()),
        ("theme2", metadata.theme.second().map(str::to_owned).into()),
        ("genre", metadata.genre.name().into()),
        ("openness", metadata.openness.to_string().into()),
        ("source", metadata.source.clone().into()),
        ("normative", i64::from(metadata.normative).into()),
        ("shown_until", day(metadata.shown_until)),
        ("demo", i64::from(metadata.demo).into()),
    ]
}

fn reach(reach: &Reach) -> Vec<(&'static str, Value)> {
    let (word, group, reason) = match reach {
        Reach::WholeSociety { reason } => ("whole", None, reason.clone()),
        Reach::CertainGroup { group } => ("group", Some(group.clone()), None),
    };
    vec![("reach", word.into()), ("reach_group", group.into()), ("reach_reason", reason.into())]
}

fn number(metadata: &Metadata) -> Vec<(&'static str, Value)> {
    let number = metadata.number.as_ref();
    vec![
        ("number_word", number.map(|number| number.word().to_owned()).into()),
        ("number_year", number.and_then(|number| number.year()).map(i64::from).into()),
        ("number_serial", number.map(|number| i64::from(number.number())).into()),
    ]
}

fn custody(metadata: &Metadata) -> Vec<(&'static str, Value)> {
    let custody = &metadata.custody;
    vec![
        ("provenance", metadata.provenance.as_ref().map(ToString::to_string).into()),
        ("keeper", custody.keeper.clone().into()),
        ("retention", custody.retention.map(|period| period.name().to_owned()).into()),
    ]
}

/// When it was published, here and before.
fn publication(metadata: &Metadata, published: PublishedAt) -> Vec<(&'static str, Value)> {
    let dates = PublicationDates { here: published, origin: metadata.origin.clone() };
    let original = match &metadata.origin {
        Origin::Imported(original) => original.as_ref(),
        Origin::Here => None,
    };
    vec![
        ("published_at", moment(published.moment()).into()),
        ("published_on", published.day().to_string().into()),
        ("imported", i64::from(matches!(metadata.origin, Origin::Imported(_))).into()),
        ("original_on", day(original.map(|original| original.on()))),
        ("original_source", original.map(|original| original.source().to_owned()).into()),
        ("timely_on", day(dates.for_timeliness())),
    ]
}

fn days(metadata: &Metadata) -> Vec<(&'static str, Value)> {
    let life = &metadata.life;
    vec![
        ("made_on", metadata.made_on.0.to_string().into()),
        ("made_year", i64::from(metadata.made_on.0.year()).into()),
        ("in_force_from", day(life.in_force_from)),
        ("last_day", day(life.last_day)),
        ("repealed_from", day(life.repealed.as_ref().map(|repeal| repeal.from))),
        ("repealed_by", life.repealed.as_ref().and_then(|repeal| repeal.by.clone()).into()),
        ("amended_from", day(life.amended_from)),
        ("amended_by", life.amended_by.clone().into()),
        ("partly_void_from", day(life.partly_void_from)),
    ]
}

/// The first paragraph that says something, cut short.
fn summary(blocks: &[Block]) -> String {
    let says = |text: &&String| !text.ends_with(['：', ':']);
    let first = blocks.iter().find_map(|block| match block {
        Block::Paragraph { text } => Some(text).filter(says),
        _ => None,
    });
    let text = first.cloned().unwrap_or_default();
    match text.char_indices().nth(SUMMARY) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text,
    }
}

fn day(day: Option<law::Date>) -> Value {
    day.map(|day| day.to_string()).into()
}
