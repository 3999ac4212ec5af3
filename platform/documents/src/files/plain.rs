//! Text and CSV.

use std::borrow::Cow;
use std::rc::Rc;

use super::Collector;
use super::blocks::{Block, Builder, Form, Joint, Place};
use super::markup::Changes;
use crate::examining::Masking;
use crate::personal::Headings;

/// Looks through a text.
pub(super) fn read(text: &str, is_csv: bool, out: &mut Collector) {
    out.blocks(&blocks(&spelled(text), is_csv));
}

/// The text with digits and letters that are written as \u0033 written as what they mean: in JSON, where
/// this occurs, both are the same.
fn spelled(text: &str) -> Cow<'_, str> {
    if !text.contains("\\u") {
        return Cow::Borrowed(text);
    }
    let mut parts = text.split("\\u");
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let code = part.get(..4).and_then(|hex| u32::from_str_radix(hex, 16).ok());
        match code.and_then(char::from_u32).filter(|c| c.is_alphanumeric()) {
            Some(c) => {
                out.push(c);
                out.push_str(&part[4..]);
            }
            None => {
                out.push_str("\\u");
                out.push_str(part);
            }
        }
    }
    Cow::Owned(out)
}

/// The text with everything masked that has to be.
pub(super) fn clean(text: &str, is_csv: bool, masking: &Masking) -> String {
    let text = spelled(text);
    let mut changes = Changes::default();
    super::blocks::mask(&blocks(&text, is_csv), masking, &mut changes);
    changes.apply(&text)
}

fn blocks(text: &str, is_csv: bool) -> Vec<Block> {
    let place = if is_csv {
        Place::new("csv.visible", "表格", true)
    } else {
        Place::new("txt.visible", "正文", true)
    };
    let separator = if is_csv { separator(text) } else { '\t' };
    let mut rows =
        Rows { out: Builder::new(place), headings: Headings::default(), line: 1, is_csv };
    let (mut from, mut in_quotes, mut cells) = (0, false, Vec::new());
    for (at, c) in text.char_indices() {
        match c {
            '"' if is_csv => in_quotes = !in_quotes,
            c if c == separator && !in_quotes => {
                cells.push((from, at));
                from = at + c.len_utf8();
            }
            '\n' if !in_quotes => {
                cells.push((from, at));
                from = at + 1;
                rows.take(text, &std::mem::take(&mut cells));
            }
            _ => {}
        }
    }
    cells.push((from, text.len()));
    rows.take(text, &cells);
    rows.out.finish()
}

/// What separates the cells: whatever the first lines have most of.
fn separator(text: &str) -> char {
    let head: String = text.lines().take(20).collect();
    [',', '\t', ';', '|']
        .into_iter()
        .max_by_key(|sign| (head.matches(*sign).count(), *sign == ','))
        .unwrap_or(',')
}

struct Rows {
    out: Builder,
    headings: Headings,
    line: usize,
    is_csv: bool,
}

impl Rows {
    fn take(&mut self, text: &str, cells: &[(usize, usize)]) {
        self.out.place(self.place());
        self.out.joint(Joint::Line);
        for (column, (from, to)) in cells.iter().enumerate() {
            if cells.len() > 1 {
                self.out.joint(Joint::Cell);
                self.out.heading(self.headings.of(column));
            }
            self.cell(&text[*from..*to], *from);
            if cells.len() > 1 {
                self.headings.learn(column, text[*from..*to].trim_matches('"'));
            }
        }
        self.line += text[cells[0].0..cells[cells.len() - 1].1].matches('\n').count() + 1;
    }

    /// The lines of a quoted cell run on after a break.
    fn cell(&mut self, cell: &str, from: usize) {
        let mut at = from;
        for (index, part) in cell.split('\n').enumerate() {
            if index > 0 {
                self.out.joint(Joint::Break);
            }
            self.out.text(part, (at, at + part.len()), Form::Raw);
            at += part.len() + 1;
        }
    }

    fn place(&self) -> Rc<Place> {
        let code = if self.is_csv { "csv.visible" } else { "txt.visible" };
        Place::new(code, format!("第{}行", self.line), true)
    }
}
