//! Who enrolled for a gathering is taken out a year after it was held or cancelled (docs/readings/305); that so many
//! enrolled, and what was published, is kept (条例第三十三条).

use ledger::Ledger;
use web::{Chore, Fault, House, Later};

use super::super::{ActError, erasure};
use crate::store::Place;

/// Looks once an hour.
pub(crate) const CHORE: Chore =
    Chore { name: "participation.place_erasure", every: erasure::EVERY, work };

fn work(house: &House) -> Later<'_, ()> {
    Box::pin(async move { erase(house.ledger()).await.map(drop).map_err(Fault::inside) })
}

/// Takes out what is kept no longer; says of how many enrolments.
///
/// # Errors
/// The database refuses.
pub async fn erase(ledger: &Ledger) -> Result<u64, ActError> {
    erasure::of::<Place>(ledger, ("place_erasure", "places", "enrolments")).await
}
