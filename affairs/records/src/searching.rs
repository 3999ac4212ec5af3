//! What of the records can be searched: every one that is open to everybody, from the moment it is
//! published.

use law::Date;
use ledger::Event;
use search::{Attached, Found, SearchDocument};
use store::{FromQueryResult, Statements, StoreError, Transaction};
use web::{House, Later, Listener, SearchSource};

use crate::store::{AttachmentText, OPEN, life};

/// A record can be found as soon as its publication has been heard of.
pub(crate) const LISTENERS: &[Listener] =
    &[Listener { name: SOURCE.listener, acts: CHANGES, hear }];

/// For the index.
pub(crate) const SOURCE: SearchSource = SearchSource { batch, listener: "records.search", changed };

/// What changes how a record is found.
pub(crate) const CHANGES: &[&str] = &[
    "records.publication",
    "records.correction",
    "records.withdrawal",
    "records.restoration",
    "records.expiry",
    "records.destruction",
    crate::acts::attachment_text::ACT,
];

/// How many records are read at a time when the index is built anew.
const BATCH: i64 = 500;

#[derive(FromQueryResult)]
struct Row {
    id: String,
    title: String,
    document_number: Option<String>,
    plain: String,
    division: String,
    organ: String,
    made_on: String,
    made_year: i64,
    timely_on: Option<String>,
    in_force_from: Option<String>,
    last_day: Option<String>,
    repealed_from: Option<String>,
    amended_from: Option<String>,
    partly_void_from: Option<String>,
    words: Option<String>,
}

/// Records open to everybody with what a search result says of them, and the names of the first item
/// they belong to, provided that all their items lie in one domain: of several, none is the record's
/// own.
fn found() -> String {
    format!(
        "
SELECT r.id, r.title, r.document_number, r.plain, r.division, o.short_name AS organ, r.made_on,
       r.made_year, r.timely_on, r.in_force_from, r.last_day, r.repealed_from, r.amended_from,
       r.partly_void_from, i.words
  FROM record r
  JOIN organ o ON o.code = r.organ
  LEFT JOIN record_item i ON i.record = r.id AND i.ordinal = 0
       AND NOT EXISTS (SELECT 1 FROM record_item other
                        WHERE other.record = r.id AND other.domain <> i.domain)
 WHERE {OPEN}"
    )
}

/// The next batch of records for rebuilding the index.
fn batch<'a>(
    house: &'a House,
    after: Option<&'a str>,
) -> Later<'a, (Vec<SearchDocument>, Option<String>)> {
    Box::pin(async move {
        let today = house.ledger().clock().today();
        let sql = format!("{} AND r.id > $1 ORDER BY r.id LIMIT $2", found());
        let values = vec![after.unwrap_or_default().into(), BATCH.into()];
        let rows: Vec<Row> = house.store().all(&sql, values).await?;
        let next = rows.last().map(|row| row.id.clone());
        let documents = with_attachments(house.store(), rows, today).await?;
        Ok((documents, next))
    })
}

/// One record as search knows it; none where it is for 特定群体.
pub(crate) async fn one(
    from: &impl Statements,
    id: &str,
    today: Date,
) -> Result<Option<SearchDocument>, StoreError> {
    let sql = format!("{} AND r.id = $1", found());
    let row: Option<Row> = from.one(&sql, vec![id.into()]).await?;
    Ok(with_attachments(from, row.into_iter().collect(), today).await?.pop())
}

/// The documents of these rows, which are in the order of their keys, with what their attachments say.
async fn with_attachments(
    from: &impl Statements,
    rows: Vec<Row>,
    today: Date,
) -> Result<Vec<SearchDocument>, StoreError> {
    let (Some(first), Some(last)) = (rows.first(), rows.last()) else { return Ok(Vec::new()) };
    let mut texts = AttachmentText::between(from, (&first.id, &last.id)).await?;
    let attached = |one: AttachmentText| Attached {
        url: format!("/wenjian/{}/fujian/{}", one.record, one.ordinal),
        name: one.name,
        text: one.text,
    };
    let document = |row: Row| {
        let texts = texts.remove(&row.id).unwrap_or_default();
        let attachments = texts.into_iter().map(attached).collect();
        SearchDocument { attachments, ..row.document(today) }
    };
    Ok(rows.into_iter().map(document).collect())
}

fn hear<'a>(house: &'a House, event: &'a Event, _: &'a Transaction) -> Later<'a, ()> {
    Box::pin(async move { house.tell_index(vec![changed(house, event).await?]).await })
}

fn changed<'a>(house: &'a House, event: &'a Event) -> Later<'a, Found> {
    Box::pin(async move {
        let Some(id) = event.subject.strip_prefix("record:") else { return Ok(Found::default()) };
        let today = house.ledger().clock().today();
        Ok(match one(house.store(), id, today).await? {
            Some(document) => Found { gone: vec![], there: vec![document] },
            None => Found { gone: vec![format!("record:{id}")], there: vec![] },
        })
    })
}

impl Row {
    fn document(self, today: Date) -> SearchDocument {
        let life = life([
            &self.in_force_from,
            &self.last_day,
            &self.repealed_from,
            &self.amended_from,
            &self.partly_void_from,
        ]);
        let words: Vec<String> =
            self.words.and_then(|words| serde_json::from_str(&words).ok()).unwrap_or_default();
        SearchDocument {
            id: format!("record:{}", self.id),
            room: "records".into(),
            kind: "文件".into(),
            title: self.title,
            number: self.document_number,
            body: self.plain,
            url: format!("/wenjian/{}", self.id),
            division: self.division,
            organ_name: self.organ,
            domain: words.into_iter().next(),
            year: i16::try_from(self.made_year).ok(),
            // Where the source does not say when it was published, the day on the document.
            date: Some(self.timely_on.unwrap_or(self.made_on)),
            validity: Some(life.validity_on(today).name().to_owned()),
            ..SearchDocument::default()
        }
    }
}
