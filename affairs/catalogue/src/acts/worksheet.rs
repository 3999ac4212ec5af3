//! The rows of a draft while an act works on them.

use std::collections::BTreeMap;

use catalogue_rules::{
    DecidedRow, DraftState, DraftStep, Issue, Item, Keyed, Takeover, ThreeSides, Treatment,
    local_bodies,
};
use ledger::Desk;
use store::StoreError;

use super::{ActError, drafting, held_draft};
use crate::store::{
    AdjustmentEntry, Catalogue, Domain, KeyedItem, Layer, Shelved, Step, TakenRow, Version,
    bare_key, free_key,
};

/// A draft with its rows and what it decided on those above.
pub(super) struct Worksheet {
    /// The draft.
    pub(super) version: Version,
    layer: Layer,
    called: Option<String>,
    issues: Vec<Issue>,
    /// The draft as it was when it was opened.
    before: DraftState,
}

impl Worksheet {
    /// Opens the catalogue's draft, begun from the last release if there is none.
    ///
    /// # Errors
    /// People are being asked about the draft as it stands, or the database refuses.
    pub(super) async fn open(desk: &Desk, catalogue: Catalogue) -> Result<Self, ActError> {
        let change = desk.change();
        if Version::draft(change, &catalogue.id).await?.is_none() {
            drafting::begun(desk, &catalogue).await?;
        }
        // Whoever else works on the draft has to wait until this act is done.
        let version = held_draft(desk, &catalogue).await?;
        version.stage.may_change()?;
        let called = Domain::find(change, &catalogue.domain, desk.today()).await?;
        let before = before_decisions(desk, &catalogue).await?;
        let mut layer =
            Layer::of(change, catalogue, before.as_deref(), &mut Shelved::default()).await?;
        let mut layer = layer.take().ok_or(ActError::NoDraft)?;
        if layer.taken.is_empty() {
            layer.taken = taken(&layer, &layer.items);
        }
        let issues = KeyedItem::issues(change, &version.id).await?;
        let (called, before) = (called.map(|domain| domain.name), DraftState::default());
        let mut sheet = Self { version, layer, called, issues, before };
        sheet.before = sheet.state();
        // What was taken up before decisions were kept says so from now on.
        if let (None, Some(above)) = (&sheet.version.above, &sheet.layer.made_against) {
            sheet.version.above = Some(above.clone());
        }
        Ok(sheet)
    }

    /// All that a change may change.
    fn state(&self) -> DraftState {
        let row = |keyed: &KeyedItem| (keyed.key.clone(), keyed.item.clone());
        let decided = self.layer.taken.iter().map(|(key, taken)| {
            let (treatment, above) = (taken.treatment.clone(), taken.above.clone());
            (key.clone(), DecidedRow { treatment, above })
        });
        DraftState {
            rows: self.layer.items.iter().map(row).collect(),
            decided: decided.collect(),
            issues: self.issues.clone(),
            level_columns: self.version.level_columns.clone(),
            above: self.version.above.clone(),
        }
    }

    /// The catalogue.
    pub(super) fn catalogue(&self) -> &Catalogue {
        &self.layer.catalogue
    }

    /// The rows, in order.
    pub(super) fn rows(&self) -> &[KeyedItem] {
        &self.layer.items
    }

    /// How many rows there are.
    pub(super) fn len(&self) -> usize {
        self.layer.items.len()
    }

    /// The row with this key.
    pub(super) fn row(&self, key: &str) -> Option<&Item> {
        self.layer.items.iter().find(|keyed| keyed.key == key).map(|keyed| &keyed.item)
    }

    /// The row as it stood above when it was decided on; `None` for a row of our own.
    pub(super) fn base(&self, key: &str) -> Option<&Item> {
        self.layer.sides(key, None).base
    }

    /// What was decided on the row.
    pub(super) fn treatment(&self, key: &str) -> Option<&Treatment> {
        self.layer.taken.get(key).map(|row| &row.treatment)
    }

    /// The row on its three sides, when it stands above as `above` says.
    pub(super) fn sides<'a>(&'a self, key: &str, above: Option<&'a Item>) -> ThreeSides<'a> {
        self.layer.sides(key, above)
    }

    /// A key for a new row.
    pub(super) fn key_for(&self, item: &Item) -> String {
        // A matter declared 不适用 that comes in after all is the one above, not another.
        let bare = bare_key(item);
        if self.row(&bare).is_none() {
            return bare;
        }
        free_key(item, |key| self.row(key).is_some())
    }

    /// Puts a row in the place of the one with its key, or behind the last one under the same
    /// 一级事项.
    pub(super) fn put(&mut self, key: &str, mut item: Item) {
        item.domain.clone_from(&self.called);
        let items = &mut self.layer.items;
        if let Some(keyed) = items.iter_mut().find(|keyed| keyed.key == key) {
            keyed.item = item;
            return;
        }
        let beside = items.iter().rposition(|keyed| keyed.item.level1 == item.level1);
        let place = beside.map_or(items.len(), |at| at + 1);
        items.insert(place, KeyedItem { key: key.to_owned(), item });
    }

    /// Takes a row out.
    pub(super) fn remove(&mut self, key: &str) {
        self.layer.items.retain(|keyed| keyed.key != key);
    }

