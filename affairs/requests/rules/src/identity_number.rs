//! 身份证明的号码: check digits of the two numbers that people and organisations are known by.
//!
//! GB 11643 (公民身份号码) and GB 32100 (统一社会信用代码). A number that fails is refused with what is
//! wrong; one that passes says nothing of whether it was ever given out.

use std::fmt;

use law::Date;
use serde::{Deserialize, Serialize};

/// A 公民身份号码 with a right check digit and a birthday that exists.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct ResidentNumber(String);

/// A 统一社会信用代码 with a right check character.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct CreditCode(String);

/// What is wrong with a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BadNumber {
    /// Not eighteen characters of the kind.
    #[error("应当是18位。改法: 对照证件核对有没有漏写、多写或者写错的字")]
    Shape,
    /// The birthday does not exist.
    #[error("第7到14位不是一个日期。改法: 对照证件核对出生日期")]
    Birthday,
    /// The last character does not fit the others.
    #[error("校验位不符，有一位写错了。改法: 对照证件逐位核对")]
    Check,
}

const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const CHECKS: [char; 11] = ['1', '0', 'X', '9', '8', '7', '6', '5', '4', '3', '2'];

/// The characters of a credit code in the order of their values: no I, O, S, V, Z.
const CREDIT_CHARACTERS: &str = "0123456789ABCDEFGHJKLMNPQRTUWXY";

impl ResidentNumber {
    /// Reads a number as typed: full-width characters, blanks and a small x are taken.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn read(text: &str) -> Result<Self, BadNumber> {
        let number = even(text);
        let digits: Vec<u32> = number.chars().take(17).filter_map(|c| c.to_digit(10)).collect();
        let last = number.chars().nth(17).filter(|c| c.is_ascii_digit() || *c == 'X');
        let (17, Some(last), 18) = (digits.len(), last, number.chars().count()) else {
            return Err(BadNumber::Shape);
        };
        let sum: u32 = digits.iter().zip(WEIGHTS).map(|(digit, weight)| digit * weight).sum();
        let birthday: String = number.chars().skip(6).take(8).collect();
        if Date::strptime("%Y%m%d", &birthday).is_err() {
            return Err(BadNumber::Birthday);
        }
        let check = usize::try_from(sum % 11).ok().and_then(|place| CHECKS.get(place));
        if check != Some(&last) {
            return Err(BadNumber::Check);
        }
        Ok(Self(number))
    }

    /// As letters and registers print it in full.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The birthday.
    pub fn birthday(&self) -> Option<Date> {
        Date::strptime("%Y%m%d", self.0.get(6..14)?).ok()
    }

    /// Whether its bearer is under eighteen on a day, and needs a guardian (民法典第十七条).
    pub fn is_minor(&self, on: Date) -> bool {
        let grown = |born: Date| born.checked_add(jiff::Span::new().years(18)).ok();
        self.birthday().and_then(grown).is_some_and(|grown| on < grown)
    }

    /// As those see it who may not see it whole: 3502****001X.
    pub fn masked(&self) -> String {
        masked(&self.0)
    }
}

impl CreditCode {
    /// Reads a code as typed.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn read(text: &str) -> Result<Self, BadNumber> {
        let code = even(text);
        let values: Vec<usize> =
            code.chars().filter_map(|one| CREDIT_CHARACTERS.find(one)).collect();
        let [first @ .., last] = values.as_slice() else { return Err(BadNumber::Shape) };
        if code.chars().count() != 18 || first.len() != 17 {
            return Err(BadNumber::Shape);
        }
        let mut weight = 1;
        let mut sum = 0;
        for value in first {
            sum += value * weight;
            weight = weight * 3 % 31;
        }
        if (31 - sum % 31) % 31 != *last {
            return Err(BadNumber::Check);
        }
        Ok(Self(code))
    }

    /// As letters and registers print it.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Upper case, half-width, without blanks.
fn even(text: &str) -> String {
    let half = |one: char| match one {
        '！'..='～' => char::from_u32(u32::from(one) - 0xFEE0).unwrap_or(one),
        other => other,
    };
    text.chars().filter(|one| !one.is_whitespace()).map(half).collect::<String>().to_uppercase()
}

fn masked(number: &str) -> String {
    let count = number.chars().count();
    let shown = |place: usize| place < 4 || place + 4 >= count;
    number.chars().enumerate().map(|(place, one)| if shown(place) { one } else { '*' }).collect()
}

impl TryFrom<String> for ResidentNumber {
    type Error = BadNumber;

    fn try_from(text: String) -> Result<Self, BadNumber> {
        Self::read(&text)
    }
}

impl TryFrom<String> for CreditCode {
    type Error = BadNumber;

    fn try_from(text: String) -> Result<Self, BadNumber> {
        Self::read(&text)
    }
}

impl From<ResidentNumber> for String {
    fn from(number: ResidentNumber) -> Self {
        number.0
    }
}

impl From<CreditCode> for String {
    fn from(code: CreditCode) -> Self {
        code.0
    }
}

/// Logs and panics never show it whole.
impl fmt::Debug for ResidentNumber {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "ResidentNumber({})", self.masked())
    }
}

impl fmt::Debug for CreditCode {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "CreditCode({})", masked(&self.0))
    }
}
