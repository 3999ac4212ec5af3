//! Text reduced to what matters for numbers: digits of any script, gaps, letters.
//!
//! Invisible characters and marks over a digit are dropped; wide, styled, circled, foreign and
//! Chinese digits become digits. Every sign remembers which bytes it was written with.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::passage::{BREAK, CELL, LINE};

/// One sign of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Sign {
    pub(super) what: What,
    /// The bytes it was written with.
    pub(super) from: usize,
    pub(super) to: usize,
}

/// What a sign is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum What {
    /// A digit, and whether it was written as a Chinese numeral.
    Digit(u8, bool),
    /// A Latin letter, in lower case.
    Letter(char),
    /// Something that hides a digit.
    Mask,
    /// A blank.
    Blank,
    /// A hyphen, a dot, a slash or the like.
    Tight,
    /// A bracket or a comma.
    Odd,
    /// A break inside a paragraph or cell.
    Break,
    /// The border of two cells.
    Cell,
    /// The end of a line.
    Line,
    /// Anything else.
    Other(char),
}

/// The zeros of scripts whose digits stand in order and which compatibility forms do not cover.
const ZEROS: [u32; 36] = [
    0x660, 0x6f0, 0x7c0, 0x966, 0x9e6, 0xa66, 0xae6, 0xb66, 0xbe6, 0xc66, 0xce6, 0xd66, 0xde6,
    0xe50, 0xed0, 0xf20, 0x1040, 0x1090, 0x17e0, 0x1810, 0x1946, 0x19d0, 0x1a80, 0x1a90, 0x1b50,
    0x1bb0, 0x1c40, 0x1c50, 0xa620, 0xa8d0, 0xa900, 0xa9d0, 0xa9f0, 0xaa50, 0xabf0, 0x104a0,
];
/// The ones of digits in black or double circles.
const ONES: [u32; 4] = [0x2776, 0x2780, 0x278a, 0x24f5];

/// A text as signs.
pub(super) fn signs(text: &str) -> Vec<Sign> {
    let mut signs = Vec::with_capacity(text.len() / 2);
    for (from, c) in text.char_indices() {
        let to = from + c.len_utf8();
        if c.is_ascii() {
            if let Some(what) = of(c) {
                signs.push(Sign { what, from, to });
            }
            continue;
        }
        if is_invisible(c) {
            continue;
        }
        if let Some(digit) = foreign(c) {
            signs.push(Sign { what: What::Digit(digit, false), from, to });
            continue;
        }
        signs.extend(c.nfkc().filter_map(of).map(|what| Sign { what, from, to }));
    }
    signs
}

/// Whether a reader sees nothing of it.
pub fn is_invisible(c: char) -> bool {
    matches!(c,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}'
        | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}'
        | '\u{fff9}'..='\u{fffb}' | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{e0fff}')
        || is_combining_mark(c)
}

fn foreign(c: char) -> Option<u8> {
    let code = u32::from(c);
    let in_row = |first: &u32, count: u32| (*first..*first + count).contains(&code);
    if let Some(zero) = ZEROS.iter().find(|zero| in_row(zero, 10)) {
        return u8::try_from(code - zero).ok();
    }
    let one = ONES.iter().find(|one| in_row(one, 9))?;
    u8::try_from(code - one + 1).ok()
}

fn of(c: char) -> Option<What> {
    Some(match c {
        '0'..='9' => What::Digit(c as u8 - b'0', false),
        // letters of other alphabets that look the same
        'Х' | 'х' | 'Χ' | 'χ' => What::Letter('x'),
        'О' | 'о' | 'Ο' | 'ο' => What::Letter('o'),
        'І' | 'і' | 'Ι' | 'ι' => What::Letter('i'),
        'a'..='z' | 'A'..='Z' => What::Letter(c.to_ascii_lowercase()),
        CELL => What::Cell,
        LINE => What::Line,
        BREAK | '\u{c}' | '\u{2028}' => What::Break,
        '\r' => return None,
        c if c.is_whitespace() || c == '\u{2800}' => What::Blank,
        c if c.is_control() => return None,
        '*' | '＊' | '×' | '✱' | '●' | '•' | '█' | '■' | '□' | '▇' | '※' | '#' | '?' | '✕' => {
            What::Mask
        }
        '-' | '‐' | '‑' | '‒' | '–' | '—' | '―' | '−' | '﹣' | '─' | '_' | '.' | '·' | '‧'
        | '・' | '/' | '\\' | '~' | '|' | '∙' | '⋅' | '﹘' | '⁃' | '+' => What::Tight,
        '(' | ')' | '[' | ']' | '【' | '】' | ',' | '、' | ':' | ';' | '<' | '>' | '{' | '}'
        | '"' | '“' | '”' | '｢' | '」' | '「' => What::Odd,
        c => match chinese(c) {
            Some(digit) => What::Digit(digit, true),
            None => What::Other(c),
        },
    })
}

/// 一 to 九 in their written forms, the capital forms of cheques, 幺, and the numerals of traders.
fn chinese(c: char) -> Option<u8> {
    Some(match c {
        '〇' | '零' | '○' | '◯' | '⭘' | '洞' => 0,
        '一' | '壹' | '幺' | '弌' | '壱' | '〡' => 1,
        '二' | '贰' | '貳' | '弍' | '〢' => 2,
        '三' | '叁' | '叄' | '參' | '弎' | '〣' => 3,
        '四' | '肆' | '〤' => 4,
        '五' | '伍' | '〥' => 5,
        '六' | '陆' | '陸' | '〦' => 6,
        '七' | '柒' | '拐' | '〧' => 7,
        '八' | '捌' | '〨' => 8,
        '九' | '玖' | '勾' | '〩' => 9,
        _ => return None,
    })
}

/// The signs as plain lower-case text, blanks and breaks left out: what labels are looked for in.
pub(super) fn words(signs: &[Sign], text: &str) -> String {
    let mut words = String::new();
    for sign in signs {
        match sign.what {
            What::Letter(c) | What::Other(c) => words.push(c),
            What::Digit(digit, false) => words.push(char::from(b'0' + digit)),
            What::Blank | What::Break => {}
            _ => words.push_str(text.get(sign.from..sign.to).unwrap_or_default()),
        }
    }
    words
}
