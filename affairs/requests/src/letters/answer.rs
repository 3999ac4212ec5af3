//! 答复书的内容: the facts of one answer, each in its place.

use std::collections::BTreeMap;

use requests_rules::{AnswerType, Fact, SearchRecord, chinese_day};

use super::field::{Field, Value};

/// What one answer tells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AnswerContents {
    /// The kind, as it stands on the day of the answer.
    pub kind: &'static AnswerType,
    /// What it contains.
    pub facts: BTreeMap<Fact, String>,
    /// 其他 (O3): withdrawn, merged into which request.
    pub closing: Option<String>,
    /// What goes with it, by name.
    pub enclosures: Vec<String>,
}

impl AnswerContents {
    /// An answer of a kind, without facts so far.
    pub const fn of(kind: &'static AnswerType) -> Self {
        Self { kind, facts: BTreeMap::new(), closing: None, enclosures: Vec::new() }
    }

    /// With a fact.
    #[must_use]
    pub fn with(mut self, fact: Fact, words: impl Into<String>) -> Self {
        self.facts.insert(fact, words.into());
        self
    }

    /// With the record of a search, which is told whole.
    #[must_use]
    pub fn searched(self, record: &SearchRecord) -> Self {
        self.with(Fact::SearchRecord, search_words(record))
    }

    /// What it lacks by the rules; empty words are no fact.
    pub fn missing(&self) -> Vec<Fact> {
        let filled = self.facts.iter().filter(|(_, words)| !words.trim().is_empty());
        let contained: Vec<Fact> = filled.map(|(fact, _)| *fact).collect();
        self.kind.missing(&contained)
    }

    pub(super) fn fields(&self) -> Vec<(Field, Value)> {
        let facts = self.facts.iter();
        let mut fields: Vec<(Field, Value)> =
            facts.map(|(fact, words)| (Field::of(*fact), words.as_str().into())).collect();
        fields.extend(self.closing.as_deref().map(|words| (Field::ClosingReason, words.into())));
        fields
    }
}

/// A search in the words of an answer 信息不存在: systems, words, persons, day, outcome.
pub fn search_words(record: &SearchRecord) -> String {
    let SearchRecord { places, words, by, on, outcome } = record;
    format!(
        "检索范围：{}；检索词：{}；检索人员：{}；检索时间：{}；检索结果：{}。",
        places.join("、"),
        words.join("、"),
        by.join("、"),
        chinese_day(*on),
        outcome.trim().trim_end_matches('。')
    )
}
