//! Writing a content stream anew without signs that are masked or unseen. Everything else in it
//! stays as it was written, and stays in its place on the page.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use super::content::{Operand, Operation, operations, tells};
use super::font::Font;

/// What becomes of a sign.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Change {
    /// A star takes its place where the font has one.
    Starred,
    /// Its place stays empty.
    Dropped,
}

/// What changes in one stream.
#[derive(Debug, Default)]
pub(super) struct Edits {
    /// By operation, then by string and code.
    pub(super) changes: BTreeMap<u32, BTreeMap<(u32, u32), Change>>,
    /// Operations that are not kept.
    pub(super) dropped: BTreeSet<u32>,
}

/// The font and spacing at an operation that shows text.
#[derive(Clone)]
pub(super) struct Spacing {
    pub(super) font: Rc<Font>,
    pub(super) size: f64,
    pub(super) spacing: f64,
    pub(super) word_spacing: f64,
}

/// The stream with its changes.
pub(super) fn rewrite(
    content: &[u8],
    edits: Option<&Edits>,
    spacing: impl Fn(u32) -> Option<Spacing>,
) -> Vec<u8> {
    let mut out = Vec::with_capacity(content.len());
    let mut at = 0;
    for (index, operation) in operations(content).iter().enumerate() {
        let index = index as u32;
        let Some(new) = changed(content, index, operation, edits, &spacing) else { continue };
        out.extend_from_slice(&content[at..operation.from]);
        out.extend_from_slice(&new);
        at = operation.to;
    }
    out.extend_from_slice(&content[at..]);
    without_comments(out)
}

/// A comment between operations is no part of a page. Strings may hold a percent sign.
fn without_comments(content: Vec<u8>) -> Vec<u8> {
    if !content.contains(&b'%') {
        return content;
    }
    let mut out = Vec::with_capacity(content.len());
    let mut at = 0;
    for operation in operations(&content) {
        // a picture's bytes are its own
        let is_picture = operation.operator == b"BI";
        let between = &content[at..operation.from];
        out.extend(between.iter().copied().filter(|_| !between.contains(&b'%')));
        out.push(b'\n');
        let own = &content[operation.from..operation.to];
        if is_picture || !own.contains(&b'%') || own.contains(&b'(') {
            out.extend_from_slice(own);
        } else {
            out.extend(own.split(|byte| *byte == b'\n').flat_map(|line| {
                let end = line.iter().position(|byte| *byte == b'%').unwrap_or(line.len());
                line[..end].iter().copied().chain([b'\n'])
            }));
        }
        at = operation.to;
    }
    out
}

fn changed(
    content: &[u8],
    index: u32,
    operation: &Operation,
    edits: Option<&Edits>,
    spacing: &impl Fn(u32) -> Option<Spacing>,
) -> Option<Vec<u8>> {
    if edits.is_some_and(|edits| edits.dropped.contains(&index)) {
        return Some(Vec::new());
    }
    match operation.operator.as_slice() {
        // what marks say beside the text (alternative texts, layers) is not kept
        b"BDC" => return Some(b"/Span BMC".to_vec()),
        b"MP" | b"DP" => return Some(Vec::new()),
        b"BI" if tells(&content[operation.from..operation.to]) => return Some(Vec::new()),
        _ => {}
    }
    let changes = edits?.changes.get(&index)?;
    Some(shown(operation, changes, &spacing(index)?))
}

/// An operation that shows text, without what is changed.
fn shown(
    operation: &Operation,
    changes: &BTreeMap<(u32, u32), Change>,
    spacing: &Spacing,
) -> Vec<u8> {
    let mut out = match operation.operator.as_slice() {
        b"'" => b"T* ".to_vec(),
        b"\"" => format!("{} Tw {} Tc T* ", operation.number(0), operation.number(1)).into_bytes(),
        _ => Vec::new(),
    };
    out.push(b'[');
    match operation.operands.last() {
        Some(Operand::Text(text)) => element(0, text, changes, spacing, &mut out),
        Some(Operand::Array(items)) => {
            for (number, item) in items.iter().enumerate() {
                match item {
                    Operand::Text(text) => element(number as u32, text, changes, spacing, &mut out),
                    Operand::Number(shift) => {
                        out.extend_from_slice(format!(" {shift} ").as_bytes())
                    }
                    _ => {}
                }
            }
        }
        _ => {}
    }
    out.extend_from_slice(b"] TJ");
    out
}

fn element(
    number: u32,
    text: &[u8],
    changes: &BTreeMap<(u32, u32), Change>,
    spacing: &Spacing,
    out: &mut Vec<u8>,
) {
    let (mut kept, mut at) = (Vec::new(), 0);
    for (index, (length, code)) in spacing.font.codes(text).into_iter().enumerate() {
        let bytes = &text[at..at + length];
        at += length;
        let Some(change) = changes.get(&(number, index as u32)) else {
            kept.extend_from_slice(bytes);
            continue;
        };
        let star = spacing.font.star().filter(|_| *change == Change::Starred);
        let (own, missing) = match star {
            Some((star, width)) => {
                kept.extend_from_slice(&star);
                (0.0, code.width - width)
            }
            None => {
                let blank = if bytes == b" " { spacing.word_spacing } else { 0.0 };
                let extra = if spacing.size == 0.0 {
                    0.0
                } else {
                    (spacing.spacing + blank) / spacing.size * 1000.0
                };
                (extra, code.width)
            }
        };
        let shift = missing + own;
        if shift.abs() > 0.01 {
            flush(&mut kept, out);
            out.extend_from_slice(format!(" {:.3} ", -shift).as_bytes());
        }
    }
    flush(&mut kept, out);
}

fn flush(kept: &mut Vec<u8>, out: &mut Vec<u8>) {
    if !kept.is_empty() {
        out.push(b'<');
        out.extend(kept.drain(..).flat_map(|byte| format!("{byte:02X}").into_bytes()));
        out.push(b'>');
    }
}
