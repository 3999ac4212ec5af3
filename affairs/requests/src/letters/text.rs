//! 标准文本: paragraphs with places, read and checked when they are saved.
//!
//! A line is a paragraph. `{登记编号}` is a place. A line that begins with 【如有】 falls away when one of
//! its places is not known. What
//! follows 【另页】 on a line of its own stands on a page after the signature.

use super::field::{Field, Shape};
use super::key::{Need, TextKey};

/// What begins a line that may fall away.
const IF_KNOWN: &str = "【如有】";
/// What begins a new page.
const NEW_PAGE: &str = "【另页】";
/// The longest text, in characters.
const LONGEST: usize = 8_000;
/// Words that are said by {救济途径} alone.
const REMEDY_WORDS: [&str; 4] = ["行政复议", "行政诉讼", "起诉", "复议机关"];

/// A standard text that was checked for its letter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Text {
    key: TextKey,
    version: i64,
    body: String,
    pub(super) lines: Vec<Line>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Line {
    NewPage,
    Paragraph { if_known: bool, parts: Vec<Part> },
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Part {
    Words(String),
    Place(Field),
}

/// What is wrong with a text; lines count from 1.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TextFault {
    /// Nothing at all.
    #[error("文本是空的。改法: 写正文，或者恢复平台的标准文本")]
    Empty,
    /// More than fits a letter.
    #[error("文本超过 8000 字。改法: 删减")]
    TooLong,
    /// A brace without its other.
    #[error("第 {0} 行的花括号不成对。改法: 空位写成 {{登记编号}} 这样")]
    Unpaired(usize),
    /// No such place.
    #[error("第 {line} 行的 {{{name}}} 不是空位。改法: 用本文书可用的空位，见列表")]
    Unknown {
        /// The line.
        line: usize,
        /// What stands in the braces.
        name: String,
    },
    /// A place of another letter.
    #[error("第 {line} 行的 {{{name}}} 不能用在这种文书里，办理时不会有这一项。改法: 删去")]
    Foreign {
        /// The line.
        line: usize,
        /// The place.
        name: &'static str,
    },
    /// A list or table within a sentence.
    #[error("第 {line} 行的 {{{name}}} 是多段或者表格。改法: 让它独占一行")]
    NotAlone {
        /// The line.
        line: usize,
        /// The place.
        name: &'static str,
    },
    /// What is not always known, in a line that never falls away.
    #[error("第 {line} 行的 {{{name}}} 不一定有内容。改法: 在行首加上【如有】")]
    MayBeEmpty {
        /// The line.
        line: usize,
        /// The place.
        name: &'static str,
    },
    /// What always has to be said, in a line that may fall away.
    #[error(
        "第 {line} 行的 {{{name}}} 是必须写的，不能放在可以省去的行里。改法: 删去行首的【如有】"
    )]
    MayFallAway {
        /// The line.
        line: usize,
        /// The place.
        name: &'static str,
    },
    /// 【如有】 without a place.
    #[error("第 {0} 行以【如有】开头，但没有空位。改法: 加上空位，或者删去【如有】")]
    NothingToKnow(usize),
    /// A place that has to be there.
    #[error("缺少必须有的空位 {{{0}}}。改法: 在合适的位置加上")]
    Missing(&'static str),
    /// Remedies typed by hand.
    #[error("第 {0} 行手写了救济途径。改法: 删去，只用 {{救济途径}}，内容由规则按答复种类生成")]
    RemedyTyped(usize),
}

fn placed(lines: &[Line], field: Field) -> bool {
    lines.iter().any(|line| match line {
        Line::Paragraph { parts, .. } => parts.contains(&Part::Place(field)),
        Line::NewPage => false,
    })
}

