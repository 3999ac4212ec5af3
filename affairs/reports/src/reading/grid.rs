//! A table as a grid in which every place knows the cell that covers it.

use std::collections::BTreeSet;

use documents::reading::{Cell, PICTURE, Row};

/// A cell with its text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Owner {
    /// As it stands.
    pub(super) raw: String,
    /// Without blanks and ornament, for comparing words.
    pub(super) plain: String,
    /// The row ended before it: the file has no such cell.
    pub(super) missing: bool,
}

/// A table.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Grid {
    owners: Vec<Owner>,
    /// For each row its number in the file, and for each place the cell that covers it.
    rows: Vec<(usize, Vec<usize>)>,
    /// Rows and columns have changed places.
    turned: bool,
}

/// So much of a cell is compared; no label is longer.
const LONGEST: usize = 2_000;

impl Grid {
    /// The grid of some rows of a table, each as wide as the widest.
    pub(super) fn of(rows: &[Row]) -> Self {
        let width = rows.iter().map(|row| row.cells.len()).max().unwrap_or_default();
        let mut grid = Self::default();
        for row in rows {
            let mut places: Vec<usize> = Vec::with_capacity(width);
            for column in 0..width {
                let above = grid.rows.last().and_then(|(_, above)| above.get(column).copied());
                let owner = match row.cells.get(column) {
                    Some(Cell::Text(text)) => grid.add(text),
                    Some(Cell::Above) => above.unwrap_or_else(|| grid.add("")),
                    Some(Cell::Left) => places.last().copied().unwrap_or_else(|| grid.add("")),
                    None => {
                        let owner = grid.add("");
                        grid.owners[owner].missing = true;
                        owner
                    }
                };
                places.push(owner);
            }
            grid.rows.push((row.number, places));
        }
        grid
    }

    fn add(&mut self, text: &str) -> usize {
        let raw = text.replace(PICTURE, "");
        let raw: String = raw.trim().chars().take(LONGEST).collect();
        self.owners.push(Owner { plain: plain(&raw), raw, missing: false });
        self.owners.len() - 1
    }

    /// How many rows.
    pub(super) fn height(&self) -> usize {
        self.rows.len()
    }

    /// How many columns.
    pub(super) fn width(&self) -> usize {
        self.rows.first().map_or(0, |(_, places)| places.len())
    }

    /// The number of the cell that covers a place.
    pub(super) fn owner(&self, row: usize, column: usize) -> usize {
        self.rows[row].1[column]
    }

    /// The cell of that number.
    pub(super) fn cell(&self, owner: usize) -> &Owner {
        &self.owners[owner]
    }

    /// Whether the cell that covers a place begins there.
    pub(super) fn begins(&self, row: usize, column: usize) -> bool {
        let owner = self.owner(row, column);
        (row == 0 || self.owner(row - 1, column) != owner)
            && (column == 0 || self.owner(row, column - 1) != owner)
    }

    /// The cells of a row that have text, each once.
    pub(super) fn said(&self, row: usize) -> Vec<&Owner> {
        let mut owners = self.rows[row].1.clone();
        owners.dedup();
        let owners = owners.into_iter().map(|owner| &self.owners[owner]);
        owners.filter(|owner| !owner.plain.is_empty()).collect()
    }

    /// Whether any cell's text is so.
    pub(super) fn any(&self, test: &dyn Fn(&str) -> bool) -> bool {
        self.owners.iter().any(|owner| test(&owner.plain))
    }

    /// Where a place is, in words.
    pub(super) fn place(&self, row: usize, column: usize) -> String {
        let (row, column) = if self.turned { (column, row) } else { (row, column) };
        let number = if self.turned { row + 1 } else { self.rows[row].0 };
        format!("第{number}行第{}格", column + 1)
    }

    /// The same table with nothing at some of its places.
    pub(super) fn emptied(&self, places: &BTreeSet<(usize, usize)>) -> Self {
        let mut grid = self.clone();
        for (row, column) in places {
            let owner = grid.add("");
            grid.owners[owner].missing = true;
            grid.rows[*row].1[*column] = owner;
        }
        grid
    }

    /// The same table with rows for columns.
    pub(super) fn turned(&self) -> Self {
        let column = |column: usize| {
            let places = self.rows.iter().map(|(_, places)| places[column]).collect();
            (column + 1, places)
        };
        let rows = (0..self.width()).map(column).collect();
        Self { owners: self.owners.clone(), rows, turned: !self.turned }
    }
}

/// A text for comparing words: half-width, composed forms taken apart, without blanks, quotes and what is
/// not seen.
pub(super) fn plain(text: &str) -> String {
    use unicode_normalization::UnicodeNormalization;
    let kept = |one: &char| {
        let nothing = matches!(
            *one,
            '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}'
                | '\u{fffc}' | '\u{ad}'
        );
        !one.is_whitespace() && !one.is_control() && !nothing && !"\"'“”‘’「」『』*".contains(*one)
    };
    text.nfkc().filter(kept).map(|one| if one == '○' || one == '〇' { '〇' } else { one }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(text: &str) -> Cell {
        Cell::Text(text.to_owned())
    }

    #[test]
    fn every_place_of_a_merged_cell_knows_its_text_also_when_the_table_is_turned() {
        let rows = [
            Row { number: 4, cells: vec![text("甲"), Cell::Left, text("乙")] },
            Row { number: 5, cells: vec![Cell::Above, Cell::Above, text("丙")] },
            Row { number: 7, cells: vec![text("丁")] },
        ];
        let grid = Grid::of(&rows);
        assert_eq!((grid.height(), grid.width()), (3, 3));
        assert_eq!(grid.cell(grid.owner(1, 1)).plain, "甲");
        assert!(grid.begins(0, 0) && !grid.begins(1, 1) && grid.begins(2, 2));
        assert_eq!(grid.place(2, 0), "第7行第1格");
        let turned = grid.turned();
        assert_eq!(turned.cell(turned.owner(2, 1)).plain, "丙");
        assert_eq!(turned.turned().cell(grid.owner(1, 2)).plain, "丙");
    }

    #[test]
    fn words_are_compared_without_width_blanks_and_quotes() {
        assert_eq!(plain("３．危及“三安全\u{3000}一稳定”\u{200b}"), "3.危及三安全一稳定");
        assert_eq!(plain("㈠ 予以\n公开"), "(一)予以公开");
    }
}
