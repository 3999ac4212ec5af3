//! 检查: what lint says of a version within its surroundings, so that the command and the editor say
//! the same.

use catalogue_rules::lint::{Finding, Surroundings, check_within};
use catalogue_rules::{Item, ReadCatalogue};
use identity::{Division, Organ};
use law::Date;
use store::{Statements, StoreError};

use crate::store::{Catalogue, KeyedItem, Version};
use crate::writing::Printed;

/// What is known around a catalogue, owned.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Around {
    /// The day on which it is checked.
    pub day: Date,
    /// The names, full and short, of the organs of its division and of those below.
    pub organs: Vec<String>,
}

/// A version with everything to be said of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checked {
    /// Its items, with title and domain.
    pub catalogue: ReadCatalogue,
    /// What is to be said, in the order of the items.
    pub findings: Vec<Finding>,
}

impl Around {
    /// What is known on a day around the catalogues of a division.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn of(from: &impl Statements, division: &str, day: Date) -> Result<Self, StoreError> {
        let level = Division::find(from, division).await?.map(|division| division.level);
        let digits = level.map_or(division.len(), |level| level.digits());
        let within = division.get(..digits).unwrap_or(division);
        let organs = Organ::all(from).await?.into_iter();
        let organs = organs.filter(|organ| organ.stands_on(day));
        let organs = organs.filter(|organ| organ.division.starts_with(within));
        Ok(Self { day, organs: organs.flat_map(|o| [o.name, o.short_name]).collect() })
    }

    /// The same, lent to the rules, with the items of the catalogue that is taken up.
    pub fn surroundings<'a>(&'a self, above: Option<&'a [Item]>) -> Surroundings<'a> {
        Surroundings { day: Some(self.day), organs: Some(&self.organs), above }
    }
}

/// Checks a version as on a day; `None` where it is gone.
///
/// # Errors
/// The database refuses.
pub async fn check(
    from: &impl Statements,
    version: &Version,
    day: Date,
) -> Result<Option<Checked>, StoreError> {
    let Some(owner) = Catalogue::find(from, &version.catalogue).await? else { return Ok(None) };
    let Some(printed) = Printed::of_version(from, &version.id, "", day).await? else {
        return Ok(None);
    };
    let above = match above(from, &owner, version, day).await? {
        Some(version) => Some(items_of(from, &version).await?),
        None => None,
    };
    let around = Around::of(from, &owner.division, day).await?;
    let findings = check_within(&printed.catalogue, &around.surroundings(above.as_deref()));
    Ok(Some(Checked { catalogue: printed.catalogue, findings }))
}

/// The items of a version, in order.
///
/// # Errors
/// The database refuses.
pub async fn items_of(from: &impl Statements, version: &str) -> Result<Vec<Item>, StoreError> {
    let items = KeyedItem::all(from, version).await?;
    Ok(items.into_iter().map(|keyed| keyed.item).collect())
}

/// The version above it was made against, else the one in force there.
async fn above(
    from: &impl Statements,
    owner: &Catalogue,
    version: &Version,
    day: Date,
) -> Result<Option<String>, StoreError> {
    match (&version.above, &owner.template) {
        (Some(above), _) => Ok(Some(above.clone())),
        (None, Some(template)) => {
            Ok(Version::live(from, template, day).await?.map(|above| above.id))
        }
        (None, None) => Ok(None),
    }
}
