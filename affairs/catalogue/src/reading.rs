//! Reading a published catalogue from a file, whatever its kind.
//!
//! The file's tables come from [`documents::reading`], what they mean from
//! [`catalogue_rules::reading`]; here the one's grids become the other's.

use catalogue_rules::ReadCatalogue;
use catalogue_rules::reading::{Cell, NotACatalogue, Row, Sheet, Spans, read as understand};
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
    let document = file::read(bytes, name)?;
    let title = document.title;
    let sheets: Vec<Sheet> = document.sheets.into_iter().map(sheet).collect();
    Ok(understand(&sheets, title.as_deref())?)
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

fn row(row: file::Row) -> Row {
    let cells = row.cells.into_iter().map(|cell| match cell {
        file::Cell::Text(text) => Cell::Text(text),
        file::Cell::Above => Cell::Above,
        file::Cell::Left => Cell::Left,
    });
    Row { number: row.number, cells: cells.collect() }
}
