//! 上级调整的提出: what changed above becomes a to-do of each catalogue below, row by row. Nothing of a
//! catalogue below changes by that.

use catalogue_rules::Adjustment;
use ledger::Desk;
use store::StoreError;

use super::worksheet::before_decisions;
use super::{ActError, entry};
use crate::store::{
    AdjustmentEntry, AdjustmentState, Catalogue, KeyedItem, Layer, Shelved, Version,
};

/// Tells every catalogue below what a version changes for it. `before` is the version it follows.
///
/// # Errors
/// The database refuses.
pub(super) async fn below(
    desk: &mut Desk,
    catalogue: &Catalogue,
    version: &Version,
    before: Option<&Version>,
) -> Result<(), ActError> {
    let above = KeyedItem::all(desk.change(), &version.id).await?;
    let before = before.map(|version| version.id.as_str());
    let mut shelved = Shelved::default();
    for lower in Catalogue::below(desk.change(), &catalogue.id).await? {
        let layer = Layer::of(desk.change(), lower, before, &mut shelved).await?;
        let Some(layer) = layer else { continue };
        let raised = raise(desk, &layer, &above, &version.id).await?;
        if raised > 0 {
            let facts = serde_json::json!({ "above": version.id, "rows": raised });
            desk.record(entry("adjustments", &layer.catalogue, facts)).await?;
        }
    }
    Ok(())
}

/// Looks anew at what a catalogue has to decide on: its draft is another than before.
///
/// # Errors
/// The database refuses.
pub(super) async fn anew(desk: &Desk, catalogue: &Catalogue) -> Result<(), StoreError> {
    let change = desk.change();
    let Some(template) = &catalogue.template else { return Ok(()) };
    let Some(version) = Version::released(change, template).await? else { return Ok(()) };
    let before = before_decisions(desk, catalogue).await?;
    let mut shelved = Shelved::default();
    let layer = Layer::of(change, catalogue.clone(), before.as_deref(), &mut shelved).await?;
    let Some(layer) = layer else { return Ok(()) };
    let above = KeyedItem::all(change, &version.id).await?;
    raise(desk, &layer, &above, &version.id).await?;
    Ok(())
}

async fn raise(
    desk: &Desk,
    layer: &Layer,
    above: &[KeyedItem],
    version: &str,
) -> Result<usize, StoreError> {
    let raised = |(item, adjustment): (String, Adjustment)| AdjustmentEntry {
        id: uuid::Uuid::now_v7().to_string(),
        catalogue: layer.catalogue.id.clone(),
        above_from: layer.decided_against(&item).map(str::to_owned),
        above_to: version.to_owned(),
        item,
        kind: adjustment.kind,
        state: AdjustmentState::Open,
        reason: None,
        raised_on: Some(desk.today()),
        decided_at: None,
        decided_by: None,
        decided_in: None,
    };
    let entries: Vec<_> = layer.adjustments(above).into_iter().map(raised).collect();
    AdjustmentEntry::raise(desk.change(), &layer.catalogue.id, &entries).await?;
    Ok(entries.len())
}
