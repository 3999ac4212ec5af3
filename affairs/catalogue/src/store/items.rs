//! 公开事项 of a version.

use std::collections::HashMap;

use catalogue_rules::obligation::{Governed, governing};
use catalogue_rules::{Issue, Item, Keyed};
use identity::Level;
use law::Date;
use sha2::{Digest, Sha256};
use store::{FromQueryResult, Statements, StoreError, Transaction, Value};

use super::versions::{HOLDS, Version};

/// An item with the key under which it is known through all versions and layers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeyedItem {
    /// Eight digits that can be read out over the telephone.
    pub key: String,
    /// The item.
    pub item: Item,
}

/// Gives each item its key: eight digits from its names, so that the same item of another version
/// or of a lower catalogue has the same one; an item named like one above it counts on
/// (docs/readings/008).
pub fn keyed(items: Vec<Item>) -> Vec<KeyedItem> {
    let mut seen: HashMap<String, u32> = HashMap::new();
    let with_key = |item: Item| {
        let bare = bare_key(&item);
        let times = seen.entry(bare.clone()).or_default();
        *times += 1;
        let key = if *times == 1 { bare } else { format!("{bare}-{times}") };
        KeyedItem { key, item }
    };
    items.into_iter().map(with_key).collect()
}

/// The key an item has among others: the first by its names that is not taken.
pub(crate) fn free_key(item: &Item, is_taken: impl Fn(&str) -> bool) -> String {
    let bare = bare_key(item);
    let later = (2_u32..).map(|times| format!("{bare}-{times}"));
    std::iter::once(bare.clone()).chain(later).find(|key| !is_taken(key)).unwrap_or(bare)
}

/// The key that the item's names alone give.
pub(crate) fn bare_key(item: &Item) -> String {
    let names =
        [&item.level1, &item.level2, &item.level3].map(|name| name.clone().unwrap_or_default());
    let digest = Sha256::digest(names.join("\n").as_bytes());
    let number = digest.iter().take(6).fold(0u64, |sum, byte| sum << 8 | u64::from(*byte));
    format!("{:08}", number % 100_000_000)
}

#[derive(FromQueryResult)]
struct ItemRow {
    item: String,
    body: String,
}

#[derive(FromQueryResult)]
struct PlacedRow {
    catalogue: String,
    division: String,
    item: String,
    body: String,
}

/// Whether a name of the item has this in it, in small letters.
fn is_called(item: &Item, small: &str) -> bool {
    let names = [&item.level1, &item.level2, &item.level3];
    names.into_iter().flatten().any(|name| name.to_lowercase().contains(small))
}

/// How far a division's catalogues are from another division: first its own, then those above it
/// from the nearest on, then all the rest.
fn far(from: &str, division: &str) -> usize {
    let levels = [Level::City, Level::District, Level::Township, Level::Village];
    let ends = |level: &Level| from.bytes().skip(level.digits()).all(|digit| digit == b'0');
    let digits = levels.into_iter().find(ends).map_or(from.len(), Level::digits);
    let prefix = from.get(..digits).unwrap_or(from);
    if division.starts_with(prefix) { division.len() - prefix.len() } else { usize::MAX }
}

#[derive(FromQueryResult)]
struct IssueRow {
    body: String,
}

