//! Reading files as they are found in the wild: tables as neutral grids, and the text around them.
//!
//! The kind of a file is told by its content, never by its name: a web page is often sent as
//! `.xls`, and pages in GBK declare UTF-8. What a reader of the page would not see (hidden rows and
//! sheets, scripts, deleted text) is left out. Limits are checked before anything is unpacked, and
//! nothing here recurses on the file's own nesting.

mod archive;
mod assemble;
mod delimited;
mod docx;
mod encoding;
mod grid;
mod html;
mod kind;
pub mod prose;
pub mod site;
mod sparse;
mod symbols;
mod unreadable;
mod xls;
mod xlsx;
mod xml;
mod xml_sheet;

pub use kind::Kind;
pub use site::{csv_rows, plain_text};
pub use unreadable::Unreadable;
pub(crate) use unreadable::in_chinese;

/// The largest file that is read, in bytes.
pub const MOST_BYTES: u64 = 50 * 1024 * 1024;
/// The most cells a file may have, merged ones counted with every place they cover.
pub const MOST_CELLS: usize = 5_000_000;

/// What [`read_whole`] leaves in the text where a picture stands.
pub const PICTURE: &str = "\u{fffc}";

/// What [`read_whole`] leaves as a line where an element that could hold a cell's text holds none: in pages that
/// set their tables without table elements, an empty cell is one too.
pub const EMPTY_BOX: &str = "\u{fdd0}";

/// The tables of a file, in order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    /// What the file is.
    pub kind: Kind,
    /// The title a web page declares.
    pub title: Option<String>,
    /// Its tables or worksheets that have any text, in order.
    pub sheets: Vec<Sheet>,
    /// The lines of text behind the last table.
    pub after: Vec<String>,
}

/// A table or worksheet.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sheet {
    /// The worksheet's name.
    pub name: Option<String>,
    /// The lines of text between the table before and this one.
    pub before: Vec<String>,
    /// The visible rows.
    pub rows: Vec<Row>,
    /// Whether the file states merged cells.
    pub spans: Spans,
}

/// Whether a kind of file can say that cells are merged.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Spans {
    /// It can.
    #[default]
    Stated,
    /// It cannot: under a merged cell stands an empty one, or none at all.
    Lost,
}

/// One row.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Row {
    /// The row of the worksheet, of the table, or the line of the text, from 1.
    pub number: usize,
    /// One cell for each column.
    pub cells: Vec<Cell>,
}

/// One place of the grid.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cell {
    /// The cell's own text, lines separated by `\n`.
    Text(String),
    /// Part of the merged cell above.
    Above,
    /// Part of the merged cell to the left.
    Left,
}

/// Whether a file of this size is read at all; asked before it is loaded.
///
/// # Errors
///
/// [`Unreadable::TooLarge`] beyond [`MOST_BYTES`].
pub const fn check_size(bytes: u64) -> Result<(), Unreadable> {
    if bytes > MOST_BYTES { Err(Unreadable::TooLarge { bytes }) } else { Ok(()) }
}

/// Reads a file's tables. `name` is the file's name, used only where the content leaves the kind
/// open (CSV or other text).
///
/// # Errors
///
/// [`Unreadable`] says in Chinese what is wrong with the file and what to do: too large, packed to
/// burst, encrypted, of a kind that is not read, in an unknown encoding, damaged, or without any
/// table.
pub fn read(bytes: &[u8], name: &str) -> Result<Document, Unreadable> {
    let document = document(bytes, name, html::read)?;
    if document.sheets.is_empty() {
        return Err(Unreadable::NoTable { kind: document.kind });
    }
    Ok(document)
}

/// Reads a file's text as much as its tables: as [`read`], but a file without any table is read too; in
/// a page every table stands apart, also inside a wide row of another, [`PICTURE`] marks pictures, and
/// [`EMPTY_BOX`] boxes with nothing in them.
///
/// # Errors
///
/// As [`read`], save that there need be no table.
pub fn read_whole(bytes: &[u8], name: &str) -> Result<Document, Unreadable> {
    document(bytes, name, html::read_whole)
}

/// How a page is read.
type PageReader = fn(&str) -> Result<Document, Unreadable>;

fn document(bytes: &[u8], name: &str, page: PageReader) -> Result<Document, Unreadable> {
    check_size(bytes.len() as u64)?;
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Err(Unreadable::Empty);
    }
    match kind::Found::in_bytes(bytes)? {
        kind::Found::Archive => office(bytes),
        kind::Found::Compound => Ok(sheets_only(Kind::Xls, xls::read(bytes)?)),
        kind::Found::Text => text(&encoding::decode(bytes)?, name, page),
    }
}

/// The text of a file in any encoding in use.
pub(crate) fn decoded(bytes: &[u8]) -> Result<String, Unreadable> {
    encoding::decode(bytes)
}

pub(crate) use xls::compound::streams;

/// Text without references: numbers, and the names HTML knows.
pub(crate) fn unescaped(text: &str) -> String {
    html::unescaped(text)
}

fn office(bytes: &[u8]) -> Result<Document, Unreadable> {
    let mut archive = archive::Archive::open(bytes)?;
    if archive.has("word/document.xml") {
        return docx::read(&mut archive);
    }
    if archive.has("xl/workbook.xml") {
        return Ok(sheets_only(Kind::Xlsx, xlsx::read(&mut archive)?));
    }
    Err(archive.unknown())
}

fn text(text: &str, name: &str, page: PageReader) -> Result<Document, Unreadable> {
    match kind::Written::in_text(text) {
        kind::Written::Page => page(text),
        kind::Written::XmlSheet => Ok(sheets_only(Kind::XmlSheet, xml_sheet::read(text)?)),
        kind::Written::Mail => page(&encoding::mail_page(text)?),
        kind::Written::Plain => Ok(delimited::read(text, name)),
    }
}

fn sheets_only(kind: Kind, sheets: Vec<Sheet>) -> Document {
    Document { kind, title: None, sheets, after: Vec::new() }
}

#[cfg(test)]
mod tests;
