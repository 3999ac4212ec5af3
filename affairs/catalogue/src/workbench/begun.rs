//! Taking up the catalogue above where there is none here yet.

use std::collections::HashMap;

use identity::{Division, Organ};
use ledger::Desk;
use web::{Fault, Visit};

use super::bench::Bench;
use super::seen;
use crate::acts::adoption::{self, Adoption};
use crate::store::{Catalogue, Holding};

/// The catalogue in force in the division above an organ's, in a domain.
///
/// # Errors
/// The database refuses.
pub async fn above(visit: &Visit, organ: &Organ, domain: &str) -> Result<Option<Catalogue>, Fault> {
    let store = visit.house.store();
    let today = visit.house.ledger().clock().today();
    let division = Division::find(store, &organ.division).await?;
    let Some(parent) = division.and_then(|division| division.parent) else { return Ok(None) };
    let holdings = Holding::within(store, (parent.clone(), parent), today).await?;
    let mut found = holdings.into_iter().filter(|one| one.catalogue.domain == domain);
    Ok(found.find(|one| one.live.is_some()).map(|one| one.catalogue))
}

/// Takes up what is in force above as the draft of the clerk's organ.
///
/// # Errors
/// There is a catalogue here already or none above, or the database refuses.
pub async fn adopt(visit: &Visit, desk: Desk, bench: &Bench) -> Result<(), Fault> {
    let store = visit.house.store();
    bench.may_begin()?;
    if bench.catalogue.is_some() {
        return Err(Fault::Refused("本级已经有这个领域的目录，不能再承接一次。".into()));
    }
    let above = above(visit, &bench.organ, &bench.domain.slug).await?;
    let above = above.ok_or_else(|| {
        Fault::Refused("上级还没有发布这个领域的目录。可以先粘贴或者导入一份。".into())
    })?;
    let place = Division::find(store, &bench.organ.division).await?;
    let place = place.map(|division| division.name).unwrap_or_default();
    let bodies = bodies(visit, &above.division, &bench.organ.division).await?;
    let adoption = Adoption {
        from: &above.organ,
        organ: &bench.organ,
        domain: &bench.domain.slug,
        title: format!("{place}{}领域基层政务公开标准目录", bench.domain.name),
        place,
        bodies: &bodies,
        demo: visit.house.is_demo(),
    };
    seen(adoption::keep(desk, adoption).await)?;
    Ok(())
}

/// The organs here that have the same function as those above, by every name of theirs.
async fn bodies(visit: &Visit, above: &str, here: &str) -> Result<HashMap<String, String>, Fault> {
    let store = visit.house.store();
    let today = visit.house.ledger().clock().today();
    let ours = Organ::serving(store, here).await?;
    let mut bodies = HashMap::new();
    for organ in Organ::serving(store, above).await? {
        let same = |one: &&Organ| one.role == organ.role && one.stands_on(today);
        if let Some(own) = ours.iter().find(same) {
            bodies.insert(organ.name, own.name.clone());
            bodies.insert(organ.short_name, own.name.clone());
        }
    }
    Ok(bodies)
}
