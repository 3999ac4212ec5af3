//! 个人信息保护影响评估 (个人信息保护法第五十五、五十六条): before personal data are made public it is
//! written down whether that is lawful and needed, what it may do to the persons, and what protects them.

use jiff::ToSpan;
use law::{Date, Dated, article, day};

use crate::{Fault, Field};

/// How many years an assessment is kept, at least.
pub const IMPACT_KEPT: Dated<i16> =
    Dated::since(&[(day(2021, 11, 1), 3, article("个人信息保护法", 56).paragraph(2))]);

/// The longest answer, in letters: a decision of ours.
const LONGEST: usize = 1000;

/// The first day on which an assessment made on a day need no longer be kept.
pub fn impact_kept_until(made_on: Date) -> Date {
    let years = IMPACT_KEPT.on(made_on).map_or(0, |period| period.value);
    let last = made_on.checked_add(years.years()).unwrap_or(Date::MAX);
    last.tomorrow().unwrap_or(last)
}

/// An answer of the assessment, on one line.
///
/// # Errors
/// It is empty or too long.
pub fn impact_answer(question: &str, text: &str) -> Result<String, Fault> {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match text.chars().count() {
        0 => Err(Fault::error(
            Field::Body,
            format!("没有写“{question}”"),
            "写出评估的结论和理由；依据：个人信息保护法第五十六条",
        )),
        1..=LONGEST => Ok(text),
        letters => Err(Fault::error(
            Field::Body,
            format!("“{question}”有{letters}字，超过{LONGEST}字"),
            "写短一些，材料另存档案",
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_assessment_is_kept_for_three_whole_years() {
        for (made, until) in [
            (day(2026, 11, 25), day(2029, 11, 26)),
            (day(2024, 2, 29), day(2027, 3, 1)),
            (day(2021, 11, 1), day(2024, 11, 2)),
        ] {
            assert_eq!(impact_kept_until(made), until, "{made}");
        }
    }
}
