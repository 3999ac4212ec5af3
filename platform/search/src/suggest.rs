//! Titles to offer while a person is typing.

use crate::columns::Filters;
use crate::fields::title_key;
use crate::ladder::Ground;
use crate::words::{Sound, Word, every, words};
use crate::{Query, Search, SearchDocument, SearchError};

/// The most suggestions.
const MOST: usize = 20;
/// How many titles are looked at for each one shown, as the same title comes often.
const LOOKED_AT: usize = 5;

/// A title that may be what the person is typing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suggestion {
    /// 标题.
    pub title: String,
    /// 文号, if the document has one.
    pub number: Option<String>,
    /// The page's path without the prefix of its site.
    pub url: String,
    /// 类型.
    pub kind: String,
    /// The 12-digit code of its division.
    pub division: String,
}

impl Search {
    /// Titles that have what was typed, in Chinese or 拼音, within a division and all below it:
    /// those that begin with it first, each title once. Nothing for text that is empty or too long.
    ///
    /// # Errors
    /// When the index fails.
    pub fn suggest(
        &self,
        text: &str,
        division_prefix: Option<&str>,
        limit: usize,
    ) -> Result<Vec<Suggestion>, SearchError> {
        let words = words(text);
        if words.is_empty() || Query::new(text).refused().is_some() {
            return Ok(Vec::new());
        }
        let limit = limit.min(MOST);
        let filters = Filters::site(division_prefix);
        let mut found = self.titled(&words, &filters, Sound::Full, limit)?;
        if found.is_empty() {
            found = self.titled(&words, &filters, Sound::Initials, limit)?;
        }
        let typed = title_key(text);
        found.sort_by_key(|one| !title_key(&one.title).starts_with(&typed));
        found.truncate(limit);
        Ok(found)
    }

    /// Documents with these words in their titles, each title once, best first.
    fn titled(
        &self,
        words: &[Word],
        filters: &Filters,
        how: Sound,
        limit: usize,
    ) -> Result<Vec<Suggestion>, SearchError> {
        let (searcher, fields) = (self.searcher(), self.0.fields);
        let columns = self.0.columns.of(&searcher)?;
        let keep = limit * LOOKED_AT;
        let synonyms = self.synonyms();
        let ground = Ground {
            searcher: &searcher,
            columns: &columns,
            fields: &fields,
            filters,
            synonyms: &synonyms,
            keep,
        };
        let query = every(words.iter().map(|word| word.in_title(&fields, how)).collect());
        let mut found: Vec<Suggestion> = Vec::new();
        for candidate in ground.candidates(query.as_ref(), 0)? {
            let SearchDocument { title, number, url, kind, division, .. } =
                ground.stored(candidate.address)?;
            if found.iter().all(|earlier| earlier.title != title) {
                found.push(Suggestion { title, number, url, kind, division });
            }
        }
        Ok(found)
    }
}
