//! Titles to offer while a person is typing.

use crate::columns::Filters;
use crate::ladder::Ground;
use crate::words::{Sound, every, words};
use crate::{Query, Search, SearchError};

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
        let (searcher, fields) = (self.searcher(), self.0.fields);
        let filters = Filters::site(division_prefix);
        let keep = limit * LOOKED_AT;
        let ground = Ground { searcher: &searcher, fields: &fields, filters: &filters, keep };
        let mut found: Vec<Suggestion> = Vec::new();
        for how in [Sound::Full, Sound::Initials] {
            let query = every(words.iter().map(|word| word.in_title(&fields, how)).collect());
            for candidate in ground.pass(query.as_ref(), 0)?.best {
                let document = self.stored(&searcher, candidate.address)?;
                if found.iter().all(|earlier| earlier.title != document.title) {
                    let (title, number) = (document.title, document.number);
                    found.push(Suggestion {
                        title,
                        number,
                        url: document.url,
                        kind: document.kind,
                    });
                }
            }
            if !found.is_empty() {
                break;
            }
        }
        let typed = crate::fields::title_key(text);
        found.sort_by_key(|one| !crate::fields::title_key(&one.title).starts_with(&typed));
        found.truncate(limit);
        Ok(found)
    }
}
