//! Table 3 as published: found by its applicants and its results, whole, split or turned
//! (docs/readings/136, 137).

use std::collections::BTreeMap;

use reports_rules::{COLUMN_NAMES, COLUMNS, Cell, Row, Table3};

use super::alignment::align;
use super::content::Table;
use super::grid::Grid;
use super::notes::Notes;
use super::places::{ValuePlace, places};
use super::words::{self, RowWord, Subgroup};

/// Table 3 in the making.
#[derive(Debug, Clone, Default)]
pub(super) struct Gathered {
    cells: BTreeMap<(u8, usize), Cell>,
    /// （六）其他处理 as a row with cells of its own.
    otherwise: BTreeMap<usize, Cell>,
    /// The columns of the last part with a header: grid column, column of the form.
    columns: Vec<(usize, usize)>,
    width: usize,
    subgroup: Option<Subgroup>,
    parts: usize,
}

/// The number of 其他处理's last row, 其他.
const ELSE: u8 = 23;
/// The number of 总计 of the results.
const CLOSED: u8 = 24;
/// A table with so many numbers, every one of which another table has told already, is another table 3: of
/// a part of the organ, or of another year.
const WHOLE: usize = 100;
/// The rows of 其他处理 that the form of 2019 has not.
const NOT_2019: [u8; 2] = [21, 22];

impl Gathered {
    /// Whether anything was found.
    pub(super) fn found(&self) -> bool {
        !self.cells.is_empty()
    }

    /// Whether it is the form of 2019, in which （六）其他处理 is one row; nothing where it cannot be told.
    pub(super) fn is_2019(&self) -> Option<bool> {
        let has = |row| self.cells.keys().any(|(number, _)| *number == row);
        let split = has(ELSE) || NOT_2019.iter().any(|row| has(*row));
        match (split, self.otherwise.is_empty()) {
            (true, _) => Some(false),
            (false, false) => Some(true),
            (false, true) => None,
        }
    }

    /// Takes what a table has of table 3; says whether it has anything.
    pub(super) fn take(&mut self, table: &Table, notes: &mut Notes) -> bool {
        let grid = upright(&table.grid);
        if !self.fits(&grid) {
            return false;
        }
        let subgroups = self.subgroups(&grid);
        let places = places(&grid);
        let columns = self.columns_of(&grid, &places, &table.place, notes);
        if columns.is_empty() {
            return false;
        }
        let before = self.cells.len() + self.otherwise.len();
        let headed = |place| own_column(&grid, place).or_else(|| inherited(&columns, place.column));
        let headed = places.iter().map(headed).collect();
        let is_row = |place: &ValuePlace| {
            place.labels().any(|owner| words::row(&grid.cell(owner).plain).is_some())
        };
        let aligned = align(&places, headed, &columns, &is_row);
        if aligned.by_order {
            notes.add(&table.place, "表头和数没有对齐，按各行里数的次序读");
        }
        let placed = || places.iter().zip(&aligned.columns);
        let named = |(place, column): (&ValuePlace, &Option<usize>)| match self.word(
            &grid,
            place,
            subgroups[place.row],
        )? {
            RowWord::Row(row) => Some((row.number(), (*column)?)),
            _ => None,
        };
        let named: Vec<(u8, usize)> = placed().filter_map(named).collect();
        if named.len() >= WHOLE && named.iter().all(|key| self.cells.contains_key(key)) {
            notes.add(&table.place, "前面已经有一张完整的表三，这一张没有采用");
            return false;
        }
        for (place, column) in placed() {
            let word = self.word(&grid, place, subgroups[place.row]);
            if let (Some(word), Some(column)) = (word, column) {
                self.put(&grid, place, (word, *column), (table.place.as_str(), &mut *notes));
            }
        }
        let grown = self.cells.len() + self.otherwise.len() > before;
        self.parts += usize::from(grown);
        grown
    }

