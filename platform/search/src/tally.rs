//! Going once through all documents that match: counting them, counting the facets, and keeping
//! the best as candidates for ranking.
//!
//! Filters are looked up in columns while counting, not searched for: only so can each facet be
//! counted as if its own filter were not set.

use std::cmp::{Ordering, Reverse};
use std::collections::BinaryHeap;

use tantivy::collector::{Collector, SegmentCollector};
use tantivy::columnar::ColumnValues;
use tantivy::{DocAddress, DocId, Score, SegmentOrdinal, SegmentReader};

use crate::columns::{Columns, Counts, FacetColumn, Filters};
use crate::document::date_boost;
use crate::fields::FACETS;

/// A document that may be shown.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Candidate {
    pub score: f32,
    pub date: u64,
    pub address: DocAddress,
}

impl Eq for Candidate {}

impl PartialOrd for Candidate {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// The better candidate is the greater: by score, then newer, then by place so that two pages of
/// one answer agree.
impl Ord for Candidate {
    fn cmp(&self, other: &Self) -> Ordering {
        self.score
            .total_cmp(&other.score)
            .then(self.date.cmp(&other.date))
            .then(other.address.cmp(&self.address))
    }
}

/// What one pass found.
#[derive(Debug, Clone, Default)]
pub(crate) struct Tally {
    /// Documents within every filter.
    pub total: u64,
    /// Documents of the site, whatever the other filters.
    pub on_site: u64,
    pub facets: [Counts; 5],
    /// The best, best first.
    pub best: Vec<Candidate>,
}

/// How to go through the matches.
pub(crate) struct Pass<'a> {
    pub filters: &'a Filters,
    /// How many candidates to keep.
    pub keep: usize,
    /// Score by the words; otherwise by date alone, which is several times faster.
    pub by_words: bool,
}

impl Collector for Pass<'_> {
    type Fruit = Tally;
    type Child = SegmentPass;

    fn for_segment(
        &self,
        segment: SegmentOrdinal,
        reader: &SegmentReader,
    ) -> tantivy::Result<SegmentPass> {
        Ok(SegmentPass {
            segment,
            columns: Columns::open(reader, self.filters)?,
            keep: self.keep,
            by_words: self.by_words,
            waiting: Vec::with_capacity(BLOCK),
            docs: Vec::with_capacity(BLOCK),
            values: Default::default(),
            dates: Vec::with_capacity(BLOCK),
            total: 0,
            on_site: 0,
            best: BinaryHeap::with_capacity(self.keep + 1),
        })
    }

    fn requires_scoring(&self) -> bool {
        self.by_words
    }

    fn merge_fruits(&self, parts: Vec<tantivy::Result<Tally>>) -> tantivy::Result<Tally> {
        let mut whole = Tally::default();
        for part in parts {
            let part = part?;
            whole.total += part.total;
            whole.on_site += part.on_site;
            whole.best.extend(part.best);
            for (counts, more) in whole.facets.iter_mut().zip(part.facets) {
                for (value, count) in more {
                    *counts.entry(value).or_default() += count;
                }
            }
        }
        whole.best.sort_unstable_by(|a, b| b.cmp(a));
        whole.best.truncate(self.keep);
        Ok(whole)
    }
}

/// How many documents are looked up in the columns at a time.
const BLOCK: usize = 64;

/// The pass through one segment.
pub(crate) struct SegmentPass {
    segment: SegmentOrdinal,
    columns: Columns,
    keep: usize,
    by_words: bool,
    /// Documents matched and not yet looked up, with their scores.
    waiting: Vec<(DocId, Score)>,
    docs: Vec<DocId>,
    values: [Vec<u64>; 5],
    dates: Vec<u64>,
    total: u64,
    on_site: u64,
    /// The worst kept candidate is on top.
    best: BinaryHeap<Reverse<Candidate>>,
}

impl SegmentPass {
    fn look_up(&mut self) {
        if let Some(division) = &self.columns.division {
            self.waiting.retain(|(doc, _)| division.holds(*doc));
        }
        self.docs.clear();
        self.docs.extend(self.waiting.iter().map(|(doc, _)| *doc));
        self.on_site += self.docs.len() as u64;
        for (column, values) in self.columns.facets.iter().zip(&mut self.values) {
            load(column.ords.as_ref(), &self.docs, values);
        }
        load(self.columns.dates.as_ref(), &self.docs, &mut self.dates);
        if self.columns.unfiltered {
            for (column, values) in self.columns.facets.iter_mut().zip(&self.values) {
                values.iter().for_each(|ord| column.count(*ord));
            }
        }
        for at in 0..self.docs.len() {
            if self.columns.unfiltered || self.count_filtered(at) {
                self.total += 1;
                self.offer(at);
            }
        }
        self.waiting.clear();
    }

    /// Counts one document in every facet whose *other* filters it passes; whether it passes all.
    fn count_filtered(&mut self, at: usize) -> bool {
        let ords = self.values.each_ref().map(|values| values[at]);
        let refused = |(column, ord): (&FacetColumn, &u64)| !column.allows(*ord);
        let refusals = self.columns.facets.iter().zip(&ords).filter(|pair| refused(*pair)).count();
        if refusals <= 1 {
            for (column, ord) in self.columns.facets.iter_mut().zip(ords) {
                if refusals == 0 || !column.allows(ord) {
                    column.count(ord);
                }
            }
        }
        refusals == 0
    }

    fn offer(&mut self, at: usize) {
        let (date, (doc, words)) = (self.dates[at], self.waiting[at]);
        // Without words the date itself is the score; it is small enough to be exact.
        let score = if self.by_words { words * date_boost(date) } else { date as f32 };
        let full = self.best.len() == self.keep;
        if full && self.best.peek().is_none_or(|worst| worst.0.score > score) {
            return;
        }
        let address = DocAddress::new(self.segment, doc);
        self.best.push(Reverse(Candidate { score, date, address }));
        if full {
            self.best.pop();
        }
    }
}

fn load(column: &dyn ColumnValues<u64>, docs: &[DocId], values: &mut Vec<u64>) {
    values.resize(docs.len(), 0);
    column.get_vals(docs, values);
}

impl SegmentCollector for SegmentPass {
    type Fruit = tantivy::Result<Tally>;

    fn collect(&mut self, doc: DocId, score: Score) {
        self.waiting.push((doc, score));
        if self.waiting.len() == BLOCK {
            self.look_up();
        }
    }

    fn harvest(mut self) -> tantivy::Result<Tally> {
        self.look_up();
        let mut facets = Vec::with_capacity(FACETS.len());
        for column in self.columns.facets {
            facets.push(column.named()?);
        }
        Ok(Tally {
            total: self.total,
            on_site: self.on_site,
            facets: facets.try_into().unwrap_or_default(),
            best: self.best.into_iter().map(|candidate| candidate.0).collect(),
        })
    }
}
