//! What a crawl of a web site and the tables around it are made of: text in any encoding in use, rows of a
//! CSV as they stand, and published pages taken apart into what they say of themselves and their text.

use std::collections::BTreeMap;

use super::html::published;
use super::{Unreadable, check_size, encoding, html, xml};

/// A page of a site, taken apart.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PublishedPage {
    /// What `<title>` says.
    pub title: Option<String>,
    /// What `<meta name=…>` says, by names in small letters: `articletitle`, `pubdate`.
    pub told: BTreeMap<String, String>,
    /// The code of the part that holds the text, and whether it is marked as such.
    pub body: String,
    /// Whether that part was marked as the text, not just guessed.
    pub marked: bool,
    /// Where links in that part lead, with their words.
    pub links: Vec<(String, String)>,
    /// The whole visible text, line by line, for labels such as 文号.
    pub text: String,
    /// Where a mirroring program says that it came from, without a scheme.
    pub mirrored_from: Option<String>,
}

/// The largest page, in bytes: a decision of ours, far beyond any text.
pub const LARGEST_PAGE: u64 = 8 << 20;

/// The text of bytes in any encoding in use.
///
/// # Errors
/// Too large, empty, or in an unknown encoding.
pub fn text_of(bytes: &[u8]) -> Result<String, Unreadable> {
    check_size(bytes.len() as u64)?;
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Err(Unreadable::Empty);
    }
    encoding::decode(bytes)
}

/// A text without references and tags of a page, on one line.
pub fn plain_text(text: &str) -> String {
    let text = html::unescaped(text);
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The records of a CSV, each with the line it begins on, fields as they stand.
///
/// # Errors
/// As [`text_of`].
pub fn csv_rows(bytes: &[u8]) -> Result<Vec<(usize, Vec<String>)>, Unreadable> {
    let text = text_of(bytes)?;
    let (mut rows, mut row, mut field) = (vec![], vec![], String::new());
    let (mut line, mut first, mut quoted) = (1, 1, false);
    let mut letters = text.trim_start_matches('\u{feff}').chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            '"' if quoted && letters.peek() == Some(&'"') => {
                letters.next();
                field.push('"');
            }
            '"' if quoted => quoted = false,
            '"' if field.is_empty() => quoted = true,
            ',' if !quoted => row.push(std::mem::take(&mut field)),
            '\r' if !quoted && letters.peek() == Some(&'\n') => {}
            '\n' | '\r' if !quoted => {
                line += 1;
                row.push(std::mem::take(&mut field));
                rows.push((first, std::mem::take(&mut row)));
                first = line;
            }
            other => {
                line += usize::from(other == '\n');
                field.push(other);
            }
        }
    }
    if !field.is_empty() || !row.is_empty() {
        row.push(field);
        rows.push((first, row));
    }
    if quoted {
        let detail = format!("第 {first} 行的引号没有结束");
        return Err(Unreadable::Damaged { part: "表格".into(), detail });
    }
    Ok(rows)
}

/// Whether a text is XML to its end; what was cut off on the way is not.
pub fn is_whole_xml(text: &str) -> bool {
    xml::is_whole(text)
}

/// Whether bytes look like a page.
pub fn is_page(bytes: &[u8]) -> bool {
    let head = String::from_utf8_lossy(bytes.get(..bytes.len().min(2_048)).unwrap_or_default());
    let head = head.to_ascii_lowercase();
    ["<html", "<!doctype html", "<head", "<meta ", "<body"].iter().any(|mark| head.contains(mark))
}

/// Takes a page apart.
///
/// # Errors
/// As [`text_of`]; larger than [`LARGEST_PAGE`].
pub fn page(bytes: &[u8]) -> Result<PublishedPage, Unreadable> {
    if bytes.len() as u64 > LARGEST_PAGE {
        return Err(Unreadable::Bomb { what: format!("网页超过 {} MB", LARGEST_PAGE >> 20) });
    }
    let text = text_of(bytes)?;
    let mut page = published::read(&text);
    page.mirrored_from = text.split_once("<!-- Mirrored from ").and_then(|(_, rest)| {
        rest.split(" by HTTrack").next().filter(|from| from.len() < 2_000).map(str::to_owned)
    });
    Ok(page)
}
