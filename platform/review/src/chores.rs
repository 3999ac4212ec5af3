//! What the worker does by the clock: releases whose time has come, and the alarm for a 初审 that did not
//! follow. It decides nothing; a person has set the time, and the law the alarm.

use std::time::Duration;

use ledger::Actor;
use store::moment;
use web::{Chore, Fault, House};

use crate::acts::{ActError, entry_of_alarm, lapse, publication};
use crate::store::{Unit, Urgent};

/// What is done from time to time.
pub(crate) const CHORES: &[Chore] = &[
    Chore {
        name: "review.release",
        every: Duration::from_secs(1),
        work: |house| Box::pin(release(house)),
    },
    Chore {
        name: "review.alarm",
        every: Duration::from_secs(60),
        work: |house| Box::pin(alarm(house)),
    },
];

/// 定时发布: publishes what is due. What cannot be published ends, and its author is told why.
///
/// # Errors
/// The database refuses.
pub async fn release(house: &House) -> Result<(), Fault> {
    let (ledger, publishers) = (house.ledger(), house.publishers());
    let due = Urgent::due(house.store(), &moment(ledger.clock().now())).await?;
    for unit in due {
        let desk = ledger.desk(Actor::Timer).await?;
        match publication::at_its_time(desk, &publishers, &unit).await {
            Ok(_) => {}
            Err(error) if error.is_changed_content() => {
                let desk = ledger.desk(Actor::Timer).await?;
                lapse::keep(desk, &publishers, &unit).await.map_err(Fault::from)?;
            }
            Err(error) => tracing::error!(unit, %error, "a set release was not carried out"),
        }
    }
    Ok(())
}

/// The alarm: the day for a 初审 that follows publication is past.
///
/// # Errors
/// The database refuses.
pub async fn alarm(house: &House) -> Result<(), Fault> {
    let ledger = house.ledger();
    let overdue = Urgent::overdue(house.store(), ledger.clock().today()).await?;
    for unit in overdue {
        let mut desk = ledger.desk(Actor::Timer).await?;
        let Some(found) = Unit::find(desk.change(), &unit).await? else { continue };
        let sql = "UPDATE review_unit SET alarmed_at = $1 WHERE id = $2 AND alarmed_at IS NULL";
        let now = moment(desk.now());
        desk.change().run(sql, vec![now.into(), unit.clone().into()]).await?;
        desk.record(entry_of_alarm(&found)).await.map_err(ActError::from)?;
        desk.seal().await.map_err(ActError::from)?;
        tracing::warn!(unit, "an urgent publication was not reviewed in time");
    }
    Ok(())
}
