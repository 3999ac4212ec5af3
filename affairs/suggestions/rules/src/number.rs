//! 编号: the number of a letter as people type it, in the one way it is kept, 咨询〔2026〕1号.

use crate::SuggestionKind;

/// So many figures a year has.
const YEAR: usize = 4;

/// The number of a letter from what was typed: with any brackets or none, blanks, figures of any width, with or
/// without 号. None where it is no number of ours.
pub fn letter_number(typed: &str) -> Option<String> {
    let even: String = typed.chars().filter(|letter| !letter.is_whitespace()).map(plain).collect();
    let kind = SuggestionKind::ALL.into_iter().find(|kind| even.starts_with(kind.name()))?;
    let rest = even.strip_prefix(kind.name())?;
    let only_marks = rest.chars().all(|letter| letter.is_ascii_digit() || is_mark(letter));
    let mut figures = rest.split(|letter: char| !letter.is_ascii_digit());
    let mut next = || figures.find(|part| !part.is_empty());
    let (year, serial, more) = (next()?, next()?, next());
    let year: i16 = year.parse().ok().filter(|_| year.len() == YEAR)?;
    let serial: i64 = serial.parse().ok().filter(|serial| *serial > 0)?;
    (only_marks && more.is_none()).then(|| format!("{}〔{year}〕{serial}号", kind.name()))
}

/// What may stand between the figures.
const fn is_mark(letter: char) -> bool {
    matches!(
        letter,
        '〔' | '〕'
            | '['
            | ']'
            | '('
            | ')'
            | '【'
            | '】'
            | '﹝'
            | '﹞'
            | '〖'
            | '〗'
            | '{'
            | '}'
            | '「'
            | '」'
            | '『'
            | '』'
            | '〈'
            | '〉'
            | '《'
            | '》'
            | '<'
            | '>'
            | '年'
            | '第'
            | '号'
            | '-'
            | '—'
            | '–'
            | '_'
            | '/'
            | '.'
            | '、'
            | '，'
            | ','
    )
}

/// A letter of full width as the one of half width.
fn plain(letter: char) -> char {
    let code = u32::from(letter);
    match code {
        0xff01..=0xff5e => char::from_u32(code - 0xfee0).unwrap_or(letter),
        _ => letter,
    }
}
