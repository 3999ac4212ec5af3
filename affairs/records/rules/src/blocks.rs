//! The text of a document in its parts, from the few marks a manuscript may use. This is the closed
//! schema of rich text: what is not here cannot be written, pasted or shown.

mod reading;
mod table;
mod writing;

use serde::{Deserialize, Serialize};

pub use table::{Cell, Placed};

use crate::unmarked;

/// One part of a document's text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Block {
    /// `## 一、…` (level 2), `### （一）…。` (level 3) or `#### 1.…` (level 4). A heading below the
    /// second level may be the first sentence of the paragraph that follows, and is set together with
    /// it in print.
    Heading {
        /// 2, 3 or 4.
        level: u8,
        /// Its text, without marks.
        text: String,
    },
    /// A paragraph.
    Paragraph {
        /// Its text, with the marks of [`Run`](crate::Run).
        text: String,
    },
    /// `- …` lines, or `+ …` lines where they are numbered.
    List {
        /// Whether its items are numbered.
        ordered: bool,
        /// Each line.
        items: Vec<Item>,
    },
    /// `| … |` lines: those above a line of dashes are headers, or the first alone. `<` is a cell
    /// merged with the one at its left, `^` with the one above.
    Table {
        /// How many of the rows are headers; at least one.
        heads: usize,
        /// All rows, each as long as the first.
        rows: Vec<Vec<Cell>>,
    },
    /// `![说明](文件名)`: a picture among the attachments.
    Image {
        /// What is to be seen, for those who cannot see it.
        alt: String,
        /// The attachment's name.
        file: String,
    },
}

/// One line of a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Item {
    /// How far it is set in: 0, 1 or 2.
    pub depth: u8,
    /// Its text, with the marks of [`Run`](crate::Run).
    pub text: String,
}

/// How far an item may be set in at most.
pub(crate) const DEEPEST: u8 = 2;

/// How many columns a table may have; a decision of ours, many more than a page shows.
pub(crate) const MOST_COLUMNS: usize = 100;

impl Block {
    /// The parts of a text, in order.
    pub fn read(text: &str) -> Vec<Self> {
        reading::read(text)
    }

    /// The text of parts: read again it gives the same parts.
    pub fn write(blocks: &[Self]) -> String {
        writing::write(blocks)
    }

    /// Whether nothing of it would be seen.
    pub fn says_nothing(&self) -> bool {
        match self {
            Self::Heading { text, .. } => text.trim().is_empty(),
            Self::Paragraph { text } => unmarked(text).trim().is_empty(),
            Self::List { items, .. } => items.is_empty(),
            Self::Table { rows, .. } => rows.iter().all(Vec::is_empty),
            Self::Image { file, .. } => file.is_empty(),
        }
    }

    /// The text without marks, for search and for counting letters.
    pub fn plain(&self) -> String {
        match self {
            Self::Heading { text, .. } => text.clone(),
            Self::Paragraph { text } => unmarked(text),
            Self::List { items, .. } => {
                items.iter().map(|item| unmarked(&item.text)).collect::<Vec<_>>().join("\n")
            }
            Self::Table { rows, .. } => {
                let words = |cell: &Cell| match cell {
                    Cell::Text(text) => Some(unmarked(text).replace('\n', " ")),
                    Cell::Left | Cell::Above => None,
                };
                let row =
                    |row: &Vec<Cell>| row.iter().filter_map(words).collect::<Vec<_>>().join(" ");
                rows.iter().map(row).collect::<Vec<_>>().join("\n")
            }
            Self::Image { alt, .. } => alt.clone(),
        }
    }
}

impl Item {
    /// Whether nothing of it would be seen.
    pub fn says_nothing(&self) -> bool {
        unmarked(&self.text).trim().is_empty()
    }
}
