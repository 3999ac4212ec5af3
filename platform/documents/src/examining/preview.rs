//! 附件预览: what of a file is shown before it is fetched.

use serde::{Deserialize, Serialize};

use crate::reading::{Cell, Sheet};

/// The most tables that are shown of a file; these bounds are decisions of ours.
pub const MOST_TABLES: usize = 5;
/// The most rows that are shown of a table.
pub const MOST_ROWS: usize = 60;
/// The most columns that are shown of a table.
pub const MOST_COLUMNS: usize = 16;
/// The most letters that are shown of a cell.
pub const MOST_LETTERS: usize = 200;

/// What of a file is shown before it is fetched; the picture goes beside it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Preview {
    /// How many pages a PDF has; 0 for other kinds.
    pub pages: usize,
    /// The beginning of its tables.
    pub tables: Vec<PreviewTable>,
}

/// The beginning of a table.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PreviewTable {
    /// The worksheet's name; empty where it has none.
    pub name: String,
    /// Its first rows, each with as many cells; what a merged cell covers is empty.
    pub rows: Vec<Vec<String>>,
    /// Whether the file has more of it than is shown.
    pub is_cut: bool,
}

impl PreviewTable {
    /// The beginnings of the first tables.
    pub(crate) fn some_of(sheets: &[Sheet]) -> Vec<Self> {
        sheets.iter().take(MOST_TABLES).map(Self::of).collect()
    }

    fn of(sheet: &Sheet) -> Self {
        let shown = &sheet.rows[..sheet.rows.len().min(MOST_ROWS)];
        let widest = shown.iter().map(|row| row.cells.len()).max().unwrap_or_default();
        let columns = widest.min(MOST_COLUMNS);
        let mut is_cut = sheet.rows.len() > shown.len() || widest > columns;
        let mut rows = Vec::with_capacity(shown.len());
        for row in shown {
            let mut cells = Vec::with_capacity(columns);
            for at in 0..columns {
                let text = match row.cells.get(at) {
                    Some(Cell::Text(text)) => text.as_str(),
                    _ => "",
                };
                let cell: String = text.chars().take(MOST_LETTERS).collect();
                is_cut |= cell.len() < text.len();
                cells.push(cell);
            }
            rows.push(cells);
        }
        Self { name: sheet.name.clone().unwrap_or_default(), rows, is_cut }
    }
}
