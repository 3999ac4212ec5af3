//! 起草: the draft of a catalogue's next version is begun from the last release, or dropped.

use ledger::Desk;
use store::moment;

use super::{ActError, catalogue_called, entry, held_draft, raising};
use crate::store::{Catalogue, Domain, Version, VersionDraft};

/// Begins a draft with all that stands in the last release, decisions on the rows above included.
///
/// # Errors
/// There is no such catalogue, it has a draft already, or the database refuses.
pub async fn begin(mut desk: Desk, catalogue: &str) -> Result<Version, ActError> {
    let catalogue = catalogue_called(&desk, catalogue).await?;
    if Version::draft(desk.change(), &catalogue.id).await?.is_some() {
        return Err(ActError::DraftExists);
    }
    let version = begun(&desk, &catalogue).await?;
    let facts = serde_json::json!({ "version": version.id, "number": version.number });
    desk.record(entry("drafting", &catalogue, facts)).await?;
    desk.seal().await?;
    Ok(version)
}

/// Drops the draft. What was decided in it on changes above is open again.
///
/// # Errors
/// There is no such catalogue or draft, or the database refuses.
pub async fn discard(mut desk: Desk, catalogue: &str) -> Result<(), ActError> {
    let catalogue = catalogue_called(&desk, catalogue).await?;
    let draft = held_draft(&desk, &catalogue).await?;
    draft.discard(desk.change()).await?;
    raising::anew(&desk, &catalogue).await?;
    let facts = serde_json::json!({ "number": draft.number });
    desk.record(entry("discarding", &catalogue, facts)).await?;
    Ok(desk.seal().await?)
}

/// A new draft, within another act. A catalogue that was never released begins with no rows.
pub(super) async fn begun(desk: &Desk, catalogue: &Catalogue) -> Result<Version, ActError> {
    let (change, made_at) = (desk.change(), moment(desk.now()));
    if let Some(released) = Version::released(change, &catalogue.id).await? {
        return Ok(Version::begin_from(change, &released, &made_at).await?);
    }
    let called = Domain::find(change, &catalogue.domain, desk.today()).await?;
    let name = called.map_or_else(|| catalogue.domain.clone(), |domain| domain.name);
    let draft = VersionDraft {
        title: format!("{name}领域基层政务公开标准目录"),
        level_columns: vec![],
        region_hint: None,
        source_name: String::new(),
        source_sha256: String::new(),
        above: None,
    };
    Ok(Version::replace_draft(change, &catalogue.id, &draft, &made_at).await?)
}
