//! Workbooks in XML of 2003, mostly found under the name `.xls`.

use crate::reading::sparse::{Region, Sparse};
use crate::reading::xml::{Attributes, Piece, each};
use crate::reading::{Sheet, Spans, Unreadable};

const PART: &str = "XML工作簿";

/// The visible worksheets with text.
pub(super) fn read(text: &str) -> Result<Vec<Sheet>, Unreadable> {
    let mut book = Book::default();
    each(PART, text.as_bytes(), |piece| {
        match piece {
            Piece::Start(tag, attributes) => book.start(tag, attributes),
            Piece::End(tag) => book.end(tag)?,
            Piece::Text(text) if book.in_data => book.value.push_str(text),
            Piece::Text(text) if book.in_visible => book.visible.push_str(text),
            Piece::Text(_) => {}
        }
        Ok(())
    })?;
    Ok(book.sheets)
}

#[derive(Default)]
struct Book {
    sheets: Vec<Sheet>,
    name: String,
    cells: Sparse,
    row: usize,
    column: usize,
    /// How many further columns the cell covers.
    across: usize,
    value: String,
    in_data: bool,
    in_visible: bool,
    visible: String,
}

impl Book {
    fn start(&mut self, tag: &str, attributes: &Attributes<'_>) {
        match tag {
            "Worksheet" => {
                self.name = attributes.get("Name").unwrap_or_default();
                self.cells = Sparse::default();
                self.visible.clear();
                self.row = 0;
            }
            "Visible" => self.in_visible = true,
            "Row" => {
                self.row = attributes.number("Index").unwrap_or(self.row + 1);
                (self.column, self.across) = (0, 0);
                if attributes.is_on("Hidden") {
                    self.cells.hide_row(self.row);
                }
            }
            "Cell" => self.start_cell(attributes),
            "Data" => self.in_data = true,
            _ => {}
        }
    }

    fn start_cell(&mut self, attributes: &Attributes<'_>) {
        let next = self.column + self.across + 1;
        self.column = attributes.number("Index").unwrap_or(next);
        self.across = attributes.number("MergeAcross").unwrap_or(0).min(16_384);
        let down = attributes.number("MergeDown").unwrap_or(0).min(1_048_576);
        if self.across + down > 0 {
            self.cells.merge(Region {
                top: self.row,
                left: self.column,
                bottom: self.row.saturating_add(down),
                right: self.column.saturating_add(self.across),
            });
        }
        self.value.clear();
    }

    fn end(&mut self, tag: &str) -> Result<(), Unreadable> {
        match tag {
            "Data" => self.in_data = false,
            "Visible" => self.in_visible = false,
            "Cell" if self.row > 0 && self.column > 0 => {
                let text = std::mem::take(&mut self.value);
                self.cells.put(self.row, self.column, text, &self.name)?;
            }
            "Row" if self.row > 1_048_576 => {
                return Err(Unreadable::TooManyCells {
                    place: format!("工作表“{}”", self.name)
                });
            }
            "Worksheet" => {
                let rows = std::mem::take(&mut self.cells).into_rows(&self.name)?;
                let is_hidden = self.visible.contains("SheetHidden")
                    || self.visible.contains("SheetVeryHidden");
                if !is_hidden && crate::reading::grid::has_text(&rows) {
                    let name = Some(std::mem::take(&mut self.name));
                    self.sheets.push(Sheet {
                        name,
                        before: Vec::new(),
                        rows,
                        spans: Spans::Stated,
                    });
                }
            }
            _ => {}
        }
        Ok(())
    }
}
