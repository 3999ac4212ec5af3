//! What an examination finds.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::Refusal;
use crate::personal::{BREAK, CELL, Grade, Kind, LINE};

/// Personal data in one place of a file.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Finding {
    /// What it is.
    pub kind: Kind,
    /// Whether it stops a publication or asks for a decision.
    pub grade: Grade,
    /// The value with its middle hidden, as it may be shown to whoever is to remove it.
    pub masked: String,
    /// Where it stands, in Chinese.
    pub place: String,
    /// The place as a short word for programs: `xlsx.comment`, `zip.docx.body`.
    pub part: String,
    /// How many times the same value stands in the same place.
    pub times: usize,
}

/// Everything found in a file.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Findings {
    /// The findings in the order of the file; the same value in the same place stands once.
    pub list: Vec<Finding>,
    /// Whether there were more than are listed.
    pub more: bool,
    /// What could not be looked through, in Chinese: pictures of text, fonts without a meaning.
    #[serde(default)]
    pub unread: Vec<String>,
    /// That the name says another kind than the content is ([`Refusal::WrongName`]): people open it as what
    /// it is called.
    #[serde(default)]
    pub misnamed: Option<Refusal>,
}

/// The most findings that are listed; a name list of a county has more rows than anyone reads.
pub const MOST_FINDINGS: usize = 2_000;

impl Findings {
    /// Whether something must not be published.
    pub fn block(&self) -> bool {
        self.list.iter().any(|finding| finding.grade == Grade::Block)
    }

    /// Whether nothing at all was found.
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// The findings that stop a publication.
    pub fn blocking(&self) -> impl Iterator<Item = &Finding> {
        self.list.iter().filter(|finding| finding.grade == Grade::Block)
    }

    /// Notes what could not be looked through; the first few places are enough.
    pub(crate) fn note(&mut self, words: String) {
        const MOST: usize = 20;
        if self.unread.len() < MOST && !self.unread.contains(&words) {
            self.unread.push(words);
        }
    }

    pub(crate) fn add(&mut self, finding: Finding) {
        let same = |known: &&mut Finding| {
            known.kind == finding.kind
                && known.masked == finding.masked
                && known.part == finding.part
                && known.place == finding.place
        };
        // neighbours first: a value repeats where it stands
        let is_full = self.list.len() >= MOST_FINDINGS;
        match self.list.iter_mut().rev().take(200).find(same) {
            Some(known) => known.times += 1,
            None if is_full => self.more = true,
            None => self.list.push(finding),
        }
    }
}

/// What a clean copy masks: values of these kinds, and these passages wherever they stand.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Masking {
    kinds: BTreeSet<Kind>,
    #[serde(default)]
    passages: Vec<String>,
}

impl Default for Masking {
    /// Whatever stops a publication.
    fn default() -> Self {
        let all = [
            Kind::IdNumber,
            Kind::Mobile,
            Kind::BankCard,
            Kind::Passport,
            Kind::HomePhone,
            Kind::HomeAddress,
            Kind::Health,
        ];
        Self::of(all)
    }
}

impl Masking {
    /// Exactly these kinds.
    pub fn of(kinds: impl IntoIterator<Item = Kind>) -> Self {
        Self { kinds: kinds.into_iter().collect(), passages: vec![] }
    }

    /// These passages too (区分处理), wherever they stand, however they are broken into lines. What is nothing
    /// but blanks is no passage.
    #[must_use]
    pub fn and_passages(mut self, passages: impl IntoIterator<Item = String>) -> Self {
        let compact = passages.into_iter().map(|one| compact(&one).0);
        self.passages.extend(compact.filter(|one| !one.is_empty()));
        self
    }

    /// Whether values of this kind are masked.
    pub fn masks(&self, kind: Kind) -> bool {
        self.kinds.contains(&kind)
    }

    /// The bytes of a text that stand in one of the passages, in order.
    pub(crate) fn within(&self, text: &str) -> Vec<usize> {
        if self.passages.is_empty() {
            return vec![];
        }
        let (plain, at) = compact(text);
        let mut found = BTreeSet::new();
        for passage in &self.passages {
            for (from, one) in plain.match_indices(passage.as_str()) {
                let letters = plain[..from].chars().count();
                found.extend(at.iter().skip(letters).take(one.chars().count()));
            }
        }
        found.into_iter().collect()
    }

    /// How often a text has each passage.
    pub fn times_in(text: &str, passage: &str) -> usize {
        let passage = compact(passage).0;
        if passage.is_empty() { 0 } else { compact(text).0.matches(passage.as_str()).count() }
    }
}

/// A text without what only lays it out, at half width, with the byte each letter stood at.
fn compact(text: &str) -> (String, Vec<usize>) {
    let apart = |letter: char| {
        letter.is_whitespace()
            || [BREAK, CELL, LINE].contains(&letter)
            || crate::personal::is_invisible(letter)
    };
    let half = |letter: char| match letter {
        '！'..='～' => char::from_u32(u32::from(letter) - 0xFEE0).unwrap_or(letter),
        other => other,
    };
    let letters = text.char_indices().filter(|(_, letter)| !apart(*letter));
    letters.map(|(at, letter)| (half(letter), at)).unzip()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_passage_is_found_however_it_is_laid_out() {
        let masking = Masking::of([]).and_passages(["某某公司 报价".into(), " ".into()]);
        for (text, count) in [
            ("中标的是某某公司报价单", 6),
            ("某某\n公司　报　价", 6),
            ("某某公司的报价", 0),
            ("", 0),
            ("某某公司报价，某某公司报价", 12),
        ] {
            assert_eq!(masking.within(text).len(), count, "{text}");
        }
        assert_eq!(Masking::times_in("ＡＢＣ公司、ABC公司", "ABC公司"), 2);
        assert_eq!(Masking::of([]).within("某某公司").len(), 0);
    }
}
