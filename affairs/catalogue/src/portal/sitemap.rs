//! What of the catalogue machines find, and an address of each of its page types.

use web::{House, Later, Sample, Site, SitemapEntry};

use crate::store::{KeyedItem, Shelf};

/// An address of each page type, for tests that open every type.
pub const SAMPLES: &[Sample] = &[
    Sample { name: "catalogue home", path: |_| Box::pin(async { Ok(Some("/mulu".into())) }) },
    Sample { name: "plan", path: |_| Box::pin(async { Ok(Some("/mulu/jihua".into())) }) },
    Sample { name: "catalogue domain", path: domain },
    Sample { name: "catalogue item", path: item },
    Sample { name: "catalogue in full", path: full },
    Sample { name: "catalogue reminder", path: reminder },
];

/// The catalogues that hold on a site, and their items.
pub fn entries<'a>(house: &'a House, site: &'a Site) -> Later<'a, Vec<SitemapEntry>> {
    Box::pin(async move {
        let shelves = Shelf::all(house.store(), site, house.ledger().clock().today()).await?;
        let mut entries = vec![SitemapEntry { path: "/mulu".into(), changed: None }];
        entries.push(SitemapEntry { path: "/mulu/jihua".into(), changed: None });
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

/// An address that the domain and key of some item make.
fn sample<'a>(house: &'a House, path: fn(&str, &str) -> String) -> Later<'a, Option<String>> {
    Box::pin(async move {
        let found = KeyedItem::any(house.store(), house.ledger().clock().today()).await?;
        Ok(found.map(|(domain, item)| path(&domain, &item)))
    })
}

fn domain(house: &House) -> Later<'_, Option<String>> {
    sample(house, |domain, _| format!("/mulu/{domain}"))
}

fn item(house: &House) -> Later<'_, Option<String>> {
    sample(house, |domain, item| format!("/mulu/{domain}/{item}"))
}

fn full(house: &House) -> Later<'_, Option<String>> {
    sample(house, |domain, _| format!("/mulu/{domain}/quanbiao"))
}

fn reminder(house: &House) -> Later<'_, Option<String>> {
    sample(house, |domain, item| format!("/mulu/{domain}/{item}/cuiban"))
}