impl KeyedItem {
    /// The row as the rules see it.
    pub fn keyed(&self) -> Keyed<'_> {
        Keyed { key: &self.key, item: &self.item }
    }

    fn of(row: ItemRow) -> Option<Self> {
        Some(Self { key: row.item, item: serde_json::from_str(&row.body).ok()? })
    }

    /// All items of a version, in order.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn all(from: &impl Statements, version: &str) -> Result<Vec<Self>, StoreError> {
        let sql = "SELECT item, body FROM catalogue_item WHERE version = $1 ORDER BY ordinal";
        let rows: Vec<ItemRow> = from.all(sql, vec![version.into()]).await?;
        Ok(rows.into_iter().filter_map(Self::of).collect())
    }

    /// All items of all versions of a catalogue, each under its version, in order.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn of_versions(
        from: &impl Statements,
        catalogue: &str,
    ) -> Result<HashMap<String, Vec<Self>>, StoreError> {
        #[derive(FromQueryResult)]
        struct Row {
            version: String,
            item: String,
            body: String,
        }
        let sql = "SELECT i.version, i.item, i.body FROM catalogue_item i
                     JOIN catalogue_version v ON v.id = i.version
                    WHERE v.catalogue = $1 ORDER BY i.version, i.ordinal";
        let rows: Vec<Row> = from.all(sql, vec![catalogue.into()]).await?;
        let mut versions: HashMap<String, Vec<Self>> = HashMap::new();
        for Row { version, item, body } in rows {
            versions.entry(version).or_default().extend(Self::of(ItemRow { item, body }));
        }
        Ok(versions)
    }

    /// One item of a version by its key.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn find(
        from: &impl Statements,
        version: &str,
        key: &str,
    ) -> Result<Option<Self>, StoreError> {
        let sql = "SELECT item, body FROM catalogue_item WHERE version = $1 AND item = $2";
        let row: Option<ItemRow> = from.one(sql, vec![version.into(), key.into()]).await?;
        Ok(row.and_then(Self::of))
    }

    /// The items of these versions whose names have this in them, each under its version, at most so many.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn called_like(
        from: &impl Statements,
        versions: &[String],
        wanted: &str,
        most: usize,
    ) -> Result<Vec<(String, Self)>, StoreError> {
        #[derive(FromQueryResult)]
        struct Row {
            version: String,
            item: String,
            body: String,
        }
        if versions.is_empty() {
            return Ok(Vec::new());
        }
        let marks: Vec<String> = (2..versions.len() + 2).map(|at| format!("${at}")).collect();
        let sql = format!(
            "SELECT version, item, body FROM catalogue_item
              WHERE lower(body) LIKE $1 ESCAPE '\\' AND version IN ({})
              ORDER BY version, ordinal",
            marks.join(", ")
        );
        let mut values: Vec<Value> = vec![web::workbench::found_anywhere(wanted).into()];
        values.extend(versions.iter().map(|version| Value::from(version.as_str())));
        let rows: Vec<Row> = from.all(&sql, values).await?;
        let small = wanted.to_lowercase();
        let found = rows.into_iter().filter_map(|row| {
            let keyed = Self::of(ItemRow { item: row.item, body: row.body })?;
            // The body has more in it than names.
            is_called(&keyed.item, &small).then_some((row.version, keyed))
        });
        Ok(found.take(most).collect())
    }

    /// The rows with these names (一级, 二级, 三级事项) in a domain, in the catalogue in force on a day
    /// that is nearest to a division: its own, else the nearest above, else any. Keys are the same in
    /// all of them; several rows of one name follow the order of the catalogue.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn named(
        from: &impl Statements,
        domain: &str,
        names: &[String],
        division: &str,
        day: Date,
    ) -> Result<Vec<Self>, StoreError> {
        let sql = format!(
            "SELECT c.id AS catalogue, c.division, i.item, i.body FROM catalogue_item i
               JOIN catalogue_version v ON v.id = i.version AND {HOLDS}
               JOIN catalogue c ON c.id = v.catalogue
              WHERE c.domain = $2 AND i.body LIKE $3 ORDER BY c.division, c.id, i.ordinal"
        );
        let last = names.last().map(String::as_str).unwrap_or_default();
        let values = vec![day.to_string().into(), domain.into(), format!("%{last}%").into()];
        let rows: Vec<PlacedRow> = from.all(&sql, values).await?;
        let named = rows.into_iter().filter_map(|row| {
            let place = (row.catalogue, row.division);
            let keyed = Self::of(ItemRow { item: row.item, body: row.body })?;
            let Item { level1, level2, level3, .. } = &keyed.item;
            let levels = [level1, level2, level3].into_iter().flatten();
            levels.eq(names.iter()).then_some((place, keyed))
        });
        let named: Vec<((String, String), Self)> = named.collect();
        let nearest =
            named.iter().map(|(place, _)| place).min_by_key(|place| far(&place.1, division));
        let Some(nearest) = nearest.cloned() else { return Ok(Vec::new()) };
        let there = named.into_iter().filter(|(place, _)| *place == nearest);
        Ok(there.map(|(_, keyed)| keyed).collect())
    }

    /// Whether a catalogue in force on a day that governs an organ has the item: its own, or one of its
    /// division or above (docs/readings/010).
    ///
    /// # Errors
    /// The database refuses.
    pub async fn is_asked_of(
        from: &impl Statements,
        (organ, division): (&str, &str),
        domain: &str,
        key: &str,
        day: Date,
    ) -> Result<bool, StoreError> {
        #[derive(FromQueryResult)]
        struct Having {
            id: String,
            organ: String,
            division: String,
        }
        let sql = format!(
            "SELECT c.id, c.organ, c.division FROM catalogue c
               JOIN catalogue_version v ON v.catalogue = c.id AND {HOLDS}
               JOIN catalogue_item i ON i.version = v.id AND i.item = $3
              WHERE c.domain = $2 ORDER BY c.id"
        );
        let values = vec![day.to_string().into(), domain.into(), key.into()];
        let having: Vec<Having> = from.all(&sql, values).await?;
        let having: Vec<Governed<'_>> = having
            .iter()
            .map(|one| Governed { catalogue: &one.id, organ: &one.organ, division: &one.division })
            .collect();
        Ok(governing(&having, organ, division).is_some())
    }

    /// The domain and key of some item in force on a day.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn any(
        from: &impl Statements,
        day: Date,
    ) -> Result<Option<(String, String)>, StoreError> {
        #[derive(FromQueryResult)]
        struct Found {
            domain: String,
            item: String,
        }
        let sql = format!(
            "SELECT c.domain, i.item FROM catalogue_item i
               JOIN catalogue_version v ON v.id = i.version AND {HOLDS}
               JOIN catalogue c ON c.id = v.catalogue
              ORDER BY c.division, c.domain, i.ordinal LIMIT 1"
        );
        let found: Option<Found> = from.one(&sql, vec![day.to_string().into()]).await?;
        Ok(found.map(|found| (found.domain, found.item)))
    }

    /// Keeps the items of a draft, in place of those it had.
    ///
    /// # Errors
    /// The version is no draft, or the database refuses.
    pub async fn keep(
        change: &Transaction,
        version: &str,
        items: &[Self],
    ) -> Result<(), StoreError> {
        Version::hold(change, version).await?;
        let gone = "DELETE FROM catalogue_item WHERE version = $1";
        change.run(gone, vec![version.into()]).await?;
        let row = |(at, keyed): (usize, &Self)| {
            let body = serde_json::to_string(&keyed.item).unwrap_or_default();
            vec![version.into(), (at as i64).into(), keyed.key.clone().into(), body.into()]
        };
        let rows = items.iter().enumerate().map(row).collect();
        change.insert("catalogue_item", &["version", "ordinal", "item", "body"], rows).await
    }

    /// Keeps what in a draft needs a person's eye, in place of what it had.
    ///
    /// # Errors
    /// The version is no draft, or the database refuses.
    pub async fn keep_issues(
        change: &Transaction,
        version: &str,
        issues: &[Issue],
    ) -> Result<(), StoreError> {
        Version::hold(change, version).await?;
        let gone = "DELETE FROM catalogue_issue WHERE version = $1";
        change.run(gone, vec![version.into()]).await?;
        let row = |(at, issue): (usize, &Issue)| {
            let body = serde_json::to_string(issue).unwrap_or_default();
            vec![version.into(), (at as i64).into(), body.into()]
        };
        let rows = issues.iter().enumerate().map(row).collect();
        change.insert("catalogue_issue", &["version", "ordinal", "body"], rows).await
    }

    /// What in a version needs a person's eye.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn issues(from: &impl Statements, version: &str) -> Result<Vec<Issue>, StoreError> {
        let sql = "SELECT body FROM catalogue_issue WHERE version = $1 ORDER BY ordinal";
        let rows: Vec<IssueRow> = from.all(sql, vec![version.into()]).await?;
        Ok(rows.iter().filter_map(|row| serde_json::from_str(&row.body).ok()).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::{far, keyed};
    use catalogue_rules::Item;

    #[test]
    fn the_nearest_catalogue_is_ones_own_then_those_above() {
        let town = "350210003000";
        let near = ["350210003000", "350210000000", "350200000000"].map(|from| far(from, town));
        assert!(near.is_sorted() && near[2] < usize::MAX, "{near:?}");
        for other in ["350211000000", "350213000000", "350210004000", "350210003001"] {
            assert_eq!(far(other, town), usize::MAX, "{other}");
        }
    }

    fn named(level1: &str, level2: &str) -> Item {
        Item { level1: Some(level1.into()), level2: Some(level2.into()), ..Item::default() }
    }

    #[test]
    fn an_item_keeps_its_key_wherever_it_stands_and_a_namesake_gets_its_own() {
        let first =
            keyed(vec![named("就业", "补贴"), named("就业", "培训"), named("就业", "补贴")]);
        let later = keyed(vec![named("就业", "培训"), named("就业", "补贴")]);
        assert_eq!(first[0].key, later[1].key);
        assert_eq!(first[1].key, later[0].key);
        assert_eq!(first[2].key, format!("{}-2", first[0].key));
        assert!(first[0].key.len() == 8 && first[0].key.bytes().all(|byte| byte.is_ascii_digit()));
    }
}
