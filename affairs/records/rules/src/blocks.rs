//! The text of a document in its parts, from the few marks a manuscript may use.

use serde::Serialize;

/// One part of a document's text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Block {
    /// `## 一、…` (level 2) or `### （一）…。` (level 3). A level 3 heading is the first sentence of
    /// the paragraph that follows, and is set together with it in print.
    Heading {
        /// 2 or 3.
        level: u8,
        /// Its text.
        text: String,
    },
    /// A paragraph.
    Paragraph {
        /// Its text.
        text: String,
    },
    /// `- …` lines.
    List {
        /// The text of each line.
        items: Vec<String>,
    },
    /// `| … |` lines: the first is the header.
    Table {
        /// The cells of the header.
        header: Vec<String>,
        /// The cells of each row, as many as the header has.
        rows: Vec<Vec<String>>,
    },
}

impl Block {
    /// The parts of a text, in order.
    pub fn read(text: &str) -> Vec<Self> {
        let mut blocks = Vec::new();
        let mut lines = text.lines().map(str::trim).peekable();
        while let Some(line) = lines.next() {
            let mut run = |mark: &str| {
                let mut run = vec![line.to_owned()];
                while let Some(next) = lines.next_if(|next| next.starts_with(mark)) {
                    run.push(next.to_owned());
                }
                run
            };
            if line.is_empty() {
                continue;
            }
            blocks.push(match line {
                _ if line.starts_with("- ") => Self::list(&run("- ")),
                _ if line.starts_with('|') => Self::table(&run("|")),
                _ => Self::line(line),
            });
        }
        blocks
    }

    /// The text without marks, for search and for counting letters.
    pub fn plain(&self) -> String {
        match self {
            Self::Heading { text, .. } | Self::Paragraph { text } => text.clone(),
            Self::List { items } => items.join("\n"),
            Self::Table { header, rows } => {
                let rows = std::iter::once(header).chain(rows).map(|row| row.join(" "));
                rows.collect::<Vec<_>>().join("\n")
            }
        }
    }

    fn line(line: &str) -> Self {
        let hashes = line.bytes().take_while(|byte| *byte == b'#').count();
        let text = line[hashes..].trim().to_owned();
        match hashes {
            0 => Self::Paragraph { text },
            1 | 2 => Self::Heading { level: 2, text },
            _ => Self::Heading { level: 3, text },
        }
    }

    fn list(lines: &[String]) -> Self {
        let items = lines.iter().map(|line| line.trim_start_matches("- ").trim().to_owned());
        Self::List { items: items.collect() }
    }

    fn table(lines: &[String]) -> Self {
        let cells = |line: &String| -> Vec<String> {
            line.trim_matches('|').split('|').map(|cell| cell.trim().to_owned()).collect()
        };
        let is_rule = |row: &Vec<String>| {
            row.iter().all(|cell| {
                !cell.is_empty() && cell.bytes().all(|byte| matches!(byte, b'-' | b':'))
            })
        };
        let mut rows = lines.iter().map(cells).filter(|row| !is_rule(row));
        let header = rows.next().unwrap_or_default();
        let width = header.len();
        let even = |mut row: Vec<String>| {
            row.resize(width, String::new());
            row
        };
        Self::Table { rows: rows.map(even).collect(), header }
    }
}