    /// Whether a table has rows that only table 3 has: two, or one under its header, or one where it goes on.
    fn fits(&self, grid: &Grid) -> bool {
        let mut rows = Vec::new();
        for row in 0..grid.height() {
            let words = grid.said(row).into_iter().filter_map(|owner| words::row(&owner.plain));
            for word in words {
                if let RowWord::Row(row) = word
                    && !rows.contains(&row)
                {
                    rows.push(row);
                }
            }
        }
        let goes_on = self.found() && self.width == grid.width();
        rows.len() >= 2 || (rows.len() == 1 && (goes_on || applicants(grid).len() >= 3))
    }

    /// The columns for values that have no header above them in this table: those of the part before, or
    /// the last seven in the order of the form.
    fn columns_of(
        &mut self,
        grid: &Grid,
        places: &[ValuePlace],
        place: &str,
        notes: &mut Notes,
    ) -> Vec<(usize, usize)> {
        let mut own: Vec<(usize, usize)> = places
            .iter()
            .filter_map(|place| Some((place.column, own_column(grid, place)?)))
            .collect();
        own.sort_unstable();
        own.dedup();
        let headed = applicants(grid).len() >= 2 || own.iter().any(|(_, column)| *column < 5);
        if headed {
            (self.columns, self.width) = (own.clone(), grid.width());
            return own;
        }
        if self.columns.len() == COLUMNS && self.width == grid.width() {
            notes.add(place, "没有表头，按前一个表的各列读");
            return self.columns.clone();
        }
        let full = |row: usize| {
            let values = places.iter().filter(|place| place.row == row && !place.left.is_empty());
            values.count()
        };
        let rows = (0..grid.height()).filter(|row| full(*row) == COLUMNS).count();
        if rows < 2 || grid.width() <= COLUMNS {
            return Vec::new();
        }
        notes.add(place, "没有写申请人类别的表头，按格式规定的次序读七列");
        let first = grid.width() - COLUMNS;
        (0..COLUMNS).map(|column| (first + column, column)).collect()
    }

    /// The subgroup in which each row of a table stands.
    fn subgroups(&mut self, grid: &Grid) -> Vec<Option<Subgroup>> {
        let of_row = |row: usize| {
            let words = grid.said(row).into_iter().filter_map(|owner| words::row(&owner.plain));
            for word in words {
                match word {
                    RowWord::Subgroup(group) => self.subgroup = Some(group),
                    RowWord::Row(row) if NOT_2019.contains(&row.number()) => {
                        self.subgroup = Some(Subgroup::Otherwise);
                    }
                    _ => {}
                }
            }
            self.subgroup
        };
        (0..grid.height()).map(of_row).collect()
    }

    /// The row of the form that a value's labels name.
    fn word(&self, grid: &Grid, place: &ValuePlace, group: Option<Subgroup>) -> Option<RowWord> {
        let named = || place.labels().filter_map(|owner| words::row(&grid.cell(owner).plain));
        // a subgroup merged too far down stands between a row's own label and its values
        let own = named().find(|word| !matches!(word, RowWord::Subgroup(_)));
        match own.or_else(|| named().next())? {
            RowWord::Else if group != Some(Subgroup::Otherwise) => None,
            RowWord::Total if !self.cells.keys().any(|(row, _)| *row < CLOSED) => None,
            word => Some(word),
        }
    }

    fn put(
        &mut self,
        grid: &Grid,
        place: &ValuePlace,
        (word, column): (RowWord, usize),
        (table, notes): (&str, &mut Notes),
    ) {
        let at = || format!("{table}{}", grid.place(place.row, place.column));
        let Some(value) = &place.value else {
            return notes.add(at(), "这一格与旁边的格合并了，只读左上一格");
        };
        if let Some(note) = value.note {
            notes.add(at(), note);
        }
        let row = match word {
            RowWord::Row(row) => row.number(),
            RowWord::Else => ELSE,
            RowWord::Total => CLOSED,
            RowWord::Subgroup(Subgroup::Otherwise) => {
                keep(&mut self.otherwise, column, &value.cell);
                return;
            }
            RowWord::Subgroup(Subgroup::Listed) => {
                if value.cell != Cell::Blank {
                    notes.add(at(), "是小计，格式里没有这一行，没有采用");
                }
                return;
            }
        };
        if !keep(&mut self.cells, (row, column), &value.cell) {
            notes.add(at(), "同一格前面已经有另一个数，采用前面的");
        }
    }

