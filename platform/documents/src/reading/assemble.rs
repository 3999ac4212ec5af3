//! Putting tables and the text around them together, from the events of a page or a document.
//!
//! Tables inside the cells of a layout table are tables of their own; the layout's text is text
//! around them. A table inside a cell of a table with data is part of that cell, unless tables are read
//! apart: then only one of a few cells is.

use crate::reading::grid::{GridBuilder, Span, has_text};
use crate::reading::{Cell, Sheet, Spans, Unreadable};

/// Tables nested deeper than this are read as text.
const DEEPEST: usize = 60;
/// A row of so many cells shows that a table holds data and not a page's layout.
const DATA_ROW: usize = 5;
/// Where tables are read apart, one inside a cell with no more cells than this is part of the cell.
const SMALL: usize = 3;

#[derive(Debug, Default)]
struct OpenTable {
    grid: GridBuilder,
    in_row: bool,
    cell: Option<(String, Span)>,
    is_layout: bool,
    /// Part of a cell of the table around it.
    is_inline: bool,
    is_hidden: bool,
    /// How long the text around was when its last cell ended: what follows is behind the table, if that is
    /// never closed.
    text_behind: Option<usize>,
}

/// Collects tables and lines of text.
#[derive(Debug, Default)]
pub(super) struct Assembler {
    open: Vec<OpenTable>,
    ignored: usize,
    flow: String,
    sheets: Vec<Sheet>,
    /// Every table is one of its own, however wide the row around it.
    apart: bool,
}

impl Assembler {
    /// Reads every table as one of its own, also inside a wide row; only tiny ones are part of their cell.
    pub(super) fn reading_apart(mut self) -> Self {
        self.apart = true;
        self
    }

    /// Text as it stands.
    pub(super) fn text(&mut self, text: &str) {
        self.sink().push_str(text);
    }

    /// A line ends here, unless one just has; blanks between paragraphs are none of the text.
    pub(super) fn end_line(&mut self) {
        let sink = self.sink();
        let len = sink.trim_end_matches(' ').len();
        if len == 0 || sink[..len].ends_with('\n') {
            sink.truncate(len);
        } else {
            sink.push('\n');
        }
    }

    /// Where text goes: the innermost open cell, or the text around the tables.
    fn sink(&mut self) -> &mut String {
        let at = self.open.iter().rposition(|table| !table.is_inline);
        match at.and_then(|at| {
            let table = &mut self.open[at];
            if table.is_layout { None } else { table.cell.as_mut() }
        }) {
            Some((text, _)) => text,
            None => &mut self.flow,
        }
    }

    /// A box with nothing in it, outside all cells.
    pub(super) fn empty_box(&mut self) {
        let in_cell = self.open.iter().any(|table| !table.is_layout && table.cell.is_some());
        if !in_cell {
            self.end_line();
            self.text(crate::reading::EMPTY_BOX);
        }
    }

    /// Whether another table begins where no cell is open: the one before was never closed.
    fn has_ended_unclosed(&self) -> bool {
        let last = self.open.last();
        last.is_some_and(|table| table.cell.is_none() && table.text_behind.is_some())
    }

    /// Ends a table that was never closed; the text since its last cell is text behind it.
    fn end_unclosed(&mut self) -> Result<(), Unreadable> {
        let behind = self.open.last().and_then(|table| table.text_behind);
        let mut at = behind.unwrap_or(self.flow.len()).min(self.flow.len());
        while !self.flow.is_char_boundary(at) {
            at += 1;
        }
        let behind = self.flow.split_off(at);
        let ended = self.end_table();
        self.flow.push_str(&behind);
        ended
    }

    pub(super) fn start_table(&mut self, is_hidden: bool) -> Result<(), Unreadable> {
        if self.open.len() >= DEEPEST {
            self.ignored += 1;
            return Ok(());
        }
        if self.apart && self.has_ended_unclosed() {
            self.end_unclosed()?;
        }
        let is_inline = !self.apart
            && self.open.last().is_some_and(|outer| {
                outer.is_inline
                    || (outer.cell.is_some() && !outer.is_layout && outer.grid.has_row_of(DATA_ROW))
            });
        if is_inline {
            self.end_line();
        } else if !self.apart {
            self.turn_into_layout();
        }
        self.open.push(OpenTable { is_inline, is_hidden, ..OpenTable::default() });
        Ok(())
    }

    /// The table around a new one holds no data: what was read of it is text around.
    fn turn_into_layout(&mut self) {
        if let Some(last) = self.open.len().checked_sub(1) {
            self.turn_one_into_layout(last);
        }
    }

