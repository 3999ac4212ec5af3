//! The neutral form in which tables reach the reader, whatever file they came from.

/// A table with what stands around it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sheet {
    /// The worksheet's name, where there are worksheets.
    pub name: Option<String>,
    /// The lines of text between the table before and this one, in order.
    pub before: Vec<String>,
    /// The rows, hidden ones left out.
    pub rows: Vec<Row>,
    /// Whether the source can say that cells are merged.
    pub spans: Spans,
}

/// What the source says of merged cells.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Spans {
    /// Merged cells are stated: HTML, worksheets, documents.
    #[default]
    Stated,
    /// Merging was lost: an empty cell, or none at all, stands under a merged one (CSV, pasted text).
    Lost,
}

/// One row of a table.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Row {
    /// The row of the worksheet, of the table, or the line of the text, from 1.
    pub number: usize,
    /// The cells from the left, one for each column of the grid.
    pub cells: Vec<Cell>,
}

/// One place of the grid.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cell {
    /// The cell's own text; empty for an empty cell.
    Text(String),
    /// Part of the merged cell above.
    Above,
    /// Part of the merged cell to the left.
    Left,
}

impl Cell {
    /// The cell's own text, if it is not a part of another.
    pub fn text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            Self::Above | Self::Left => None,
        }
    }

    /// The cell's own text, if there is any.
    pub fn words(&self) -> Option<&str> {
        self.text().map(str::trim).filter(|text| !text.is_empty())
    }
}

impl Row {
    /// The places with text of their own.
    pub fn words(&self) -> impl Iterator<Item = (usize, &str)> {
        self.cells.iter().enumerate().filter_map(|(at, cell)| Some((at, cell.words()?)))
    }

    /// The only text in the row, if there is exactly one.
    pub fn lone_text(&self) -> Option<&str> {
        let mut words = self.words();
        let first = words.next()?.1;
        words.next().is_none().then_some(first)
    }

    /// Whether nothing stands in the row, neither text nor a part of a merged cell.
    pub fn is_blank(&self) -> bool {
        self.words().next().is_none()
    }
}

impl Sheet {
    /// The number of columns of the widest row.
    pub fn width(&self) -> usize {
        self.rows.iter().map(|row| row.cells.len()).max().unwrap_or(0)
    }
}
