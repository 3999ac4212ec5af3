//! Counts by which a question can be narrowed, each with the address that does it.

use search::{FacetCount, Hits};

use super::Asked;

/// Values shown of one facet.
const MOST: usize = 12;

/// One way to narrow a question.
pub(super) struct Facet {
    pub heading: &'static str,
    pub values: Vec<FacetValue>,
}

/// One value, and where choosing or dropping it leads.
pub(super) struct FacetValue {
    pub words: String,
    pub count: u64,
    pub href: String,
    pub current: bool,
}

/// The facets that narrow anything.
pub(super) fn facets(hits: &Hits, asked: &Asked, own: &str) -> Vec<Facet> {
    let of = |heading, name: &str, now: &str, counts: &[FacetCount]| {
        let value = |count: &FacetCount| {
            let current = count.value == now;
            FacetValue {
                words: count.value.clone(),
                count: count.count,
                href: asked.with(own, name, if current { "" } else { &count.value }),
                current,
            }
        };
        Facet { heading, values: counts.iter().take(MOST).map(value).collect() }
    };
    let all = [
        of("类型", "kind", &asked.kind, &hits.facets.kinds),
        of("领域", "domain", &asked.domain, &hits.facets.domains),
        of("机构", "organ", &asked.organ, &hits.facets.organs),
        of("年份", "year", &asked.year, &hits.facets.years),
        of("有效性", "validity", &asked.validity, &hits.facets.validities),
    ];
    // A facet with a single value that is not chosen narrows nothing.
    let useful =
        |facet: &Facet| facet.values.len() > 1 || facet.values.iter().any(|value| value.current);
    all.into_iter().filter(useful).collect()
}
