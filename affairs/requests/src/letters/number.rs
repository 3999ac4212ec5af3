//! 文书的号: by organ, word and year, without gaps (GB/T 9704-2012 7.2.5).

use std::fmt;

use requests_rules::Letter as Kind;
use serde::{Deserialize, Serialize};

/// The number of a letter: 云府办公开答复〔2026〕1号.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct LetterNumber {
    /// 机关代字, as the organ has it: 云府办公开.
    pub mark: String,
    /// The word of the letter: 答复.
    pub serial: String,
    /// The year.
    pub year: i16,
    /// Its place in the year, from 1.
    pub place: i64,
}

impl LetterNumber {
    /// The number of a letter.
    pub fn of(mark: &str, letter: Kind, year: i16, place: i64) -> Self {
        Self { mark: mark.to_owned(), serial: letter.serial().to_owned(), year, place }
    }
}

impl fmt::Display for LetterNumber {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { mark, serial, year, place } = self;
        write!(out, "{mark}{serial}〔{year}〕{place}号")
    }
}
