//! The question and the answer.

use crate::Segments;

/// A search within one site. Filters left empty filter nothing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Query {
    /// What the person typed.
    pub text: String,
    /// Only pages of this division and all below it: its 12-digit code, with or without the
    /// zeros at its end. `None` searches everything.
    pub division_prefix: Option<String>,
    /// The division whose documents that stay on their own site are shown as well; without it the
    /// division of `division_prefix`.
    pub own_division: Option<String>,
    /// 类型; any of them.
    pub kinds: Vec<String>,
    /// 领域.
    pub domain: Option<String>,
    /// 机构.
    pub organ: Option<String>,
    /// 年份.
    pub year: Option<i16>,
    /// 有效性.
    pub validity: Option<String>,
    /// Only what bears this date or a later one, as `2020-07-05`; what bears none is left out.
    pub from: Option<String>,
    /// Only what bears this date or an earlier one.
    pub to: Option<String>,
    /// How many hits to pass over, at most 1000.
    pub offset: usize,
    /// How many hits to return, at most 100.
    pub limit: usize,
}

impl Query {
    /// A search for these words everywhere, first ten hits.
    #[must_use]
    pub fn new(text: impl Into<String>) -> Self {
        Self { text: text.into(), limit: 10, ..Self::default() }
    }
}

/// One document found.
#[derive(Debug, Clone, PartialEq)]
pub struct Hit {
    /// How well it answers; comparable within one answer only.
    pub score: f32,
    /// The document's name, as it was given.
    pub id: String,
    /// The room that offered it.
    pub room: String,
    /// 类型.
    pub kind: String,
    /// 文号 as printed.
    pub number: Option<String>,
    /// The page's path without the prefix of its site.
    pub url: String,
    /// The 12-digit code of its division.
    pub division: String,
    /// 机构.
    pub organ_name: String,
    /// 领域.
    pub domain: Option<String>,
    /// The facet's year.
    pub year: Option<i16>,
    /// The date to show.
    pub date: Option<String>,
    /// 有效性.
    pub validity: Option<String>,
    /// 标题, in pieces; `true` marks what was searched for.
    pub title: Segments,
    /// The best passage of the text, in pieces; empty when the document has no text.
    pub snippet: Segments,
    /// The attachment the passage stands in, where it does not stand in the document's own text.
    pub attachment: Option<Attachment>,
    /// The document's own text, for whoever answers from it.
    pub body: String,
}

/// An attachment that was found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Attachment {
    /// Its name.
    pub name: String,
    /// Its address, without the prefix of the site.
    pub url: String,
}

impl Hit {
    /// The title without marks.
    #[must_use]
    pub fn plain_title(&self) -> String {
        self.title.iter().map(|(_, text)| text.as_str()).collect()
    }
}

/// One value of a facet and how many documents have it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FacetCount {
    /// The value, as documents carry it.
    pub value: String,
    /// How many documents match the words and every *other* facet's filter.
    pub count: u64,
}

/// Counts for narrowing a search. Each list is counted as if its own filter were not set, so that
/// a person can change their mind. Most frequent first; years newest first.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Facets {
    /// 类型.
    pub kinds: Vec<FacetCount>,
    /// 领域.
    pub domains: Vec<FacetCount>,
    /// 机构.
    pub organs: Vec<FacetCount>,
    /// 年份.
    pub years: Vec<FacetCount>,
    /// 有效性.
    pub validities: Vec<FacetCount>,
}

/// The answer to a search.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Hits {
    /// The page asked for, best first.
    pub hits: Vec<Hit>,
    /// How many documents match, exactly.
    pub total: u64,
    /// Counts for narrowing down.
    pub facets: Facets,
    /// The document whose 文号 was typed, whatever brackets or spaces were used.
    pub exact: Option<Hit>,
    /// Nothing had all the words, so these have only some; the page should say so.
    pub relaxed: bool,
    /// A 文号 was typed that no document of the site carries; these carry one that is near it, or cite it.
    pub no_such_number: bool,
    /// Nothing was found as it was typed; these were found for this instead.
    pub corrected: Option<String>,
}
