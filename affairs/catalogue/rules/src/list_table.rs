//! Plain lists (标准, 权责清单, 公共服务事项清单) in neutral grids: one row of headings whose names vary,
//! one entry to a row.

use crate::reading::text::{bare, outside_brackets};
use crate::reading::{Cell, Sheet, Spans};

/// A column of a list, by every heading under which lists print it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Wanted {
    /// Its headings, without brackets; the first is the usual one.
    pub(crate) headings: &'static [&'static str],
    /// Whether a table without it is no such list.
    pub(crate) required: bool,
    /// Whether a blank cell means the one above where merged cells were lost.
    pub(crate) carried: bool,
}

/// A row of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Entry {
    /// The row of the worksheet or the line of the text, from 1.
    pub(crate) row: usize,
    /// One text for each wanted column; empty where there is none.
    pub(crate) cells: Vec<String>,
    /// The only text of the row, where it stands alone: a heading between entries.
    pub(crate) alone: Option<String>,
}

/// No table of the file is the list asked for.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NotAList {
    /// No table has the headings.
    #[error("文件里没有找到表头，须有这几列：{}", .wanted.join("、"))]
    NoHeadings {
        /// The columns that must be there.
        wanted: Vec<&'static str>,
    },
    /// There are headings, and nothing under them.
    #[error("第 {row} 行有表头，但下面没有任何内容")]
    Empty {
        /// The row of the headings.
        row: usize,
    },
}

impl NotAList {
    /// What the person who sent the file can do.
    pub const fn remedy(&self) -> &'static str {
        match self {
            Self::NoHeadings { .. } => "请确认选对了文件，表头在同一行，列名照通行写法",
            Self::Empty { .. } => "请确认内容没有被隐藏或者删除，填写后再导入",
        }
    }
}

/// The entries of every table that has the headings, in order.
pub(crate) fn entries(sheets: &[Sheet], wanted: &[Wanted]) -> Result<Vec<Entry>, NotAList> {
    let mut first = None;
    let mut all = Vec::new();
    for sheet in sheets {
        let Some((at, places)) = heading(sheet, wanted) else { continue };
        first = first.or(sheet.rows.get(at).map(|row| row.number));
        all.extend(below(sheet, at, &places, wanted));
    }
    match (first, all.is_empty()) {
        (None, _) => {
            let required = wanted.iter().filter(|column| column.required);
            let wanted = required.filter_map(|column| column.headings.first().copied()).collect();
            Err(NotAList::NoHeadings { wanted })
        }
        (Some(row), true) => Err(NotAList::Empty { row }),
        (Some(_), false) => Ok(all),
    }
}

/// The row of headings, and in which place each wanted column stands.
fn heading(sheet: &Sheet, wanted: &[Wanted]) -> Option<(usize, Vec<Option<usize>>)> {
    sheet.rows.iter().enumerate().find_map(|(at, row)| {
        let names: Vec<String> = (0..row.cells.len())
            .map(|place| bare(&outside_brackets(&text(sheet, at, place))))
            .collect();
        let place = |column: &Wanted| {
            column.headings.iter().find_map(|name| names.iter().position(|one| one == name))
        };
        let places: Vec<Option<usize>> = wanted.iter().map(place).collect();
        let fits = wanted.iter().zip(&places).all(|(column, at)| !column.required || at.is_some());
        fits.then_some((at, places))
    })
}

fn below(sheet: &Sheet, heading: usize, places: &[Option<usize>], wanted: &[Wanted]) -> Vec<Entry> {
    let mut entries: Vec<Entry> = Vec::new();
    let mut last = vec![String::new(); wanted.len()];
    for (at, row) in sheet.rows.iter().enumerate().skip(heading + 1) {
        if row.is_blank() {
            continue;
        }
        let alone = row.lone_text().filter(|_| wanted.len() > 1).map(str::to_owned);
        if alone.is_some() {
            entries.push(Entry { row: row.number, cells: last.clone(), alone });
            continue;
        }
        let cell = |place: &Option<usize>| place.map(|place| text(sheet, at, place));
        let mut cells: Vec<String> =
            places.iter().map(|place| cell(place).unwrap_or_default()).collect();
        let repeats = wanted.iter().zip(&cells).filter(|(column, _)| column.required);
        if repeats.clone().all(|(column, text)| column.headings.contains(&bare(text).as_str())) {
            continue;
        }
        for (at, cell) in cells.iter_mut().enumerate() {
            if cell.is_empty() && wanted[at].carried && sheet.spans == Spans::Lost {
                cell.clone_from(&last[at]);
            }
        }
        last.clone_from(&cells);
        entries.push(Entry { row: row.number, cells, alone: None });
    }
    entries
}

/// What stands in a place; a part of a merged cell says what the whole says.
fn text(sheet: &Sheet, row: usize, place: usize) -> String {
    let (mut row, mut place) = (row, place);
    loop {
        match sheet.rows.get(row).and_then(|row| row.cells.get(place)) {
            Some(Cell::Text(text)) => return text.trim().to_owned(),
            Some(Cell::Above) if row > 0 => row -= 1,
            Some(Cell::Left) if place > 0 => place -= 1,
            _ => return String::new(),
        }
    }
}
