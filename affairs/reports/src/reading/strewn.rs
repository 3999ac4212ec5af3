//! Tables that are no tables: rows whose cells stand one under the other as lines, or in one line apart
//! by blanks, as pages made of boxes and copied text have them (docs/readings/139).

use documents::reading::{Cell, Row};

use reports_rules::{COLUMNS, RemedyCell, RemedyGroup, Section, TABLE2_ROWS};

use super::content::{Piece, Table};
use super::grid::{Grid, plain};
use super::value::value;
use super::words;

/// A row is labels and the values behind them.
#[derive(Debug, Default)]
struct Strewn {
    labels: Vec<String>,
    values: Vec<String>,
}

/// More labels before the values of one row are of the rows before.
const MOST_LABELS: usize = 40;
/// More values no row has.
const MOST_VALUES: usize = 15;
/// More rows no table of the form has.
const MOST_ROWS: usize = 200;

/// What stands under a section's heading as a table, if it holds rows of the form.
pub(super) fn table(pieces: &[Piece], section: Section) -> Option<Table> {
    let rows = rows(&lines_of(pieces, section))?;
    let cells = match section {
        Section::Proactive => of_table2(&rows),
        Section::Requests => of_table3(&rows),
        _ => of_table4(&rows),
    };
    let numbered = cells.into_iter().enumerate();
    let rows: Vec<Row> = numbered
        .map(|(number, cells)| Row {
            number: number + 1,
            cells: cells.into_iter().map(Cell::Text).collect(),
        })
        .collect();
    let place = format!("“{}”下的文字", section.title());
    (!rows.is_empty()).then(|| Table { place, grid: Grid::of(&rows), lines: vec![] })
}

/// Labels and values in their order, a new row where a label follows a value.
fn rows(lines: &[&str]) -> Option<Vec<Strewn>> {
    let mut rows: Vec<Strewn> = vec![Strewn::default()];
    for text in lines.iter().flat_map(|line| fields(line)) {
        if rows.len() > MOST_ROWS {
            return None;
        }
        let last = rows.last_mut()?;
        match value(&text) {
            Some(_) if last.values.len() < MOST_VALUES => last.values.push(text),
            Some(_) => {}
            None if last.values.is_empty() => {
                last.labels.push(text);
                let excess = last.labels.len().saturating_sub(MOST_LABELS);
                last.labels.drain(..excess);
            }
            None => rows.push(Strewn { labels: vec![text], values: vec![] }),
        }
    }
    Some(rows)
}

fn texts<'text>(texts: impl IntoIterator<Item = &'text str>) -> Vec<String> {
    texts.into_iter().map(str::to_owned).collect()
}

/// Each row under the headings that the form gives it.
fn of_table2(rows: &[Strewn]) -> Vec<Vec<String>> {
    let mut cells = Vec::new();
    for row in rows {
        let label = row.labels.iter().rev().find(|label| words::content(&plain(label)).is_some());
        let form = label.and_then(|label| {
            let content = words::content(&plain(label))?;
            TABLE2_ROWS.iter().find(|form| words::content(&plain(form.content)) == Some(content))
        });
        let values = form.map(|form| fitting(&row.values, form.columns.len())).unwrap_or_default();
        if let Some(form) = form.filter(|form| form.columns.len() == values.len()) {
            cells.push([texts([""]), texts(form.columns.iter().copied())].concat());
            cells.push([texts([form.content]), values.to_vec()].concat());
        }
    }
    cells
}

/// Each row of seven with its labels.
fn of_table3(rows: &[Strewn]) -> Vec<Vec<String>> {
    const LABELS: usize = 3;
    let full = rows.iter().map(|row| (row, fitting(&row.values, COLUMNS)));
    full.filter(|(_, values)| values.len() == COLUMNS)
        .map(|(row, values)| {
            // more labels than the form has before a row are the header
            let kept = if row.labels.len() > LABELS { 1 } else { row.labels.len() };
            let labels = row.labels[row.labels.len() - kept..].to_vec();
            let free = vec![String::new(); LABELS - labels.len()];
            [free, labels, values.to_vec()].concat()
        })
        .collect()
}

/// One row of fifteen in the order of the form, or a row of five for each group.
fn of_table4(rows: &[Strewn]) -> Vec<Vec<String>> {
    let outcomes = || texts(RemedyCell::ALL.map(RemedyCell::name));
    let mut cells = vec![[texts([""]), outcomes()].concat()];
    let groups = RemedyGroup::ALL.map(RemedyGroup::name);
    if let Some(row) = rows.iter().find(|row| row.values.len() == MOST_VALUES) {
        let five = row.values.chunks(RemedyCell::ALL.len());
        cells.extend(
            groups
                .into_iter()
                .zip(five)
                .map(|(group, five)| [texts([group]), five.to_vec()].concat()),
        );
        return cells;
    }
    for row in rows {
        let values = fitting(&row.values, RemedyCell::ALL.len());
        if values.len() != RemedyCell::ALL.len() {
            continue;
        }
        let label = row.labels.iter().rev().find(|label| words::remedy(&plain(label)).is_some());
        cells.extend(label.map(|label| [vec![label.clone()], values.to_vec()].concat()));
    }
    if cells.len() > 1 { cells } else { Vec::new() }
}

/// So many values: empty boxes that are labels of the next row, or of this one, are none.
fn fitting(values: &[String], wanted: usize) -> &[String] {
    let (mut from, mut to) = (0, values.len());
    while to - from > wanted && values[to - 1].is_empty() {
        to -= 1;
    }
    while to - from > wanted && values[from].is_empty() {
        from += 1;
    }
    &values[from..to]
}

/// The fields of a line: apart by tabs or wide blanks, or the numbers that a label ends with.
fn fields(line: &str) -> Vec<String> {
    if line.is_empty() {
        return vec![String::new()];
    }
    let split = |one: char| {
        matches!(one, '\t' | '|' | '｜' | '¦' | '│' | '┃' | '║' | '\u{2003}' | '\u{3000}')
    };
    let parts: Vec<&str> =
        line.split(split).flat_map(|part| part.split("  ")).map(str::trim).collect();
    let mut fields = Vec::new();
    for part in parts.into_iter().filter(|part| !part.is_empty()) {
        let words: Vec<&str> = part.split_whitespace().collect();
        let numbers = words.iter().rev().take_while(|word| value(word).is_some()).count();
        let before = words[..words.len() - numbers].join("");
        let is_alone = numbers == 1 && words::content(&plain(&before)).is_none();
        if numbers == 0 || is_alone {
            fields.push(part.to_owned());
            continue;
        }
        fields.extend(Some(before).filter(|label| !label.is_empty()));
        fields.extend(words[words.len() - numbers..].iter().map(|word| (*word).to_owned()));
    }
    fields
}

/// The lines under each section's heading; an empty box is an empty one.
fn lines_of(pieces: &[Piece], wanted: Section) -> Vec<&str> {
    let mut section = None;
    let mut lines = Vec::new();
    for piece in pieces {
        match piece {
            Piece::Line(line) => {
                let opens = words::section(&line.plain);
                section = opens.or(section);
                if section == Some(wanted) && opens.is_none() && !line.raw.is_empty() {
                    lines.push(line.raw.as_str());
                }
            }
            Piece::EmptyBox if section == Some(wanted) => lines.push(""),
            Piece::EmptyBox | Piece::Table(_) => {}
        }
    }
    lines
}
