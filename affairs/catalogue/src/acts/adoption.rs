//! 承接: an organ takes up the catalogue above it, with its own bodies as 公开主体. Every row is thereby
//! 照用 (docs/readings/019) until something else is decided.

use std::collections::{BTreeMap, HashMap};

use catalogue_rules::{Item, Keyed, Takeover, Treatment};
use identity::{Level, Organ};
use ledger::Desk;
use store::moment;

use super::{ActError, catalogue_of, entry, raising, replaceable};
use crate::store::{Catalogue, KeyedItem, TakenRow, Version, VersionDraft};

/// What is taken up, by whom, and who stands for the bodies it names.
#[derive(Debug, Clone)]
pub struct Adoption<'a> {
    /// The organ whose catalogue is taken up.
    pub from: &'a str,
    /// The organ that takes it up.
    pub organ: &'a Organ,
    /// The domain's slug.
    pub domain: &'a str,
    /// The title of the new version.
    pub title: String,
    /// The place the title names.
    pub place: String,
    /// 公开主体 as the template names them, and as they are called here.
    pub bodies: &'a HashMap<String, String>,
    /// Whether it is 演示数据.
    pub demo: bool,
}

/// Which rows above are taken up; the others are 不适用 for one reason.
#[derive(Debug, Clone, Copy)]
pub struct Part<'a> {
    /// Whether a row is taken up.
    pub takes: fn(&Item) -> bool,
    /// Why the others are not.
    pub reason: &'a str,
}

/// Takes up the version in force above as this organ's draft.
///
/// # Errors
/// What is named is not above or nothing is in force there, the catalogue is not the clerk's, decisions on the one above were released,
/// there is a draft already, or the database refuses.
pub async fn keep(desk: Desk, adoption: Adoption<'_>) -> Result<Version, ActError> {
    let all = Part { takes: |_| true, reason: "" };
    keep_part(desk, adoption, all).await
}

/// Takes up some rows of the version in force above as this organ's draft.
///
/// # Errors
/// As [`keep`], and no row is taken up.
pub async fn keep_part(
    mut desk: Desk,
    adoption: Adoption<'_>,
    part: Part<'_>,
) -> Result<Version, ActError> {
    let change = desk.change();
    let template = Catalogue::of(change, adoption.from, adoption.domain).await?;
    let template = template.ok_or(ActError::NoTemplate)?;
    if !stands_above(&template.division, &adoption.organ.division) {
        let whose = Organ::find(change, &template.organ).await?;
        let whose = whose.map_or(template.organ, |organ| organ.short_name);
        return Err(ActError::NotAbove(whose, adoption.organ.short_name.clone()));
    }
    let above = Version::live(change, &template.id, desk.today()).await?;
    let above = above.ok_or(ActError::NoTemplate)?;
    let theirs = KeyedItem::all(change, &above.id).await?;
    let takes = |keyed: &&KeyedItem| (part.takes)(&keyed.item);
    let mut items: Vec<KeyedItem> = theirs.iter().filter(takes).cloned().collect();
    if items.is_empty() {
        return Err(ActError::Empty);
    }
    for keyed in &mut items {
        rename(&mut keyed.item, adoption.bodies);
    }
    let (organ, domain) = (adoption.organ, adoption.domain);
    let catalogue = catalogue_of(&desk, organ, domain, Some(template.id), adoption.demo).await?;
    replaceable(&desk, &catalogue).await?;
    if Version::draft(change, &catalogue.id).await?.is_some() {
        return Err(ActError::DraftExists);
    }
    if let Some(released) = Version::released(change, &catalogue.id).await?
        && !TakenRow::all(change, &released.id).await?.is_empty()
    {
        return Err(ActError::Decided);
    }
    let draft = VersionDraft {
        title: adoption.title,
        level_columns: above.level_columns,
        region_hint: Some(adoption.place),
        source_name: above.source_name,
        source_sha256: String::new(),
        above: Some(above.id.clone()),
    };
    let made_at = moment(desk.now());
    let version = Version::replace_draft(change, &catalogue.id, &draft, &made_at).await?;
    KeyedItem::keep(change, &version.id, &items).await?;
    TakenRow::keep(change, &version.id, &taken(&theirs, &items, &above.id, part.reason)).await?;
    raising::anew(&desk, &catalogue).await?;
    let facts = serde_json::json!({
        "version": version.id, "domain": domain, "items": items.len(), "above": above.id,
    });
    desk.record(entry("adoption", &catalogue, facts)).await?;
    desk.seal().await?;
    Ok(version)
}

/// Whether one division lies within the other: its code goes on where the other's ends in zeros.
fn stands_above(above: &str, below: &str) -> bool {
    let within = |level: Level| {
        let part = above.get(..level.digits())?;
        Some(format!("{part:0<12}") == above && below.starts_with(part))
    };
    let levels = [Level::City, Level::District, Level::Township];
    above != below && levels.into_iter().any(|level| within(level) == Some(true))
}

/// What was made of each row above; one that is not among ours is 不适用 for this reason.
fn taken(theirs: &[KeyedItem], ours: &[KeyedItem], above: &str, reason: &str) -> Vec<TakenRow> {
    let left = |keyed: &&KeyedItem| ours.iter().all(|row| row.key != keyed.key);
    let because = |keyed: &KeyedItem| {
        (keyed.key.clone(), Treatment::NotApplicable { reason: reason.to_owned() })
    };
    let earlier: BTreeMap<String, Treatment> = theirs.iter().filter(left).map(because).collect();
    let theirs: Vec<Keyed<'_>> = theirs.iter().map(KeyedItem::keyed).collect();
    let ours: Vec<Keyed<'_>> = ours.iter().map(KeyedItem::keyed).collect();
    let takeover = Takeover::of(&theirs, &ours, &earlier);
    let row = |(item, treatment)| TakenRow { item, treatment, above: Some(above.to_owned()) };
    takeover.decided.into_iter().map(row).collect()
}

/// Each body the template names becomes the one that stands for it here; others stay as written.
fn rename(item: &mut Item, bodies: &HashMap<String, String>) {
    let here = |body: &String| bodies.get(body).cloned().unwrap_or_else(|| body.clone());
    item.subjects = item.subjects.iter().map(here).collect();
    item.subjects.dedup();
}

#[cfg(test)]
mod tests {
    use super::stands_above;

    #[test]
    fn a_division_is_above_those_within_it_and_no_other() {
        let (city, siming, huli) = ("350200000000", "350203000000", "350206000000");
        let town = "350203001000";
        for (above, below, is) in [
            (city, siming, true),
            (city, town, true),
            (siming, town, true),
            (siming, city, false),
            (city, city, false),
            (siming, huli, false),
            (huli, town, false),
            (town, siming, false),
        ] {
            assert_eq!(stands_above(above, below), is, "{above} {below}");
        }
    }
}
