//! 上级调整的决定: a catalogue below accepts, adapts or refuses what changed above, row by row.

use std::collections::BTreeMap;

use catalogue_rules::{AdjustmentKind, Decision, Treatment};
use ledger::Desk;
use store::moment;

use super::worksheet::Worksheet;
use super::{ActError, catalogue_called, entry};
use crate::store::{AdjustmentEntry, AdjustmentState, KeyedItem};

/// Decides on one change above. The decision stands in the catalogue's draft, begun from the last
/// release if there is none, and is told with its release.
///
/// # Errors
/// There is no such adjustment, it was decided already, the decision cannot stand, the draft is before
/// the public, or the database refuses.
pub async fn decide(
    desk: Desk,
    id: &str,
    decision: &Decision,
) -> Result<AdjustmentEntry, ActError> {
    let mut decided = decide_all(desk, &[id.to_owned()], decision).await?;
    decided.pop().ok_or_else(|| ActError::NoAdjustment(id.to_owned()))
}

/// Decides on many changes above in the same way: all of them, or none.
///
/// # Errors
/// As [`decide`], for any of them.
pub async fn decide_all(
    mut desk: Desk,
    ids: &[String],
    decision: &Decision,
) -> Result<Vec<AdjustmentEntry>, ActError> {
    let mut waiting: BTreeMap<String, Vec<AdjustmentEntry>> = BTreeMap::new();
    for id in ids {
        let found = AdjustmentEntry::find(desk.change(), id).await?;
        let found = found.ok_or_else(|| ActError::NoAdjustment(id.clone()))?;
        if found.state != AdjustmentState::Open {
            return Err(ActError::NotOpen(found.state.name()));
        }
        waiting.entry(found.catalogue.clone()).or_default().push(found);
    }
    let mut decided = Vec::with_capacity(ids.len());
    for (catalogue, entries) in waiting {
        decided.extend(within(&mut desk, &catalogue, entries, decision).await?);
    }
    if decided.is_empty() {
        return Err(ActError::NoAdjustment(String::new()));
    }
    desk.seal().await?;
    Ok(decided)
}

/// Decides on changes that concern one catalogue.
async fn within(
    desk: &mut Desk,
    catalogue: &str,
    entries: Vec<AdjustmentEntry>,
    decision: &Decision,
) -> Result<Vec<AdjustmentEntry>, ActError> {
    let catalogue = catalogue_called(desk, catalogue).await?;
    let mut sheet = Worksheet::open(desk, catalogue).await?;
    let mut decided = Vec::with_capacity(entries.len());
    for mut found in entries {
        let treatment = settle(desk, &mut sheet, &found, decision).await?;
        found.state = state(decision);
        found.reason = match decision {
            Decision::Refuse { reason } => Some(reason.trim().to_owned()),
            Decision::Maintain { .. } => {
                treatment.as_ref().and_then(Treatment::reason).map(str::to_owned)
            }
            _ => None,
        };
        found.decided_at = Some(moment(desk.now()));
        found.decided_by = Some(desk.actor().word());
        found.decided_in = Some(sheet.version.id.clone());
        // Someone else may have decided while this act waited for the draft.
        if !found.settle(desk.change()).await? {
            return Err(ActError::NotOpen(found.state.name()));
        }
        decided.push(found);
    }
    keep_up(desk, &mut sheet, &decided).await?;
    let ids = decided.iter().map(|found| found.id.clone()).collect();
    sheet.keep_deciding(desk, "adjustment", ids).await?;
    let told = |found: &AdjustmentEntry| serde_json::json!({ "item": found.item, "above": found.above_to });
    let facts = serde_json::json!({
        "version": sheet.version.id, "decision": decision,
        "rows": decided.iter().map(told).collect::<Vec<_>>(),
    });
    desk.record(entry("adjustment", sheet.catalogue(), facts)).await?;
    Ok(decided)
}

/// What the decision makes of the row, in the draft; returns what is then decided on it.
async fn settle(
    desk: &Desk,
    sheet: &mut Worksheet,
    found: &AdjustmentEntry,
    decision: &Decision,
) -> Result<Option<Treatment>, ActError> {
    let key = found.item.as_str();
    let above = KeyedItem::find(desk.change(), &found.above_to, key).await?;
    let above = above.map(|keyed| keyed.item);
    let settled = sheet.sides(key, above.as_ref()).settle(decision)?;
    let is_new = found.kind == AdjustmentKind::Added && sheet.row(key).is_none();
    let comes_in = match decision {
        Decision::Accept { .. } => is_new,
        Decision::TakeIn => true,
        _ => false,
    };
    match settled.item {
        Some(item) if comes_in => {
            let item = sheet.with_local_bodies(item);
            sheet.put(key, item);
        }
        Some(item) => sheet.put(key, item),
        None => sheet.remove(key),
    }
    sheet.decide(key, settled.treatment.clone(), Some(&found.above_to));
    Ok(settled.treatment)
}

/// A draft with nothing left to decide on is made against the version above it has dealt with.
async fn keep_up(
    desk: &Desk,
    sheet: &mut Worksheet,
    decided: &[AdjustmentEntry],
) -> Result<(), ActError> {
    let open = AdjustmentEntry::open(desk.change(), &sheet.catalogue().id).await?;
    if let (true, Some(last)) = (open.is_empty(), decided.last()) {
        sheet.version.above = Some(last.above_to.clone());
    }
    Ok(())
}

const fn state(decision: &Decision) -> AdjustmentState {
    match decision {
        Decision::Accept { .. } => AdjustmentState::Accepted,
        Decision::Adapt { .. } => AdjustmentState::Adapted,
        Decision::Refuse { .. } => AdjustmentState::Refused,
        Decision::Maintain { .. } => AdjustmentState::Maintained,
        Decision::TakeIn => AdjustmentState::TakenIn,
    }
}
