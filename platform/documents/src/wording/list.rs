//! The list of words: a CSV file with the columns 写法, 建议, 类别, 正确的场合, 说明.

use aho_corasick::{AhoCorasick, MatchKind};

use super::Remark;

/// What sort of remark it is.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, serde::Serialize, serde::Deserialize,
)]
pub enum Class {
    /// 错别字.
    Typo,
    /// 公文格式.
    Form,
    /// 法律名称: repealed or wrongly named.
    Statute,
    /// 机构名称: an organ that has another name now.
    Organ,
    /// 称谓: words that demean persons.
    Address,
    /// 国家和地区.
    Region,
    /// 日期.
    Day,
    /// 链接.
    Link,
    /// What an office has added without a class of its own.
    Other,
}

impl Class {
    /// The class in Chinese.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Typo => "错别字",
            Self::Form => "公文格式",
            Self::Statute => "法律名称",
            Self::Organ => "机构名称",
            Self::Address => "称谓",
            Self::Region => "国家和地区",
            Self::Day => "日期",
            Self::Link => "链接",
            Self::Other => "其他",
        }
    }

    fn named(name: &str) -> Self {
        let all = [Self::Typo, Self::Form, Self::Statute, Self::Organ, Self::Address, Self::Region];
        all.into_iter().find(|class| class.name() == name).unwrap_or(Self::Other)
    }
}

/// A line of the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// What is not to be written.
    pub word: String,
    /// What is to be written instead; empty if that depends.
    pub suggestion: String,
    /// The sort of remark.
    pub class: Class,
    /// Longer words in which it is right.
    pub right_in: Vec<String>,
    /// Why.
    pub reason: String,
}

/// Why a list cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "错误: 词表第{line}行{what}。改法: 每行写“写法,建议,类别,正确的场合,说明”，正确的场合之间用竖线隔开。"
)]
pub struct WrongList {
    /// The line, from 1.
    pub line: usize,
    /// What is wrong with it.
    pub what: &'static str,
}

/// A list of words, ready to be looked for.
#[derive(Debug, Clone)]
pub struct List {
    entries: Vec<Entry>,
    finder: Option<AhoCorasick>,
}

const BUILT_IN: &str = include_str!("../../data/wording.csv");

impl List {
    /// The list an office starts from.
    pub fn built_in() -> Self {
        Self::read(BUILT_IN).unwrap_or_else(|_| Self { entries: Vec::new(), finder: None })
    }

    /// The text of the list an office starts from, to be edited.
    pub const fn built_in_text() -> &'static str {
        BUILT_IN
    }

    /// Reads a list.
    ///
    /// # Errors
    ///
    /// [`WrongList`] names the first line that cannot be used.
    pub fn read(text: &str) -> Result<Self, WrongList> {
        let mut entries: Vec<Entry> = Vec::new();
        let mut rows = csv::ReaderBuilder::new()
            .flexible(true)
            .from_reader(text.trim_start_matches('\u{feff}').as_bytes());
        for (index, row) in rows.records().enumerate() {
            let wrong = |what| WrongList { line: index + 2, what };
            let row = row.map_err(|_| wrong("读不出来"))?;
            let field = |at: usize| row.get(at).unwrap_or_default().trim().to_owned();
            let word = field(0);
            if word.is_empty() {
                continue;
            }
            if word.chars().count() < 2 {
                return Err(wrong("的写法只有一个字"));
            }
            if word == field(1) {
                return Err(wrong("的建议和写法相同"));
            }
            let right_in =
                field(3).split('|').map(str::to_owned).filter(|word| !word.is_empty()).collect();
            entries.push(Entry {
                word,
                suggestion: field(1),
                class: Class::named(&field(2)),
                right_in,
                reason: field(4),
            });
        }
        let words = entries.iter().map(|entry| entry.word.as_str());
        let finder = AhoCorasick::builder().match_kind(MatchKind::LeftmostLongest).build(words);
        let finder = finder.map_err(|_| WrongList { line: 1, what: "起的词太多" })?;
        Ok(Self { entries, finder: Some(finder) })
    }

    /// The lines of the list.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    pub(super) fn remarks(&self, text: &str) -> Vec<Remark> {
        let found = self.finder.iter().flat_map(|finder| finder.find_iter(text));
        found
            .filter_map(|hit| {
                let entry = self.entries.get(hit.pattern().as_usize())?;
                let range = (hit.start(), hit.end());
                let is_right = entry.right_in.iter().any(|word| stands_in(text, range, word));
                let suggestion =
                    Some(entry.suggestion.clone()).filter(|suggestion| !suggestion.is_empty());
                (!is_right)
                    .then(|| Remark::new(entry.class, text, range, suggestion, &entry.reason))
            })
            .collect()
    }
}

/// Whether the range lies within a longer word.
fn stands_in(text: &str, (from, to): (usize, usize), word: &str) -> bool {
    let part = &text[from..to];
    word.match_indices(part).any(|(at, _)| {
        let begin = from.checked_sub(at);
        begin
            .and_then(|begin| text.get(begin..begin + word.len()))
            .is_some_and(|found| found == word)
    })
}
