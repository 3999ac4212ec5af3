//! Going once through all documents that match: counting them, counting the facets, and keeping
//! the best as candidates for ranking.
//!
//! Filters are looked up while counting, not searched for: only so can each facet be counted as
//! if its own filter were not set.

use std::cmp::{Ordering, Reverse};
use std::collections::BinaryHeap;
use std::sync::Arc;

use tantivy::collector::{Collector, SegmentCollector};
use tantivy::{DocAddress, DocId, Score, SegmentOrdinal, SegmentReader, TantivyError};

use crate::columns::{Counts, Filters, Row, SegmentColumns, Shown, Unpacked};
use crate::document::date_boost;

/// A document that may be shown.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Candidate {
    pub score: f32,
    pub date: u32,
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
    /// The columns of the searcher that is asked.
    pub columns: &'a Unpacked,
    pub filters: &'a Filters,
    /// How many candidates to keep.
    pub keep: usize,
    /// Score by the words; otherwise by date alone, which is several times faster.
    pub by_words: bool,
    /// Count the facets; not needed where only candidates are wanted.
    pub facets: bool,
}

impl Collector for Pass<'_> {
    type Fruit = Tally;
    type Child = SegmentPass;

    fn for_segment(
        &self,
        segment: SegmentOrdinal,
        _: &SegmentReader,
    ) -> tantivy::Result<SegmentPass> {
        let missing = || TantivyError::InternalError("columns of another searcher".to_owned());
        let columns = self.columns.get(segment as usize).map(Arc::clone).ok_or_else(missing)?;
        Ok(SegmentPass {
            segment,
            site: columns.site(self.filters),
            dates: self.filters.dates,
            allowed: columns.allowed(self.filters),
            unfiltered: self.filters.allowed.iter().all(Vec::is_empty),
            counts: columns.values.each_ref().map(|values| vec![0; values.len()]),
            columns,
            keep: self.keep,
            by_words: self.by_words,
            facets: self.facets,
            total: 0,
            on_site: 0,
            best: BinaryHeap::with_capacity(self.keep + 1),
        })
    }

    fn requires_scoring(&self) -> bool {
        self.by_words
    }

    fn merge_fruits(&self, parts: Vec<Tally>) -> tantivy::Result<Tally> {
        let mut whole = Tally::default();
        for part in parts {
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

/// The pass through one segment.
pub(crate) struct SegmentPass {
    segment: SegmentOrdinal,
    columns: Arc<SegmentColumns>,
    /// The divisions shown.
    site: Shown,
    /// The first and the last date shown.
    dates: Option<(u32, u32)>,
    /// For each facet which values are allowed; empty when all are.
    allowed: [Vec<bool>; 5],
    unfiltered: bool,
    counts: [Vec<u64>; 5],
    keep: usize,
    by_words: bool,
    facets: bool,
    total: u64,
    on_site: u64,
    /// The worst kept candidate is on top.
    best: BinaryHeap<Reverse<Candidate>>,
}

impl SegmentPass {
    /// Counts a document in every facet whose *other* filters it passes; whether it passes all.
    fn count(&mut self, row: Row) -> bool {
        let refuses = |at: usize| {
            let allowed = &self.allowed[at];
            !allowed.is_empty() && !allowed.get(row.facets[at] as usize).copied().unwrap_or(false)
        };
        let refusals = if self.unfiltered { 0 } else { (0..5).filter(|at| refuses(*at)).count() };
        // Refused by one facet alone, it is counted in that one: choosing its value would show it.
        let only = (refusals == 1).then(|| (0..5).find(|at| refuses(*at))).flatten();
        if self.facets && refusals <= 1 {
            for at in 0..5 {
                if refusals == 0 || only == Some(at) {
                    self.counts[at][row.facets[at] as usize] += 1;
                }
            }
        }
        refusals == 0
    }

    fn offer(&mut self, doc: DocId, date: u32, words: Score) {
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

impl SegmentCollector for SegmentPass {
    type Fruit = Tally;

    fn collect(&mut self, doc: DocId, score: Score) {
        let row = self.columns.rows[doc as usize];
        if self.site.holds(row.division) {
            self.on_site += 1;
            let dated = self.dates.is_none_or(|(from, to)| (from..=to).contains(&row.date));
            if dated && self.count(row) {
                self.total += 1;
                self.offer(doc, row.date, score);
            }
        }
    }

    fn harvest(self) -> Tally {
        let mut facets: [Counts; 5] = Default::default();
        for ((named, counts), values) in
            facets.iter_mut().zip(self.counts).zip(&self.columns.values)
        {
            // Documents without a value are not shown in a facet.
            let shown = values.iter().zip(counts).filter(|(value, n)| *n > 0 && !value.is_empty());
            named.extend(shown.map(|(value, count)| (value.clone(), count)));
        }
        Tally {
            total: self.total,
            on_site: self.on_site,
            facets,
            best: self.best.into_iter().map(|candidate| candidate.0).collect(),
        }
    }
}