impl Text {
    /// Reads a text for its letter.
    ///
    /// # Errors
    /// Everything that is wrong with it, in the order of the lines.
    pub fn read(key: TextKey, version: i64, body: &str) -> Result<Self, Vec<TextFault>> {
        let mut faults = Vec::new();
        let mut lines = Vec::new();
        if body.chars().count() > LONGEST {
            return Err(vec![TextFault::TooLong]);
        }
        for (at, line) in body.lines().enumerate() {
            let line = line.trim();
            if !line.is_empty() {
                lines.extend(read_line(key, at + 1, line, &mut faults));
            }
        }
        if lines.is_empty() && faults.is_empty() {
            return Err(vec![TextFault::Empty]);
        }
        let has = |field: Field| placed(&lines, field);
        let missing = key.demanded().into_iter().filter(|field| !has(*field));
        faults.extend(missing.map(|field| TextFault::Missing(field.name())));
        if faults.is_empty() {
            Ok(Self { key, version, body: body.to_owned(), lines })
        } else {
            Err(faults)
        }
    }

    /// Whether it has a place.
    pub(super) fn has(&self, field: Field) -> bool {
        placed(&self.lines, field)
    }

    /// The letter it is the text of.
    pub const fn key(&self) -> TextKey {
        self.key
    }

    /// Its version: 0 is the platform's.
    pub const fn version(&self) -> i64 {
        self.version
    }

    /// The text as it was written.
    pub fn body(&self) -> &str {
        &self.body
    }
}

fn read_line(key: TextKey, number: usize, line: &str, faults: &mut Vec<TextFault>) -> Option<Line> {
    if line == NEW_PAGE {
        return Some(Line::NewPage);
    }
    if key.has_remedy() && REMEDY_WORDS.iter().any(|word| line.contains(word)) {
        faults.push(TextFault::RemedyTyped(number));
    }
    let (if_known, rest) = match line.strip_prefix(IF_KNOWN) {
        Some(rest) => (true, rest.trim_start()),
        None => (false, line),
    };
    let Some(parts) = parts_of(rest, number, faults) else {
        faults.push(TextFault::Unpaired(number));
        return None;
    };
    let places: Vec<Field> = parts.iter().filter_map(Part::place).collect();
    if if_known && places.is_empty() {
        faults.push(TextFault::NothingToKnow(number));
    }
    for field in places {
        faults.extend(place_fault(key, (number, if_known, parts.len()), field));
    }
    Some(Line::Paragraph { if_known, parts })
}

fn place_fault(
    key: TextKey,
    (line, if_known, parts): (usize, bool, usize),
    field: Field,
) -> Option<TextFault> {
    let name = field.name();
    match key.need(field) {
        None => return Some(TextFault::Foreign { line, name }),
        Some(Need::IfKnown) if !if_known => return Some(TextFault::MayBeEmpty { line, name }),
        Some(Need::Must) if if_known => return Some(TextFault::MayFallAway { line, name }),
        Some(_) => {}
    }
    let alone = field.shape() == Shape::Text || (parts == 1 && !if_known);
    (!alone).then_some(TextFault::NotAlone { line, name })
}

/// The parts of a line; none if its braces do not pair.
fn parts_of(line: &str, number: usize, faults: &mut Vec<TextFault>) -> Option<Vec<Part>> {
    let mut parts = Vec::new();
    let mut rest = line;
    while let Some((before, after)) = rest.split_once('{') {
        let (name, after) = after.split_once('}')?;
        if before.contains('}') || name.contains('{') {
            return None;
        }
        if !before.is_empty() {
            parts.push(Part::Words(before.to_owned()));
        }
        match Field::named(name.trim()) {
            Some(field) => parts.push(Part::Place(field)),
            None => faults.push(TextFault::Unknown { line: number, name: name.to_owned() }),
        }
        rest = after;
    }
    if rest.contains('}') {
        return None;
    }
    if !rest.is_empty() {
        parts.push(Part::Words(rest.to_owned()));
    }
    Some(parts)
}

impl Part {
    const fn place(&self) -> Option<Field> {
        match self {
            Self::Place(field) => Some(*field),
            Self::Words(_) => None,
        }
    }
}
