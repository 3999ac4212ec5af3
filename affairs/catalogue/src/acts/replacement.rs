//! 整表替换: a pasted or imported table takes the place of all rows of a draft.

use catalogue_rules::ReadCatalogue;
use ledger::Desk;

use super::worksheet::Worksheet;
use super::{ActError, catalogue_called, entry};
use crate::store::{KeyedItem, Version, keyed};

/// Puts a table in the place of all rows of the draft, which is begun if there is none, with the list of
/// what in it needs a person's eye. Rows of the catalogue above that were declared 不适用 stay so; one
/// that is neither in the table nor declared 不适用 stands in the way of 发布 until someone decides.
///
/// # Errors
/// There is no such catalogue, the table has no rows, the draft is before the public, or the database
/// refuses.
pub async fn keep(
    mut desk: Desk,
    catalogue: &str,
    table: ReadCatalogue,
) -> Result<Version, ActError> {
    if table.items.is_empty() {
        return Err(ActError::Empty);
    }
    let catalogue = catalogue_called(&desk, catalogue).await?;
    let mut sheet = Worksheet::open(&desk, catalogue).await?;
    sheet.replace(keyed(table.items));
    sheet.keep(&desk).await?;
    let change = desk.change();
    KeyedItem::keep_issues(change, &sheet.version.id, &table.issues).await?;
    if !table.level_columns.is_empty() {
        sheet.version.set_level_columns(change, &table.level_columns).await?;
        sheet.version.level_columns = table.level_columns;
    }
    let facts = serde_json::json!({
        "version": sheet.version.id, "items": sheet.len(), "issues": table.issues.len(),
    });
    desk.record(entry("replacement", sheet.catalogue(), facts)).await?;
    desk.seal().await?;
    Ok(sheet.version)
}