    fn turn_one_into_layout(&mut self, at: usize) {
        let Some(outer) = self.open.get_mut(at).filter(|outer| !outer.is_layout) else {
            return;
        };
        outer.is_layout = true;
        let cell = outer.cell.as_mut().map(|(text, _)| std::mem::take(text));
        let texts = std::mem::take(&mut outer.grid).into_text();
        for text in texts.into_iter().chain(cell) {
            self.flow.push_str(&text);
            self.flow.push('\n');
        }
    }

    pub(super) fn end_table(&mut self) -> Result<(), Unreadable> {
        if self.ignored > 0 {
            self.ignored -= 1;
            return Ok(());
        }
        self.end_row()?;
        let Some(table) = self.open.pop() else {
            return Ok(());
        };
        if table.is_inline {
            self.end_line();
            return Ok(());
        }
        let hidden = table.is_hidden || self.open.iter().any(|outer| outer.is_hidden);
        let inside = self.open.last().is_some_and(|outer| !outer.is_layout && outer.cell.is_some());
        if self.apart && inside && !table.is_layout && !hidden && table.grid.has_at_most(SMALL) {
            for text in table.grid.into_text() {
                self.end_line();
                self.text(&text);
            }
            self.end_line();
            return Ok(());
        }
        if self.apart && !hidden {
            (0..self.open.len()).for_each(|outer| self.turn_one_into_layout(outer));
        }
        let rows = table.grid.finish();
        if table.is_layout || hidden || !has_text(&rows) {
            self.end_line();
            return Ok(());
        }
        let before = lines(&std::mem::take(&mut self.flow));
        self.sheets.push(Sheet { name: None, before, rows, spans: Spans::Stated });
        Ok(())
    }

    /// Starts a row of the innermost table, ending one still open.
    pub(super) fn start_row(&mut self, is_hidden: bool) -> Result<(), Unreadable> {
        self.end_row()?;
        if self.ignored == 0
            && let Some(table) = self.open.last_mut()
        {
            table.in_row = true;
            if !table.is_inline {
                table.grid.start_row(is_hidden);
            }
        }
        Ok(())
    }

    /// The row begins with so many places without a cell.
    pub(super) fn skip_columns(&mut self, columns: usize) {
        if let Some(table) = self.open.last_mut().filter(|table| table.in_row && !table.is_inline) {
            table.grid.skip_columns(columns);
        }
    }

    pub(super) fn end_row(&mut self) -> Result<(), Unreadable> {
        if self.ignored > 0 {
            return Ok(());
        }
        self.end_cell();
        let place = format!("第{}个表", self.sheets.len() + 1);
        let inline = self.open.last().is_some_and(|table| table.is_inline && table.in_row);
        if inline {
            self.end_line();
        }
        if let Some(table) = self.open.last_mut().filter(|table| table.in_row) {
            table.in_row = false;
            if !table.is_inline {
                table.grid.end_row(&place)?;
            }
        }
        Ok(())
    }

    /// Starts a cell, ending one still open, and a row if there is none.
    pub(super) fn start_cell(&mut self, span: Span) -> Result<(), Unreadable> {
        if self.ignored > 0 {
            return Ok(());
        }
        self.end_cell();
        if self.open.last().is_some_and(|table| !table.in_row) {
            self.start_row(false)?;
        }
        if let Some(table) = self.open.last_mut() {
            table.cell = Some((String::new(), span));
        }
        Ok(())
    }

    pub(super) fn end_cell(&mut self) {
        if self.ignored > 0 {
            return;
        }
        let Some(table) = self.open.last_mut() else {
            return;
        };
        let Some((text, span)) = table.cell.take() else {
            return;
        };
        if table.is_inline {
            self.text(" ");
        } else if table.is_layout {
            self.end_line();
        } else {
            table.grid.place(Cell::Text(tidy(&text)), span);
            // blanks between cells go when a line ends
            table.text_behind = Some(self.flow.trim_end_matches(' ').len());
        }
    }

    /// The tables, and the lines behind the last one.
    pub(super) fn finish(mut self) -> Result<(Vec<Sheet>, Vec<String>), Unreadable> {
        self.ignored = 0;
        while !self.open.is_empty() {
            if self.apart && self.has_ended_unclosed() {
                self.end_unclosed()?;
            } else {
                self.end_table()?;
            }
        }
        Ok((self.sheets, lines(&self.flow)))
    }
}

/// The lines that have text.
pub(super) fn lines(text: &str) -> Vec<String> {
    text.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect()
}

/// A cell's text: blanks at the ends of lines and blank lines at its own ends go.
pub(super) fn tidy(text: &str) -> String {
    let blank = |c: char| matches!(c, ' ' | '\t' | '\r' | '\u{a0}');
    let mut lines: Vec<&str> = text.split('\n').map(|line| line.trim_matches(blank)).collect();
    while lines.last().is_some_and(|line| line.is_empty()) {
        lines.pop();
    }
    let start = lines.iter().position(|line| !line.is_empty()).unwrap_or(lines.len());
    lines[start..].join("\n")
}
