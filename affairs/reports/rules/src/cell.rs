//! 一格: what stands in a cell of the report's tables, as published, also where it is wrong.

use std::fmt;

use serde::{Serialize, Serializer};

/// An exact decimal number, of up to nine places after the point.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Figure(i128);

/// Billionths to one.
const ONE: i128 = 1_000_000_000;
/// Places after the point.
const PLACES: usize = 9;
/// Digits before the point that are still read; more is no count of anything.
const WHOLE_DIGITS: usize = 18;

/// A cell of a table.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub enum Cell {
    /// A number.
    Number(Figure),
    /// Left empty; counts as 0 (docs/readings/130).
    #[default]
    Blank,
    /// The form of that year has no such cell.
    Absent,
    /// Something that is no number, as it stands; counts as 0 in sums.
    Unreadable(String),
}

impl Figure {
    /// Zero.
    pub const ZERO: Self = Self(0);

    /// A number of things.
    pub const fn count(number: u64) -> Self {
        Self(number as i128 * ONE)
    }

    /// Reads `-12`, `0.50`, `４５`; no commas, no units.
    pub fn read(text: &str) -> Option<Self> {
        let half = text.chars().map(half_width).collect::<String>();
        let (negative, digits) = match half.strip_prefix(['-', '−', '－']) {
            Some(digits) => (true, digits),
            None => (false, half.strip_prefix('+').unwrap_or(&half)),
        };
        let (whole, part) = digits.split_once('.').unwrap_or((digits, ""));
        let is_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        let (trimmed, part) = (whole.trim_start_matches('0'), part.trim_end_matches('0'));
        if whole.is_empty() || !is_digits(whole) || !is_digits(part) {
            return None;
        }
        if trimmed.len() > WHOLE_DIGITS || part.len() > PLACES {
            return None;
        }
        let number: i128 = format!("0{trimmed}{part:0<PLACES$}").parse().ok()?;
        Some(Self(if negative { -number } else { number }))
    }

    /// Whether it has nothing after the point.
    pub const fn is_whole(self) -> bool {
        self.0 % ONE == 0
    }

    /// Whether it is below zero.
    pub const fn is_negative(self) -> bool {
        self.0 < 0
    }

    /// As a count, where it is one.
    pub fn as_count(self) -> Option<u64> {
        if self.is_whole() { u64::try_from(self.0 / ONE).ok() } else { None }
    }
}

impl std::ops::Add for Figure {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }
}

impl std::ops::Sub for Figure {
    type Output = Self;

    fn sub(self, other: Self) -> Self {
        Self(self.0.saturating_sub(other.0))
    }
}

impl std::iter::Sum for Figure {
    fn sum<I: Iterator<Item = Self>>(figures: I) -> Self {
        figures.fold(Self::ZERO, |sum, figure| sum + figure)
    }
}

impl fmt::Display for Figure {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.0 < 0 { "-" } else { "" };
        let (whole, part) = (self.0.unsigned_abs() / ONE.unsigned_abs(), self.0.unsigned_abs());
        let part = format!("{:09}", part % ONE.unsigned_abs());
        let part = part.trim_end_matches('0');
        if part.is_empty() {
            write!(out, "{sign}{whole}")
        } else {
            write!(out, "{sign}{whole}.{part}")
        }
    }
}

impl Cell {
    /// A count of things.
    pub const fn count(number: u64) -> Self {
        Self::Number(Figure::count(number))
    }

    /// Reads what stands in a cell: blank where there is nothing but space, `&nbsp;` included.
    pub fn read(text: &str) -> Self {
        let bare = text.replace("&nbsp;", " ");
        let bare = bare.trim();
        if bare.is_empty() {
            return Self::Blank;
        }
        match Figure::read(bare) {
            Some(figure) => Self::Number(figure),
            None => Self::Unreadable(bare.to_owned()),
        }
    }

    /// Reads a cell as pages print it: besides, strokes stand for nothing and thousands may be set
    /// off by commas (docs/readings/130).
    pub fn printed(text: &str) -> Self {
        let bare = text.replace("&nbsp;", " ").replace('\u{200b}', "");
        let bare: String = bare.chars().filter(|one| !one.is_whitespace()).collect();
        if bare.chars().all(|one| "/／-－—–―─".contains(one)) {
            return Self::Blank;
        }
        Self::read(&without_separators(&bare))
    }

    /// Its number in sums: 0 for whatever is none.
    pub const fn value(&self) -> Figure {
        match self {
            Self::Number(figure) => *figure,
            Self::Blank | Self::Absent | Self::Unreadable(_) => Figure::ZERO,
        }
    }

    /// Whether a count may stand so: a whole number, not below zero, or nothing.
    pub const fn is_count(&self) -> bool {
        match self {
            Self::Number(figure) => figure.is_whole() && !figure.is_negative(),
            Self::Blank | Self::Absent => true,
            Self::Unreadable(_) => false,
        }
    }

    /// Whether an amount of money may stand so.
    pub const fn is_amount(&self) -> bool {
        match self {
            Self::Number(figure) => !figure.is_negative(),
            Self::Blank | Self::Absent => true,
            Self::Unreadable(_) => false,
        }
    }
}

/// Commas between groups of three digits are taken out; others stay and make it unreadable.
fn without_separators(text: &str) -> String {
    let commas = |one: char| one == ',' || one == '，';
    if !text.contains(commas) {
        return text.to_owned();
    }
    let (whole, part) =
        text.split_once('.').map_or((text, None), |(whole, part)| (whole, Some(part)));
    let groups: Vec<&str> = whole.split(commas).collect();
    let head = groups.first().is_some_and(|head| (1..=3).contains(&head.chars().count()));
    if !head || groups.iter().skip(1).any(|group| group.chars().count() != 3) {
        return text.to_owned();
    }
    let joined = groups.concat();
    part.map_or(joined.clone(), |part| format!("{joined}.{part}"))
}

fn half_width(one: char) -> char {
    match one {
        '！'..='～' => char::from_u32(u32::from(one) - 0xFEE0).unwrap_or(one),
        other => other,
    }
}

impl fmt::Display for Cell {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Number(figure) => figure.fmt(out),
            Self::Blank | Self::Absent => Ok(()),
            Self::Unreadable(text) => out.write_str(text),
        }
    }
}

/// A count as a number, an amount as text, nothing as null.
impl Serialize for Cell {
    fn serialize<S: Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Number(figure) => match figure.as_count() {
                Some(count) => out.serialize_u64(count),
                None => out.serialize_str(&figure.to_string()),
            },
            Self::Blank => out.serialize_u64(0),
            Self::Absent => out.serialize_none(),
            Self::Unreadable(text) => out.serialize_str(text),
        }
    }
}
