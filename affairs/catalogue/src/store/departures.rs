//! Where a catalogue departs from the one above: what of it has been decided, and what waits.

use std::collections::HashMap;

use catalogue_rules::{Adjustment, CellChange, Item, Treatment};
use store::{Statements, StoreError};

use super::layers::{Layer, Shelved};
use super::{AdjustmentEntry, Catalogue, KeyedItem, TakenRow, Version};

/// A row of a version that is not 照用.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Departure {
    /// The row's key.
    pub key: String,
    /// What was decided.
    pub treatment: Treatment,
    /// The row as it stood above when that was decided; `None` for one that was added.
    pub above: Option<Item>,
    /// The row as it stands here; `None` for one that does not apply.
    pub ours: Option<Item>,
}

impl Departure {
    /// Where a version departs from the catalogue above: rows in their order, then those that do not
    /// apply.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn all(from: &impl Statements, version: &str) -> Result<Vec<Self>, StoreError> {
        let mut shelved = Shelved::default();
        let mut departures = HashMap::new();
        let mut absent = Vec::new();
        for row in TakenRow::all(from, version).await? {
            if row.treatment == Treatment::AsIs {
                continue;
            }
            let above = match &row.above {
                Some(above) => shelved.rows(from, above).await?.get(&row.item).cloned(),
                None => None,
            };
            let (key, treatment) = (row.item, row.treatment);
            let departure = Self { key: key.clone(), treatment, above, ours: None };
            match departure.treatment {
                Treatment::NotApplicable { .. } => absent.push(departure),
                _ => drop(departures.insert(key, departure)),
            }
        }
        let mut all = Vec::with_capacity(departures.len() + absent.len());
        for keyed in KeyedItem::all(from, version).await? {
            let found = departures.remove(&keyed.key);
            all.extend(found.map(|found| Self { ours: Some(keyed.item), ..found }));
        }
        all.extend(absent);
        Ok(all)
    }

    /// The row, as it stands here or else above.
    pub fn item(&self) -> Option<&Item> {
        self.ours.as_ref().or(self.above.as_ref())
    }

    /// The cells in which it departs; none for a row that does not apply. Numbers are left out.
    pub fn cells(&self) -> Vec<CellChange> {
        let Some(ours) = &self.ours else { return vec![] };
        let nothing = Item::default();
        let cells = CellChange::between(self.above.as_ref().unwrap_or(&nothing), ours);
        cells.into_iter().filter(|cell| cell.column.is_substance()).collect()
    }
}

/// A change above that waits for a decision, with what it means here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenAdjustment {
    /// The to-do.
    pub entry: AdjustmentEntry,
    /// The row, as it stands above now, or last stood.
    pub item: Item,
    /// What changed, cell by cell.
    pub adjustment: Adjustment,
    /// Why the row does not apply here, where that was decided: it stays out or comes in.
    pub not_applicable: Option<String>,
}

impl OpenAdjustment {
    /// All that waits for a catalogue's decision, oldest first.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn all(
        from: &impl Statements,
        catalogue: &Catalogue,
    ) -> Result<Vec<Self>, StoreError> {
        let entries = AdjustmentEntry::open(from, &catalogue.id).await?;
        let before = entries.iter().find_map(|entry| entry.above_from.clone());
        let mut shelved = Shelved::default();
        let layer = Layer::of(from, catalogue.clone(), before.as_deref(), &mut shelved).await?;
        let Some(layer) = layer else { return Ok(vec![]) };
        let mut all = Vec::with_capacity(entries.len());
        for entry in entries {
            let above = shelved.rows(from, &entry.above_to).await?.get(&entry.item);
            let sides = layer.sides(&entry.item, above);
            let item = sides.above.or(sides.base).or(sides.ours).cloned();
            if let (Some(item), Some(adjustment)) = (item, sides.adjustment()) {
                let standing = sides.treatment.filter(|_| sides.is_not_applicable());
                let not_applicable = standing.and_then(Treatment::reason).map(str::to_owned);
                all.push(Self { entry, item, adjustment, not_applicable });
            }
        }
        Ok(all)
    }
}

impl Version {
    /// The version of the catalogue above that this one was made against, with the short name of the
    /// organ it belongs to.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn made_against(
        &self,
        from: &impl Statements,
    ) -> Result<Option<(Self, String)>, StoreError> {
        let Some(above) = &self.above else { return Ok(None) };
        let Some(version) = Self::find(from, above).await? else { return Ok(None) };
        let Some(catalogue) = Catalogue::find(from, &version.catalogue).await? else {
            return Ok(None);
        };
        let organ = identity::Organ::find(from, &catalogue.organ).await?;
        Ok(Some((version, organ.map(|organ| organ.short_name).unwrap_or_default())))
    }
}
