//! What of the catalogue machines find, and an address of each of its page types.

use store::{FromQueryResult, Statements};
use web::{House, Later, Sample, Site, SitemapEntry};

use crate::store::{KeyedItem, Obligation, Shelf};

/// An address of each page type, for tests that open every type.
pub const SAMPLES: &[Sample] = &[
    Sample { name: "catalogue home", path: |_| Box::pin(async { Ok(Some("/mulu".into())) }) },
    Sample { name: "plan", path: |_| Box::pin(async { Ok(Some("/mulu/jihua".into())) }) },
    Sample { name: "standards", path: |_| Box::pin(async { Ok(Some("/biaozhun".into())) }) },
    Sample { name: "powers", path: |_| Box::pin(async { Ok(Some("/mulu/quanze".into())) }) },
    Sample { name: "catalogue domain", path: domain },
    Sample { name: "catalogue item", path: item },
    Sample { name: "catalogue in full", path: full },
    Sample { name: "catalogue reminder", path: reminder },
    Sample { name: "catalogue row on a day", path: row_on },
    Sample { name: "catalogue history", path: history },
    Sample { name: "catalogue version", path: version },
    Sample { name: "catalogue difference", path: difference },
    Sample { name: "catalogue draft before the public", path: draft },
    Sample { name: "catalogue wish", path: wish },
    Sample { name: "coverage", path: |_| Box::pin(async { Ok(Some("/mulu/fugai".into())) }) },
    Sample { name: "catalogues counted", path: counted },
    Sample { name: "coverage rows", path: coverage_rows },
    Sample { name: "obligation", path: obligation },
];

/// The catalogues that hold on a site, and their items.
pub fn entries<'a>(house: &'a House, site: &'a Site) -> Later<'a, Vec<SitemapEntry>> {
    Box::pin(async move {
        let shelves = Shelf::all(house.store(), site, house.ledger().clock().today()).await?;
        let mut entries = vec![SitemapEntry { path: "/mulu".into(), changed: None }];
        for path in ["/mulu/jihua", "/mulu/quanze", "/biaozhun"] {
            entries.push(SitemapEntry { path: path.into(), changed: None });
        }
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
            let history = format!("{path}/banben");
            entries.push(SitemapEntry { path: history, changed: held.effective_from.clone() });
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

fn row_on(house: &House) -> Later<'_, Option<String>> {
    Box::pin(async move {
        let today = house.ledger().clock().today();
        let found = KeyedItem::any(house.store(), today).await?;
        Ok(found.map(|(domain, item)| format!("/mulu/{domain}/{item}/{today}")))
    })
}

/// An address that the domain and the numbers of two versions of some catalogue make.
fn versions<'a>(house: &'a House, path: fn(&str, i64, i64) -> String) -> Later<'a, Option<String>> {
    Box::pin(async move {
        #[derive(FromQueryResult)]
        struct Found {
            domain: String,
            first: i64,
            last: i64,
        }
        let sql = "SELECT c.domain, min(v.number) AS first, max(v.number) AS last
                     FROM catalogue c JOIN catalogue_version v ON v.catalogue = c.id
                    WHERE v.state <> 'draft'
                    GROUP BY c.division, c.domain HAVING count(*) > 1
                    ORDER BY c.division, c.domain LIMIT 1";
        let found: Option<Found> = house.store().one(sql, vec![]).await?;
        Ok(found.map(|found| path(&found.domain, found.first, found.last)))
    })
}

fn history(house: &House) -> Later<'_, Option<String>> {
    versions(house, |domain, _, _| format!("/mulu/{domain}/banben"))
}

fn version(house: &House) -> Later<'_, Option<String>> {
    versions(house, |domain, first, _| format!("/mulu/{domain}/banben/{first}"))
}

fn difference(house: &House) -> Later<'_, Option<String>> {
    versions(house, |domain, first, last| format!("/mulu/{domain}/banben/{first}/{last}"))
}

fn draft(house: &House) -> Later<'_, Option<String>> {
    Box::pin(async move {
        #[derive(FromQueryResult)]
        struct Found {
            domain: String,
            number: i64,
        }
        let sql = "SELECT c.domain, v.number
                     FROM catalogue c JOIN catalogue_version v ON v.catalogue = c.id
                    WHERE v.state = 'draft' AND v.stage = 'consultation'
                    ORDER BY c.division, c.domain LIMIT 1";
        let found: Option<Found> = house.store().one(sql, vec![]).await?;
        Ok(found.map(|found| format!("/mulu/{}/banben/{}", found.domain, found.number)))
    })
}

fn wish(house: &House) -> Later<'_, Option<String>> {
    sample(house, |domain, _| format!("/mulu/{domain}/xuqiu"))
}

fn coverage_rows(house: &House) -> Later<'_, Option<String>> {
    sample(house, |domain, _| format!("/mulu/fugai/{domain}"))
}

fn obligation(house: &House) -> Later<'_, Option<String>> {
    Box::pin(async move {
        let found = Obligation::listed(house.store(), None, &[], None, 1).await?;
        let path = |one: &Obligation| format!("/mulu/fugai/{}/{}", one.domain, one.id);
        Ok(found.first().map(path))
    })
}

fn counted(house: &House) -> Later<'_, Option<String>> {
    sample(house, |domain, _| format!("/mulu/fugai/{domain}/mulu"))
}
