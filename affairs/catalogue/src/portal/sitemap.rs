//! What of the catalogue machines find, and an address of each of its page types.

use store::{FromQueryResult, Statements};
use web::{House, Later, Sample, Site, SitemapEntry};

use super::Shelf;
use crate::store::KeyedItem;

/// An address of each page type, for tests that open every type.
pub const SAMPLES: &[Sample] = &[
    Sample { name: "catalogue home", path: |_| Box::pin(async { Ok(Some("/mulu".into())) }) },
    Sample { name: "catalogue domain", path: domain },
    Sample { name: "catalogue item", path: item },
];

/// The catalogues that hold on a site, and their items.
pub fn entries<'a>(house: &'a House, site: &'a Site) -> Later<'a, Vec<SitemapEntry>> {
    Box::pin(async move {
        let shelves = Shelf::all(house.store(), site, house.ledger().clock().today()).await?;
        let mut entries = vec![SitemapEntry { path: "/mulu".into(), changed: None }];
        for shelf in shelves {
            // Items of a catalogue borrowed from above are listed where they belong.
            let Some(held) = shelf.held.filter(|held| held.division == site.division) else {
                continue;
            };
            let path = format!("/mulu/{}", shelf.domain);
            for keyed in KeyedItem::all(house.store(), &held.version).await? {
                let path = format!("{path}/{}", keyed.key);
                entries.push(SitemapEntry { path, changed: held.effective_from.clone() });
            }
            entries.push(SitemapEntry { path, changed: held.effective_from });
        }
        Ok(entries)
    })
}

#[derive(FromQueryResult)]
struct Found {
    domain: String,
    item: String,
}

async fn any(house: &House) -> Result<Option<Found>, web::Fault> {
    let sql = "SELECT c.domain, i.item FROM catalogue_item i
                 JOIN catalogue_version v ON v.id = i.version AND v.state = 'released'
                 JOIN catalogue c ON c.id = v.catalogue
                ORDER BY c.division, c.domain, i.ordinal LIMIT 1";
    Ok(house.store().one(sql, vec![]).await?)
}

fn domain(house: &House) -> Later<'_, Option<String>> {
    Box::pin(async move { Ok(any(house).await?.map(|found| format!("/mulu/{}", found.domain))) })
}

fn item(house: &House) -> Later<'_, Option<String>> {
    Box::pin(async move {
        Ok(any(house).await?.map(|found| format!("/mulu/{}/{}", found.domain, found.item)))
    })
}
