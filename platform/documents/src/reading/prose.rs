//! Running text as files and the clipboard have it: lines with the little of their looks that says
//! something (heading, list, bold, link), tables with merged cells, pictures. What is left out is
//! counted by its kind, so that whoever hands it in can be told.

mod maker;

use std::collections::BTreeMap;

pub(crate) use maker::Maker;

use crate::reading::archive::Archive;
use crate::reading::{Unreadable, check_size, docx, encoding, html, kind};

/// A text in its pieces.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Prose {
    /// The pieces, in order.
    pub pieces: Vec<Piece>,
    /// What was left out, and how often.
    pub left_out: BTreeMap<LeftOut, usize>,
}

/// One piece of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece {
    /// A line.
    Line(Line),
    /// A table.
    Table(Table),
    /// A picture.
    Picture(Picture),
}

/// A line of text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Line {
    /// Its letters.
    pub letters: Vec<Letters>,
    /// The level of a heading, from 1.
    pub heading: Option<u8>,
    /// The list it belongs to.
    pub list: Option<ListMark>,
    /// Set in the middle.
    pub centred: bool,
}

/// A stretch of letters that look alike.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Letters {
    /// The letters.
    pub text: String,
    /// Bold.
    pub bold: bool,
    /// Where they lead, as the file says it; nothing is known of it yet.
    pub link: Option<String>,
}

/// What stands before an entry of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListMark {
    /// Numbered.
    pub ordered: bool,
    /// How far it is set in, from 0.
    pub depth: u8,
    /// The mark as the file shows it (`一、`, `1.`); empty for a bullet.
    pub shown: String,
}

/// A table as a grid: every row is as long as the longest.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Table {
    /// How many rows are headers.
    pub heads: usize,
    /// What stands at each place.
    pub rows: Vec<Vec<Place>>,
}

/// A place of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// A cell begins here; its lines.
    Cell(Vec<Vec<Letters>>),
    /// Part of the cell at the left.
    Left,
    /// Part of the cell above.
    Above,
}

/// A picture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    /// What is to be seen, where the file says it.
    pub alt: String,
    /// Its bytes, where the file holds them and they are of a kind that pages show.
    pub bytes: Option<Vec<u8>>,
}

/// What is left out of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum LeftOut {
    /// 脚本和程序.
    Script,
    /// 隐藏的内容.
    Hidden,
    /// 删除的修订.
    Deleted,
    /// 批注.
    Comment,
    /// 脚注和尾注.
    Note,
    /// 办公软件的残留代码.
    Residue,
    /// 字体、字号、颜色.
    Looks,
    /// 表单控件.
    Control,
    /// 单元格里的表格, kept as text.
    InnerTable,
}

impl LeftOut {
    /// The words for it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Script => "脚本和程序",
            Self::Hidden => "隐藏的内容",
            Self::Deleted => "删除的修订",
            Self::Comment => "批注",
            Self::Note => "脚注、尾注",
            Self::Residue => "办公软件的残留代码",
            Self::Looks => "字体、字号、颜色",
            Self::Control => "表单控件",
            Self::InnerTable => "表中的表（保留文字）",
        }
    }
}

/// Reads the text of a web page or of what was copied from Word, WPS or a page.
pub fn of_page(page: &str) -> Prose {
    html::prose::read(page)
}

/// Reads the text of a file: docx, a web page, or plain text. `name` is not asked for its kind.
///
/// # Errors
/// [`Unreadable`] says in Chinese what is wrong and what to do. A `.doc` or `.wps` of the old binary
/// form is [`Unreadable::Unsupported`].
pub fn of_file(bytes: &[u8]) -> Result<Prose, Unreadable> {
    check_size(bytes.len() as u64)?;
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Err(Unreadable::Empty);
    }
    match kind::Found::in_bytes(bytes)? {
        kind::Found::Archive => {
            let mut archive = Archive::open(bytes)?;
            if !archive.has("word/document.xml") {
                return Err(archive.unknown());
            }
            docx::prose::read(&mut archive)
        }
        kind::Found::Compound => Err(Unreadable::Unsupported {
            found: "旧格式的办公文件（.doc、.wps）",
            remedy: "请用 Word 或者 WPS 打开后另存为 docx，再导入",
        }),
        kind::Found::Text => {
            let text = encoding::decode(bytes)?;
            match kind::Written::in_text(&text) {
                kind::Written::Page => Ok(of_page(&text)),
                kind::Written::Mail => Ok(of_page(&encoding::mail_page(&text)?)),
                kind::Written::XmlSheet | kind::Written::Plain => Ok(of_text(&text)),
            }
        }
    }
}

/// Reads plain text, line by line.
pub fn of_text(text: &str) -> Prose {
    let letters = |line: &str| vec![Letters { text: line.trim().to_owned(), ..Letters::default() }];
    let line = |line: &str| Piece::Line(Line { letters: letters(line), ..Line::default() });
    let lines = text.lines().filter(|line| !line.trim().is_empty());
    Prose { pieces: lines.map(line).collect(), ..Prose::default() }
}

impl Prose {
    /// Counts something that is left out.
    pub(crate) fn leave_out(&mut self, what: LeftOut) {
        *self.left_out.entry(what).or_default() += 1;
    }
}
