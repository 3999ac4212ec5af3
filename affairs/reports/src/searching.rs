//! What of the annual reports can be searched: every one as it is public now.

use ledger::Event;
use search::{Found, SearchDocument};
use store::{FromQueryResult, Statements, Transaction};
use web::{Fault, House, Later, Listener, SearchBatch, SearchSource};

use crate::acts::{SUBJECTS, subject};
use crate::store::{Content, Version};
use crate::writing;

/// A report is found as soon as its publication has been heard of.
pub(crate) const LISTENERS: &[Listener] = &[Listener {
    name: SOURCE.listener,
    acts: &["reports.publication", "reports.correction"],
    hear,
}];

/// For the index.
pub(crate) const SOURCE: SearchSource = SearchSource { batch, listener: "reports.search", changed };

/// How many reports are read at a time when the index is built anew.
const BATCH: i64 = 50;

#[derive(FromQueryResult)]
struct Key {
    id: String,
    division: String,
    organ: String,
}

/// Reports with the division to whose site they belong, and their organ's short name.
const KEYS: &str = "SELECT r.id, o.division, o.short_name AS organ
                      FROM annual_report r JOIN organ o ON o.code = r.organ";

/// The next batch of reports for rebuilding the index.
fn batch<'a>(house: &'a House, after: Option<&'a str>) -> Later<'a, SearchBatch> {
    Box::pin(async move {
        let sql = format!("{KEYS} WHERE r.id > $1 ORDER BY r.id LIMIT $2");
        let values = vec![after.unwrap_or_default().into(), BATCH.into()];
        let keys: Vec<Key> = house.store().all(&sql, values).await?;
        let next = keys.last().map(|key| key.id.clone());
        let mut documents = Vec::with_capacity(keys.len());
        for key in keys {
            documents.extend(document(house, key).await?);
        }
        Ok((documents, next))
    })
}

/// A report as search knows it; none where it is not public.
async fn document(house: &House, key: Key) -> Result<Option<SearchDocument>, Fault> {
    let store = house.store();
    let Some(version) = Version::published_of(store, &key.id).await?.pop() else { return Ok(None) };
    let content = Content::of(store, &version.id).await?;
    let of_government = version.reporter == reports_rules::Reporter::Government;
    Ok(Some(SearchDocument {
        id: subject(&key.id),
        room: "reports".into(),
        kind: "年度报告".into(),
        title: version.title.clone(),
        number: None,
        body: content.whole_prose(of_government),
        url: version.path(),
        division: key.division,
        organ_name: key.organ,
        domain: None,
        year: Some(version.year),
        date: writing::published(&version),
        validity: None,
        ..SearchDocument::default()
    }))
}

fn hear<'a>(house: &'a House, event: &'a Event, _: &'a Transaction) -> Later<'a, ()> {
    Box::pin(async move { house.tell_index(vec![changed(house, event).await?]).await })
}

fn changed<'a>(house: &'a House, event: &'a Event) -> Later<'a, Found> {
    Box::pin(async move {
        let Some(id) = event.subject.strip_prefix(SUBJECTS) else { return Ok(Found::default()) };
        let sql = format!("{KEYS} WHERE r.id = $1");
        let key: Option<Key> = house.store().one(&sql, vec![id.into()]).await?;
        let found = match key {
            Some(key) => document(house, key).await?,
            None => None,
        };
        Ok(match found {
            Some(document) => Found { gone: vec![], there: vec![document] },
            None => Found { gone: vec![subject(id)], there: vec![] },
        })
    })
}
