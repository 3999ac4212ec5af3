//! What a list is narrowed to, as its address carries it.

use serde::Deserialize;
use web::Ask;
use web::address::with_query;
use web::components::Pager;

/// What the visitor narrowed the list to.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Narrowing {
    pub(super) q: String,
    pub(super) year: String,
    pub(super) organ: String,
    pub(super) validity: String,
    pub(super) after: String,
    /// How many rows stand on the pages before.
    pub(super) xu: String,
    pub(super) format: String,
}

impl Narrowing {
    /// The list's address with what it is narrowed to, and `more`.
    pub(crate) fn address(&self, own: &str, more: &[(&str, &str)]) -> String {
        let kept = [
            ("q", self.q.as_str()),
            ("year", &self.year),
            ("organ", &self.organ),
            ("validity", &self.validity),
        ];
        with_query(own, &[&kept, more].concat())
    }

    /// Whether anything is narrowed.
    pub(crate) fn active(&self) -> bool {
        [&self.q, &self.year, &self.organ, &self.validity].iter().any(|value| !value.is_empty())
    }

    /// The words that are looked for.
    pub(crate) fn sought(&self) -> &str {
        self.q.trim()
    }

    /// What is asked for by words, and from where on.
    pub(crate) fn words_and_place(&self) -> Ask {
        let given = |text: &str| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
        Ask { words: given(&self.q), after: given(&self.after), ..Ask::default() }
    }

    /// How many rows stand on the pages before; what somebody wrote there himself counts as none.
    pub(crate) fn before(&self) -> usize {
        self.xu.parse().ok().filter(|before| *before < 1_000_000).unwrap_or_default()
    }

    /// The way onward; `next` is the mark from which the list goes on after so many rows. Marks lead only
    /// onward.
    pub(crate) fn pager(&self, own: &str, next: Option<String>, rows: usize) -> Pager {
        let serial = (self.before() + rows).to_string();
        let next = next.map(|mark| self.address(own, &[("after", &mark), ("xu", &serial)]));
        Pager { previous: None, next }
    }

    /// The way back to the first page, on the others.
    pub(crate) fn first(&self, own: &str) -> Option<String> {
        (!self.after.is_empty()).then(|| self.address(own, &[]))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_next_page_keeps_what_was_chosen() {
        let narrowing = Narrowing {
            q: "养老".into(),
            year: "2026".into(),
            after: "a".into(),
            ..Narrowing::default()
        };
        let pager = narrowing.pager("/x", Some("b".into()), 20);
        assert_eq!(pager.next.as_deref(), Some("/x?q=%E5%85%BB%E8%80%81&year=2026&after=b&xu=20"));
        assert_eq!(narrowing.first("/x").as_deref(), Some("/x?q=%E5%85%BB%E8%80%81&year=2026"));
    }
}