    /// Puts a table in the place of all rows; what was decided before stays where it still can.
    pub(super) fn replace(&mut self, mut items: Vec<KeyedItem>) {
        for keyed in &mut items {
            keyed.item.domain.clone_from(&self.called);
        }
        self.layer.taken = taken(&self.layer, &items);
        self.layer.items = items;
    }

    /// Keeps a decision made against the version `above`, or against the same as before.
    pub(super) fn decide(&mut self, key: &str, made: Option<Treatment>, above: Option<&str>) {
        let Some(treatment) = made else {
            self.layer.taken.remove(key);
            return;
        };
        let above = above.or_else(|| self.layer.decided_against(key)).map(str::to_owned);
        let above = above.filter(|_| !matches!(treatment, Treatment::Added { .. }));
        let row = TakenRow { item: key.to_owned(), treatment, above };
        self.layer.taken.insert(key.to_owned(), row);
    }

    /// Gives a row taken from above the bodies that stand for those above in our other rows.
    pub(super) fn with_local_bodies(&self, mut item: Item) -> Item {
        let pairs = self.layer.base().filter_map(|(row, _)| Some((row.item, self.row(row.key)?)));
        let bodies = local_bodies(pairs);
        let here = |body: &String| bodies.get(body).unwrap_or(body).clone();
        item.subjects = item.subjects.iter().map(here).collect();
        item.subjects.dedup();
        item
    }

    /// Says what in the draft needs a person's eye.
    pub(super) fn doubt(&mut self, issues: Vec<Issue>) {
        self.issues = issues;
    }

    /// Goes back by one step.
    pub(super) fn undo(&mut self, step: &DraftStep) {
        let was = step.undone(self.state());
        let row = |(key, item): (String, Item)| KeyedItem { key, item };
        self.layer.items = was.rows.into_iter().map(row).collect();
        let taken = was.decided.into_iter().map(|(item, row)| {
            let DecidedRow { treatment, above } = row;
            (item.clone(), TakenRow { item, treatment, above })
        });
        self.layer.taken = taken.collect();
        self.issues = was.issues;
        self.version.level_columns = was.level_columns;
        self.version.above = was.above;
    }

    /// Keeps all that the act changed, and what it takes to undo it.
    ///
    /// # Errors
    /// The database refuses.
    pub(super) async fn keep(&self, desk: &Desk, act: &str) -> Result<(), StoreError> {
        self.keep_deciding(desk, act, vec![]).await
    }

    /// As [`Self::keep`], for an act that decided on `adjustments`, which undoing it takes back.
    ///
    /// # Errors
    /// The database refuses.
    pub(super) async fn keep_deciding(
        &self,
        desk: &Desk,
        act: &str,
        adjustments: Vec<String>,
    ) -> Result<(), StoreError> {
        if let Some(step) = DraftStep::between(&self.before, &self.state()) {
            let (version, made_by) = (self.version.id.clone(), desk.actor().word());
            let id = uuid::Uuid::now_v7().to_string();
            let act = act.to_owned();
            let kept = Step { id, version, act, made_by, step, adjustments };
            kept.keep(desk.change()).await?;
        }
        self.write(desk).await
    }

    /// Keeps all as it now is.
    ///
    /// # Errors
    /// The database refuses.
    pub(super) async fn write(&self, desk: &Desk) -> Result<(), StoreError> {
        let (change, version) = (desk.change(), &self.version);
        if version.above != self.before.above {
            version.set_above(change, version.above.as_deref()).await?;
        }
        if version.level_columns != self.before.level_columns {
            version.set_level_columns(change, &version.level_columns).await?;
        }
        if self.issues != self.before.issues {
            KeyedItem::keep_issues(change, &version.id, &self.issues).await?;
        }
        KeyedItem::keep(change, &version.id, &self.layer.items).await?;
        TakenRow::keep(change, &version.id, self.layer.taken.values()).await
    }
}

/// What rows mean as decisions on those above; nothing for a catalogue that takes none up.
pub(super) fn taken(layer: &Layer, items: &[KeyedItem]) -> BTreeMap<String, TakenRow> {
    if layer.catalogue.template.is_none() {
        return BTreeMap::new();
    }
    let above: Vec<Keyed<'_>> = layer.base().map(|(row, _)| row).collect();
    let ours: Vec<Keyed<'_>> = items.iter().map(KeyedItem::keyed).collect();
    let takeover = Takeover::of(&above, &ours, &layer.decisions());
    let row = |(item, treatment): (String, Treatment)| {
        let above = layer.decided_against(&item).map(str::to_owned);
        (item.clone(), TakenRow { item, treatment, above })
    };
    takeover.decided.into_iter().map(row).collect()
}

/// The version above that counts for what was taken up before decisions were kept.
pub(super) async fn before_decisions(
    desk: &Desk,
    catalogue: &Catalogue,
) -> Result<Option<String>, StoreError> {
    let Some(template) = &catalogue.template else { return Ok(None) };
    let open = AdjustmentEntry::open(desk.change(), &catalogue.id).await?;
    if let Some(before) = open.into_iter().find_map(|entry| entry.above_from) {
        return Ok(Some(before));
    }
    let released = Version::released(desk.change(), template).await?;
    Ok(released.map(|version| version.id))
}
