//! From parts to marks.

use super::{Block, Cell, Item};

pub(super) fn write(blocks: &[Block]) -> String {
    let mut out = String::new();
    for (at, block) in blocks.iter().enumerate() {
        if at > 0 {
            out.push('\n');
        }
        out.push_str(&one(block));
    }
    out.trim_end().to_owned()
}

fn one(block: &Block) -> String {
    match block {
        Block::Heading { level, text } => {
            let hashes = "#".repeat(usize::from((*level).clamp(2, 4)));
            format!("{hashes} {}\n", crate::Run::write(&[crate::Run::plain(line(text))]))
        }
        Block::Paragraph { text } => {
            let text = line(text);
            let guard = if is_mark(&text) { "\\" } else { "" };
            format!("{guard}{text}\n")
        }
        Block::List { ordered, items } => {
            let mark = if *ordered { '+' } else { '-' };
            items.iter().map(|item| list_line(mark, item)).collect()
        }
        Block::Table { heads, rows } => table(*heads, rows),
        Block::Image { alt, file } => {
            let alt = crate::Run::write(&[crate::Run::plain(line(alt))]);
            format!("![{alt}]({file})\n")
        }
    }
}

/// Whether a paragraph that begins so would be read as something else.
fn is_mark(text: &str) -> bool {
    text.starts_with(['#', '|'])
        || text.starts_with("- ")
        || text.starts_with("+ ")
        || text.starts_with("![")
}

fn list_line(mark: char, item: &Item) -> String {
    format!("{}{mark} {}\n", "  ".repeat(usize::from(item.depth)), line(&item.text))
}

fn table(heads: usize, rows: &[Vec<Cell>]) -> String {
    let mut out = String::new();
    for (at, row) in rows.iter().enumerate() {
        let cells: Vec<_> = row.iter().map(cell).collect();
        out.push_str(&format!("| {} |\n", cells.join(" | ")));
        if at + 1 == heads {
            out.push_str(&format!("|{}\n", " --- |".repeat(row.len())));
        }
    }
    out
}

fn cell(cell: &Cell) -> String {
    match cell {
        Cell::Left => "<".to_owned(),
        Cell::Above => "^".to_owned(),
        Cell::Text(text) => match text.trim() {
            "<" => "\\<".to_owned(),
            "^" => "\\^".to_owned(),
            rule if !rule.is_empty() && rule.bytes().all(|byte| matches!(byte, b'-' | b':')) => {
                format!("\\{rule}")
            }
            text => barred(text).replace('\n', "\\n"),
        },
    }
}

/// A bar within a cell is a letter.
fn barred(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut letters = text.chars();
    while let Some(letter) = letters.next() {
        match letter {
            '\\' => match letters.next() {
                Some('n') => out.push_str("\\\\n"),
                Some(next) => out.extend(['\\', next]),
                None => out.push_str("\\\\"),
            },
            '|' => out.push_str("\\|"),
            letter => out.push(letter),
        }
    }
    out
}

/// A text on one line.
fn line(text: &str) -> String {
    text.split(['\n', '\r'])
        .map(str::trim)
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}
