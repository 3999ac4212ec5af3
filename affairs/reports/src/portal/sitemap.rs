//! What of the reports machines find, and an address of each of their page types.

use web::{House, Later, Sample, Site, SitemapEntry};

use crate::store::Listed;

/// An address of each page type, for tests that open every type.
pub const SAMPLES: &[Sample] = &[
    Sample {
        name: "annual report page",
        path: |house| {
            Box::pin(async move {
                let newest = Listed::newest(house.store()).await?;
                Ok(newest.map(|one| format!("/gongkai/nianbao/{}/{}", one.organ, one.year)))
            })
        },
    },
    Sample { name: "annual reports of an organ", path: of_an_organ },
];

fn of_an_organ(house: &House) -> Later<'_, Option<String>> {
    Box::pin(async move {
        let newest = Listed::newest(house.store()).await?;
        Ok(newest.map(|one| format!("/gongkai/nianbao/{}", one.organ)))
    })
}

/// The reports of the organs of a site's own division.
pub fn entries<'a>(house: &'a House, site: &'a Site) -> Later<'a, Vec<SitemapEntry>> {
    Box::pin(async move {
        let own = (site.division.as_str(), site.division.as_str());
        let all = Listed::within(house.store(), own).await?;
        let entry = |one: Listed| SitemapEntry {
            path: format!("/gongkai/nianbao/{}/{}", one.organ, one.year),
            changed: Some(one.published_on),
        };
        Ok(all.into_iter().map(entry).collect())
    })
}
