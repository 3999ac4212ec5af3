//! 导入: a catalogue as read out of a file becomes the draft of an organ's next version.

use catalogue_rules::ReadCatalogue;
use identity::Organ;
use ledger::Desk;
use store::moment;

use super::worksheet::{before_decisions, taken};
use super::{ActError, catalogue_of, entry, raising, replaceable};
use crate::store::{Domain, KeyedItem, Layer, Shelved, TakenRow, Version, VersionDraft, keyed};

/// A file that was read, and whose catalogue it is to be.
#[derive(Debug, Clone)]
pub struct Import {
    /// The organ's code.
    pub organ: String,
    /// The domain, by any of its names.
    pub domain: String,
    /// What was read.
    pub read: ReadCatalogue,
    /// The file's name.
    pub source_name: String,
    /// The file's SHA-256, hexadecimal; for what a clerk has confirmed at the workbench, where the file
    /// itself is no longer at hand, that of the table as it was kept, written as JSON.
    pub source_sha256: String,
    /// Whether it is 演示数据.
    pub demo: bool,
}

/// Keeps the catalogue as a draft, with the list of what needs a person's eye. A draft somebody works
/// on stays as it is.
///
/// # Errors
/// The organ or the domain is unknown or not the clerk's, there are no items, there is a draft already, or
/// the database refuses.
pub async fn keep(desk: Desk, import: Import) -> Result<Version, ActError> {
    sealed(desk, import, false).await
}

/// Keeps the catalogue as [`keep`] does, in the place of the draft there is, if there is one.
///
/// # Errors
/// As [`keep`], but that the draft there is only stands in the way before the public or under review.
pub async fn replace(desk: Desk, import: Import) -> Result<Version, ActError> {
    sealed(desk, import, true).await
}

/// Tries what [`keep`] or, `over` the draft there is, [`replace`] would do, and keeps nothing.
///
/// # Errors
/// Theirs.
pub async fn rehearse(mut desk: Desk, import: Import, over: bool) -> Result<Version, ActError> {
    put(&mut desk, import, over).await
}

async fn sealed(mut desk: Desk, import: Import, over: bool) -> Result<Version, ActError> {
    let version = put(&mut desk, import, over).await?;
    desk.seal().await?;
    Ok(version)
}

async fn put(desk: &mut Desk, import: Import, over: bool) -> Result<Version, ActError> {
    let change = desk.change();
    let organ = Organ::find(change, &import.organ).await?;
    let organ = organ.ok_or_else(|| ActError::NoOrgan(import.organ.clone()))?;
    let domain = Domain::called(change, &import.domain).await?;
    let domain = domain.ok_or_else(|| ActError::NoDomain(import.domain.clone()))?;
    if import.read.items.is_empty() {
        return Err(ActError::Empty);
    }
    let catalogue = catalogue_of(desk, &organ, &domain, None, import.demo).await?;
    replaceable(desk, &catalogue).await?;
    if !over && Version::draft(change, &catalogue.id).await?.is_some() {
        return Err(ActError::DraftExists);
    }
    let called = Domain::find(change, &domain, desk.today()).await?.map(|domain| domain.name);
    // What was decided so far on the rows above goes on, as far as the file still has them.
    let before = before_decisions(desk, &catalogue).await?;
    let layer =
        Layer::of(change, catalogue.clone(), before.as_deref(), &mut Shelved::default()).await?;
    let (mut draft, made_at) = (import.draft(called.as_deref()), moment(desk.now()));
    draft.above = layer.as_ref().and_then(|layer| layer.made_against.clone());
    let version = Version::replace_draft(change, &catalogue.id, &draft, &made_at).await?;
    let (mut items, issues) = (import.read.items, import.read.issues);
    for item in &mut items {
        item.domain.clone_from(&called);
    }
    let items = keyed(items);
    KeyedItem::keep(change, &version.id, &items).await?;
    KeyedItem::keep_issues(change, &version.id, &issues).await?;
    if let Some(layer) = &layer {
        TakenRow::keep(change, &version.id, taken(layer, &items).values()).await?;
        raising::anew(desk, &catalogue).await?;
    }
    let facts = serde_json::json!({
        "version": version.id, "domain": domain, "items": items.len(), "issues": issues.len(),
    });
    desk.record(entry("import", &catalogue, facts)).await?;
    Ok(version)
}

impl Import {
    /// What of the file stands above the items; a file without a title gets the usual one.
    fn draft(&self, domain: Option<&str>) -> VersionDraft {
        let usual = || domain.map(|name| format!("{name}领域基层政务公开标准目录"));
        VersionDraft {
            title: self.read.title.clone().or_else(usual).unwrap_or_default(),
            level_columns: self.read.level_columns.clone(),
            region_hint: self.read.region_hint.clone(),
            source_name: self.source_name.clone(),
            source_sha256: self.source_sha256.clone(),
            above: None,
        }
    }
}
