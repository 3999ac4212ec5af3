//! 发文字号 (文号): read in the many ways it is written, printed in one (GB/T 9704-2012).
//!
//! The standard form is 机关代字 + 六角括号 with the four-digit year + number without leading zeros
//! and without 第: 厦府办〔2020〕67号. Orders carry no year (国务院令第711号), and announcements of
//! ministries carry it in words (财政部公告2019年第39号); both keep their 第.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::characters::{condensed, says_none};

/// A document's number in its three parts.
///
/// ```
/// use records_rules::DocumentNumber;
///
/// let number: DocumentNumber = "厦府办[2020] 第067号".parse()?;
/// assert_eq!(number.to_string(), "厦府办〔2020〕67号");
/// assert_eq!(DocumentNumber::read("无")?, None);
/// # Ok::<(), records_rules::BadDocumentNumber>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct DocumentNumber {
    word: String,
    form: NumberForm,
    number: u32,
}

/// How the year stands in the number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum NumberForm {
    /// In brackets: 厦府办〔2020〕67号.
    Bracketed(u16),
    /// In words: 财政部公告2019年第39号.
    InWords(u16),
    /// No year: 国务院令第711号.
    Order,
}

/// Why a text is not a document number.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BadDocumentNumber {
    /// No organ's word in front.
    #[error("文号“{0}”前面没有机关代字")]
    NoWord(String),
    /// No four-digit year from 1949 to 2099 where it belongs.
    #[error("文号“{0}”没有四位年份")]
    NoYear(String),
    /// No number above zero, or one too great.
    #[error("文号“{0}”没有序号")]
    NoNumber(String),
    /// Not in any of the three forms.
    #[error("“{0}”不像文号")]
    NotOne(String),
}

const YEARS: std::ops::RangeInclusive<u16> = 1949..=2099;

impl BadDocumentNumber {
    /// What to do about it.
    pub const fn remedy(&self) -> &'static str {
        "写成“机关代字〔年份〕序号号”，如“厦府办〔2020〕67号”；没有文号的写“无”"
    }
}

impl DocumentNumber {
    /// Reads a number field as it is found; `None` where it says there is none (empty, 无, a dash).
    ///
    /// # Errors
    /// The text is there and is no document number.
    pub fn read(text: &str) -> Result<Option<Self>, BadDocumentNumber> {
        let even = even_brackets(&condensed(text));
        if says_none(&even) {
            return Ok(None);
        }
        if even.contains('〔') {
            return bracketed(&even).map(Some);
        }
        without_brackets(&even).map(Some)
    }

    /// 机关代字, or what stands before 第 in an order: 厦府办, 国务院令.
    pub fn word(&self) -> &str {
        &self.word
    }

    /// The year, if the form has one.
    pub const fn year(&self) -> Option<u16> {
        match self.form {
            NumberForm::Bracketed(year) | NumberForm::InWords(year) => Some(year),
            NumberForm::Order => None,
        }
    }

    /// 序号.
    pub const fn number(&self) -> u32 {
        self.number
    }

    /// How the year stands in it.
    pub const fn form(&self) -> NumberForm {
        self.form
    }
}

impl fmt::Display for DocumentNumber {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { word, form, number } = self;
        match form {
            NumberForm::Bracketed(year) => write!(out, "{word}〔{year}〕{number}号"),
            NumberForm::InWords(year) => write!(out, "{word}{year}年第{number}号"),
            NumberForm::Order => write!(out, "{word}第{number}号"),
        }
    }
}

impl FromStr for DocumentNumber {
    type Err = BadDocumentNumber;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::read(text)?.ok_or_else(|| BadDocumentNumber::NotOne(text.trim().to_owned()))
    }
}

impl TryFrom<String> for DocumentNumber {
    type Error = BadDocumentNumber;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<DocumentNumber> for String {
    fn from(number: DocumentNumber) -> Self {
        number.to_string()
    }
}

/// Every kind of bracket that is found around a year becomes 〔 or 〕.
fn even_brackets(text: &str) -> String {
    text.chars()
        .map(|letter| match letter {
            '[' | '(' | '【' | '﹝' | '〖' | '{' | '「' | '〈' | '<' => '〔',
            ']' | ')' | '】' | '﹞' | '〗' | '}' | '」' | '〉' | '>' => '〕',
            other => other,
        })
        .collect()
}

fn bracketed(text: &str) -> Result<DocumentNumber, BadDocumentNumber> {
    let bad = || text.to_owned();
    let (word, rest) = text.rsplit_once('〔').ok_or_else(|| BadDocumentNumber::NotOne(bad()))?;
    let word = word_of(word, text)?;
    let (year, rest) = rest.split_once('〕').ok_or_else(|| BadDocumentNumber::NoYear(bad()))?;
    let year =
        year_of(year.trim_end_matches('年')).ok_or_else(|| BadDocumentNumber::NoYear(bad()))?;
    let number = number_of(rest).ok_or_else(|| BadDocumentNumber::NoNumber(bad()))?;
    Ok(DocumentNumber { word, form: NumberForm::Bracketed(year), number })
}

fn without_brackets(text: &str) -> Result<DocumentNumber, BadDocumentNumber> {
    let bad = || text.to_owned();
    let (front, rest) = text.rsplit_once('第').ok_or_else(|| BadDocumentNumber::NotOne(bad()))?;
    let number = number_of(rest).ok_or_else(|| BadDocumentNumber::NoNumber(bad()))?;
    let Some(front) = front.strip_suffix('年') else {
        let word = word_of(front, text)?;
        return Ok(DocumentNumber { word, form: NumberForm::Order, number });
    };
    let digits = front.len() - front.chars().rev().take_while(char::is_ascii_digit).count();
    let (word, year) = front.split_at(digits);
    let year = year_of(year).ok_or_else(|| BadDocumentNumber::NoYear(bad()))?;
    Ok(DocumentNumber { word: word_of(word, text)?, form: NumberForm::InWords(year), number })
}

/// The word before the year: letters of any script, digits and the few signs that occur in it.
fn word_of(word: &str, whole: &str) -> Result<String, BadDocumentNumber> {
    let fits = |letter: char| letter.is_alphanumeric() || matches!(letter, '-' | '·' | '〇');
    match word.chars().count() {
        0 => Err(BadDocumentNumber::NoWord(whole.to_owned())),
        1..=30 if word.chars().all(fits) => Ok(word.to_owned()),
        _ => Err(BadDocumentNumber::NotOne(whole.to_owned())),
    }
}

fn year_of(text: &str) -> Option<u16> {
    let plain = text.len() == 4 && text.chars().all(|letter| letter.is_ascii_digit());
    text.parse().ok().filter(|year| plain && YEARS.contains(year))
}

fn number_of(text: &str) -> Option<u32> {
    let digits = text.strip_prefix('第').unwrap_or(text);
    let digits = digits.strip_suffix('令').unwrap_or(digits);
    let digits = digits.strip_suffix('号').unwrap_or(digits);
    let plain = !digits.is_empty() && digits.chars().all(|letter| letter.is_ascii_digit());
    digits.parse().ok().filter(|number| plain && *number > 0)
}
