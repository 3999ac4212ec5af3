//! Whether a page that somebody points to is there.

use catalogue_rules::AnswerLink;
use law::Date;
use store::{FromQueryResult, Statements, StoreError};

use super::versions::HOLDS;

/// Whether an address leads to something: a document that was published openly, as the ledger was told,
/// or an item of a catalogue in force on a day. Of what lies elsewhere nothing is known, and nothing
/// is asked.
///
/// # Errors
/// The database refuses.
pub(crate) async fn is_there(
    from: &impl Statements,
    link: &AnswerLink,
    day: Date,
) -> Result<bool, StoreError> {
    match link {
        AnswerLink::Elsewhere(_) => Ok(true),
        AnswerLink::Record(id) => is_open(from, id).await,
        AnswerLink::Item { domain, item } => {
            let sql = format!(
                "SELECT count(*) FROM catalogue c
                   JOIN catalogue_version v ON v.catalogue = c.id AND {HOLDS}
                   JOIN catalogue_item i ON i.version = v.id AND i.item = $3
                  WHERE c.domain = $2"
            );
            let values = vec![day.to_string().into(), domain.as_str().into(), item.as_str().into()];
            Ok(from.number(&sql, values).await?.unwrap_or_default() > 0)
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
