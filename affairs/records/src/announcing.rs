//! What subscribers are told of a record: that it appeared, was corrected, or is shown no more. What was
//! published elsewhere before is no news (docs/readings/214). Of a record that always was for 特定群体 nothing
//! is told; of one that everybody could read and is for 特定群体 now, that it is gone and nothing more.

use ledger::Event;
use store::{FromQueryResult, Statements, StoreError, Transaction};
use web::{Announcement, Became, House, Later, Listener};

/// Subscribers are told within the worker's round.
pub(crate) const LISTENERS: &[Listener] =
    &[Listener { name: "records.announcement", acts: NEWS, hear }];

/// What is news to a reader: fewer acts than those after which a record is found otherwise. 废止 leaves it where
/// it is, and that an attachment was read says nothing new.
const NEWS: &[&str] = &[
    "records.publication",
    "records.correction",
    "records.withdrawal",
    "records.restoration",
    "records.destruction",
];

/// A record as it stands now. What never was for everybody is left out: the public log knows nothing of it.
const RECORD: &str = "
SELECT r.title, r.document_number, r.plain, r.organ, o.short_name, r.division, r.imported, r.withdrawn, r.reach
  FROM record r
  JOIN organ o ON o.code = r.organ
 WHERE r.id = $1 AND (r.reach = 'whole' OR EXISTS
       (SELECT 1 FROM log_leaf l WHERE l.subject = 'record:' || r.id AND l.version = 1))";

#[derive(FromQueryResult)]
struct Row {
    title: String,
    document_number: Option<String>,
    plain: String,
    organ: String,
    short_name: String,
    division: String,
    imported: i64,
    withdrawn: i64,
    reach: String,
}

/// The domains and items to which a record belongs.
const ITEMS: &str = "SELECT domain, item FROM record_item WHERE record = $1 ORDER BY ordinal";

#[derive(FromQueryResult)]
struct ItemRow {
    domain: String,
    item: String,
}

fn hear<'a>(house: &'a House, event: &'a Event, change: &'a Transaction) -> Later<'a, ()> {
    Box::pin(async move {
        let Some(id) = event.subject.strip_prefix("record:") else { return Ok(()) };
        match told(change, &event.act, id).await? {
            Some(told) => house.announce(event, told, change).await,
            None => Ok(()),
        }
    })
}

/// What an act on a record means to subscribers.
async fn told(
    from: &impl Statements,
    act: &str,
    id: &str,
) -> Result<Option<Announcement>, StoreError> {
    let row: Option<Row> = from.one(RECORD, vec![id.into()]).await?;
    let Some(row) = row else { return Ok(None) };
    let open = row.reach == "whole";
    let became = match act {
        _ if !open || row.withdrawn == 1 => Became::Gone,
        "publication" if row.imported != 0 => return Ok(None),
        "publication" | "restoration" => Became::Public,
        "correction" => Became::Corrected,
        // It was taken down and stands again, which is told by itself.
        _ => return Ok(None),
    };
    if !open {
        return Ok(Some(gone_from_sight(row, id)));
    }
    let items: Vec<ItemRow> = from.all(ITEMS, vec![id.into()]).await?;
    let mut domains: Vec<String> = items.iter().map(|item| item.domain.clone()).collect();
    domains.dedup();
    let number = row.document_number.unwrap_or_default();
    Ok(Some(Announcement {
        became,
        text: format!("{} {number} {}", row.title, row.plain),
        title: row.title,
        path: format!("/wenjian/{id}"),
        organ: row.organ,
        organ_name: row.short_name,
        division: row.division,
        domains,
        items: items.iter().map(|item| format!("{}/{}", item.domain, item.item)).collect(),
    }))
}

/// What everybody could read and is for 特定群体 now. What it says now is not for everybody, so nothing of that
/// is told.
fn gone_from_sight(row: Row, id: &str) -> Announcement {
    Announcement {
        became: Became::Gone,
        title: String::new(),
        path: format!("/wenjian/{id}"),
        organ: row.organ,
        organ_name: row.short_name,
        division: row.division,
        domains: vec![],
        items: vec![],
        text: String::new(),
    }
}
