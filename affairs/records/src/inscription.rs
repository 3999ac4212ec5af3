//! What of a record stands behind its leaf in the public log: exactly what everybody was shown, in a
//! form that can be made again from what is kept.

use ::store::{FromQueryResult, Statements, Store, moment};
use ledger::Leaf;
use records_rules::Metadata;
use web::layout::Link;
use web::{Fault, InscribedSource, Later};

use crate::store::{Attachment, NewRecord, OPEN, Record};

/// For the house.
pub const INSCRIBED: InscribedSource =
    InscribedSource { subjects: SUBJECTS, contents, missing, address, page };

const SUBJECTS: &str = "record:";

/// Documents of one item are shown beside one another.
pub(crate) const MEETING: &[&str] = &["/mulu/{domain}/{item}"];

/// How a record is named in the log.
pub(crate) fn subject(id: &str) -> String {
    format!("{SUBJECTS}{id}")
}

/// The leaf of a record that is shown to everybody from `published_at` (as stored) on; none for what is
/// for 特定群体, of which the open log tells nothing (docs/readings/050).
pub(crate) fn leaf(record: &NewRecord, published_at: &str) -> Option<Leaf> {
    let content = content(&record.metadata, published_at, &record.text, &record.attachments);
    let organ = record.metadata.publisher.as_str();
    let leaf = Leaf::publication(subject(&record.id), organ, record.index.clone(), content);
    record.reach.is_open().then_some(leaf)
}

/// The leaf of a record as it stands.
pub(crate) fn leaf_of(record: &Record) -> Leaf {
    let index = record.metadata.index.as_ref().map(ToString::to_string).unwrap_or_default();
    let organ = record.metadata.publisher.as_str();
    Leaf::publication(subject(&record.id), organ, index, content_of(record))
}

fn content_of(record: &Record) -> String {
    let published_at = moment(record.dates.here.moment());
    content(&record.metadata, &published_at, &record.text, &record.attachments)
}

/// One line of JSON, its parts in this order for ever; what changes it gets another form's name.
fn content(
    metadata: &Metadata,
    published_at: &str,
    text: &str,
    attachments: &[Attachment],
) -> String {
    #[derive(serde::Serialize)]
    struct Content<'a> {
        form: &'static str,
        index: Option<String>,
        title: &'a str,
        number: Option<String>,
        organ: &'a str,
        made_on: String,
        published_at: &'a str,
        text: &'a str,
        attachments: Vec<[&'a str; 2]>,
    }
    let content = Content {
        form: "gongkai-record/1",
        index: metadata.index.as_ref().map(ToString::to_string),
        title: &metadata.title,
        number: metadata.number.as_ref().map(ToString::to_string),
        organ: metadata.publisher.as_str(),
        made_on: metadata.made_on.0.to_string(),
        published_at,
        text,
        attachments: attachments.iter().map(|file| [&*file.name, &*file.sha256]).collect(),
    };
    serde_json::to_string(&content).unwrap_or_default()
}

fn contents<'a>(store: &'a Store, subjects: &'a [String]) -> Later<'a, Vec<(String, String)>> {
    Box::pin(async move {
        let mut found = Vec::with_capacity(subjects.len());
        for subject in subjects {
            let id = subject.trim_start_matches(SUBJECTS);
            if let Some(record) = Record::find(store, id).await.map_err(Fault::inside)? {
                found.push((subject.clone(), content_of(&record)));
            }
        }
        Ok(found)
    })
}

fn missing(store: &Store, most: i64) -> Later<'_, Vec<Leaf>> {
    Box::pin(async move {
        #[derive(FromQueryResult)]
        struct Id {
            id: String,
        }
        let sql = format!(
            "SELECT r.id FROM record r WHERE {OPEN}
                AND NOT EXISTS (SELECT 1 FROM log_leaf l WHERE l.subject = 'record:' || r.id)
              ORDER BY r.published_at, r.id LIMIT $1"
        );
        let rows: Vec<Id> = store.all(&sql, vec![most.into()]).await?;
        let mut leaves = Vec::with_capacity(rows.len());
        for Id { id } in rows {
            let record = Record::find(store, &id).await.map_err(Fault::inside)?;
            leaves.extend(record.as_ref().map(|record| leaf_of(record).taking_in()));
        }
        Ok(leaves)
    })
}

fn address(subject: &str) -> Option<String> {
    Some(format!("/wenjian/{}", subject.strip_prefix(SUBJECTS)?))
}

fn page<'a>(store: &'a Store, subject: &'a str) -> Later<'a, Option<Link>> {
    Box::pin(async move {
        let id = subject.trim_start_matches(SUBJECTS);
        let record = Record::find(store, id).await.map_err(Fault::inside)?;
        Ok(record.map(|record| Link::new(record.metadata.title, format!("/wenjian/{id}"))))
    })
}
