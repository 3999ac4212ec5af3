//! Who worked on a draft, as the ledger tells it.

use std::collections::BTreeSet;

use store::{FromQueryResult, Statements, StoreError};

use super::Version;

#[derive(FromQueryResult)]
struct Row {
    actor: String,
    holder: Option<String>,
}

/// The acts that change what stands in a draft.
const WRITING: &str =
    "'adjustment', 'adoption', 'drafting', 'ending', 'import', 'replacement', 'row', 'treatment'";

/// The natural persons who wrote or changed a draft, and whoever holds the post they did it in: 代理 counts
/// as both (docs/readings/042). Whoever worked at the machine stands by the login name there.
///
/// # Errors
/// The database refuses.
pub(crate) async fn authors(
    from: &impl Statements,
    version: &Version,
) -> Result<Vec<String>, StoreError> {
    let sql = format!(
        "SELECT DISTINCT e.actor, p.person AS holder
           FROM ledger_event e LEFT JOIN post p ON p.id = e.post
          WHERE e.subject = $1 AND e.happened_at >= $2 AND e.room = 'catalogue'
            AND e.act IN ({WRITING})"
    );
    let values =
        vec![format!("catalogue:{}", version.catalogue).into(), version.made_at.clone().into()];
    let rows: Vec<Row> = from.all(&sql, values).await?;
    let persons = |row: Row| {
        let actor = row.actor.strip_prefix("person:").unwrap_or(&row.actor).to_owned();
        std::iter::once(actor).chain(row.holder)
    };
    let persons: BTreeSet<String> = rows.into_iter().flat_map(persons).collect();
    Ok(persons.into_iter().collect())
}
