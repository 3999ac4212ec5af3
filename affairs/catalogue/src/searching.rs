//! What of the catalogue can be searched: the items of every version in force.

use ledger::Event;
use search::{Found, SearchDocument};
use store::{FromQueryResult, Statements, Transaction};
use web::{Fault, House, Later, Listener, SearchBatch, SearchSource};

use crate::store::{CALLED, HOLDS};
use crate::words::item_name;

/// What the index calls an item.
pub(crate) const KIND: &str = "事项";

/// The name under which the index hears of versions.
pub const LISTENER: &str = "catalogue.search";

/// A version that comes into force takes the place of the one before in the index.
pub const LISTENERS: &[Listener] =
    &[Listener { name: LISTENER, acts: &["catalogue.release"], hear }];

/// For the index.
pub const SOURCE: SearchSource = SearchSource { batch, listener: LISTENER, changed };

#[derive(FromQueryResult)]
struct ItemRow {
    catalogue: String,
    item: String,
    body: String,
    domain: String,
    domain_name: String,
    division: String,
    organ: String,
    effective_from: Option<String>,
}

/// The items of catalogue `$2` that hold on the day `$1`, with what a search result says of them.
fn holding() -> String {
    format!(
        "SELECT c.id AS catalogue, i.item, i.body, c.domain, n.name AS domain_name, c.division,
                o.short_name AS organ, v.effective_from
           FROM catalogue_item i
           JOIN catalogue_version v ON v.id = i.version AND {HOLDS}
           JOIN catalogue c ON c.id = v.catalogue
           JOIN organ o ON o.code = c.organ
           JOIN catalogue_domain_name n ON n.domain = c.domain AND {CALLED}
          WHERE c.id = $2 ORDER BY i.ordinal"
    )
}

/// The next batch of items for rebuilding the index: a catalogue at a time.
fn batch<'a>(house: &'a House, after: Option<&'a str>) -> Later<'a, SearchBatch> {
    Box::pin(async move {
        #[derive(FromQueryResult)]
        struct Next {
            id: String,
        }
        let sql = "SELECT id FROM catalogue WHERE id > $1 ORDER BY id LIMIT 1";
        let next: Option<Next> =
            house.store().one(sql, vec![after.unwrap_or_default().into()]).await?;
        let Some(next) = next else { return Ok((vec![], None)) };
        let documents = of_catalogue(house, &next.id).await?;
        Ok((documents, Some(next.id)))
    })
}

async fn of_catalogue(house: &House, catalogue: &str) -> Result<Vec<SearchDocument>, Fault> {
    let today = house.ledger().clock().today().to_string();
    let values = vec![today.into(), catalogue.into()];
    let rows: Vec<ItemRow> = house.store().all(&holding(), values).await?;
    Ok(rows.into_iter().filter_map(document).collect())
}

fn document(row: ItemRow) -> Option<SearchDocument> {
    let item: catalogue_rules::Item = serde_json::from_str(&row.body).ok()?;
    // 办事指南 alone tells nobody of what: the item is called with what it belongs to.
    let above = item.level1.clone().filter(|level1| *level1 != item_name(&item));
    let name: Vec<String> = above.into_iter().chain([item_name(&item)]).collect();
    let parts = [item.elements.join("、"), item.basis.join("；")];
    Some(SearchDocument {
        id: format!("item:{}:{}", row.catalogue, row.item),
        room: "catalogue".into(),
        kind: KIND.into(),
        title: name.join(" / "),
        number: None,
        body: parts.join("。"),
        url: format!("/mulu/{}/{}", row.domain, row.item),
        division: row.division,
        organ_name: row.organ,
        domain: Some(row.domain_name),
        year: None,
        date: row.effective_from,
        validity: None,
        own_site_only: true,
        ..SearchDocument::default()
    })
}

fn hear<'a>(house: &'a House, event: &'a Event, _: &'a Transaction) -> Later<'a, ()> {
    Box::pin(async move { house.tell_index(vec![changed(house, event).await?]).await })
}

fn changed<'a>(house: &'a House, event: &'a Event) -> Later<'a, Found> {
    Box::pin(async move {
        #[derive(FromQueryResult)]
        struct Key {
            item: String,
        }
        let Some(catalogue) = event.subject.strip_prefix("catalogue:") else {
            return Ok(Found::default());
        };
        let sql = "SELECT DISTINCT i.item FROM catalogue_item i
                     JOIN catalogue_version v ON v.id = i.version WHERE v.catalogue = $1";
        let keys: Vec<Key> = house.store().all(sql, vec![catalogue.into()]).await?;
        let gone = keys.iter().map(|key| format!("item:{catalogue}:{}", key.item)).collect();
        Ok(Found { gone, there: of_catalogue(house, catalogue).await? })
    })
}
