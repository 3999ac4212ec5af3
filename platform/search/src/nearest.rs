//! 相近的标题: titles that share most with what was typed, where nothing has what was typed.
//!
//! A title is near that has a quarter of the pairs of characters of the question, or half of its characters wherever
//! they stand. What is in very many titles tells them not apart and is left out.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use tantivy::Term;
use tantivy::query::{BooleanQuery, Query as IndexQuery};
use tantivy::schema::Field;

use crate::columns::Filters;
use crate::grams::is_han;
use crate::ladder::Ground;
use crate::words::{Word, either, term, words, words_without_asking};
use crate::{Query, Search, SearchDocument, SearchError, Suggestion};

/// The most titles.
const MOST: usize = 20;
/// How many documents are looked at for titles that are near, by pairs and by characters.
const KEPT: usize = 60;
/// In how many titles a pair or a character stands at most that is gone through.
const MOST_POSTINGS: u64 = 60_000;

impl Search {
    /// The titles nearest to what was typed, within a division and all below it: the nearest first, each title once.
    /// Nothing for text that is empty or too long, or where no title is near.
    ///
    /// # Errors
    /// When the index fails.
    pub fn nearest_titles(
        &self,
        text: &str,
        division_prefix: Option<&str>,
        limit: usize,
    ) -> Result<Vec<Suggestion>, SearchError> {
        if Query::new(text).refused().is_some() {
            return Ok(Vec::new());
        }
        let wanted = Shape::of(&words_without_asking(text));
        let (searcher, fields) = (self.searcher(), self.0.fields);
        let columns = self.0.columns.of(&searcher)?;
        let (filters, synonyms) = (Filters::site(division_prefix), self.synonyms());
        let ground = Ground {
            searcher: &searcher,
            columns: &columns,
            fields: &fields,
            filters: &filters,
            synonyms: &synonyms,
            keep: KEPT,
        };
        let mut near: Vec<(usize, Suggestion)> = Vec::new();
        for query in wanted.queries(&ground)? {
            for candidate in ground.candidates(query.as_ref(), 0)? {
                let SearchDocument { title, number, url, kind, division, .. } =
                    ground.stored(candidate.address)?;
                if let Some(shared) = wanted.shared(&title)
                    && near.iter().all(|(_, earlier)| earlier.title != title)
                {
                    near.push((shared, Suggestion { title, number, url, kind, division }));
                }
            }
        }
        near.sort_by_key(|(shared, one)| (Reverse(*shared), one.title.chars().count()));
        near.truncate(limit.min(MOST));
        Ok(near.into_iter().map(|(_, one)| one).collect())
    }
}

/// What a text consists of.
struct Shape {
    pairs: BTreeSet<String>,
    singles: BTreeSet<char>,
}

impl Shape {
    fn of(words: &[Word]) -> Self {
        let terms = words.iter().flat_map(|word| &word.terms);
        let runs = words.iter().flat_map(|word| &word.runs);
        Self {
            pairs: terms.map(|(_, text)| text.clone()).collect(),
            singles: runs.flat_map(|run| run.chars()).filter(|c| is_han(*c)).collect(),
        }
    }

    /// How many of its characters a title has at least that is near for them alone.
    fn enough(&self) -> usize {
        self.singles.len().div_ceil(2).max(2)
    }

    /// How much of it a title has; `None` where the title is not near.
    fn shared(&self, title: &str) -> Option<usize> {
        let other = Self::of(&words(title));
        let pairs = self.pairs.intersection(&other.pairs).count();
        let singles = self.singles.intersection(&other.singles).count();
        let by_pairs = pairs > 0 && pairs * 4 >= self.pairs.len();
        (by_pairs || singles >= self.enough()).then_some(2 * pairs + singles)
    }

    /// Queries for documents whose titles may be near.
    fn queries(&self, ground: &Ground<'_>) -> Result<Vec<Box<dyn IndexQuery>>, SearchError> {
        let mut queries: Vec<Box<dyn IndexQuery>> = Vec::new();
        let pairs = known(ground.fields.title, self.pairs.iter().cloned(), ground)?;
        if !pairs.is_empty() {
            queries.push(either(pairs));
        }
        let singles = self.singles.iter().map(ToString::to_string);
        let singles = known(ground.fields.title_singles, singles, ground)?;
        let enough = self.enough();
        if singles.len() >= enough {
            let most = BooleanQuery::union_with_minimum_required_clauses(singles, enough);
            queries.push(Box::new(most));
        }
        Ok(queries)
    }
}

/// Queries for those of these texts that some titles have and not too many.
fn known(
    field: Field,
    texts: impl Iterator<Item = String>,
    ground: &Ground<'_>,
) -> Result<Vec<Box<dyn IndexQuery>>, SearchError> {
    let mut found = Vec::new();
    for text in texts {
        let count = ground.searcher.doc_freq(&Term::from_field_text(field, &text))?;
        if (1..=MOST_POSTINGS).contains(&count) {
            found.push(term(field, &text));
        }
    }
    Ok(found)
}
