//! Tables with merged cells, as a grid in which every place says what stands there.

use serde::{Deserialize, Serialize};

/// One place of a table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Cell {
    /// A cell begins here; its text has the marks of [`Run`](crate::Run), and `\n` between lines.
    Text(String),
    /// Merged with the place at its left.
    Left,
    /// Merged with the place above.
    Above,
}

/// A cell as it is drawn: with how many columns and rows it covers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Placed {
    /// Its text, with marks.
    pub text: String,
    /// Columns it covers.
    pub columns: usize,
    /// Rows it covers.
    pub rows: usize,
}

impl Cell {
    /// What a cell of a manuscript says. `\n` is a line end within the cell.
    pub(super) fn read(text: String) -> Self {
        match text.as_str() {
            "<" => Self::Left,
            "^" => Self::Above,
            "\\^" => Self::Text("^".to_owned()),
            _ => Self::Text(broken(&text)),
        }
    }

    /// A grid whose merged places belong to a cell at their left or above them, and whose merged
    /// cells are rectangles; a place that belongs to none is an empty cell.
    pub fn settled(mut rows: Vec<Vec<Self>>) -> Vec<Vec<Self>> {
        let owners = owners(&rows);
        for (row, places) in rows.iter_mut().enumerate() {
            for (column, place) in places.iter_mut().enumerate() {
                if owners[row][column].is_none() {
                    *place = Self::Text(String::new());
                }
            }
        }
        rows
    }

    /// The cells of each row as they are drawn.
    pub fn placed(rows: &[Vec<Self>]) -> Vec<Vec<Placed>> {
        let owners = owners(rows);
        let mut drawn: Vec<Vec<Placed>> = Vec::with_capacity(rows.len());
        for (row, places) in rows.iter().enumerate() {
            let mut line = Vec::new();
            for (column, place) in places.iter().enumerate() {
                let Self::Text(text) = place else { continue };
                let owned = |at: &Option<(usize, usize)>| *at == Some((row, column));
                let columns = owners[row][column..].iter().take_while(|at| owned(at)).count();
                let down =
                    owners[row..].iter().take_while(|line| line.get(column).is_some_and(owned));
                line.push(Placed { text: text.clone(), columns, rows: down.count() });
            }
            drawn.push(line);
        }
        drawn
    }

    /// The same grid with the text of merged cells in every place they cover.
    pub fn filled(rows: &[Vec<Self>]) -> Vec<Vec<String>> {
        let owners = owners(rows);
        let text = |at: &Option<(usize, usize)>| match at.map(|(row, column)| &rows[row][column]) {
            Some(Self::Text(text)) => text.clone(),
            _ => String::new(),
        };
        owners.iter().map(|line| line.iter().map(text).collect()).collect()
    }
}

/// The place at which the cell of each place begins. A cell goes as far right as its first row says
/// and as far down as all of that breadth says; what does not fit belongs to nobody.
fn owners(rows: &[Vec<Cell>]) -> Vec<Vec<Option<(usize, usize)>>> {
    let mut owners: Vec<Vec<Option<(usize, usize)>>> =
        rows.iter().map(|row| vec![None; row.len()]).collect();
    for (row, places) in rows.iter().enumerate() {
        for (column, place) in places.iter().enumerate() {
            if !matches!(place, Cell::Text(_)) {
                continue;
            }
            let merged = places[column + 1..].iter().take_while(|place| **place == Cell::Left);
            let right = column + merged.count();
            let below = |line: &&Vec<Cell>| {
                line.get(column) == Some(&Cell::Above)
                    && (column + 1..=right)
                        .all(|at| line.get(at).is_some_and(|place| !matches!(place, Cell::Text(_))))
            };
            let down = row + rows[row + 1..].iter().take_while(below).count();
            for line in owners.iter_mut().take(down + 1).skip(row) {
                for owner in line.iter_mut().take(right + 1).skip(column) {
                    *owner = owner.or(Some((row, column)));
                }
            }
        }
    }
    owners
}

/// `\n` is a line end, unless its `\` is itself behind one.
fn broken(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut letters = text.chars();
    while let Some(letter) = letters.next() {
        match (letter, letter == '\\') {
            (_, true) => match letters.next() {
                Some('n') => out.push('\n'),
                Some(next) => out.extend(['\\', next]),
                None => out.push('\\'),
            },
            (letter, false) => out.push(letter),
        }
    }
    out
}
