//! From the strictest reading of a question down to the loosest that still finds something.
//!
//! 1. every word in one of the ways it may be said, each with all its pairs; letters also as 拼音 in full;
//! 2. the same, with letters also taken as initials;
//! 3. the same without words that only ask (from here on the answer is said to be relaxed);
//! 4. all pieces into which the words fall where no document has them in one;
//! 5. what words that find nothing may have meant (not relaxed, but said to be corrected);
//! 6. most of the pieces into which the words fall, then the words without those that are nowhere;
//! 7. most of the pairs, then half, then a third.
//!
//! The lower rungs leave out what is in very many documents: it says little, and going through it
//! all would make the worst question the slowest.

use tantivy::query::{BooleanQuery, EnableScoring, Query};
use tantivy::{DocAddress, DocSet, Searcher, TERMINATED};

use crate::SearchError;
use crate::columns::{Filters, Unpacked};
use crate::fields::Fields;
use crate::neighbours::Neighbours;
use crate::spelling::Speller;
use crate::synonyms::Synonyms;
use crate::tally::{Candidate, Pass, Tally};
use crate::words::{Sound, Word, every, term, with_synonyms, words, words_without_asking};

/// Above this many documents words no longer tell them apart, and the newest come first.
const SCORED: u64 = 30_000;
/// The most postings a lower rung goes through.
const LOOSE_COST: u64 = 120_000;
/// How many matches are looked at to know whether anything is found.
const MOST_LOOKED: usize = 20_000;
/// The most words of a question that are corrected.
const MOST_CORRECTED: usize = 4;
/// How long a part of a word is at least that is corrected by itself: in a sentence an unknown word is a word
/// that is nowhere sooner than a slip.
const TYPED_PART: usize = 2;
const SPOKEN_PART: usize = 4;
/// In how many documents of the house a word stands at least that is none of the site's and still no slip.
const KNOWN: usize = 2;
/// The most pairs a lower rung uses, the rarest first.
const LOOSE_PAIRS: usize = 10;

/// What a search is made against.
pub(crate) struct Ground<'a> {
    pub searcher: &'a Searcher,
    /// The columns of this searcher.
    pub columns: &'a Unpacked,
    pub fields: &'a Fields,
    pub filters: &'a Filters,
    pub synonyms: &'a Synonyms,
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
    /// What was looked for in place of what was typed.
    pub corrected: Option<String>,
}

