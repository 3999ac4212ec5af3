//! What becomes of a value when it is masked, sign by sign, so that a text keeps its layout.

use super::signs::{What, is_invisible, signs};
use super::{Found, Kind};

/// How many signs of the value stay at its end.
const fn kept(kind: Kind) -> usize {
    match kind {
        Kind::IdNumber | Kind::Passport => 4,
        _ => 0,
    }
}

/// What becomes of each character of a finding when it is masked for publication: its place in the
/// text, and the sign that takes its place, if any. Identity numbers keep their last four signs,
/// other numbers nothing (docs/readings/056). Separators stay where they are.
pub fn masking(found: Found, text: &str) -> Vec<(usize, Option<char>)> {
    let value = text.get(found.from..found.to).unwrap_or_default();
    let changed = match found.kind {
        Kind::HomeAddress => from(value, home(value)),
        Kind::Plate => middle(value),
        Kind::Email | Kind::Messenger | Kind::Health | Kind::Minor => from(value, 0),
        Kind::NameList => Vec::new(),
        kind => numbered(value, kept(kind)),
    };
    changed.into_iter().map(|(at, sign)| (found.from + at, sign)).collect()
}

/// A whole text with the findings masked.
pub fn masked(text: &str, found: &[Found]) -> String {
    let changes: std::collections::BTreeMap<usize, Option<char>> =
        found.iter().flat_map(|found| masking(*found, text)).collect();
    text.char_indices().filter_map(|(at, c)| changes.get(&at).copied().unwrap_or(Some(c))).collect()
}

/// The value as it may be shown to whoever is to remove it: a telephone number keeps its ends.
pub fn shown(found: Found, text: &str) -> String {
    let value = text.get(found.from..found.to).unwrap_or_default();
    match found.kind {
        Kind::IdNumber | Kind::Mobile | Kind::BankCard | Kind::Passport | Kind::HomePhone => {
            let mut plain = plain(value);
            if super::is_turned(text, found.from) {
                plain = plain.chars().rev().collect();
            }
            let count = plain.chars().count();
            let (head, tail) = if found.kind == Kind::Mobile { (3, 4) } else { (4, 4) };
            let middle = |at: usize| at >= head && at + tail < count;
            let masked = plain.chars().enumerate().map(|(at, c)| if middle(at) { '*' } else { c });
            masked.collect()
        }
        Kind::NameList => value.chars().take(1).chain("**".chars()).collect(),
        _ => masked(text, &[found])[found.from..].chars().take(value.chars().count()).collect(),
    }
}

/// Digits and letters only, a country's code left out.
fn plain(value: &str) -> String {
    let signs = signs(value);
    let last = signs.len().saturating_sub(1);
    let plain: String = signs
        .into_iter()
        .enumerate()
        .filter_map(|(at, sign)| match sign.what {
            What::Digit(digit, _) => Some(char::from(b'0' + digit)),
            What::Letter(c) => Some(match super::chains::alike(c) {
                Some(digit) => char::from(b'0' + digit),
                None => c.to_ascii_uppercase(),
            }),
            What::Mask | What::Other(_) if at == last => Some('X'),
            _ => None,
        })
        .collect();
    let count = plain.len();
    if (12..=15).contains(&count)
        && plain[count - 11..].starts_with('1')
        && plain[..count - 11].trim_matches('0') == "86"
    {
        return plain[count - 11..].to_owned();
    }
    plain
}

fn numbered(value: &str, kept: usize) -> Vec<(usize, Option<char>)> {
    let signs: Vec<_> = signs(value)
        .into_iter()
        .filter(|sign| matches!(sign.what, What::Digit(..) | What::Letter(_) | What::Mask))
        .map(|sign| sign.from)
        .collect();
    let hidden = &signs[..signs.len().saturating_sub(kept)];
    let change = |(at, c): (usize, char)| match () {
        () if is_invisible(c) => Some((at, None)),
        () if hidden.binary_search(&at).is_ok() => Some((at, Some('*'))),
        () => None,
    };
    value.char_indices().filter_map(change).collect()
}

/// Everything readable from a byte on.
fn from(value: &str, from: usize) -> Vec<(usize, Option<char>)> {
    let change = |(at, c): (usize, char)| match () {
        () if is_invisible(c) => Some((at, None)),
        () if at >= from && c.is_alphanumeric() => Some((at, Some('*'))),
        () => None,
    };
    value.char_indices().filter_map(change).collect()
}

/// Everything but two signs at either end.
fn middle(value: &str) -> Vec<(usize, Option<char>)> {
    let places: Vec<usize> =
        value.char_indices().filter(|(_, c)| c.is_alphanumeric()).map(|(at, _)| at).collect();
    let ends = 2..places.len().saturating_sub(2).max(2);
    places.get(ends).unwrap_or_default().iter().map(|at| (*at, Some('*'))).collect()
}

/// Up to where an address names no more than the village or community, else the town.
fn home(value: &str) -> usize {
    let ends = ['村', '区', '镇', '乡', '道', '县', '市'];
    value
        .char_indices()
        .filter(|(at, c)| ends.contains(c) && !value[..*at].ends_with('小'))
        .filter(|(at, _)| !value[..*at].contains(|c: char| c.is_ascii_digit()))
        .map(|(at, c)| at + c.len_utf8())
        .next_back()
        .unwrap_or(0)
}
