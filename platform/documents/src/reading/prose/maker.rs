//! A text in the making.

use super::{LeftOut, Letters, Line, Picture, Piece, Place, Prose, Table};

/// A text in the making, as a reader meets it: lines and tables open and close, letters come.
#[derive(Default)]
pub(crate) struct Maker {
    pub(crate) prose: Prose,
    line: Line,
    tables: Vec<Open>,
}

/// A table that is being read.
#[derive(Default)]
struct Open {
    grid: Vec<Vec<Option<Place>>>,
    /// The row that is being read.
    row: Option<usize>,
    /// How many rows were read.
    done: usize,
    heads: usize,
    head_row: bool,
    cell: Option<OpenCell>,
}

#[derive(Default)]
struct OpenCell {
    lines: Vec<Vec<Letters>>,
    columns: usize,
    rows: usize,
    above: bool,
}

/// More columns than a page shows: a decision of ours.
const MOST_COLUMNS: usize = 100;
/// More rows than a person reads; a longer table belongs into an attachment.
const MOST_ROWS: usize = 5_000;
/// Tables in tables beyond this are text.
const DEEPEST: usize = 1;

impl Maker {
    /// The line that letters go to now.
    pub(crate) fn line(&mut self) -> &mut Line {
        &mut self.line
    }

    pub(crate) fn in_table(&self) -> bool {
        !self.tables.is_empty()
    }

    pub(crate) fn letters(&mut self, text: &str, bold: bool, link: Option<&str>) {
        if text.is_empty() {
            return;
        }
        match self.line.letters.last_mut() {
            Some(last) if last.bold == bold && last.link.as_deref() == link => last.text += text,
            _ => self.line.letters.push(Letters {
                text: text.to_owned(),
                bold,
                link: link.map(str::to_owned),
            }),
        }
    }

    /// The line is done; the next begins without looks.
    pub(crate) fn end_line(&mut self) {
        let mut line = std::mem::take(&mut self.line);
        tidy(&mut line.letters);
        if line.letters.is_empty() {
            return;
        }
        match self.tables.last_mut() {
            None => self.prose.pieces.push(Piece::Line(line)),
            Some(open) => {
                if let Some(mark) = line.list.filter(|mark| !mark.shown.is_empty()) {
                    line.letters.insert(0, Letters { text: mark.shown, ..Letters::default() });
                }
                if let Some(cell) = &mut open.cell {
                    cell.lines.push(line.letters);
                }
            }
        }
    }

    /// A picture; says whether it stands by itself, and not in a cell.
    pub(crate) fn picture(&mut self, picture: Picture) -> bool {
        let line = std::mem::take(&mut self.line);
        if self.tables.is_empty() {
            let looks = Line { letters: vec![], ..line.clone() };
            self.line = line;
            self.end_line();
            self.prose.pieces.push(Piece::Picture(picture));
            self.line = looks;
        } else {
            // A cell holds words only: what the picture shows is said in words.
            self.line = line;
            self.letters(&format!("（图：{}）", picture.alt), false, None);
        }
        self.tables.is_empty()
    }

    pub(crate) fn start_table(&mut self) {
        if self.tables.len() >= DEEPEST {
            self.prose.leave_out(LeftOut::InnerTable);
        }
        self.end_line();
        self.tables.push(Open::default());
    }

    pub(crate) fn start_row(&mut self, head: bool) {
        self.end_row();
        let deep = self.tables.len() > DEEPEST;
        let open = self.tables.last_mut().filter(|open| !deep && open.done < MOST_ROWS);
        if let Some(open) = open {
            let at = open.done;
            if open.grid.len() <= at {
                open.grid.push(vec![]);
            }
            open.row = Some(at);
            open.head_row = head;
        }
    }

    pub(crate) fn start_cell(&mut self, columns: usize, rows: usize, above: bool) {
        self.end_cell();
        let columns = columns.clamp(1, MOST_COLUMNS);
        let cell =
            OpenCell { columns, rows: rows.clamp(1, MOST_ROWS), above, ..OpenCell::default() };
        if self.tables.last().is_some_and(|open| open.row.is_none()) {
            self.start_row(false);
        }
        if let Some(open) = self.tables.last_mut() {
            open.cell = Some(cell);
        }
    }

