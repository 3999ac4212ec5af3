//! 索引号: by Fujian's rule, 机关代码 + 信息类别 + 年度 + 流水号; other schemes are kept as they are.
//!
//! Fujian's form is seen on its portals (XM02102-0106-2026-00001, QZ06101-0240-2020-00207). What is
//! met elsewhere follows other rules and is never taken apart, only recognised.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::characters::condensed;

/// An organ's code: two letters of the city, five digits (XM00002).
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct OrganCode(String);

/// 索引号 by Fujian's rule.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FujianIndex {
    organ: OrganCode,
    category: u16,
    year: u16,
    serial: u32,
}

/// 索引号 of any scheme.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum IndexNumber {
    /// XM00002-0201-2020-00067.
    Fujian(FujianIndex),
    /// Of another scheme, as printed.
    Opaque(OpaqueScheme, String),
}

/// Schemes that are recognised and not taken apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum OpaqueScheme {
    /// Nine digits, year and serial: 000014349/2017-00110 (the State Council's).
    OrganisationCode,
    /// 统一社会信用代码, year and serial: 11370322004222241N/2021-5135380.
    CreditCode,
    /// Twenty-one digits in a row.
    Digits21,
    /// Any other.
    Unknown,
}

/// Why a text is no code or index number, or why one cannot be composed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BadIndexNumber {
    /// The field is empty.
    #[error("索引号是空的")]
    Empty,
    /// Not two capital letters and five digits.
    #[error("机关代码“{0}”不是两个大写字母加五位数字")]
    Organ(String),
    /// A part has more digits than its place.
    #[error("索引号的{0}超出了位数")]
    TooGreat(&'static str),
    /// Longer than any scheme's.
    #[error("索引号“{0}”太长")]
    TooLong(String),
}

impl BadIndexNumber {
    /// What to do about it.
    pub const fn remedy(&self) -> &'static str {
        match self {
            Self::Empty => "留给平台编号时删去“索引号”这一行",
            Self::Organ(_) => "写机关表中的代码，如 XM00002",
            Self::TooGreat(_) => "类别不超过9999，流水号不超过99999，年份为1949至2099",
            Self::TooLong(_) => "照来源抄写索引号，不超过64个字",
        }
    }
}

impl OrganCode {
    /// The code as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FujianIndex {
    /// Composes the number of a document: the organ that publishes it, the four-digit category, the
    /// year it was made in, and its serial among that organ's of that year, from 1.
    ///
    /// # Errors
    /// A part does not fit its place.
    pub fn new(
        organ: OrganCode,
        category: u16,
        year: u16,
        serial: u32,
    ) -> Result<Self, BadIndexNumber> {
        if category > 9999 {
            return Err(BadIndexNumber::TooGreat("信息类别"));
        }
        if !(1949..=2099).contains(&year) {
            return Err(BadIndexNumber::TooGreat("年度"));
        }
        if !(1..=99_999).contains(&serial) {
            return Err(BadIndexNumber::TooGreat("流水号"));
        }
        Ok(Self { organ, category, year, serial })
    }

    /// 机关代码.
    pub const fn organ(&self) -> &OrganCode {
        &self.organ
    }

    /// 信息类别.
    pub const fn category(&self) -> u16 {
        self.category
    }

    /// 年度.
    pub const fn year(&self) -> u16 {
        self.year
    }

    /// 流水号.
    pub const fn serial(&self) -> u32 {
        self.serial
    }

    fn parse(text: &str) -> Option<Self> {
        let mut parts = text.split('-');
        let (organ, rest) = (parts.next()?, parts.collect::<Vec<_>>());
        let [category, year, serial] = rest.as_slice() else { return None };
        let digits = |part: &str, many| part.len() == many && all_digits(part);
        if !(digits(category, 4) && digits(year, 4) && digits(serial, 5)) {
            return None;
        }
        let numbers = (category.parse().ok()?, year.parse().ok()?, serial.parse().ok()?);
        Self::new(organ.parse().ok()?, numbers.0, numbers.1, numbers.2).ok()
    }
}

impl IndexNumber {
    /// Fujian's parts, if it is one of those.
    pub const fn fujian(&self) -> Option<&FujianIndex> {
        match self {
            Self::Fujian(index) => Some(index),
            Self::Opaque(..) => None,
        }
    }
}

impl FromStr for OrganCode {
    type Err = BadIndexNumber;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let code = condensed(text).to_ascii_uppercase();
        let letters = code.chars().take(2).filter(char::is_ascii_uppercase).count();
        let fits = letters == 2 && code.len() == 7 && all_digits(&code[2..]);
        if fits { Ok(Self(code)) } else { Err(BadIndexNumber::Organ(text.trim().to_owned())) }
    }
}

impl FromStr for IndexNumber {
    type Err = BadIndexNumber;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let even = condensed(text).replace(['－', '—', '–', '−'], "-");
        if even.is_empty() {
            return Err(BadIndexNumber::Empty);
        }
        if even.chars().count() > 64 {
            return Err(BadIndexNumber::TooLong(even));
        }
        let upper = even.to_ascii_uppercase();
        Ok(match FujianIndex::parse(&upper) {
            Some(index) => Self::Fujian(index),
            None => Self::Opaque(scheme_of(&upper), even),
        })
    }
}

impl fmt::Display for OrganCode {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0)
    }
}

impl fmt::Display for FujianIndex {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { organ, category, year, serial } = self;
        write!(out, "{organ}-{category:04}-{year:04}-{serial:05}")
    }
}

impl fmt::Display for IndexNumber {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Fujian(index) => index.fmt(out),
            Self::Opaque(_, text) => out.write_str(text),
        }
    }
}

impl TryFrom<String> for OrganCode {
    type Error = BadIndexNumber;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl TryFrom<String> for IndexNumber {
    type Error = BadIndexNumber;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<OrganCode> for String {
    fn from(code: OrganCode) -> Self {
        code.0
    }
}

impl From<IndexNumber> for String {
    fn from(index: IndexNumber) -> Self {
        index.to_string()
    }
}

fn scheme_of(text: &str) -> OpaqueScheme {
    if text.len() == 21 && all_digits(text) {
        return OpaqueScheme::Digits21;
    }
    let Some((holder, rest)) = text.split_once('/') else { return OpaqueScheme::Unknown };
    let dated = rest.split_once('-').is_some_and(|(year, serial)| {
        year.len() == 4 && all_digits(year) && !serial.is_empty() && all_digits(serial)
    });
    match holder.len() {
        9 if dated && all_digits(holder) => OpaqueScheme::OrganisationCode,
        18 if dated && holder.bytes().all(|byte| byte.is_ascii_alphanumeric()) => {
            OpaqueScheme::CreditCode
        }
        _ => OpaqueScheme::Unknown,
    }
}

fn all_digits(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit())
}
