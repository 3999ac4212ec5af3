//! 定时发布: what is signed is released by the worker at a set moment, if it still is what was signed.

use identity::powers::Policy;
use jiff::{SignedDuration, Timestamp};
use ledger::Desk;
use store::{Value, moment};
use web::{Fault, Publishers};

use super::{ActError, entry, hash_now, held, releasers};
use crate::Signatory;
use crate::steps::REVIEW_FIRST;
use crate::store::{Unit, set_state};

/// Further ahead nobody means it; a decision of ours.
const FURTHEST: SignedDuration = SignedDuration::from_hours(366 * 24);

/// Sets the moment.
///
/// # Errors
/// The moment is past, the clock may not release a piece of it, the unit is not signed, the person may not release
/// it, or the database refuses.
pub async fn keep(
    mut desk: Desk,
    publishers: &Publishers,
    unit: &str,
    by: &Signatory,
    at: Timestamp,
) -> Result<(), ActError> {
    if at <= desk.now() {
        return Err(ActError::Past);
    }
    if at.duration_since(desk.now()) > FURTHEST {
        return Err(ActError::Far);
    }
    let unit = held(&desk, unit).await?;
    if !goes_by_clock(publishers, &unit)? {
        return Err(ActError::NotByClock);
    }
    let content = hash_now(&desk, publishers, &unit).await?;
    let roles = releasers(publishers, &unit);
    let review = unit.review().schedule(by, &roles, &content)?;
    let set = [
        Value::from(moment(at)),
        by.person.clone().into(),
        by.stands_in_for.clone().into(),
        by.name.clone().into(),
    ];
    write(&desk, &unit.id, set).await?;
    set_state(&desk, &unit.id, review.state).await?;
    let facts = serde_json::json!({ "at": moment(at) });
    desk.record(entry("scheduling", &unit, REVIEW_FIRST.to_string(), facts)).await?;
    Ok(desk.seal().await?)
}

/// Gives the set moment up.
///
/// # Errors
/// No moment is set, the person may not release it, or the database refuses.
pub async fn drop(
    mut desk: Desk,
    publishers: &Publishers,
    unit: &str,
    by: &Signatory,
) -> Result<(), ActError> {
    let unit = held(&desk, unit).await?;
    let roles = releasers(publishers, &unit);
    let review = unit.review().unschedule(by, &roles)?;
    let nothing = || Value::from(None::<String>);
    write(&desk, &unit.id, [nothing(), nothing(), nothing(), nothing()]).await?;
    set_state(&desk, &unit.id, review.state).await?;
    let facts = serde_json::json!({ "at": null });
    desk.record(entry("scheduling", &unit, REVIEW_FIRST.to_string(), facts)).await?;
    Ok(desk.seal().await?)
}

async fn write(desk: &Desk, unit: &str, set: [Value; 4]) -> Result<(), ActError> {
    let sql = "UPDATE review_unit
                  SET release_at = $1, release_by = $2, release_for = $3, release_name = $4
                WHERE id = $5";
    let values = set.into_iter().chain([unit.into()]).collect();
    desk.change().run(sql, values).await?;
    Ok(())
}

/// Whether the clock may release every piece of a unit, at a time that a person has set.
///
/// # Errors
/// No room publishes anything of a kind.
pub(crate) fn goes_by_clock(publishers: &Publishers, unit: &Unit) -> Result<bool, Fault> {
    for piece in &unit.pieces {
        if !is_by_clock(publishers.get(&piece.kind)?.release) {
            return Ok(false);
        }
    }
    Ok(true)
}

/// Whether the clock may release what has this act of release (the column `by_clock` of the access policy's acts).
fn is_by_clock(act: &str) -> bool {
    Policy::of_house().act(act).is_some_and(|act| act.by_clock)
}

#[cfg(test)]
mod tests {
    use super::is_by_clock;

    #[test]
    fn the_access_policy_says_what_the_clock_may_release() {
        for (act, by_clock) in
            [("record.publish", true), ("suggestion.publish", false), ("no.such.act", false)]
        {
            assert_eq!(is_by_clock(act), by_clock, "{act}");
        }
    }
}
