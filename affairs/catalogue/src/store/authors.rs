//! Who worked on a draft, as the ledger tells it.

use store::{FromQueryResult, Statements, StoreError};

use super::Version;

#[derive(FromQueryResult)]
struct Row {
    actor: String,
}

/// The acts that change what stands in a draft.
const WRITING: &str =
    "'adjustment', 'adoption', 'drafting', 'ending', 'import', 'replacement', 'row', 'treatment'";

/// The natural persons who wrote or changed a draft; whoever worked at the machine by the login name there.
///
/// # Errors
/// The database refuses.
pub(crate) async fn authors(
    from: &impl Statements,
    version: &Version,
) -> Result<Vec<String>, StoreError> {
    let sql = format!(
        "SELECT DISTINCT actor FROM ledger_event
          WHERE subject = $1 AND happened_at >= $2 AND room = 'catalogue' AND act IN ({WRITING})
          ORDER BY actor"
    );
    let values =
        vec![format!("catalogue:{}", version.catalogue).into(), version.made_at.clone().into()];
    let rows: Vec<Row> = from.all(&sql, values).await?;
    let person = |row: Row| match row.actor.strip_prefix("person:") {
        Some(person) => person.to_owned(),
        None => row.actor,
    };
    Ok(rows.into_iter().map(person).collect())
}
