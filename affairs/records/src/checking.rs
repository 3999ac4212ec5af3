//! What the worker does by the clock for 抽查: draws what a rule draws when its period is over. It
//! chooses nothing; rule and ledger say which records.

use std::time::Duration;

use ledger::Actor;
use web::{Chore, Fault, House};

use crate::acts::{ActError, check_draw};
use crate::store::{CheckRule, Draw};

/// What is done from time to time.
pub(crate) const CHORES: &[Chore] = &[Chore {
    name: "records.check_draw",
    every: Duration::from_secs(600),
    work: |house| Box::pin(draw_what_is_due(house)),
}];

/// Draws for every rule whose period is over.
///
/// # Errors
/// The database refuses.
pub async fn draw_what_is_due(house: &House) -> Result<(), Fault> {
    let today = house.ledger().clock().today();
    let last = Draw::last_periods(house.store()).await?;
    for rule in CheckRule::standing(house.store()).await? {
        let drawn = last.get(&rule.id).copied();
        let due = match rule.once {
            Some(_) => drawn.is_none(),
            None => rule.frequency.due(rule.set_on, drawn, today).is_some(),
        };
        if !due {
            continue;
        }
        let desk = house.ledger().desk(Actor::Timer).await?;
        match check_draw::keep(desk, &rule.id).await {
            // Somebody pressed the button meanwhile, or nothing was done since the period ended.
            Ok(_) | Err(ActError::Refused(..) | ActError::NotBefore(_)) => {}
            Err(error) => return Err(error.into_fault()),
        }
    }
    Ok(())
}
