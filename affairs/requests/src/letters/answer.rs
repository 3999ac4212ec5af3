//! 答复书的内容: the facts of one answer, each in its place.

use std::collections::BTreeMap;

use law::Provision;
use requests_rules::{AnswerType, Fact, SearchRecord, chinese_day};

use super::field::{Field, Value};

/// What one answer tells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AnswerContents {
    /// The kind, as it stands on the day of the answer.
    pub kind: &'static AnswerType,
    /// What it contains.
    pub facts: BTreeMap<Fact, String>,
    /// The answers to several things where they are of different kinds; then `facts` is empty, and what is
    /// told stands with its part.
    pub parts: Vec<AnswerPart>,
    /// What was taken out of the files that go with answers of different kinds, a line each.
    pub removed: Vec<String>,
    /// 其他 (O3): withdrawn, merged into which request.
    pub closing: Option<String>,
    /// What goes with it, by name.
    pub enclosures: Vec<String>,
}

/// The answer to one of several things.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AnswerPart {
    /// What was asked for.
    pub asked: String,
    /// Its kind, as it stands on the day of the answer.
    pub kind: &'static AnswerType,
    /// What it contains.
    pub facts: BTreeMap<Fact, String>,
}

impl AnswerPart {
    /// Its lines: what was asked, the kind with its provisions, and each fact.
    fn lines(&self, number: usize) -> String {
        let basis = provisions(self.kind.basis);
        let head = format!("{number}. {}：{}（{basis}）。", self.asked.trim(), self.kind.name);
        let filled = self.facts.iter().filter(|(_, words)| !words.trim().is_empty());
        let facts =
            filled.map(|(fact, words)| format!("{}：{}", Field::of(*fact).name(), words.trim()));
        [head].into_iter().chain(facts).collect::<Vec<_>>().join("\n")
    }
}

/// Provisions in words, those of one statute told after its name once.
pub(super) fn provisions(all: &[Provision]) -> String {
    let mut words = String::new();
    let mut last: Option<&str> = None;
    for provision in all {
        match last {
            Some(name) if name == provision.name() => words += &format!("、{}", provision.place()),
            Some(_) => words += &format!("和{provision}"),
            None => words += &provision.to_string(),
        }
        last = Some(provision.name());
    }
    words
}

impl AnswerContents {
    /// An answer of a kind, without facts so far.
    pub const fn of(kind: &'static AnswerType) -> Self {
        Self {
            kind,
            facts: BTreeMap::new(),
            parts: Vec::new(),
            removed: Vec::new(),
            closing: None,
            enclosures: Vec::new(),
        }
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

    /// What it lacks by the rules, in any of its parts; empty words are no fact.
    pub fn missing(&self) -> Vec<Fact> {
        let lacking = |kind: &AnswerType, facts: &BTreeMap<Fact, String>| {
            let filled = facts.iter().filter(|(_, words)| !words.trim().is_empty());
            let contained: Vec<Fact> = filled.map(|(fact, _)| *fact).collect();
            kind.missing(&contained)
        };
        if self.parts.is_empty() {
            return lacking(self.kind, &self.facts);
        }
        self.parts.iter().flat_map(|part| lacking(part.kind, &part.facts)).collect()
    }

    /// The provisions it rests on, each once, in the order of its parts.
    pub(super) fn basis(&self) -> Vec<Provision> {
        if self.parts.is_empty() {
            return self.kind.basis.to_vec();
        }
        let mut all: Vec<Provision> = Vec::new();
        for provision in self.parts.iter().flat_map(|part| part.kind.basis) {
            if !all.contains(provision) {
                all.push(*provision);
            }
        }
        all
    }

    /// The facts that are told in places of their own, and say something.
    pub(super) fn told(&self) -> impl Iterator<Item = Field> + '_ {
        let filled = self.facts.iter().filter(|(_, words)| !words.trim().is_empty());
        filled.map(|(fact, _)| Field::of(*fact))
    }

    pub(super) fn fields(&self) -> Vec<(Field, Value)> {
        let facts = self.facts.iter();
        let mut fields: Vec<(Field, Value)> =
            facts.map(|(fact, words)| (Field::of(*fact), words.as_str().into())).collect();
        if !self.parts.is_empty() {
            let parts = self.parts.iter().enumerate().map(|(at, part)| part.lines(at + 1));
            let lines: Vec<String> = parts.chain(self.removed.iter().cloned()).collect();
            fields.push((Field::Parts, lines.join("\n").into()));
        }
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
