//! What the worker does by the clock: releases whose time has come, and the alarm for a 初审 that did not
//! follow. It decides nothing; a person has set the time, and the law the alarm.

use std::time::Duration;

use ledger::Actor;
use store::moment;
use web::{Chore, Fault, House, Publishers};

use crate::acts::{ActError, entry_of_alarm, lapse, late_day, publication};
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

/// So many units of one organ that are due together are published in one transaction: one writing down for
/// all of them, and what one of them cannot do keeps back nothing else.
const TOGETHER: usize = 20;

/// 定时发布: publishes what is due. What cannot be published ends, and its author is told why.
///
/// # Errors
/// The database refuses.
pub async fn release(house: &House) -> Result<(), Fault> {
    let publishers = house.publishers();
    loop {
        let now = moment(house.ledger().clock().now());
        let due = Urgent::due(house.store(), &now).await?;
        let mut done = 0;
        for same in due.chunk_by(|one, next| one.organ == next.organ) {
            for units in same.chunks(TOGETHER) {
                let units: Vec<String> = units.iter().map(|unit| unit.id.clone()).collect();
                done += published(house, &publishers, &units).await?;
            }
        }
        // What could not be done is tried again in the next round.
        if done == 0 {
            return Ok(());
        }
    }
}

/// Publishes units together, or each by itself where one of them cannot be; says how many are done with.
async fn published(
    house: &House,
    publishers: &Publishers,
    units: &[String],
) -> Result<usize, Fault> {
    if units.len() > 1 {
        match at_once(house, publishers, units).await {
            Ok(done) => return Ok(done),
            Err(error) => tracing::info!(%error, "set releases are carried out one by one"),
        }
    }
    let mut done = 0;
    for unit in units {
        done += usize::from(is_done(house, publishers, unit).await?);
    }
    Ok(done)
}

/// Makes units ready, and then publishes them in one transaction.
async fn at_once(
    house: &House,
    publishers: &Publishers,
    units: &[String],
) -> Result<usize, ActError> {
    publication::ready(house.ledger(), publishers, units).await?;
    let desk = house.ledger().desk(Actor::Timer).await?;
    publication::at_their_time(desk, publishers, units).await
}

/// Publishes one unit, or ends it where it cannot be published.
async fn is_done(house: &House, publishers: &Publishers, unit: &String) -> Result<bool, Fault> {
    let only = std::slice::from_ref(unit);
    let error = match at_once(house, publishers, only).await {
        Ok(done) => return Ok(done > 0),
        Err(error) => error,
    };
    tracing::warn!(unit, %error, "a set release was not carried out");
    let why = match error {
        error if error.is_changed_content() => lapse::WHY.to_owned(),
        ActError::Refused(_) | ActError::Room(Fault::Refused(_) | Fault::NotFound) => {
            format!("到了定时，没有能够发布：{error}")
        }
        _ => return Ok(false),
    };
    let desk = house.ledger().desk(Actor::Timer).await?;
    lapse::because(desk, unit, &why).await.map_err(Fault::from)?;
    Ok(true)
}

/// Counts provisional days for a 初审 anew: the arrangement of their year may have been issued, by an import
/// or with a new release of the program.
///
/// # Errors
/// The database refuses.
pub async fn renew_late_days(house: &House) -> Result<(), Fault> {
    let owed = Urgent::provisional(house.store()).await?;
    if !owed.is_empty() {
        house.ledger().renew_calendar().await?;
    }
    for one in &owed {
        let desk = house.ledger().desk(Actor::Timer).await?;
        match late_day::renew(desk, one).await {
            Ok(_) => {}
            // What was told stands.
            Err(ActError::NoLateDay(error)) => tracing::warn!(unit = one.unit, %error, "no day"),
            Err(error) => return Err(error.into()),
        }
    }
    Ok(())
}

/// The alarm: the day for a 初审 that follows publication is past.
///
/// # Errors
/// The database refuses.
pub async fn alarm(house: &House) -> Result<(), Fault> {
    renew_late_days(house).await?;
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
