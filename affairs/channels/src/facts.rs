//! What the register holds of zones, as the list of requirements asks for it.

use channels_rules::{Completeness, Facts, check};
use store::{Statements, StoreError};

use crate::store::{EquipmentLine, LookLine, MaterialLine, StaffLine, Zone};

/// The facts of zones, in their order; one question for each table.
///
/// # Errors
/// The database refuses.
pub async fn facts_of(from: &impl Statements, zones: &[Zone]) -> Result<Vec<Facts>, StoreError> {
    let keys: Vec<String> = zones.iter().map(|zone| zone.id.clone()).collect();
    let equipment = EquipmentLine::of(from, &keys).await?;
    let materials = MaterialLine::of(from, &keys).await?;
    let staff = StaffLine::of(from, &keys).await?;
    let facts = |zone: &Zone| {
        let own = materials.iter().filter(|line| line.zone == zone.id);
        let works = |line: &&EquipmentLine| line.zone == zone.id && line.works;
        Facts {
            working: equipment.iter().filter(works).map(|line| line.kind).collect(),
            materials: own.clone().filter(|line| line.stock.left > 0).count(),
            run_out: own.filter(|line| line.stock.left == 0).count(),
            staff: staff.iter().filter(|line| line.zone == zone.id).count(),
            hours: zone.told.hours.is_told(),
            phone: !zone.told.phone.is_empty(),
            keeper: !zone.told.keeper.is_empty(),
        }
    };
    Ok(zones.iter().map(facts).collect())
}

/// How zones stand against the list, in their order, each with its newest look.
///
/// # Errors
/// The database refuses.
pub async fn standing_of(
    from: &impl Statements,
    zones: &[Zone],
) -> Result<Vec<(Completeness, Option<LookLine>)>, StoreError> {
    let keys: Vec<String> = zones.iter().map(|zone| zone.id.clone()).collect();
    let facts = facts_of(from, zones).await?;
    let looks = LookLine::newest(from, &keys).await?;
    let one = |(zone, facts): (&Zone, Facts)| {
        let look = looks.iter().find(|look| look.zone == zone.id).cloned();
        let looked = look.as_ref().map(|look| look.verdicts.clone()).unwrap_or_default();
        (check(&facts, &looked), look)
    };
    Ok(zones.iter().zip(facts).map(one).collect())
}
