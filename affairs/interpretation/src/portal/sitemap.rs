//! The interpretations of a site in the site map for machines, and an address of each type of page.

use web::{Fault, House, Later, Sample, Site, SitemapEntry};

use super::{COVERAGE, LIST};
use crate::store::{Interpretation, Page, Wanted};

/// So many are told; search engines find older ones by the list.
const MOST: usize = 20_000;

/// The addresses below one site.
pub fn entries<'a>(house: &'a House, site: &'a Site) -> Later<'a, Vec<SitemapEntry>> {
    Box::pin(async move {
        let wanted = Wanted { range: site.range.clone(), ..Wanted::default() };
        let page = Page::at(house.store(), &wanted, ("", ""), MOST).await?;
        let list = SitemapEntry { path: LIST.into(), changed: None };
        let one = |listed: &crate::store::Listed| SitemapEntry {
            path: listed.path(),
            changed: Some(listed.published_on.clone()),
        };
        Ok(std::iter::once(list).chain(page.rows.iter().map(one)).collect())
    })
}

/// An address of each type.
pub const SAMPLES: &[Sample] = &[
    Sample { name: "interpretations", path: |_| Box::pin(async { Ok(Some(LIST.into())) }) },
    Sample {
        name: "interpretation coverage",
        path: |_| Box::pin(async { Ok(Some(COVERAGE.into())) }),
    },
    Sample { name: "interpretation", path: |house| some(house, "wenzi", "") },
    Sample { name: "interpretation: questions", path: |house| some(house, "wenda", "") },
    Sample { name: "interpretation: diagram", path: |house| some(house, "tujie", "") },
    Sample { name: "interpretation: picture", path: |house| some(house, "tujie", "/tujie.svg") },
];

/// The first one of a form, at the site of the whole city.
fn some<'a>(house: &'a House, form: &'static str, rest: &'static str) -> Later<'a, Option<String>> {
    Box::pin(async move {
        let all = Interpretation::after(house.store(), "", 200).await.map_err(Fault::from)?;
        let found = all.into_iter().find(|one| one.form.word() == form);
        Ok(found.map(|one| format!("{}{rest}", one.path())))
    })
}
