//! 发布: the draft comes into force on its day; the version before it ends the day before.

use jobs::Job;
use law::Date;
use ledger::{Desk, start_of_day};

use super::{ActError, entry};
use crate::searching;
use crate::store::{Catalogue, Domain, Version};

/// Puts an organ's draft in force from `day` on. Where that day is still to come, the version before
/// holds until then, and the index hears of the new one again on the day.
///
/// # Errors
/// There is no such domain or draft, or the database refuses.
pub async fn grant(
    mut desk: Desk,
    organ: &str,
    domain: &str,
    day: Date,
) -> Result<Version, ActError> {
    let change = desk.change();
    let slug = Domain::called(change, domain).await?;
    let slug = slug.ok_or_else(|| ActError::NoDomain(domain.into()))?;
    let catalogue = Catalogue::of(change, organ, &slug).await?.ok_or(ActError::NoDraft)?;
    let draft = Version::draft(change, &catalogue.id).await?.ok_or(ActError::NoDraft)?;
    draft.put_in_force(change, day).await?;
    let facts = serde_json::json!({
        "version": draft.id, "number": draft.number, "domain": slug, "from": day.to_string(),
    });
    let event = desk.record(entry("release", &catalogue, facts)).await?;
    if day > desk.today() {
        let on_the_day = Job::now(searching::LISTENER, event, start_of_day(day));
        jobs::enqueue(desk.change(), vec![on_the_day]).await?;
    }
    desk.seal().await?;
    Ok(draft)
}
