//! A catalogue below, held against the one it takes up.

use std::collections::{BTreeMap, HashMap};

use catalogue_rules::{Adjustment, Item, Keyed, ThreeSides, Treatment};
use store::{Statements, StoreError};

use super::{Catalogue, KeyedItem, TakenRow, Version};

/// The rows of a version above, by key.
pub(crate) type RowsAbove = HashMap<String, Item>;

/// A catalogue below with what it decided so far: as its draft has it, or else its last release.
#[derive(Debug)]
pub(crate) struct Layer {
    /// The catalogue.
    pub(crate) catalogue: Catalogue,
    /// The version above it was made against.
    pub(crate) made_against: Option<String>,
    /// Its rows.
    pub(crate) items: Vec<KeyedItem>,
    /// What it decided, by key.
    pub(crate) taken: BTreeMap<String, TakenRow>,
    /// Each row above as it stood when it was decided on, with the version it stood in.
    base: BTreeMap<String, (String, Item)>,
}

/// Rows of versions above, read once each.
#[derive(Debug, Default)]
pub(crate) struct Shelved(HashMap<String, RowsAbove>);

impl Shelved {
    /// The rows of a version.
    pub(super) async fn rows(
        &mut self,
        from: &impl Statements,
        version: &str,
    ) -> Result<&RowsAbove, StoreError> {
        if !self.0.contains_key(version) {
            let items = KeyedItem::all(from, version).await?;
            let rows = items.into_iter().map(|keyed| (keyed.key, keyed.item)).collect();
            self.0.insert(version.to_owned(), rows);
        }
        Ok(self.0.entry(version.to_owned()).or_default())
    }
}

impl Layer {
    /// The catalogue as it stands; `None` while it has no version at all. `before` is the version above
    /// that counts for what was taken up before decisions were kept.
    pub(crate) async fn of(
        from: &impl Statements,
        catalogue: Catalogue,
        before: Option<&str>,
        shelved: &mut Shelved,
    ) -> Result<Option<Self>, StoreError> {
        let version = match Version::draft(from, &catalogue.id).await? {
            Some(draft) => Some(draft),
            None => Version::released(from, &catalogue.id).await?,
        };
        let Some(version) = version else { return Ok(None) };
        let items = KeyedItem::all(from, &version.id).await?;
        let rows = TakenRow::all(from, &version.id).await?;
        let mut base = BTreeMap::new();
        if let (true, Some(above)) = (rows.is_empty(), version.above.as_deref().or(before)) {
            let all = shelved.rows(from, above).await?.iter();
            base.extend(all.map(|(key, item)| (key.clone(), (above.into(), item.clone()))));
        }
        for row in &rows {
            let Some(above) = row.above.as_deref() else { continue };
            if let Some(item) = shelved.rows(from, above).await?.get(&row.item) {
                base.insert(row.item.clone(), (above.into(), item.clone()));
            }
        }
        let taken = rows.into_iter().map(|row| (row.item.clone(), row)).collect();
        let made_against = version.above.or_else(|| before.map(str::to_owned));
        Ok(Some(Self { catalogue, made_against, items, taken, base }))
    }

    /// A row on its three sides, when it stands above as `above` says.
    pub(crate) fn sides<'a>(&'a self, key: &str, above: Option<&'a Item>) -> ThreeSides<'a> {
        ThreeSides {
            base: self.base.get(key).map(|(_, item)| item),
            above,
            ours: self.items.iter().find(|keyed| keyed.key == key).map(|keyed| &keyed.item),
            treatment: self.taken.get(key).map(|row| &row.treatment),
        }
    }

    /// The version above that the row was decided against.
    pub(crate) fn decided_against(&self, key: &str) -> Option<&str> {
        self.base.get(key).map(|(version, _)| version.as_str())
    }

    /// The rows above against which the decisions were made, by key.
    pub(crate) fn base(&self) -> impl Iterator<Item = (Keyed<'_>, &str)> {
        self.base.iter().map(|(key, (version, item))| (Keyed { key, item }, version.as_str()))
    }

    /// What was decided, by key.
    pub(crate) fn decisions(&self) -> BTreeMap<String, Treatment> {
        self.taken.iter().map(|(key, row)| (key.clone(), row.treatment.clone())).collect()
    }

    /// What there is to decide on when the catalogue above has these rows: first in their order, then
    /// what ended.
    pub(crate) fn adjustments(&self, above: &[KeyedItem]) -> Vec<(String, Adjustment)> {
        let ours: HashMap<&str, &Item> =
            self.items.iter().map(|keyed| (keyed.key.as_str(), &keyed.item)).collect();
        let there: HashMap<&str, &Item> =
            above.iter().map(|keyed| (keyed.key.as_str(), &keyed.item)).collect();
        let ended = self.base.keys().map(String::as_str).filter(|key| !there.contains_key(key));
        let keys = above.iter().map(|keyed| keyed.key.as_str()).chain(ended);
        let adjustment = |key: &str| {
            let sides = ThreeSides {
                base: self.base.get(key).map(|(_, item)| item),
                above: there.get(key).copied(),
                ours: ours.get(key).copied(),
                treatment: self.taken.get(key).map(|row| &row.treatment),
            };
            Some((key.to_owned(), sides.adjustment()?))
        };
        keys.filter_map(adjustment).collect()
    }
}
