//! From marks to parts.

use super::{Block, Cell, DEEPEST, Item, MOST_COLUMNS};

pub(super) fn read(text: &str) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut lines = text.lines().peekable();
    while let Some(line) = lines.next() {
        let mark = Mark::of(line);
        let mut run = vec![line];
        if mark.runs_on() {
            while let Some(next) = lines.next_if(|next| Mark::of(next) == mark) {
                run.push(next);
            }
        }
        match mark {
            Mark::Blank => {}
            Mark::List(ordered) => blocks.push(list(ordered, &run)),
            Mark::Table => blocks.extend(table(&run)),
            Mark::Line => blocks.push(one(line.trim())),
        }
    }
    blocks.retain(|block| !block.says_nothing());
    blocks
}

/// What a line begins with.
#[derive(PartialEq, Eq, Clone, Copy)]
enum Mark {
    Blank,
    List(bool),
    Table,
    Line,
}

impl Mark {
    fn of(line: &str) -> Self {
        let line = line.trim();
        match line {
            "" => Self::Blank,
            _ if line.starts_with("- ") => Self::List(false),
            _ if line.starts_with("+ ") => Self::List(true),
            _ if line.starts_with('|') => Self::Table,
            _ => Self::Line,
        }
    }

    fn runs_on(self) -> bool {
        matches!(self, Self::List(_) | Self::Table)
    }
}

fn one(line: &str) -> Block {
    if let Some(image) = image(line) {
        return image;
    }
    let hashes = line.bytes().take_while(|byte| *byte == b'#').count();
    let text = line[hashes..].trim();
    match hashes {
        0 => Block::Paragraph { text: text.to_owned() },
        1 | 2 => Block::Heading { level: 2, text: crate::unmarked(text) },
        3 => Block::Heading { level: 3, text: crate::unmarked(text) },
        _ => Block::Heading { level: 4, text: crate::unmarked(text) },
    }
}

/// `![说明](文件名)` alone on its line.
fn image(line: &str) -> Option<Block> {
    let (alt, file) = line.strip_prefix("![")?.strip_suffix(')')?.rsplit_once("](")?;
    let (alt, file) = (crate::unmarked(alt.trim()), file.trim());
    let named = !file.is_empty() && !file.contains(['/', '\\', ':', '[', ']', '|', '<', '>', '"']);
    named.then(|| Block::Image { alt, file: file.to_owned() })
}

fn list(ordered: bool, lines: &[&str]) -> Block {
    let item = |line: &&str| {
        let blanks = line.chars().take_while(|letter| *letter == ' ').count();
        let text = line.trim().get(2..).unwrap_or_default().trim().to_owned();
        let depth = u8::try_from(blanks / 2).unwrap_or(DEEPEST).min(DEEPEST);
        Item { depth, text }
    };
    let items = lines.iter().map(item).filter(|item| !item.says_nothing());
    Block::List { ordered, items: items.collect() }
}

fn table(lines: &[&str]) -> Option<Block> {
    let mut rows: Vec<Vec<Cell>> = Vec::new();
    let mut heads = None;
    for line in lines {
        let cells = cells(line.trim());
        let is_rule = cells
            .iter()
            .all(|cell| !cell.is_empty() && cell.bytes().all(|byte| matches!(byte, b'-' | b':')));
        if is_rule {
            heads = heads.or(Some(rows.len()));
            continue;
        }
        rows.push(cells.into_iter().map(Cell::read).collect());
    }
    let width = rows.first().map(Vec::len).unwrap_or_default().min(MOST_COLUMNS);
    for row in &mut rows {
        row.resize(width, Cell::Text(String::new()));
    }
    let heads = heads.unwrap_or(1).clamp(1, rows.len().max(1));
    (!rows.is_empty()).then(|| Block::Table { heads, rows: Cell::settled(rows) })
}

/// The cells of a line: between bars, but not those behind `\`.
fn cells(line: &str) -> Vec<String> {
    let inner = line.strip_prefix('|').unwrap_or(line);
    let mut cells = vec![String::new()];
    let mut letters = inner.chars().peekable();
    while let Some(letter) = letters.next() {
        let last = cells.len() - 1;
        match letter {
            '\\' => {
                cells[last].push('\\');
                cells[last].extend(letters.next());
            }
            '|' => cells.push(String::new()),
            letter => cells[last].push(letter),
        }
    }
    if cells.len() > 1 && cells.last().is_some_and(|last| last.trim().is_empty()) {
        cells.pop();
    }
    cells.into_iter().map(|cell| cell.trim().to_owned()).collect()
}
