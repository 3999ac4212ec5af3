//! What people wrote in their own words is taken out a year after the results (docs/readings/303). Which options were
//! taken, and the words that were published, are kept (条例第三十三条).

use ledger::Ledger;
use web::{Chore, Fault, House, Later};

use super::super::{ActError, erasure};
use crate::store::Answered;

/// Looks once an hour.
pub(crate) const CHORE: Chore =
    Chore { name: "participation.questionnaire_erasure", every: erasure::EVERY, work };

fn work(house: &House) -> Later<'_, ()> {
    Box::pin(async move { erase(house.ledger()).await.map(drop).map_err(Fault::inside) })
}

/// Takes out what is kept no longer; says of how many answers.
///
/// # Errors
/// The database refuses.
pub async fn erase(ledger: &Ledger) -> Result<u64, ActError> {
    erasure::of::<Answered>(ledger, ("questionnaire_erasure", "questionnaire_words", "answers"))
        .await
}
