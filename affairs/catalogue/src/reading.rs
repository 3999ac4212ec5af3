//! Reading a published catalogue from a file, whatever its kind.
//!
//! The file's tables come from [`documents::reading`], what they mean from
//! [`catalogue_rules::reading`]; here the one's grids become the other's.

use catalogue_rules::reading::{Cell, NotACatalogue, Row, Sheet, Spans, read as understand};
use catalogue_rules::{NotAList, ReadCatalogue};
use documents::reading::{self as file, Unreadable};

/// Why no catalogue was read. The message says what is wrong and where.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Unread {
    /// The file itself could not be read.
    #[error(transparent)]
    File(#[from] Unreadable),
    /// The file was read, and there is no catalogue in it.
    #[error(transparent)]
    Content(#[from] NotACatalogue),
}

impl Unread {
    /// What the person who sent the file can do.
    pub const fn remedy(&self) -> &'static str {
        match self {
            Self::File(refused) => refused.remedy(),
            Self::Content(refused) => refused.remedy(),
        }
    }
}

/// Why no list (标准, 权责清单, 公共服务事项清单) was read. The message says what is wrong and where.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ListUnread {
    /// The file itself could not be read.
    #[error(transparent)]
    File(#[from] Unreadable),
    /// The file was read, and there is no list in it.
    #[error(transparent)]
    Content(#[from] NotAList),
}

impl ListUnread {
    /// What the person who sent the file can do.
    pub const fn remedy(&self) -> &'static str {
        match self {
            Self::File(refused) => refused.remedy(),
            Self::Content(refused) => refused.remedy(),
        }
    }
}

/// Whether a file of this size is read at all; asked before it is loaded.
///
/// # Errors
///
/// [`Unread::File`] if it is too large.
pub fn check_size(bytes: u64) -> Result<(), Unread> {
    Ok(file::check_size(bytes)?)
}

/// Reads the catalogue in a file. `name` is the file's name, which decides nothing but whether
/// commas separate columns.
///
/// # Errors
///
/// [`Unread`], if the file cannot be read or holds no catalogue. Nothing was stored.
pub fn read(bytes: &[u8], name: &str) -> Result<ReadCatalogue, Unread> {
    if let Some(own) = own_json(bytes) {
        return Ok(own);
    }
    let document = file::read(bytes, name)?;
    let title = document.title;
    let sheets: Vec<Sheet> = document.sheets.into_iter().map(sheet).collect();
    Ok(settled(understand(&sheets, title.as_deref())?))
}

/// The same catalogue however it was laid out: channels in the order of the standard list, and the
/// labels of 公开层级 as columns also where the table gives them in words.
fn settled(mut catalogue: ReadCatalogue) -> ReadCatalogue {
    for item in &mut catalogue.items {
        item.channels.sort_by_key(|channel| channel.rank().unwrap_or(usize::MAX));
    }
    if catalogue.level_columns.is_empty() {
        for level in catalogue.items.iter().flat_map(|item| item.levels.iter().flatten()) {
            if !catalogue.level_columns.contains(&level.0) {
                catalogue.level_columns.push(level.0.clone());
            }
        }
        catalogue.level_columns.sort_by_key(|label| height(label));
    }
    for item in &mut catalogue.items {
        let place = |label: &str| catalogue.level_columns.iter().position(|column| column == label);
        if let Some(levels) = &mut item.levels {
            levels.sort_by_key(|level| place(&level.0));
        }
    }
    catalogue
}

/// How far down a level is, for putting labels in their usual order.
fn height(label: &str) -> usize {
    const DOWN: [&[char]; 5] =
        [&['省'], &['市'], &['县', '区'], &['乡', '镇', '街'], &['村', '居', '社']];
    DOWN.iter().position(|names| label.starts_with(*names)).unwrap_or(DOWN.len())
}

/// A catalogue as [`crate::writing`] gives it out in JSON: it is taken as it is.
fn own_json(bytes: &[u8]) -> Option<ReadCatalogue> {
    let text = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(bytes);
    if !text.trim_ascii_start().starts_with(b"{") || check_size(bytes.len() as u64).is_err() {
        return None;
    }
    serde_json::from_slice(text).ok()
}

/// The tables of a file in the form in which rules read lists.
///
/// # Errors
///
/// The file cannot be read.
pub(crate) fn sheets(bytes: &[u8], name: &str) -> Result<Vec<Sheet>, Unreadable> {
    Ok(file::read(bytes, name)?.sheets.into_iter().map(sheet).collect())
}

fn sheet(sheet: file::Sheet) -> Sheet {
    Sheet {
        name: sheet.name,
        before: sheet.before,
        rows: sheet.rows.into_iter().map(row).collect(),
        spans: match sheet.spans {
            file::Spans::Stated => Spans::Stated,
            file::Spans::Lost => Spans::Lost,
        },
    }
}

/// A worksheet's cell holds no more characters than this; what is longer is no catalogue's cell.
const LONGEST_CELL: usize = 32_767;

fn row(row: file::Row) -> Row {
    let cells = row.cells.into_iter().map(|cell| match cell {
        file::Cell::Text(mut text) => {
            if let Some((end, _)) = text.char_indices().nth(LONGEST_CELL) {
                text.truncate(end);
            }
            Cell::Text(text)
        }
        file::Cell::Above => Cell::Above,
        file::Cell::Left => Cell::Left,
    });
    Row { number: row.number, cells: cells.collect() }
}