/// Goes down until something is found on this site.
pub(crate) fn descend(text: &str, ground: &Ground<'_>) -> Result<Landing, SearchError> {
    let asked = ground.known(words(text));
    let mut landing = ground.all_words(asked.clone(), Sound::Full, false)?;
    if landing.tally.on_site == 0 && asked.iter().any(Word::may_be_initials) {
        landing = ground.all_words(asked.clone(), Sound::Initials, false)?;
    }
    if landing.tally.on_site > 0 {
        return Ok(landing);
    }
    let bare = ground.known(words_without_asking(text));
    if !bare.is_empty() && bare != asked {
        let found = ground.all_words(bare.clone(), Sound::Initials, true)?;
        if found.tally.on_site > 0 {
            return Ok(found);
        }
    }
    if let Some(found) = ground.all_apart(&bare)? {
        return Ok(found);
    }
    if let Some((meant, words)) = ground.corrected(&bare, bare != asked)? {
        let found = ground.all_words(words.clone(), Sound::Initials, false)?;
        let found = if found.tally.on_site > 0 { Some(found) } else { ground.loosely(words)? };
        if let Some(found) = found {
            return Ok(Landing { corrected: Some(meant), ..found });
        }
    }
    Ok(ground.loosely(bare)?.unwrap_or(landing))
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

    /// Some documents of the site that match, whichever come first, at most so many: enough to know whether
    /// anything is found. It gives up when it has looked at too many of other sites.
    pub fn some(&self, query: &dyn Query, most: usize) -> Result<Vec<DocAddress>, SearchError> {
        let weight = query.weight(EnableScoring::disabled_from_searcher(self.searcher))?;
        let (mut found, mut looked) = (Vec::new(), 0);
        for (at, reader) in (0..).zip(self.searcher.segment_readers()) {
            let Some(columns) = self.columns.get(at as usize) else { continue };
            let site = columns.site(self.filters);
            let mut matching = weight.scorer(reader, 1.0)?;
            let mut doc = matching.doc();
            while doc != TERMINATED && looked < MOST_LOOKED {
                let alive = reader.alive_bitset().is_none_or(|alive| alive.is_alive(doc));
                if alive && site.holds(columns.rows[doc as usize].division) {
                    found.push(DocAddress::new(at, doc));
                    if found.len() == most {
                        return Ok(found);
                    }
                }
                looked += 1;
                doc = matching.advance();
            }
        }
        Ok(found)
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
        Ok(Landing { tally, words, query, relaxed, corrected: None })
    }

    /// Words with the other ways to say them.
    fn known(&self, words: Vec<Word>) -> Vec<Word> {
        with_synonyms(words, self.synonyms)
    }

    /// What the words may have meant that find nothing by themselves; none where nothing better is known.
    fn corrected(
        &self,
        asked: &[Word],
        spoken: bool,
    ) -> Result<Option<(String, Vec<Word>)>, SearchError> {
        if asked.len() > MOST_CORRECTED {
            return Ok(None);
        }
        let speller = Speller::new(self);
        let (mut meant, mut changed) = (Vec::with_capacity(asked.len()), false);
        for word in asked {
            let alone = self.all_words(vec![word.clone()], Sound::Initials, false)?;
            let is_slip = alone.tally.on_site == 0 && !self.is_known_elsewhere(word)?;
            let part = if spoken { SPOKEN_PART } else { TYPED_PART };
            let better = if is_slip { speller.corrected(word, part)? } else { None };
            changed |= better.is_some();
            meant.push(better.unwrap_or_else(|| word.text().to_owned()));
        }
        let meant = meant.join(" ");
        let words = self.known(words(&meant));
        Ok(changed.then_some((meant, words)))
    }

    /// Whether several documents of other sites have this word as it was typed: then it is a word and no slip.
    fn is_known_elsewhere(&self, word: &Word) -> Result<bool, SearchError> {
        let Some(query) = word.phrase(self.fields.text) else { return Ok(false) };
        let everywhere = Filters::site(None);
        let house = Ground { filters: &everywhere, ..*self };
        Ok(house.some(query.as_ref(), KNOWN)?.len() >= KNOWN)
    }

    /// The lower rungs; none when nothing of the question is anywhere on the site.
    fn loosely(&self, asked: Vec<Word>) -> Result<Option<Landing>, SearchError> {
        if let Some(landing) = self.in_pieces(&asked)? {
            return Ok(Some(landing));
        }
        let mut present = Vec::new();
        for word in &asked {
            if word.at_most(self.fields, self.searcher)? > 0 {
                present.push(word.clone());
            }
        }
        if !present.is_empty() {
            let landing = self.all_words(present, Sound::Initials, true)?;
            if landing.tally.on_site > 0 {
                return Ok(Some(landing));
            }
        }
        self.most_pairs(asked)
    }

    /// The words divided where two characters never stand beside one another, each piece once.
    fn pieces(&self, asked: &[Word]) -> Result<Vec<Word>, SearchError> {
        let near = Neighbours::new(self.searcher, self.fields.text, self.fields.singles);
        let mut pieces: Vec<Word> = Vec::new();
        for word in asked {
            for piece in words(&near.divided(word.text())?) {
                if !pieces.contains(&piece) {
                    pieces.push(piece);
                }
            }
        }
        Ok(pieces)
    }

    /// All pieces of the words, however far apart (电梯加装 is in 加装电梯 too); none where a character would
    /// stand alone, which is a slip sooner than a word.
    fn all_apart(&self, asked: &[Word]) -> Result<Option<Landing>, SearchError> {
        let pieces = self.pieces(asked)?;
        if pieces.len() <= asked.len() || !pieces.iter().all(Word::says_enough) {
            return Ok(None);
        }
        let landing = self.all_words(self.known(pieces), Sound::Full, false)?;
        Ok((landing.tally.on_site > 0).then_some(landing))
    }

    /// Most of the pieces of the words.
    fn in_pieces(&self, asked: &[Word]) -> Result<Option<Landing>, SearchError> {
        let mut pieces = self.pieces(asked)?;
        pieces.retain(Word::says_enough);
        let mut counted = Vec::new();
        for piece in self.known(pieces) {
            let count = piece.at_most(self.fields, self.searcher)?;
            if count > 0 {
                counted.push((count, piece));
            }
        }
        counted.sort_by_key(|(count, _)| *count);
        let mut cost = 0;
        counted.retain(|(count, _)| {
            cost += count;
            cost <= LOOSE_COST
        });
        let pieces: Vec<Word> =
            counted.into_iter().take(LOOSE_PAIRS).map(|(_, piece)| piece).collect();
        let (all, half) = (pieces.len(), pieces.len().div_ceil(2));
        let mut steps = vec![all, all.saturating_sub(1).max(half), half];
        steps.retain(|enough| *enough > 0);
        steps.dedup();
        for enough in steps {
            let query = |piece: &Word| every(piece.required(self.fields, Sound::Initials));
            let each = pieces.iter().map(query).collect();
            if let Some(landing) = self.some_of(each, enough, pieces.clone())? {
                return Ok(Some(landing));
            }
        }
        Ok(None)
    }

    fn most_pairs(&self, words: Vec<Word>) -> Result<Option<Landing>, SearchError> {
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
        let landing = Landing { tally, words, query, relaxed: true, corrected: None };
        Ok(found.then_some(landing))
    }
}
