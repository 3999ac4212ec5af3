//! 整表替换: a pasted or imported table takes the place of all rows of a draft, or goes among them.

use catalogue_rules::{Item, ReadCatalogue};
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
pub async fn keep(desk: Desk, catalogue: &str, table: ReadCatalogue) -> Result<Version, ActError> {
    put(desk, catalogue, table, |_, new| keyed(new)).await
}

/// Puts the rows of a table among those the draft has when its turn comes: one of the same name takes
/// its place, others stand behind the last of their 一级事项. The 公开层级 columns stay.
///
/// # Errors
/// As [`keep`].
pub async fn merge(
    desk: Desk,
    catalogue: &str,
    mut table: ReadCatalogue,
) -> Result<Version, ActError> {
    table.level_columns.clear();
    put(desk, catalogue, table, together).await
}

async fn put(
    mut desk: Desk,
    catalogue: &str,
    table: ReadCatalogue,
    rows: fn(Vec<KeyedItem>, Vec<Item>) -> Vec<KeyedItem>,
) -> Result<Version, ActError> {
    if table.items.is_empty() {
        return Err(ActError::Empty);
    }
    let catalogue = catalogue_called(&desk, catalogue).await?;
    let mut sheet = Worksheet::open(&desk, catalogue).await?;
    sheet.replace(rows(sheet.rows().to_vec(), table.items));
    let doubts = table.issues.len();
    sheet.doubt(table.issues);
    if !table.level_columns.is_empty() {
        sheet.version.level_columns = table.level_columns;
    }
    sheet.keep(&desk, "replacement").await?;
    let facts = serde_json::json!({
        "version": sheet.version.id, "items": sheet.len(), "issues": doubts,
    });
    desk.record(entry("replacement", sheet.catalogue(), facts)).await?;
    desk.seal().await?;
    Ok(sheet.version)
}

fn together(ours: Vec<KeyedItem>, new: Vec<Item>) -> Vec<KeyedItem> {
    let mut rows = ours;
    for fresh in keyed(new) {
        if let Some(row) = rows.iter_mut().find(|row| row.key == fresh.key) {
            row.item = fresh.item;
            continue;
        }
        let beside = rows.iter().rposition(|row| row.item.level1 == fresh.item.level1);
        rows.insert(beside.map_or(rows.len(), |at| at + 1), fresh);
    }
    rows
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(level1: &str, level2: &str, limit: &str) -> Item {
        Item {
            level1: Some(level1.into()),
            level2: Some(level2.into()),
            time_limit_raw: limit.into(),
            ..Item::default()
        }
    }

    #[test]
    fn pasted_rows_take_the_place_of_their_namesakes_and_others_stand_with_their_own() {
        let ours = keyed(vec![named("甲", "一", "旧"), named("乙", "二", "旧")]);
        let new = vec![named("甲", "三", "新"), named("乙", "二", "新")];
        let rows = together(ours, new);
        let told: Vec<_> = rows
            .iter()
            .map(|row| (row.item.level2.as_deref().unwrap_or_default(), &*row.item.time_limit_raw))
            .collect();
        assert_eq!(told, [("一", "旧"), ("三", "新"), ("二", "新")]);
    }
}
