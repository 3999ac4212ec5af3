//! The places of a table that hold values, each with the labels to its left and above it.
//!
//! Neither rows nor columns are counted: a value belongs to the run of labels that it meets first on its
//! way to the left, and to the run that it meets first on its way up. So merged, repeated and transposed
//! headers all read alike.

use super::grid::Grid;
use super::value::{Value, value};
use super::words;

/// A place that holds a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct ValuePlace {
    /// Its row in the grid.
    pub(super) row: usize,
    /// Its column.
    pub(super) column: usize,
    /// What it shows; nothing where it is only covered by a merged cell.
    pub(super) value: Option<Value>,
    /// The labels to its left, the nearest first.
    pub(super) left: Vec<usize>,
    /// The labels above, the nearest first.
    pub(super) above: Vec<usize>,
    /// The labels further to the left, before another value.
    pub(super) before: Vec<usize>,
    /// The row ended before it: nothing is there but the room of wider rows.
    pub(super) missing: bool,
}

impl ValuePlace {
    /// The labels to its left, the nearest first, also those before another value.
    pub(super) fn labels(&self) -> impl Iterator<Item = usize> {
        self.left.iter().chain(&self.before).copied()
    }
}

/// More labels one over another no form has.
const DEEPEST: usize = 6;

/// A run of labels on the way.
#[derive(Debug, Clone, Default)]
struct Run {
    /// The nearest first.
    labels: Vec<usize>,
    open: bool,
}

impl Run {
    fn label(&mut self, owner: usize) {
        if !self.open {
            self.labels.clear();
        }
        self.open = true;
        if self.labels.first() != Some(&owner) {
            self.labels.insert(0, owner);
            self.labels.truncate(DEEPEST);
        }
    }

    const fn close(&mut self) {
        self.open = false;
    }
}

/// The values of a table with their labels.
pub(super) fn places(grid: &Grid) -> Vec<ValuePlace> {
    let mut above = vec![Run::default(); grid.width()];
    let mut found = Vec::new();
    for row in 0..grid.height() {
        let label = label_of_numbers(grid, row);
        let banner = is_banner(grid, row);
        let mut left = Run::default();
        let mut before: Vec<usize> = Vec::new();
        for (column, above) in above.iter_mut().enumerate() {
            let owner = grid.owner(row, column);
            let shown = value(&grid.cell(owner).raw);
            let headed = || above.labels.iter().any(|owner| is_header(&grid.cell(*owner).plain));
            let own = &grid.cell(owner).plain;
            let unreadable =
                label.is_some_and(|label| column > label) && !is_header(own) && headed();
            match shown {
                None if !unreadable => {
                    if !left.open {
                        before.splice(0..0, left.labels.iter().copied());
                        before.truncate(DEEPEST);
                    }
                    left.label(owner);
                    if banner { above.close() } else { above.label(owner) }
                }
                shown => {
                    left.close();
                    above.close();
                    let value = shown.or_else(|| Some(unread(&grid.cell(owner).plain)));
                    found.push(ValuePlace {
                        row,
                        column,
                        value: value.filter(|_| grid.begins(row, column)),
                        left: left.labels.clone(),
                        above: above.labels.clone(),
                        before: before.clone(),
                        missing: grid.cell(owner).missing,
                    });
                }
            }
        }
    }
    found
}

/// Whether a row says nothing but one thing over several columns: that is no header of any of them.
fn is_banner(grid: &Grid, row: usize) -> bool {
    let said = |column: &usize| !grid.cell(grid.owner(row, *column)).plain.is_empty();
    let columns = (0..grid.width()).filter(said).count();
    let begins = (0..grid.width()).find(said) == Some(0);
    grid.width() > 2 && grid.said(row).len() == 1 && (columns > 1 || begins)
}

/// The last label of a row that has numbers behind it: words behind it, under a header, are wrong values.
fn label_of_numbers(grid: &Grid, row: usize) -> Option<usize> {
    let known = |column: &usize| {
        let plain = &grid.cell(grid.owner(row, *column)).plain;
        words::row(plain).is_some() || words::content(plain).is_some()
    };
    let label = (0..grid.width()).rev().find(known)?;
    let has_number = (label + 1..grid.width()).any(|column| {
        let raw = &grid.cell(grid.owner(row, column)).raw;
        !raw.is_empty() && value(raw).is_some()
    });
    has_number.then_some(label)
}

fn is_header(plain: &str) -> bool {
    words::column(plain).is_some() || words::measure(plain).is_some()
}

fn unread(words: &str) -> Value {
    let cell = reports_rules::Cell::Unreadable(words.to_owned());
    Value { cell, note: Some("写的是文字，不是数，照原样记下"), unit: None }
}
