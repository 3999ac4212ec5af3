//! A question as its address carries it.

use identity::Level;
use search::Query;
use serde::Deserialize;
use web::address::with_query;
use web::components::Pager;
use web::layout::Link;

/// Hits on one page.
const PAGE: usize = 10;

/// What was asked, as the address carries it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct Asked {
    pub(super) q: String,
    pub(super) kind: String,
    pub(super) domain: String,
    pub(super) organ: String,
    pub(super) year: String,
    pub(super) validity: String,
    offset: String,
}

impl Asked {
    /// The question as the index takes it, within one division.
    pub(super) fn query(&self, division: &str) -> Query {
        let given = |text: &String| Some(text.clone()).filter(|text| !text.is_empty());
        Query {
            text: self.q.clone(),
            division_prefix: Some(division.to_owned()),
            own_division: Some(catalogue_division(division)),
            kinds: given(&self.kind).into_iter().collect(),
            domain: given(&self.domain),
            organ: given(&self.organ),
            year: self.year.parse().ok(),
            validity: given(&self.validity),
            offset: self.offset.parse().unwrap_or(0),
            limit: PAGE,
        }
    }

    /// The address of this question with one parameter changed; paging starts anew.
    pub(super) fn with(&self, own: &str, name: &str, value: &str) -> String {
        let now = [
            ("q", self.q.as_str()),
            ("kind", &self.kind),
            ("domain", &self.domain),
            ("organ", &self.organ),
            ("year", &self.year),
            ("validity", &self.validity),
        ];
        let mut parameters: Vec<(&str, &str)> =
            now.into_iter().filter(|(other, _)| *other != name).collect();
        parameters.push((name, value));
        with_query(own, &parameters)
    }

    /// The filters set now, each with the address that drops it.
    pub(super) fn chosen(&self, own: &str) -> Vec<Link> {
        let filters = [
            ("kind", &self.kind),
            ("domain", &self.domain),
            ("organ", &self.organ),
            ("year", &self.year),
            ("validity", &self.validity),
        ];
        let set = filters.into_iter().filter(|(_, value)| !value.is_empty());
        set.map(|(name, value)| Link::new(value.clone(), self.with(own, name, ""))).collect()
    }

    /// The ways to the pages before and after, of `total` hits.
    pub(super) fn pager(&self, total: u64, own: &str) -> Pager {
        let offset: usize = self.offset.parse().unwrap_or(0);
        let total = usize::try_from(total).unwrap_or(usize::MAX);
        let at = |offset: usize| {
            self.with(own, "offset", &if offset == 0 { String::new() } else { offset.to_string() })
        };
        Pager {
            previous: (offset > 0).then(|| at(offset.saturating_sub(PAGE))),
            next: (offset.saturating_add(PAGE) < total).then(|| at(offset + PAGE)),
        }
    }
}

/// The division whose own documents a site shows: towns go by their district's catalogues.
fn catalogue_division(division: &str) -> String {
    let district = division.get(..Level::District.digits()).unwrap_or(division);
    format!("{district:0<12}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_changed_filter_starts_paging_anew_and_keeps_the_question() {
        let asked = Asked {
            q: "低保".into(),
            year: "2026".into(),
            offset: "20".into(),
            ..Asked::default()
        };
        assert_eq!(
            asked.with("/s", "kind", "文件"),
            "/s?q=%E4%BD%8E%E4%BF%9D&year=2026&kind=%E6%96%87%E4%BB%B6"
        );
        let pager = asked.pager(31, "/s");
        assert!(pager.next.is_some_and(|next| next.ends_with("offset=30")));
        assert!(pager.previous.is_some_and(|previous| previous.ends_with("offset=10")));
    }

    #[test]
    fn the_last_page_leads_no_further() {
        let asked = Asked { q: "低保".into(), ..Asked::default() };
        assert_eq!(asked.pager(10, "/s"), Pager::default());
    }
}
