//! From the strictest reading of a question down to the loosest that still finds something.
//!
//! 1. every word, each with all its pairs; letters also as 拼音 in full;
//! 2. the same, with letters also taken as initials;
//! 3. the same without words that only ask, and without words that are nowhere (from here on the
//!    answer is said to be relaxed);
//! 4. all but one of the words;
//! 5. most of the pairs, then half, then a third.
//!
//! The lower rungs leave out what is in very many documents: it says little, and going through it
//! all would make the worst question the slowest.

use tantivy::Searcher;
use tantivy::query::{BooleanQuery, Query};

use crate::SearchError;
use crate::columns::{Filters, Unpacked};
use crate::fields::Fields;
use crate::tally::{Candidate, Pass, Tally};
use crate::words::{Sound, Word, every, term, words, words_without_asking};

/// Above this many documents words no longer tell them apart, and the newest come first.
const SCORED: u64 = 30_000;
/// The most postings a lower rung goes through.
const LOOSE_COST: u64 = 120_000;
/// The most pairs a lower rung uses, the rarest first.
const LOOSE_PAIRS: usize = 10;

/// What a search is made against.
pub(crate) struct Ground<'a> {
    pub searcher: &'a Searcher,
    /// The columns of this searcher.
    pub columns: &'a Unpacked,
    pub fields: &'a Fields,
    pub filters: &'a Filters,
    /// How many candidates to keep.
    pub keep: usize,
}

/// Where on the ladder something was found.
pub(crate) struct Landing {
    pub tally: Tally,
    /// The words that were used.
    pub words: Vec<Word>,
    /// The query that says which documents match.
    pub query: Box<dyn Query>,
    pub relaxed: bool,
}

/// Goes down until something is found on this site.
pub(crate) fn descend(text: &str, ground: &Ground<'_>) -> Result<Landing, SearchError> {
    let asked = words(text);
    let mut landing = ground.all_words(asked.clone(), Sound::Full, false)?;
    if landing.tally.on_site == 0 && asked.iter().any(Word::may_be_initials) {
        landing = ground.all_words(asked, Sound::Initials, false)?;
    }
    if landing.tally.on_site == 0 {
        let loose = ground.loosely(text)?;
        return Ok(loose.unwrap_or(landing));
    }
    Ok(landing)
}

impl Ground<'_> {
    /// Goes through the matches of this query, of which there are at most so many.
    fn pass(&self, query: &dyn Query, at_most: u64) -> Result<Tally, SearchError> {
        self.go_through(query, at_most, true)
    }

    /// The same for candidates alone: facets are not counted.
    pub fn candidates(
        &self,
        query: &dyn Query,
        at_most: u64,
    ) -> Result<Vec<Candidate>, SearchError> {
        Ok(self.go_through(query, at_most, false)?.best)
    }

    fn go_through(
        &self,
        query: &dyn Query,
        at_most: u64,
        facets: bool,
    ) -> Result<Tally, SearchError> {
        let Self { columns, filters, keep, .. } = *self;
        let pass = Pass { columns, filters, keep, by_words: at_most <= SCORED, facets };
        Ok(self.searcher.search(query, &pass)?)
    }

    fn all_words(
        &self,
        words: Vec<Word>,
        how: Sound,
        relaxed: bool,
    ) -> Result<Landing, SearchError> {
        let required = words.iter().flat_map(|word| word.required(self.fields, how)).collect();
        let query = every(required);
        let mut least = u64::MAX;
        for word in &words {
            least = least.min(word.at_most(self.fields, self.searcher)?);
        }
        let tally = self.pass(query.as_ref(), least)?;
        Ok(Landing { tally, words, query, relaxed })
    }

    /// The lower rungs; none when nothing of the question is anywhere on the site.
    fn loosely(&self, text: &str) -> Result<Option<Landing>, SearchError> {
        let mut present = Vec::new();
        for word in words_without_asking(text) {
            let count = word.at_most(self.fields, self.searcher)?;
            if count > 0 {
                present.push((count, word));
            }
        }
        if !present.is_empty() {
            let words = present.iter().map(|(_, word)| word.clone()).collect();
            let landing = self.all_words(words, Sound::Initials, true)?;
            if landing.tally.on_site > 0 {
                return Ok(Some(landing));
            }
        }
        if let Some(landing) = self.all_but_one(present)? {
            return Ok(Some(landing));
        }
        self.most_pairs(text)
    }

    fn all_but_one(&self, mut present: Vec<(u64, Word)>) -> Result<Option<Landing>, SearchError> {
        present.sort_by_key(|(count, _)| *count);
        let mut cost = 0;
        present.retain(|(count, _)| {
            cost += count;
            cost <= LOOSE_COST
        });
        if present.len() < 2 {
            return Ok(None);
        }
        let enough = present.len() - 1;
        let words: Vec<Word> = present.into_iter().map(|(_, word)| word).collect();
        let each =
            words.iter().map(|word| every(word.required(self.fields, Sound::Initials))).collect();
        self.some_of(each, enough, words)
    }

    fn most_pairs(&self, text: &str) -> Result<Option<Landing>, SearchError> {
        let words = words_without_asking(text);
        let pairs = self.rarest_pairs(&words)?;
        let mut tried = usize::MAX;
        for part in [0.75, 0.5, 0.34] {
            let enough = ((pairs.len() as f64 * part).ceil() as usize).max(1);
            if pairs.is_empty() || enough == tried {
                continue;
            }
            tried = enough;
            let each = pairs.iter().map(|pair| term(self.fields.text, pair)).collect();
            if let Some(landing) = self.some_of(each, enough, words.clone())? {
                return Ok(Some(landing));
            }
        }
        Ok(None)
    }

    fn rarest_pairs(&self, words: &[Word]) -> Result<Vec<String>, SearchError> {
        let mut counted = Vec::new();
        for (_, pair) in words.iter().flat_map(|word| &word.terms) {
            let term = tantivy::Term::from_field_text(self.fields.text, pair);
            counted.push((self.searcher.doc_freq(&term)?, pair.clone()));
        }
        counted.sort();
        counted.dedup();
        counted.retain(|(count, _)| *count > 0);
        let mut cost = 0;
        let affordable = counted.into_iter().take_while(|(count, _)| {
            let first = cost == 0;
            cost += count;
            first || cost <= LOOSE_COST
        });
        Ok(affordable.take(LOOSE_PAIRS).map(|(_, pair)| pair).collect())
    }

    fn some_of(
        &self,
        each: Vec<Box<dyn Query>>,
        enough: usize,
        words: Vec<Word>,
    ) -> Result<Option<Landing>, SearchError> {
        let query = Box::new(BooleanQuery::union_with_minimum_required_clauses(each, enough));
        let tally = self.pass(query.as_ref(), 0)?;
        let found = tally.on_site > 0;
        Ok(found.then_some(Landing { tally, words, query, relaxed: true }))
    }
}
