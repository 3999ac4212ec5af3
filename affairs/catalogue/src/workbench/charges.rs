//! What an organ answers for: the items in force that name it as 公开主体, and what items are called.

use std::collections::HashMap;

use catalogue_rules::obligation::{Home, KnownOrgan, responsible};
use identity::{Division, Level, Organ};
use law::Date;
use web::{Fault, House};

use crate::store::{Holding, KeyedItem, Version};
use crate::words::item_name;

/// Items of one domain that an organ answers for.
pub struct Charge {
    /// The domain's name.
    pub domain_name: String,
    /// The domain's slug.
    pub domain: String,
    /// Key and name of each item, in order.
    pub items: Vec<(String, String)>,
}

impl Charge {
    /// What an item of these is called.
    pub fn name_of(&self, item: &str) -> Option<&str> {
        let found = self.items.iter().find(|(key, _)| key == item);
        found.map(|(_, name)| name.as_str())
    }

    /// Whether an item of a domain is among these.
    pub fn has(&self, domain: &str, item: &str) -> bool {
        self.domain == domain && self.items.iter().any(|(key, _)| key == item)
    }
}

/// Everything an organ answers for: by the catalogues of its division and, for a town, of its
/// district.
///
/// # Errors
/// The database refuses.
pub async fn of(house: &House, organ: &Organ, today: Date) -> Result<Vec<Charge>, Fault> {
    let store = house.store();
    let mut codes = vec![organ.division.clone()];
    if organ.level == Level::Township {
        let division = Division::find(store, &organ.division).await?;
        codes.extend(division.and_then(|division| division.parent));
    }
    let organs = Organ::all(store).await?;
    let divisions = Division::down_to(store, Level::Township).await?;
    let mut charges: Vec<Charge> = Vec::new();
    for code in codes {
        let range = (code.clone(), code.clone());
        let holdings = Holding::within(store, range, today).await?;
        let known = known(&organs, &code, today);
        let places = places(&divisions, &code);
        for holding in holdings {
            let Some((version, ..)) = &holding.live else { continue };
            if charges.iter().any(|charge| charge.domain == holding.catalogue.domain) {
                continue;
            }
            let home = Home {
                organ: holding.catalogue.organ.clone(),
                division: code.clone(),
                places: places.clone(),
            };
            let rows = KeyedItem::all(store, version).await?;
            let own = rows.into_iter().filter(|row| {
                let answer = responsible(&row.item.subjects, &home, &known);
                answer.iter().any(|one| one.organ == organ.code)
            });
            let items: Vec<_> = own.map(|row| (row.key, item_name(&row.item))).collect();
            if !items.is_empty() {
                let (domain, domain_name) = (holding.catalogue.domain, holding.domain_name);
                charges.push(Charge { domain_name, domain, items });
            }
        }
    }
    Ok(charges)
}

/// The organs that the words of a division's catalogue may mean: its own and its towns'.
fn known(organs: &[Organ], division: &str, today: Date) -> Vec<KnownOrgan> {
    let prefix = division.get(..Level::District.digits()).unwrap_or(division);
    let near = organs.iter().filter(|organ| {
        let town = organ.role == "town" && organ.division.starts_with(prefix);
        organ.stands_on(today) && (organ.division == division || town)
    });
    near.map(|organ| KnownOrgan {
        code: organ.code.clone(),
        name: organ.name.clone(),
        short_name: organ.short_name.clone(),
        division: organ.division.clone(),
        is_government: organ.role == "government",
        is_town: organ.role == "town",
    })
    .collect()
}

/// The names of a division and of those above it.
fn places(divisions: &[Division], code: &str) -> Vec<String> {
    let mut places = Vec::new();
    let find = |code: &str| divisions.iter().find(|division| division.code == code);
    let mut at = find(code);
    while let Some(division) = at.filter(|_| places.len() < 4) {
        places.push(division.name.clone());
        at = division.parent.as_deref().and_then(find);
    }
    places
}

/// What the items of some catalogues are called today, by catalogue and key.
///
/// # Errors
/// The database refuses.
pub async fn names(
    house: &House,
    catalogues: impl IntoIterator<Item = &str>,
    today: Date,
) -> Result<HashMap<(String, String), String>, Fault> {
    let store = house.store();
    let mut names = HashMap::new();
    let mut asked: Vec<&str> = catalogues.into_iter().collect();
    asked.sort_unstable();
    asked.dedup();
    for id in asked {
        let Some(version) = Version::live(store, id, today).await? else { continue };
        for row in KeyedItem::all(store, &version.id).await? {
            names.insert((id.to_owned(), row.key), item_name(&row.item));
        }
    }
    Ok(names)
}

/// Where an item stands on the portal of a division, a full path.
pub fn public_page(house: &House, division: &str, domain: &str, item: &str) -> Option<String> {
    let site = house.directory().serving(division)?;
    Some(site.link(&format!("/mulu/{domain}/{item}")))
}
