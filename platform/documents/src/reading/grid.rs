//! From cells that span rows and columns to a grid with a cell in every place.

use crate::reading::{Cell, MOST_CELLS, Row, Unreadable};

/// The widest row that is kept; wider tables are no tables of text.
pub(super) const MOST_COLUMNS: usize = 1_000;

/// How a cell stands in its row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Span {
    pub(super) rows: usize,
    pub(super) columns: usize,
    /// The cell is stated to continue the one above (Word).
    pub(super) continues: bool,
}

impl Default for Span {
    fn default() -> Self {
        Self { rows: 1, columns: 1, continues: false }
    }
}

/// Builds a grid row by row.
#[derive(Debug, Default)]
pub(super) struct GridBuilder {
    rows: Vec<(Row, bool)>,
    /// For each column, for how many further rows the cell above reaches down.
    pending: Vec<usize>,
    current: Vec<Cell>,
    hidden: bool,
    number: usize,
    cells: usize,
}

impl GridBuilder {
    pub(super) fn start_row(&mut self, hidden: bool) {
        self.number += 1;
        self.hidden = hidden;
    }

    /// The places at the row's start that have no cell at all (Word's gridBefore).
    pub(super) fn skip_columns(&mut self, columns: usize) {
        for _ in 0..columns.min(MOST_COLUMNS) {
            self.place(Cell::Text(String::new()), Span::default());
        }
    }

    pub(super) fn place(&mut self, cell: Cell, span: Span) {
        self.fill();
        let start = self.current.len();
        if start >= MOST_COLUMNS {
            return;
        }
        let columns = span.columns.clamp(1, MOST_COLUMNS - start);
        let first = if span.continues { Cell::Above } else { cell };
        for at in start..start + columns {
            let beside = if span.continues { Cell::Above } else { Cell::Left };
            self.current.push(if at == start { first.clone() } else { beside });
            self.reach(at, span.rows.clamp(1, 100_000) - 1);
        }
    }

    fn reach(&mut self, column: usize, rows: usize) {
        if rows == 0 {
            return;
        }
        if self.pending.len() <= column {
            self.pending.resize(column + 1, 0);
        }
        // the row under way takes one off again when it ends
        self.pending[column] = rows + 1;
    }

    /// Fills the places that a cell above reaches into.
    fn fill(&mut self) {
        while self.pending.get(self.current.len()).is_some_and(|rows| *rows > 0) {
            self.current.push(Cell::Above);
        }
    }

    pub(super) fn end_row(&mut self, place: &str) -> Result<(), Unreadable> {
        self.fill();
        self.pending.iter_mut().for_each(|rows| *rows = rows.saturating_sub(1));
        let cells = std::mem::take(&mut self.current);
        self.cells += cells.len();
        if self.cells > MOST_CELLS {
            return Err(Unreadable::TooManyCells { place: place.to_owned() });
        }
        self.rows.push((Row { number: self.number, cells }, self.hidden));
        Ok(())
    }

    /// Whether any row so far has that many cells.
    pub(super) fn has_row_of(&self, cells: usize) -> bool {
        self.current.len() >= cells || self.rows.iter().any(|(row, _)| row.cells.len() >= cells)
    }

    /// Whether there are no more cells than that.
    pub(super) fn has_at_most(&self, cells: usize) -> bool {
        self.cells + self.current.len() <= cells
    }

    /// The text of all cells, in order, for a table that turns out to be mere layout.
    pub(super) fn into_text(self) -> Vec<String> {
        let rows = self.rows.into_iter().filter(|(_, hidden)| !hidden).map(|(row, _)| row.cells);
        rows.chain([self.current])
            .flatten()
            .filter_map(|cell| match cell {
                Cell::Text(text) if !text.trim().is_empty() => Some(text),
                _ => None,
            })
            .collect()
    }

    pub(super) fn finish(self) -> Vec<Row> {
        drop_hidden(self.rows)
    }
}

/// Leaves hidden rows out. A merged cell that starts in one is taken over by the next visible row.
pub(super) fn drop_hidden(rows: Vec<(Row, bool)>) -> Vec<Row> {
    let mut taken_over: Vec<Option<Cell>> = Vec::new();
    let mut visible = Vec::with_capacity(rows.len());
    for (mut row, hidden) in rows {
        if taken_over.len() < row.cells.len() {
            taken_over.resize(row.cells.len(), None);
        }
        for (cell, over) in row.cells.iter_mut().zip(&mut taken_over) {
            match (&cell, hidden) {
                (Cell::Above, true) => {}
                (_, true) => *over = Some(cell.clone()),
                (Cell::Above, false) => {
                    if let Some(over) = over.take() {
                        *cell = over;
                    }
                }
                (_, false) => *over = None,
            }
        }
        if !hidden {
            visible.push(row);
        }
    }
    visible
}

/// Whether any cell has text.
pub(super) fn has_text(rows: &[Row]) -> bool {
    rows.iter()
        .flat_map(|row| &row.cells)
        .any(|cell| matches!(cell, Cell::Text(text) if !text.trim().is_empty()))
}

#[cfg(test)]
mod tests {
    use super::{GridBuilder, Span};
    use crate::reading::Cell;

    fn span(rows: usize, columns: usize) -> Span {
        Span { rows, columns, continues: false }
    }

    fn drawn(rows: &[crate::reading::Row]) -> Vec<String> {
        let mark = |cell: &Cell| match cell {
            Cell::Text(text) => text.clone(),
            Cell::Above => "^".into(),
            Cell::Left => "<".into(),
        };
        rows.iter().map(|row| row.cells.iter().map(mark).collect::<Vec<_>>().join(" ")).collect()
    }

    /// A cell: its text, and how many rows and columns it spans.
    type Laid = (&'static str, usize, usize);

    /// Draws rows, each with whether it is hidden.
    fn build(rows: &[(bool, &[Laid])]) -> Vec<String> {
        let mut grid = GridBuilder::default();
        for (hidden, cells) in rows {
            grid.start_row(*hidden);
            for (text, down, right) in *cells {
                grid.place(Cell::Text((*text).into()), span(*down, *right));
            }
            grid.end_row("").expect("a small grid");
        }
        drawn(&grid.finish())
    }

    #[test]
    fn spans_fill_the_places_they_cover() {
        let grid = build(&[
            (false, &[("a", 2, 1), ("b", 1, 2), ("c", 3, 1)]),
            (false, &[("d", 1, 1), ("e", 1, 1)]),
            (false, &[("f", 1, 3)]),
        ]);
        assert_eq!(grid, ["a b < c", "^ d e ^", "f < < ^"]);
    }

    #[test]
    fn a_merged_cell_that_starts_in_a_hidden_row_is_seen_in_the_next() {
        let grid = build(&[
            (true, &[("a", 3, 1), ("old", 1, 1)]),
            (false, &[("b", 1, 1)]),
            (false, &[("c", 1, 1)]),
        ]);
        assert_eq!(grid, ["a b", "^ c"]);
    }
}
