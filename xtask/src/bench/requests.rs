//! requests-submit, requests-34k, letters-65k: handing in with a photo of 2 MB, the register of a great city's year, and
//! three years of letters to an organ.

use std::process::Command;

use anyhow::Context;

use super::ground::Ground;
use super::report::{Figure, Report, Target};
use crate::shell;

/// A figure of a line: its key, what it is, its unit, and what it must keep.
pub(super) type Wanted = (&'static str, &'static str, &'static str, Target);

/// Of fifty-five a second, ninety-nine of a hundred have their number so soon, in milliseconds.
const SUBMITTED: f64 = 300.0;

/// What is kept up of fifty-five a second: the last one is waited for.
const RATE: f64 = 50.0;

/// No list takes longer, in milliseconds.
const LISTED: f64 = 20.0;

/// The year's report is counted and kept within this, and all clocks are counted anew, in seconds.
const COUNTED: f64 = 1.0;
const RECOUNTED: f64 = 2.0;

/// What is read of the line `submitting`.
const SUBMITTING: [Wanted; 2] = [
    ("submit_p99_ms", "带 2 MB 附件提交, 每秒 55 件, p99", "ms", Target::Below(SUBMITTED)),
    ("rate_per_s", "每秒收下并落盘", "件/s", Target::AtLeast(RATE)),
];

/// Of the lines of a register.
const REGISTER: [(&str, Wanted); 3] = [
    (
        "register",
        ("worst_p99_ms", "三万四千件的台账, 最慢的一种列表, p99", "ms", Target::Below(LISTED)),
    ),
    ("annual-register", ("opened_s", "从登记簿编制年度报告", "s", Target::Below(COUNTED))),
    ("clocks", ("recounted_s", "三万四千件的期限全部重算", "s", Target::Below(RECOUNTED))),
];

/// Of the line `letters`.
const LETTERS: Wanted =
    ("worst_p99_ms", "六万五千件留言的列表, 最慢的一种, p99", "ms", Target::Below(LISTED));

/// requests-submit.
///
/// # Errors
/// The program was not built, fails, loses an application, or prints something else.
pub fn submit(ground: &Ground, report: &mut Report) -> anyhow::Result<()> {
    let seconds = if ground.scale.attempts > 1 { "20" } else { "2" };
    let told = run(ground, "submitting", seconds)?;
    for wanted in &SUBMITTING {
        report.add(figure(&told, "submitting", wanted)?);
    }
    Ok(())
}

/// requests-34k.
///
/// # Errors
/// As [`submit`].
pub fn register(ground: &Ground, report: &mut Report) -> anyhow::Result<()> {
    let number = if ground.scale.attempts > 1 { "34000" } else { "1000" };
    let told = run(ground, "register", number)?;
    for (line, wanted) in &REGISTER {
        report.add(figure(&told, line, wanted)?);
    }
    Ok(())
}

/// letters-65k.
///
/// # Errors
/// As [`submit`].
pub fn letters(ground: &Ground, report: &mut Report) -> anyhow::Result<()> {
    let number = if ground.scale.attempts > 1 { "65000" } else { "1000" };
    let told = run(ground, "letters", number)?;
    report.add(figure(&told, "letters", &LETTERS)?);
    Ok(())
}

/// What the measurement beside the program prints.
pub(super) fn run(ground: &Ground, what: &str, number: &str) -> anyhow::Result<String> {
    let program = ground.beside("gongkai", "requests")?;
    let folder = ground.place(what);
    std::fs::create_dir_all(&folder)?;
    shell::output(Command::new(&program).arg(what).arg(&folder).arg(number))
}

/// A figure of one of its lines.
pub(super) fn figure(told: &str, line: &str, wanted: &Wanted) -> anyhow::Result<Figure> {
    let (key, what, unit, target) = *wanted;
    let mut lines = told.lines().filter_map(|own| own.split_once(": "));
    let found = lines.find(|(name, _)| *name == line).map(|(_, rest)| rest);
    let found = found.with_context(|| format!("读不懂 requests 的输出: {told}"))?;
    let mut pairs = found.split_whitespace().filter_map(|word| word.split_once('='));
    let value = pairs.find(|(name, _)| *name == key).and_then(|(_, value)| value.parse().ok());
    let value = value.with_context(|| format!("没有 {key}: {found}"))?;
    Ok(Figure { what, value, unit, target: Some(target), detail: found.trim().to_owned() })
}

#[cfg(test)]
mod tests {
    use super::{LETTERS, REGISTER, SUBMITTING, figure};

    #[test]
    fn each_figure_is_read_from_its_line() {
        let told = "submitting: requests=1000 rate_per_s=49.8 submit_p99_ms=120.5\n\
                    register: requests=34000 worst_p99_ms=12.5\nannual-register: opened_s=0.412\n\
                    clocks: requests=34000 recounted_s=0.9\n";
        for (wanted, value) in SUBMITTING.iter().zip([120.5, 49.8]) {
            assert_eq!(figure(told, "submitting", wanted).expect("read").value, value);
        }
        for ((line, wanted), value) in REGISTER.iter().zip([12.5, 0.412, 0.9]) {
            assert_eq!(figure(told, line, wanted).expect("read").value, value, "{line}");
        }
        let told = "list: 在办 p50_ms=7.1 p99_ms=9.9\n\
                    letters: letters=65000 lists=35 worst_p99_ms=14.2 worst=在办\n";
        assert_eq!(figure(told, "letters", &LETTERS).expect("read").value, 14.2);
        assert!(figure("", "clocks", &REGISTER[2].1).is_err());
    }
}
