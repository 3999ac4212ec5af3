//! The columns a search counts and filters by: facets, divisions and dates of each document.
//!
//! They are unpacked once for each segment and kept, 28 bytes for a document: a frequent word is in
//! every document, and looking five facets up in packed columns was most of such a search.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::{Arc, Mutex, PoisonError};

use tantivy::columnar::StrColumn;
use tantivy::index::SegmentId;
use tantivy::{Searcher, SegmentReader, TantivyError};

use crate::Query;
use crate::document::{date_rank, own_key};
use crate::fields::{DATE, DIVISION, FACETS};

/// How many documents have each value of a facet.
pub(crate) type Counts = BTreeMap<String, u64>;

/// What the person narrowed the search to.
#[derive(Debug, Clone, Default)]
pub(crate) struct Filters {
    /// A prefix of division codes, ending at the border of a level.
    pub division: Option<String>,
    /// The key of the documents that stay on their own site.
    pub own: Option<String>,
    /// For each of `FACETS`, the values allowed; none means all.
    pub allowed: [Vec<String>; 5],
    /// The first and the last date allowed, as ranked; none where none was named.
    pub dates: Option<(u32, u32)>,
}

impl Filters {
    pub fn of(query: &Query) -> Self {
        let one = |value: &Option<String>| value.iter().cloned().collect();
        Self {
            division: query.division_prefix.as_deref().map(subtree),
            own: query
                .own_division
                .as_ref()
                .or(query.division_prefix.as_ref())
                .map(|code| own_key(code)),
            allowed: [
                query.kinds.clone(),
                one(&query.domain),
                one(&query.organ),
                query.year.iter().map(ToString::to_string).collect(),
                one(&query.validity),
            ],
            dates: dates(query),
        }
    }

    /// A whole site, not narrowed down.
    pub fn site(division: Option<&str>) -> Self {
        Self { division: division.map(subtree), own: division.map(own_key), ..Self::default() }
    }
}

/// The dates a question is narrowed to. What bears no date has rank 0 and is in no range.
fn dates(query: &Query) -> Option<(u32, u32)> {
    let rank = |date: &Option<String>| date.as_deref().map(|date| narrow(date_rank(Some(date))));
    match (rank(&query.from), rank(&query.to)) {
        (None, None) => None,
        (from, to) => Some((from.unwrap_or(1).max(1), to.unwrap_or(u32::MAX))),
    }
}

/// The part of a division's code that all divisions below it share: 350200000000 is 3502. Codes
/// grow by 2, 2, 2, 3 and 3 digits (GB/T 2260 and the statistical codes below it).
fn subtree(code: &str) -> String {
    let bare = code.trim_end_matches('0');
    let length = [0, 2, 4, 6, 9, 12].into_iter().find(|level| *level >= bare.len());
    format!("{bare:0<width$}", width = length.unwrap_or(bare.len()))
}

/// What one document counts for; places are those in the lists of `SegmentColumns`.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Row {
    /// In the order of `FACETS`.
    pub facets: [u32; 5],
    pub division: u32,
    pub date: u32,
}

/// The columns of one segment.
pub(crate) struct SegmentColumns {
    segment: SegmentId,
    /// By document.
    pub rows: Vec<Row>,
    /// The values of each facet, in ascending order.
    pub values: [Vec<String>; 5],
    divisions: Vec<String>,
}

impl SegmentColumns {
    fn load(reader: &SegmentReader) -> tantivy::Result<Self> {
        let mut rows = vec![Row::default(); reader.max_doc() as usize];
        let mut values: [Vec<String>; 5] = Default::default();
        for (at, name) in FACETS.iter().enumerate() {
            values[at] = unpack(reader, name, &mut rows, |row| &mut row.facets[at])?;
        }
        let divisions = unpack(reader, DIVISION, &mut rows, |row| &mut row.division)?;
        let dates = reader.fast_fields().u64(DATE)?;
        for (doc, row) in (0..).zip(&mut rows) {
            row.date = narrow(dates.first(doc).unwrap_or(0));
        }
        Ok(Self { segment: reader.segment_id(), rows, values, divisions })
    }

