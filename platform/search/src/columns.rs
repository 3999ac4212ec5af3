//! The columns a search counts and filters by: facets, divisions and dates of each document.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use tantivy::columnar::{Column, ColumnIndex, ColumnValues, StrColumn, TermOrdHit};
use tantivy::{DocId, SegmentReader, TantivyError};

use crate::Query;
use crate::fields::{DATE, DIVISION, FACETS};

/// How many documents have each value of a facet.
pub(crate) type Counts = BTreeMap<String, u64>;

/// What the person narrowed the search to.
#[derive(Debug, Clone, Default)]
pub(crate) struct Filters {
    /// A prefix of division codes, ending at the border of a level.
    pub division: Option<String>,
    /// For each of `FACETS`, the values allowed; none means all.
    pub allowed: [Vec<String>; 5],
}

impl Filters {
    pub fn of(query: &Query) -> Self {
        let one = |value: &Option<String>| value.iter().cloned().collect();
        Self {
            division: query.division_prefix.as_deref().map(subtree),
            allowed: [
                query.kinds.clone(),
                one(&query.domain),
                one(&query.organ),
                query.year.iter().map(ToString::to_string).collect(),
                one(&query.validity),
            ],
        }
    }

    /// A whole site, not narrowed down.
    pub fn site(division: Option<&str>) -> Self {
        Self { division: division.map(subtree), ..Self::default() }
    }
}

/// The part of a division's code that all divisions below it share: 350200000000 is 3502. Codes
/// grow by 2, 2, 2, 3 and 3 digits (GB/T 2260 and the statistical codes below it).
fn subtree(code: &str) -> String {
    let bare = code.trim_end_matches('0');
    let length = [0, 2, 4, 6, 9, 12].into_iter().find(|level| *level >= bare.len());
    format!("{bare:0<width$}", width = length.unwrap_or(bare.len()))
}

/// The columns of one segment, with the filters looked up in them.
pub(crate) struct Columns {
    /// Whether no facet is filtered.
    pub unfiltered: bool,
    /// In the order of `FACETS`.
    pub facets: Vec<FacetColumn>,
    /// None when every division is searched.
    pub division: Option<DivisionColumn>,
    pub dates: Arc<dyn ColumnValues<u64>>,
}

impl Columns {
    pub fn open(reader: &SegmentReader, filters: &Filters) -> tantivy::Result<Self> {
        let columns = reader.fast_fields();
        let text = |name: &str| {
            let missing = || TantivyError::SchemaError(format!("no column {name}"));
            columns.str(name)?.ok_or_else(missing)
        };
        let mut facets = Vec::with_capacity(FACETS.len());
        for (name, allowed) in FACETS.iter().zip(&filters.allowed) {
            facets.push(FacetColumn::open(text(name)?, allowed)?);
        }
        let division = match &filters.division {
            Some(prefix) => Some(DivisionColumn::open(text(DIVISION)?, prefix)?),
            None => None,
        };
        Ok(Self {
            unfiltered: filters.allowed.iter().all(Vec::is_empty),
            facets,
            division,
            dates: values(columns.u64(DATE)?),
        })
    }
}

/// A column's values by document. Every document has one, so the detour over which documents
/// lack a value is taken only if an index says otherwise.
fn values(column: Column<u64>) -> Arc<dyn ColumnValues<u64>> {
    match column.index {
        ColumnIndex::Full => column.values,
        _ => column.first_or_default_col(0),
    }
}

/// One facet's column.
pub(crate) struct FacetColumn {
    column: StrColumn,
    /// Each document's value, as its place in the column's dictionary.
    pub ords: Arc<dyn ColumnValues<u64>>,
    /// For each value whether it is allowed; empty when all are.
    allowed: Vec<bool>,
    counts: Vec<u64>,
}

impl FacetColumn {
    fn open(column: StrColumn, allowed: &[String]) -> tantivy::Result<Self> {
        let size = column.dictionary().num_terms();
        let mut mask = vec![false; if allowed.is_empty() { 0 } else { size.max(1) }];
        for value in allowed {
            if let Some(ord) = column.dictionary().term_ord(value)?
                && let Some(place) = mask.get_mut(place(ord))
            {
                *place = true;
            }
        }
        let ords = values(column.clone().into_parts().1);
        Ok(Self { ords, column, allowed: mask, counts: vec![0; size] })
    }

    pub fn allows(&self, ord: u64) -> bool {
        self.allowed.is_empty() || self.allowed.get(place(ord)).copied().unwrap_or(false)
    }

    pub fn count(&mut self, ord: u64) {
        if let Some(count) = self.counts.get_mut(place(ord)) {
            *count += 1;
        }
    }

    /// The counts by value; documents without a value are not shown in a facet.
    pub fn named(self) -> tantivy::Result<Counts> {
        let mut named = Counts::new();
        let mut values = self.column.dictionary().stream()?;
        for count in self.counts {
            if !values.advance() {
                break;
            }
            let value = String::from_utf8_lossy(values.key());
            if count > 0 && !value.is_empty() {
                named.insert(value.into_owned(), count);
            }
        }
        Ok(named)
    }
}

fn place(ord: u64) -> usize {
    usize::try_from(ord).unwrap_or(usize::MAX)
}

/// The column of divisions; those of a subtree are neighbours in its dictionary.
pub(crate) struct DivisionColumn {
    ords: Arc<dyn ColumnValues<u64>>,
    inside: Range<u64>,
}

impl DivisionColumn {
    fn open(column: StrColumn, prefix: &str) -> tantivy::Result<Self> {
        let (dictionary, ords) = column.into_parts();
        let first_from = |key: &[u8]| -> tantivy::Result<u64> {
            Ok(match dictionary.term_ord_or_next(key)? {
                TermOrdHit::Exact(ord) | TermOrdHit::Next(ord) => ord,
            })
        };
        let after: Vec<u8> = prefix.bytes().chain([0xff]).collect();
        let inside = first_from(prefix.as_bytes())?..first_from(&after)?;
        Ok(Self { ords: values(ords), inside })
    }

    pub fn holds(&self, doc: DocId) -> bool {
        self.inside.contains(&self.ords.get_val(doc))
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
