//! 失效: the content was found to be another than what was signed. Nothing of the review is left, and
//! whoever wrote it submits it anew.

use ledger::Desk;
use web::Publishers;

use super::{ActError, entry, hash_now, held};
use crate::steps::REVIEW_FIRST;
use crate::store::{Unit, close};

/// What is said of it.
pub const WHY: &str = "内容在送审以后改动过，原来的审查不再算数";

/// Ends a unit whose content has changed; says whether it had.
///
/// # Errors
/// It has ended, or the database refuses.
pub async fn keep(desk: Desk, publishers: &Publishers, unit: &str) -> Result<bool, ActError> {
    let unit = held(&desk, unit).await?;
    if hash_now(&desk, publishers, &unit).await? == unit.hash {
        return Ok(false);
    }
    end(desk, &unit, WHY).await?;
    Ok(true)
}

/// Ends a unit that cannot be published at its set time, and says why.
///
/// # Errors
/// It has ended, or the database refuses.
pub async fn because(desk: Desk, unit: &str, why: &str) -> Result<(), ActError> {
    let unit = held(&desk, unit).await?;
    end(desk, &unit, why).await
}

/// The same inside another act, which seals: what was handed in may no longer be published, whoever looks at it.
///
/// # Errors
/// It has ended, or the database refuses.
pub async fn within(desk: &mut Desk, unit: &str, why: &str) -> Result<(), ActError> {
    let unit = held(desk, unit).await?;
    told(desk, &unit, why).await
}

async fn end(mut desk: Desk, unit: &Unit, why: &str) -> Result<(), ActError> {
    told(&mut desk, unit, why).await?;
    Ok(desk.seal().await?)
}

async fn told(desk: &mut Desk, unit: &Unit, why: &str) -> Result<(), ActError> {
    let review = unit.review().lapse()?;
    close(desk, &unit.id, review.state, "平台", Some(why)).await?;
    let facts = serde_json::json!({ "reason": why });
    desk.record(entry("lapse", unit, REVIEW_FIRST.to_string(), facts)).await?;
    Ok(())
}
