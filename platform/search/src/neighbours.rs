//! Which characters stand beside which in what is indexed: the vocabulary against which a question is spelled.

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

use tantivy::schema::Field;
use tantivy::{Searcher, Term};

use crate::SearchError;
use crate::grams::is_han;

/// How often each character follows another, in documents.
type Followers = Rc<HashMap<char, u64>>;

/// The most characters whose followers are read for one question: reading them all would make the worst
/// question the slowest.
const MOST_READ: usize = 64;

/// The pairs of the index, read as they are needed.
pub(crate) struct Neighbours<'a> {
    searcher: &'a Searcher,
    pairs: Field,
    singles: Field,
    known: RefCell<HashMap<char, Followers>>,
}

impl<'a> Neighbours<'a> {
    pub fn new(searcher: &'a Searcher, pairs: Field, singles: Field) -> Self {
        Self { searcher, pairs, singles, known: RefCell::default() }
    }

    /// Every character that follows this one; nothing once too many were asked for.
    pub fn after(&self, c: char) -> Result<Followers, SearchError> {
        if let Some(known) = self.known.borrow().get(&c) {
            return Ok(Rc::clone(known));
        }
        let read =
            if self.known.borrow().len() < MOST_READ { self.read(c)? } else { HashMap::new() };
        let read = Rc::new(read);
        self.known.borrow_mut().insert(c, Rc::clone(&read));
        Ok(read)
    }

    fn read(&self, c: char) -> Result<HashMap<char, u64>, SearchError> {
        let mut followers = HashMap::new();
        let Some(next) = char::from_u32(u32::from(c) + 1) else { return Ok(followers) };
        for segment in self.searcher.segment_readers() {
            let index = segment.inverted_index(self.pairs)?;
            let (from, to) = (c.to_string(), next.to_string());
            let range = index.terms().range().ge(from.as_bytes()).lt(to.as_bytes());
            let mut pairs = range.into_stream().map_err(tantivy::TantivyError::from)?;
            while pairs.advance() {
                let pair = std::str::from_utf8(pairs.key()).unwrap_or_default();
                if let (Some(last), 2) = (pair.chars().last(), pair.chars().count()) {
                    *followers.entry(last).or_default() += u64::from(pairs.value().doc_freq);
                }
            }
        }
        Ok(followers)
    }

    /// In how many documents the second character follows the first.
    pub fn pair(&self, first: char, second: char) -> Result<u64, SearchError> {
        if let Some(known) = self.known.borrow().get(&first) {
            return Ok(known.get(&second).copied().unwrap_or(0));
        }
        let pair: String = [first, second].iter().collect();
        Ok(self.searcher.doc_freq(&Term::from_field_text(self.pairs, &pair))?)
    }

    /// In how many documents a character stands.
    pub fn single(&self, c: char) -> Result<u64, SearchError> {
        Ok(self.searcher.doc_freq(&Term::from_field_text(self.singles, &c.to_string()))?)
    }

    /// A text with a blank wherever two Chinese characters stand beside one another that do so nowhere else.
    pub fn divided(&self, text: &str) -> Result<String, SearchError> {
        let mut divided = String::with_capacity(text.len());
        let mut last: Option<char> = None;
        for c in text.chars() {
            if let Some(last) = last.filter(|last| is_han(*last) && is_han(c))
                && self.pair(last, c)? == 0
            {
                divided.push(' ');
            }
            divided.push(c);
            last = Some(c);
        }
        Ok(divided)
    }

    /// Whether each character is followed by the next somewhere.
    pub fn hold_together(&self, chars: &[char]) -> Result<bool, SearchError> {
        for pair in chars.windows(2) {
            if self.pair(pair[0], pair[1])? == 0 {
                return Ok(false);
            }
        }
        Ok(true)
    }
}