    /// 类型 of a document.
    pub fn kind(&self, doc: u32) -> Option<&str> {
        let row = self.rows.get(doc as usize)?;
        self.values[0].get(row.facets[0] as usize).map(String::as_str)
    }

    /// For each facet which of its values are allowed; an empty list allows all.
    pub fn allowed(&self, filters: &Filters) -> [Vec<bool>; 5] {
        let mut masks: [Vec<bool>; 5] = Default::default();
        for ((mask, values), allowed) in masks.iter_mut().zip(&self.values).zip(&filters.allowed) {
            if !allowed.is_empty() {
                mask.extend(values.iter().map(|value| allowed.contains(value)));
            }
        }
        masks
    }

    /// The divisions of the site, which are neighbours in their order, and its own documents.
    pub fn site(&self, filters: &Filters) -> Shown {
        let Some(prefix) = &filters.division else {
            return Shown { below: 0..u32::MAX, own: None };
        };
        let own = filters.own.as_ref().and_then(|key| self.divisions.binary_search(key).ok());
        let first = self.divisions.partition_point(|division| division < prefix);
        let inside = self.divisions[first..]
            .partition_point(|division| division.starts_with(prefix.as_str()));
        let below = narrow(first as u64)..narrow((first + inside) as u64);
        Shown { below, own: own.map(|at| narrow(at as u64)) }
    }
}

/// Whose documents a site shows, by their places in the list of divisions.
#[derive(Debug, Clone)]
pub(crate) struct Shown {
    below: Range<u32>,
    own: Option<u32>,
}

impl Shown {
    /// Whether a document of this division is shown.
    pub fn holds(&self, division: u32) -> bool {
        self.below.contains(&division) || self.own == Some(division)
    }
}

/// Writes a text column into the rows as places in the list of its values, which it returns.
fn unpack(
    reader: &SegmentReader,
    name: &str,
    rows: &mut [Row],
    cell: impl Fn(&mut Row) -> &mut u32,
) -> tantivy::Result<Vec<String>> {
    let missing = || TantivyError::SchemaError(format!("no column {name}"));
    let column: StrColumn = reader.fast_fields().str(name)?.ok_or_else(missing)?;
    for (doc, row) in (0..).zip(rows) {
        *cell(row) = narrow(column.ords().first(doc).unwrap_or(0));
    }
    let mut values = Vec::with_capacity(column.num_terms());
    let mut stream = column.dictionary().stream()?;
    while stream.advance() {
        values.push(String::from_utf8_lossy(stream.key()).into_owned());
    }
    Ok(values)
}

/// A segment has fewer than 2^31 documents, and so fewer values.
fn narrow(number: u64) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

/// The columns of every segment of a searcher, in its order.
pub(crate) type Unpacked = Arc<Vec<Arc<SegmentColumns>>>;

/// The columns last unpacked, and of which generation of the index.
#[derive(Default)]
pub(crate) struct ColumnStore(Mutex<(Option<u64>, Unpacked)>);

impl ColumnStore {
    /// The columns for this searcher; only segments not seen before are unpacked.
    pub fn of(&self, searcher: &Searcher) -> tantivy::Result<Unpacked> {
        let generation = searcher.generation().generation_id();
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.0 != Some(generation) {
            let mut columns = Vec::new();
            for reader in searcher.segment_readers() {
                let known = kept.1.iter().find(|columns| columns.segment == reader.segment_id());
                columns.push(match known {
                    Some(known) => Arc::clone(known),
                    None => Arc::new(SegmentColumns::load(reader)?),
                });
            }
            *kept = (Some(generation), Arc::new(columns));
        }
        Ok(Arc::clone(&kept.1))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_subtree_ends_at_the_border_of_a_level() {
        for (code, prefix) in [
            ("350200000000", "3502"),
            ("3502", "3502"),
            ("350210000000", "350210"),
            ("35021", "350210"),
            ("350203001000", "350203001"),
            ("350203010000", "350203010"),
            ("350203001010", "350203001010"),
            ("350000000000", "35"),
            ("000000000000", ""),
            ("", ""),
        ] {
            assert_eq!(subtree(code), prefix, "{code}");
        }
    }
}