    pub(crate) fn end_cell(&mut self) {
        self.end_line();
        let deep = self.tables.len() > DEEPEST;
        let Some(open) = self.tables.last_mut() else { return };
        let Some(cell) = open.cell.take() else { return };
        if deep {
            // The words of an inner table go to the cell around it.
            let at = self.tables.len() - 2;
            if let Some(around) = self.tables.get_mut(at).and_then(|open| open.cell.as_mut()) {
                around.lines.extend(cell.lines);
            }
            return;
        }
        open.place(cell);
    }

    /// The row is a header, or is none.
    pub(crate) fn row_is_head(&mut self, head: bool) {
        if let Some(open) = self.tables.last_mut() {
            open.head_row = head;
        }
    }

    /// A cell of the row is no header.
    pub(crate) fn not_all_heads(&mut self) {
        if let Some(open) = self.tables.last_mut() {
            open.head_row = false;
        }
    }

    pub(crate) fn end_row(&mut self) {
        self.end_cell();
        if let Some(open) = self.tables.last_mut()
            && let Some(row) = open.row.take()
        {
            if open.head_row && open.heads == row {
                open.heads += 1;
            }
            open.done = row + 1;
        }
    }

    pub(crate) fn end_table(&mut self) {
        self.end_row();
        let Some(open) = self.tables.pop() else { return };
        if !self.tables.is_empty() {
            return;
        }
        let table = open.table();
        let has_words = |row: &Vec<Place>| {
            row.iter().any(|place| matches!(place, Place::Cell(lines) if !lines.is_empty()))
        };
        if table.rows.iter().any(has_words) {
            self.prose.pieces.push(Piece::Table(table));
        }
    }

    pub(crate) fn finish(mut self) -> Prose {
        while !self.tables.is_empty() {
            self.end_table();
        }
        self.end_line();
        self.prose
    }
}

impl Open {
    /// Puts a cell at the first free place of its row.
    fn place(&mut self, cell: OpenCell) {
        let Some(row) = self.row else { return };
        let column = self.grid[row].iter().take_while(|place| place.is_some()).count();
        let right = (column + cell.columns).min(MOST_COLUMNS);
        if column >= right {
            return;
        }
        let down = (row + cell.rows).min(MOST_ROWS);
        let mut lines = Some(cell.lines);
        for at in row..down {
            if self.grid.len() <= at {
                self.grid.push(vec![]);
            }
            let line = &mut self.grid[at];
            if line.len() < right {
                line.resize(right, None);
            }
            for (offset, place) in line[column..right].iter_mut().enumerate() {
                let first = at == row && !cell.above;
                *place = Some(match (offset, lines.take_if(|_| first && offset == 0)) {
                    (_, Some(lines)) => Place::Cell(lines),
                    (0, None) => Place::Above,
                    (_, None) => Place::Left,
                });
            }
        }
    }

    /// The table: every row as long as the longest.
    fn table(mut self) -> Table {
        // rowspan may promise more rows than there are.
        self.grid.truncate(self.done);
        let width = self.grid.iter().map(Vec::len).max().unwrap_or_default();
        let full = |row: Vec<Option<Place>>| {
            let mut row: Vec<Place> =
                row.into_iter().map(|place| place.unwrap_or(Place::Cell(vec![]))).collect();
            row.resize(width, Place::Cell(vec![]));
            row
        };
        Table { heads: self.heads, rows: self.grid.into_iter().map(full).collect() }
    }
}

/// Blanks at the ends go; blanks within are one.
fn tidy(letters: &mut Vec<Letters>) {
    let mut after_blank = true;
    for one in letters.iter_mut() {
        let mut out = String::with_capacity(one.text.len());
        for letter in one.text.chars().filter(|letter| !is_nothing(*letter)) {
            let blank = letter.is_whitespace();
            if !(blank && after_blank) {
                out.push(if blank { ' ' } else { letter });
            }
            after_blank = blank;
        }
        one.text = out;
    }
    while let Some(last) = letters.last_mut() {
        last.text.truncate(last.text.trim_end().len());
        if !last.text.is_empty() {
            break;
        }
        letters.pop();
    }
    letters.retain(|one| !one.text.is_empty());
}

/// Letters that are not seen and only mislead: zero-width ones, direction marks, controls.
fn is_nothing(letter: char) -> bool {
    matches!(letter, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}' | '\u{ad}')
        || (letter.is_control() && !letter.is_whitespace())
}
