//! Text in bytes of which nothing more is known: runs of readable characters in the encodings in
//! use, at every offset they may have.

use std::rc::Rc;

use encoding_rs::{GB18030, UTF_16BE, UTF_16LE};

use super::Collector;
use super::blocks::Place;
use crate::personal::Passage;

/// A run shorter than this holds nothing that is looked for.
const SHORTEST: usize = 6;
/// The most bytes that are looked through this way in one piece.
const MOST: usize = 32 * 1024 * 1024;

/// Looks through bytes as text of 8 and of 16 bits.
pub(super) fn read(bytes: &[u8], place: &Rc<Place>, out: &mut Collector) {
    let bytes = &bytes[..bytes.len().min(MOST)];
    let narrow = match std::str::from_utf8(bytes) {
        Ok(text) => text.to_owned(),
        Err(_) => GB18030.decode_without_bom_handling(bytes).0.into_owned(),
    };
    runs(&narrow, place, out);
    if std::str::from_utf8(bytes).is_err() {
        runs(&String::from_utf8_lossy(bytes), place, out);
    }
    if bytes.contains(&0) {
        for offset in 0..2 {
            for encoding in [UTF_16LE, UTF_16BE] {
                let text =
                    encoding.decode_without_bom_handling(bytes.get(offset..).unwrap_or_default()).0;
                runs(&text, place, out);
            }
        }
    }
}

fn runs(text: &str, place: &Rc<Place>, out: &mut Collector) {
    let is_readable =
        |c: char| (!c.is_control() || matches!(c, '\t' | '\n' | '\r')) && c != '\u{fffd}';
    for run in text.split(|c: char| !is_readable(c)) {
        if run.len() >= SHORTEST
            && run.chars().filter(|c| c.is_numeric() || !c.is_ascii()).take(6).count() >= 6
        {
            for piece in pieces(run) {
                out.passage(&Passage::plain(piece), place);
            }
        }
    }
}

/// A long run in pieces that end at blanks where there are any.
fn pieces(run: &str) -> Vec<&str> {
    const LONG: usize = 32 * 1024;
    let (mut rest, mut pieces) = (run, Vec::new());
    while rest.len() > LONG {
        let mut cut = LONG;
        while !rest.is_char_boundary(cut) {
            cut -= 1;
        }
        let cut = rest[..cut].rfind(char::is_whitespace).filter(|at| *at > 0).unwrap_or(cut);
        pieces.push(&rest[..cut]);
        rest = &rest[cut..];
    }
    pieces.push(rest);
    pieces
}