    /// The table, and what of the form was not found in it.
    pub(super) fn finish(mut self, notes: &mut Notes) -> Table3 {
        if !self.found() {
            return absent();
        }
        let is_2019 = self.is_2019() == Some(true);
        if is_2019 {
            for (column, cell) in std::mem::take(&mut self.otherwise) {
                self.cells.insert((ELSE, column), cell);
            }
        } else if self.otherwise.values().any(|cell| *cell != Cell::Blank) {
            notes.add("表三", "“其他处理”一行的小计，格式里没有这一行，没有采用");
        }
        self.rows_and_columns(is_2019, notes)
    }

    fn rows_and_columns(&self, is_2019: bool, notes: &mut Notes) -> Table3 {
        let has_row = |row: u8| self.cells.keys().any(|(number, _)| *number == row);
        let has_column = |column: usize| self.cells.keys().any(|(_, one)| *one == column);
        let mut table = absent();
        for (column, name) in COLUMN_NAMES.iter().enumerate() {
            if !has_column(column) {
                notes.add("表三", format!("没有“{name}”一列"));
            }
        }
        for row in Row::all() {
            let number = row.number();
            let of_form = !(is_2019 && NOT_2019.contains(&number));
            if !has_row(number) && of_form {
                notes.add("表三", format!("没有“{}”一行", row.label()));
            }
            let blank = of_form && (has_row(number) || number != CLOSED);
            for column in 0..COLUMNS {
                let is_blank = blank && has_column(column);
                let missing = if is_blank { Cell::Blank } else { Cell::Absent };
                let cell = self.cells.get(&(number, column)).cloned();
                table.set(row, column, cell.unwrap_or(missing));
            }
        }
        table
    }
}

/// Keeps a cell unless another number is there already; says whether none is.
pub(super) fn keep<K: Ord>(cells: &mut BTreeMap<K, Cell>, key: K, cell: &Cell) -> bool {
    match cells.get(&key) {
        None | Some(Cell::Blank) => {
            cells.insert(key, cell.clone());
            true
        }
        Some(there) => *cell == Cell::Blank || there == cell,
    }
}

fn absent() -> Table3 {
    let mut table = Table3::default();
    for row in Row::all() {
        (0..COLUMNS).for_each(|column| table.set(row, column, Cell::Absent));
    }
    table
}

/// The column of the form that the labels above a value name.
fn own_column(grid: &Grid, place: &ValuePlace) -> Option<usize> {
    place.above.iter().find_map(|owner| words::column(&grid.cell(*owner).plain))
}

fn inherited(columns: &[(usize, usize)], column: usize) -> Option<usize> {
    columns.iter().find(|(grid, _)| *grid == column).map(|(_, form)| *form)
}

/// The places of the cells that name a kind of applicant.
fn applicants(grid: &Grid) -> Vec<(usize, usize, usize)> {
    let mut found = Vec::new();
    for row in 0..grid.height() {
        for column in 0..grid.width() {
            if let Some(kind) = words::applicant(&grid.cell(grid.owner(row, column)).plain)
                && grid.begins(row, column)
            {
                found.push((row, column, kind));
            }
        }
    }
    found
}

/// The table with its applicants side by side.
fn upright(grid: &Grid) -> Grid {
    let found = applicants(grid);
    let most = |by: fn(&(usize, usize, usize)) -> usize| {
        let mut lines: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for one in &found {
            let kinds = lines.entry(by(one)).or_default();
            if !kinds.contains(&one.2) {
                kinds.push(one.2);
            }
        }
        lines.values().map(Vec::len).max().unwrap_or_default()
    };
    let (side_by_side, stacked) = (most(|one| one.0), most(|one| one.1));
    if stacked > side_by_side { grid.turned() } else { grid.clone() }
}
