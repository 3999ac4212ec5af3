//! A stretch of text as a reader meets it, with what its table says above it.

use std::fmt::Write as _;

/// Between two cells of a row.
pub const CELL: char = '\t';
/// A line break inside one paragraph or cell.
pub const BREAK: char = '\u{b}';
/// Between two lines or paragraphs.
pub const LINE: char = '\n';

/// Text in reading order. Cells are separated by [`CELL`], forced breaks by [`BREAK`], lines by
/// [`LINE`].
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Passage {
    text: String,
    /// From which byte on which words stand above, in order.
    headings: Vec<(usize, String)>,
}

impl Passage {
    /// Text without a table.
    pub fn plain(text: impl Into<String>) -> Self {
        Self { text: text.into(), headings: Vec::new() }
    }

    /// Text of which a name says what it is: an attribute, a property.
    pub fn under(heading: impl Into<String>, text: impl Into<String>) -> Self {
        Self { text: text.into(), headings: vec![(0, heading.into())] }
    }

    /// The text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Adds text as it stands.
    pub fn push(&mut self, text: &str) {
        self.text.push_str(text);
    }

    /// Adds a cell, after a separator if it is not the first of its row.
    pub fn push_cell(&mut self, text: &str, heading: &str) {
        if !self.text.is_empty() && !self.text.ends_with(LINE) {
            self.text.push(CELL);
        }
        self.headings.push((self.text.len(), heading.to_owned()));
        self.text.push_str(text);
    }

    /// Ends a row.
    pub fn end_row(&mut self) {
        self.text.push(LINE);
    }

    /// Notes what stands above whatever is added from here on.
    pub fn set_heading(&mut self, heading: &str) {
        self.headings.push((self.text.len(), heading.to_owned()));
    }

    /// What stands above the byte at `at`; empty where nothing does.
    pub fn heading(&self, at: usize) -> &str {
        let next = self.headings.partition_point(|(from, _)| *from <= at);
        next.checked_sub(1).map_or("", |index| self.headings[index].1.as_str())
    }

    /// The cells of every row: where each begins and ends, and its heading. Only text with
    /// headings has cells.
    pub(super) fn rows(&self) -> Vec<Vec<(usize, usize, &str)>> {
        let mut rows = vec![Vec::new()];
        for (index, (from, heading)) in self.headings.iter().enumerate() {
            let next = self.headings.get(index + 1).map_or(self.text.len(), |(at, _)| *at);
            let cell = &self.text[*from..next];
            let ends_row = cell.ends_with(LINE);
            let end = from + cell.trim_end_matches([CELL, LINE]).len();
            if let Some(row) = rows.last_mut() {
                row.push((*from, end, heading.as_str()));
            }
            if ends_row {
                rows.push(Vec::new());
            }
        }
        rows.retain(|row| !row.is_empty());
        rows
    }
}

/// What a table says above each of its columns, learnt row by row.
#[derive(Debug, Clone, Default)]
pub struct Headings {
    above: Vec<String>,
}

/// Longer words above a column are no heading but text.
const LONGEST_HEADING: usize = 24;

impl Headings {
    /// The words above a column, from 0.
    pub fn of(&self, column: usize) -> &str {
        self.above.get(column).map_or("", String::as_str)
    }

    /// Takes a row as heading for the rows below it where it has short words without digits.
    pub fn learn(&mut self, column: usize, text: &str) {
        let text = text.trim();
        let is_word = !text.is_empty()
            && text.chars().count() <= LONGEST_HEADING
            && text.chars().any(char::is_alphabetic)
            && !text.chars().any(|c| c.is_ascii_digit() || c == '*');
        if !is_word || column > 512 {
            return;
        }
        if self.above.len() <= column {
            self.above.resize(column + 1, String::new());
        }
        let above = &mut self.above[column];
        // a name in the first column must not push out what names the column
        if above.is_empty() || super::labels::names_a_column(text) {
            above.clear();
            let _ = write!(above, "{text}");
        }
    }
}
