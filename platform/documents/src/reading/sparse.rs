//! A worksheet's cells as a map, and from there to a grid no larger than its text.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};

use crate::reading::grid::{MOST_COLUMNS, drop_hidden};
use crate::reading::{Cell, MOST_CELLS, Row, Unreadable};

/// A merged region, both ends included, from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Region {
    pub(super) top: usize,
    pub(super) left: usize,
    pub(super) bottom: usize,
    pub(super) right: usize,
}

/// The cells of a worksheet.
#[derive(Debug, Default)]
pub(super) struct Sparse {
    texts: BTreeMap<(usize, usize), String>,
    merged: Vec<Region>,
    hidden_rows: BTreeSet<usize>,
    hidden_columns: Vec<(usize, usize)>,
    seen: usize,
}

impl Sparse {
    /// Puts a text in its place; empty ones only count.
    pub(super) fn put(
        &mut self,
        row: usize,
        column: usize,
        text: String,
        sheet: &str,
    ) -> Result<(), Unreadable> {
        self.seen += 1;
        if self.seen > MOST_CELLS {
            return Err(too_many(sheet));
        }
        if !text.trim().is_empty() && row > 0 && (1..=MOST_COLUMNS).contains(&column) {
            self.texts.insert((row, column), text);
        }
        Ok(())
    }

    pub(super) fn hide_row(&mut self, row: usize) {
        self.hidden_rows.insert(row);
    }

    pub(super) fn hide_columns(&mut self, from: usize, to: usize) {
        self.hidden_columns.push((from, to.min(MOST_COLUMNS)));
    }

    pub(super) fn merge(&mut self, region: Region) {
        if self.merged.len() < MOST_CELLS && region.top > 0 && region.left > 0 {
            self.merged.push(region);
        }
    }

    /// The visible rows from the first with text to the last.
    pub(super) fn into_rows(self, sheet: &str) -> Result<Vec<Row>, Unreadable> {
        let Some(((last, _), _)) = self.texts.last_key_value() else {
            return Ok(Vec::new());
        };
        let last = *last;
        let width = self.texts.keys().map(|(_, column)| *column).max().unwrap_or(0);
        let mut dense = Dense { rows: BTreeMap::new(), width, sheet };
        for ((row, column), text) in self.texts {
            if let Some(cell) = dense.row(row)?.get_mut(column - 1) {
                *cell = Cell::Text(crate::reading::assemble::tidy(&text));
            }
        }
        dense.merge(&self.merged, last)?;
        let rows = dense.rows.into_iter().map(|(number, cells)| {
            let hidden = self.hidden_rows.contains(&number);
            (Row { number, cells: without(cells, &self.hidden_columns) }, hidden)
        });
        Ok(drop_hidden(rows.collect()))
    }
}

/// The rows that have text or lie in a merged region, each with all its places.
struct Dense<'sheet> {
    rows: BTreeMap<usize, Vec<Cell>>,
    width: usize,
    sheet: &'sheet str,
}

impl Dense<'_> {
    fn row(&mut self, row: usize) -> Result<&mut Vec<Cell>, Unreadable> {
        let places = (self.rows.len() + 1) * self.width;
        match self.rows.entry(row) {
            Entry::Occupied(there) => Ok(there.into_mut()),
            Entry::Vacant(_) if places > MOST_CELLS => Err(too_many(self.sheet)),
            Entry::Vacant(free) => Ok(free.insert(vec![Cell::Text(String::new()); self.width])),
        }
    }

    /// Marks what the merged regions cover, down to the last row with text.
    fn merge(&mut self, regions: &[Region], last: usize) -> Result<(), Unreadable> {
        let mut covered = 0;
        let within = |region: &&Region| region.top <= last && region.left <= self.width;
        for region in regions.iter().filter(within).copied().collect::<Vec<_>>() {
            let (bottom, right) = (region.bottom.min(last), region.right.min(self.width));
            covered += (bottom - region.top + 1) * (right - region.left + 1);
            if covered > MOST_CELLS {
                return Err(too_many(self.sheet));
            }
            for row in region.top..=bottom {
                cover(self.row(row)?, row == region.top, region.left, right);
            }
        }
        Ok(())
    }
}

/// Marks the places of one row that a merged region covers.
fn cover(cells: &mut [Cell], is_top: bool, left: usize, right: usize) {
    for (at, cell) in cells.iter_mut().enumerate().take(right).skip(left - 1) {
        if !is_top {
            *cell = Cell::Above;
        } else if at >= left {
            *cell = Cell::Left;
        }
    }
}

/// Leaves hidden columns out. A merged cell that starts in one shows in the next.
fn without(cells: Vec<Cell>, hidden: &[(usize, usize)]) -> Vec<Cell> {
    if hidden.is_empty() {
        return cells;
    }
    let mut taken_over: Option<Cell> = None;
    let mut visible = Vec::with_capacity(cells.len());
    for (at, cell) in cells.into_iter().enumerate() {
        let is_hidden = hidden.iter().any(|(from, to)| (*from..=*to).contains(&(at + 1)));
        match (cell, is_hidden) {
            (Cell::Left, true) => {}
            (cell, true) => taken_over = Some(cell),
            (Cell::Left, false) => visible.push(taken_over.take().unwrap_or(Cell::Left)),
            (cell, false) => {
                taken_over = None;
                visible.push(cell);
            }
        }
    }
    visible
}

fn too_many(sheet: &str) -> Unreadable {
    Unreadable::TooManyCells { place: format!("工作表“{sheet}”") }
}
