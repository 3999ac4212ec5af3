//! A file as lines of text and tables in their order, whether it was a page whose tables stand between
//! paragraphs or a workbook whose paragraphs stand in the cells.

use documents::reading::{Document, EMPTY_BOX, PICTURE, Row, Sheet};

use super::grid::{Grid, plain};
use super::notes::Notes;
use super::words;

/// A line or a table.
#[derive(Debug, Clone)]
pub(super) enum Piece {
    /// A line of text.
    Line(Line),
    /// A box without any text.
    EmptyBox,
    /// A table.
    Table(Table),
}

/// A line of text.
#[derive(Debug, Clone, Default)]
pub(super) struct Line {
    /// As it stands.
    pub(super) raw: String,
    /// For comparing words.
    pub(super) plain: String,
    /// A picture stands in it.
    pub(super) picture: bool,
}

/// A table, or the part of a worksheet between two lines of text.
#[derive(Debug, Clone)]
pub(super) struct Table {
    /// Where it is.
    pub(super) place: String,
    /// Its cells.
    pub(super) grid: Grid,
    /// Its cells as lines, where it is so small that it may say whose report it is.
    pub(super) lines: Vec<Line>,
}

/// More places than this no table of a report has; what is larger is not looked at.
const MOST_PLACES: usize = 20_000;
/// More lines are not looked at.
const MOST_LINES: usize = 50_000;
/// Tables of so few places are looked through for titles and dates.
const SMALL: usize = 40;
/// A cell that stands alone in its row is a line of text from this length on.
const LONG: usize = 40;

/// Takes a file apart.
pub(super) fn pieces(document: Document, notes: &mut Notes) -> Vec<Piece> {
    let mut pieces = Vec::new();
    for (number, sheet) in joined(document.sheets).into_iter().enumerate() {
        let place = match &sheet.name {
            Some(name) => format!("工作表“{}”", name.chars().take(31).collect::<String>()),
            None => format!("第{}个表", number + 1),
        };
        pieces.extend(sheet.before.iter().flat_map(|text| lines(text)));
        let width = sheet.rows.iter().map(|row| row.cells.len()).max().unwrap_or_default();
        if width.saturating_mul(sheet.rows.len()) > MOST_PLACES {
            notes.add(place, "太大，不像年度报告的表，没有读");
            continue;
        }
        split(&sheet, &place, &mut pieces);
    }
    pieces.extend(document.after.iter().flat_map(|text| lines(text)));
    pieces.truncate(MOST_LINES);
    pieces
}

/// A page whose rows are tables of their own: one after another, with nothing between and alike in width, they
/// are rows of one.
fn joined(sheets: Vec<Sheet>) -> Vec<Sheet> {
    let mut joined: Vec<(Sheet, bool)> = Vec::with_capacity(sheets.len());
    for mut sheet in sheets {
        let is_row = sheet.name.is_none() && sheet.rows.len() == 1;
        let width = |sheet: &Sheet| sheet.rows.first().map(|row| row.cells.len());
        match joined.last_mut() {
            Some((before, true))
                if is_row
                    && sheet.before.iter().all(|line| line == EMPTY_BOX)
                    && width(before) == width(&sheet) =>
            {
                before.rows.append(&mut sheet.rows);
            }
            _ => joined.push((sheet, is_row)),
        }
    }
    joined.into_iter().map(|(sheet, _)| sheet).collect()
}

fn lines(text: &str) -> impl Iterator<Item = Piece> {
    let piece = |line: &str| match line.trim() {
        EMPTY_BOX => Piece::EmptyBox,
        line => Piece::Line(Line::of(line)),
    };
    text.lines().map(piece)
}

impl Line {
    fn of(text: &str) -> Self {
        let raw: String = text.trim().chars().take(20_000).collect();
        Self { plain: plain(&raw), picture: raw.contains(PICTURE), raw: raw.replace(PICTURE, "") }
    }
}

/// Takes a table or worksheet apart at the rows that hold nothing but a line of text.
fn split(sheet: &Sheet, place: &str, pieces: &mut Vec<Piece>) {
    let whole = Grid::of(&sheet.rows);
    let mut begin = 0;
    let cut = |from: usize, to: usize, pieces: &mut Vec<Piece>| {
        let rows: &[Row] = &sheet.rows[from..to];
        if !rows.is_empty() {
            let grid = Grid::of(rows);
            let is_small = grid.width() * grid.height() <= SMALL;
            let said =
                (0..grid.height()).flat_map(|row| grid.said(row)).map(|owner| owner.raw.as_str());
            let lines = said.filter(|_| is_small).map(Line::of).collect();
            pieces.push(Piece::Table(Table { place: place.to_owned(), grid, lines }));
        }
    };
    for row in 0..whole.height() {
        let said = whole.said(row);
        if let [only] = said.as_slice()
            && is_line(&only.plain)
        {
            cut(begin, row, pieces);
            pieces.extend(lines(&only.raw));
            begin = row + 1;
        }
    }
    cut(begin, whole.height(), pieces);
}

fn is_line(plain: &str) -> bool {
    if words::row(plain).is_some() || words::content(plain).is_some() {
        return false;
    }
    words::section(plain).is_some()
        || plain.contains('。')
        || plain.chars().count() >= LONG
        || (plain.contains("信息公开") && (plain.contains("报告") || plain.contains("年报")))
}
