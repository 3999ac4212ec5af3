//! What a visitor wants of the list, as the address says it.

use serde::Deserialize;
use web::address::encoded;
use web::{Ask, Fault, Site};

use crate::store::Turn;

/// The filters of the list and the page one is on; what is empty does not narrow.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct Wish {
    pub(super) q: String,
    pub(super) year: String,
    pub(super) organ: String,
    pub(super) validity: String,
    pub(super) genre: String,
    pub(super) domain: String,
    pub(super) item: String,
    pub(super) statutory: String,
    pub(super) after: String,
    pub(super) before: String,
    pub(super) format: String,
}

/// The longest search, in letters: longer ones come from machines.
const LONGEST: usize = 100;

impl Wish {
    /// The question it puts within a site.
    pub(super) fn ask(&self, site: &Site) -> Result<Ask, Fault> {
        let words = given(&self.q);
        if words.as_ref().is_some_and(|words| words.chars().count() > LONGEST) {
            return Err(Fault::BadInput(format!("查询的词太长，请不超过{LONGEST}字。")));
        }
        let year = given(&self.year).map(|year| year.parse());
        let year = year
            .transpose()
            .map_err(|_| Fault::BadInput("年份没有看懂，请写四位数字，例如 2026。".to_owned()))?;
        Ok(Ask {
            divisions: Some(site.range.clone()),
            statutory: given(&self.statutory),
            domain: given(&self.domain),
            item: given(&self.item),
            organ: given(&self.organ),
            year,
            validity: given(&self.validity),
            words,
            genre: given(&self.genre),
            ..Ask::default()
        })
    }

    /// The page it is on.
    pub(super) fn turn(&self) -> Result<Turn, Fault> {
        Ok(match (self.after.as_str(), self.before.as_str()) {
            ("", "") => Turn::Start,
            ("", before) => Turn::before(before)?,
            (after, _) => Turn::after(after)?,
        })
    }

    /// The filters that narrow, by their names in the address.
    pub(super) fn filters(&self) -> Vec<(&'static str, &str)> {
        let all = [
            ("q", &self.q),
            ("year", &self.year),
            ("organ", &self.organ),
            ("validity", &self.validity),
            ("genre", &self.genre),
            ("domain", &self.domain),
            ("item", &self.item),
            ("statutory", &self.statutory),
        ];
        all.into_iter()
            .map(|(name, value)| (name, value.trim()))
            .filter(|(_, value)| !value.is_empty())
            .collect()
    }

    /// The query part of the address with these filters and `more`; empty if there is nothing.
    pub(super) fn query(&self, more: &[(&str, &str)]) -> String {
        query_of(self.filters().into_iter().chain(more.iter().copied()))
    }

    /// The query part without some of the filters.
    pub(super) fn query_without(&self, names: &[&str]) -> String {
        query_of(self.filters().into_iter().filter(|(name, _)| !names.contains(name)))
    }
}

/// What was given, without what no text holds; `None` for nothing.
fn given(text: &str) -> Option<String> {
    let text: String = text.trim().chars().filter(|letter| !letter.is_control()).collect();
    Some(text).filter(|text| !text.is_empty())
}

fn query_of<'a>(pairs: impl Iterator<Item = (&'a str, &'a str)>) -> String {
    let pairs: Vec<_> = pairs.map(|(name, value)| format!("{name}={}", encoded(value))).collect();
    if pairs.is_empty() { String::new() } else { format!("?{}", pairs.join("&")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_address_of_a_filtered_list_can_be_rebuilt_and_loosened() {
        let wish = Wish {
            q: " 养老 ".into(),
            year: "2026".into(),
            validity: "有效".into(),
            ..Wish::default()
        };
        assert_eq!(
            wish.query(&[("format", "csv")]),
            "?q=%E5%85%BB%E8%80%81&year=2026&validity=%E6%9C%89%E6%95%88&format=csv"
        );
        assert_eq!(wish.query_without(&["q", "validity"]), "?year=2026");
        assert_eq!(Wish::default().query(&[]), "");
    }

    #[test]
    fn what_no_text_holds_is_left_out() {
        assert_eq!(given("a\u{0}b\r\n"), Some("ab".to_owned()));
        assert_eq!(given(" \u{0} "), None);
    }
}
