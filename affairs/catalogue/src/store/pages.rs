//! Whether a page that somebody points to is there.

use catalogue_rules::AnswerLink;
use identity::Division;
use law::Date;
use store::{FromQueryResult, Statements, StoreError};

use super::{KeyedItem, Shelf};

/// Whether an address leads to something from the site of a division: a document that was published
/// openly, as the ledger was told, or an item of the catalogue that this site shows on a day. A document
/// of another site is found too: its page says where it is. Of what lies elsewhere nothing is known,
/// and nothing is asked.
///
/// # Errors
/// The database refuses.
pub(crate) async fn is_there(
    from: &impl Statements,
    link: &AnswerLink,
    (division, day): (&str, Date),
) -> Result<bool, StoreError> {
    match link {
        AnswerLink::Elsewhere(_) => Ok(true),
        AnswerLink::Record(id) => is_open(from, id).await,
        AnswerLink::Item { domain, item } => {
            let Some(place) = Division::find(from, division).await? else { return Ok(false) };
            let shelves = Shelf::of_place(from, (division, place.level), day).await?;
            let shelf = shelves.into_iter().find(|shelf| shelf.domain == *domain);
            let Some(held) = shelf.and_then(|shelf| shelf.held) else { return Ok(false) };
            Ok(KeyedItem::find(from, &held.version, item).await?.is_some())
        }
    }
}

/// Whether a record was published and has a page: what is for 特定群体 has none (docs/readings/022).
async fn is_open(from: &impl Statements, record: &str) -> Result<bool, StoreError> {
    #[derive(FromQueryResult)]
    struct Told {
        facts: String,
    }
    let sql = "SELECT facts FROM ledger_event
                WHERE subject = $1 AND room = 'records' AND act = 'publication' ORDER BY id DESC";
    let told: Option<Told> = from.one(sql, vec![format!("record:{record}").into()]).await?;
    let Some(Told { facts }) = told else { return Ok(false) };
    let facts: serde_json::Value = serde_json::from_str(&facts).unwrap_or_default();
    Ok(facts.pointer("/reach/to").and_then(serde_json::Value::as_str) != Some("certain_group"))
}
