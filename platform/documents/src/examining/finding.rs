//! What an examination finds.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::Refusal;
use crate::personal::{Grade, Kind};

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

/// Which kinds of values a clean copy masks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Masking(BTreeSet<Kind>);

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
        Self(all.into_iter().collect())
    }
}

impl Masking {
    /// Exactly these kinds.
    pub fn of(kinds: impl IntoIterator<Item = Kind>) -> Self {
        Self(kinds.into_iter().collect())
    }

    /// Whether values of this kind are masked.
    pub fn masks(&self, kind: Kind) -> bool {
        self.0.contains(&kind)
    }
}
