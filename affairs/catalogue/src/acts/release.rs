//! 发布: the draft comes into force; the version before it ends the day before.

use law::Date;
use ledger::Desk;

use super::ActError;
use super::import::entry;
use crate::store::{Catalogue, Domain, Version};

/// Puts an organ's draft in force from `day` on.
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
    desk.record(entry("release", &catalogue, facts)).await?;
    desk.seal().await?;
    Ok(draft)
}
