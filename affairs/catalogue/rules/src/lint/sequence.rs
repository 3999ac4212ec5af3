//! 序号: numbers left out, out of order, or missing. One number may serve several items in a row,
//! and every domain counts anew.

use super::finding::{Finding, Row, Rule};
use crate::reading::text::bare;

/// What is wrong with the numbers; nothing where they are no whole numbers.
pub(super) fn check(rows: &[Row<'_>]) -> Vec<Finding> {
    let numbers: Vec<Option<Number>> = rows.iter().map(Number::of).collect();
    let given = || numbers.iter().flatten();
    if given().next().is_none() || given().any(|number| number.0.is_none()) {
        return Vec::new();
    }
    let mut findings = Vec::new();
    let mut before: Option<u32> = None;
    for (place, row) in rows.iter().enumerate() {
        let anew = place.checked_sub(1).is_some_and(|above| rows[above].domain != row.domain);
        before = before.filter(|_| !anew);
        match numbers[place].as_ref().and_then(|number| number.0) {
            None => {
                findings.push(row.finding(Rule::SequenceMissing, "没有序号", "补上序号"));
                // The number that is missing is the next one.
                before = before.map(|before| before.saturating_add(1));
            }
            Some(now) => {
                findings.extend(before.and_then(|before| step(row, before, now)));
                before = Some(now);
            }
        }
    }
    findings
}

/// What is wrong with going from one number to the next.
fn step(row: &Row<'_>, before: u32, now: u32) -> Option<Finding> {
    match now {
        _ if now < before => Some(row.finding(
            Rule::SequenceOrder,
            format!("序号{now}排在{before}之后"),
            "按顺序重新编号；另起一组的，确认后连续编号",
        )),
        _ if now > before.saturating_add(1) => Some(row.finding(
            Rule::SequenceGap,
            format!("序号从{before}跳到{now}，中间可能缺行"),
            "与原目录核对；没有缺行的，重新编号",
        )),
        _ => None,
    }
}

/// 序号 as written; without a value where it is no whole number.
struct Number(Option<u32>);

impl Number {
    fn of(row: &Row<'_>) -> Option<Self> {
        let written = bare(row.item.seq.as_deref()?);
        (!written.is_empty()).then(|| Self(written.parse().ok()))
    }
}
