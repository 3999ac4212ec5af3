//! The item an address means, on the site that is visited, and how it stands there.

use catalogue_rules::obligation::{Home, responsible};
use catalogue_rules::{Exposure, Item, ItemStanding};
use identity::Organ;
use web::{Ask, Fault, Visit};

use crate::store::{Held, ItemOwed, KeyedItem, Shelf, known};
use crate::words::item_name;

/// How many records the item's page lists; the rest is a link away.
const SHOWN: u16 = 20;

/// The item an address means.
pub struct Found {
    /// Its domain.
    pub shelf: Shelf,
    /// The catalogue that holds here.
    pub held: Held,
    /// Its key.
    pub key: String,
    /// The item.
    pub item: Item,
}

impl Found {
    /// Finds the item.
    ///
    /// # Errors
    /// There is none, or the database refuses.
    pub async fn at(visit: &Visit, domain: &str, key: &str) -> Result<Self, Fault> {
        let (store, site) = (visit.house.store(), &visit.site);
        let today = visit.house.ledger().clock().today();
        let shelf = Shelf::find(store, site, domain, today).await?.ok_or(Fault::NotFound)?;
        let held = shelf.held.clone().ok_or(Fault::NotFound)?;
        let found = KeyedItem::find(store, &held.version, key).await?;
        let item = found.ok_or(Fault::NotFound)?.item;
        Ok(Self { shelf, held, key: key.into(), item })
    }

    /// The organ that has to publish it here: the first that the words of the catalogue mean in
    /// this place, else the one whose catalogue it is. A catalogue borrowed from above does not make
    /// the organ above answer for this place.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn organ(&self, visit: &Visit) -> Result<Organ, Fault> {
        let (store, site) = (visit.house.store(), &visit.site);
        let today = visit.house.ledger().clock().today();
        let own = self.held.division == site.division;
        let organ = if own { self.held.organ_code.clone() } else { site.organ.clone() };
        let mut serving = Organ::serving(store, &site.division).await?;
        serving.retain(|organ| organ.stands_on(today));
        let home = Home {
            organ,
            division: site.division.clone(),
            places: site.frame.path.iter().map(|place| place.words.clone()).collect(),
        };
        let organs: Vec<_> = serving.iter().map(known).collect();
        let meant = responsible(&self.item.subjects, &home, &organs);
        let code = meant.into_iter().next().map_or(home.organ, |first| first.organ);
        match serving.into_iter().find(|organ| organ.code == code) {
            Some(organ) => Ok(organ),
            None => Organ::find(store, &code).await?.ok_or(Fault::NotFound),
        }
    }

    /// Which records belong to it.
    pub fn records(&self, visit: &Visit) -> Ask {
        Ask {
            divisions: Some(visit.site.range.clone()),
            domain: Some(self.shelf.domain.clone()),
            item: Some(self.key.clone()),
            limit: SHOWN,
            ..Ask::default()
        }
    }
}

/// The item and how it stands.
pub struct Shown {
    /// The item.
    pub found: Found,
    /// How it stands.
    pub standing: ItemStanding,
}

impl Shown {
    /// Finds the item and how it stands.
    ///
    /// # Errors
    /// There is none, or the database refuses.
    pub async fn find(visit: &Visit, domain: &str, key: &str) -> Result<Self, Fault> {
        let found = Found::at(visit, domain, key).await?;
        let one = Ask { limit: 1, ..found.records(visit) };
        let records = visit.house.rows(&one).await?.rows.len() as i64;
        let (store, range) = (visit.house.store(), &visit.site.range);
        let owed = ItemOwed::of_item(store, range, domain, key).await?.owed;
        Ok(Self { found, standing: ItemStanding::of(records, owed) })
    }

    /// Whether a reader may ask for it: something is missing or late, and it is meant
    /// for the open web.
    pub fn may_be_asked_for(&self) -> bool {
        self.found.item.exposure() == Exposure::Open && self.standing.wants_more()
    }

    /// What the item is called.
    pub fn name(&self) -> String {
        item_name(&self.found.item)
    }

    /// The full path of a page below the item's.
    pub fn path(&self, visit: &Visit, below: &str) -> String {
        let (domain, key) = (&self.found.shelf.domain, &self.found.key);
        visit.site.link(&format!("/mulu/{domain}/{key}{below}"))
    }
}
