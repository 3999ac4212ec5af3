//! coverage-200k: a city's coverage page over a year of obligations, drawn anew each time.

use std::process::Command;

use anyhow::Context;

use super::ground::Ground;
use super::report::{Figure, Report, Target};
use crate::shell;

/// Runs `affairs/catalogue/examples/coverage.rs` and reads its line. It makes a city of its own, with
/// as many obligations as there are documents to search.
///
/// # Errors
/// It was not built, fails, or prints something else.
pub fn measure(ground: &Ground, report: &mut Report) -> anyhow::Result<()> {
    let program = ground.beside("catalogue", "coverage")?;
    let folder = ground.place("coverage");
    std::fs::create_dir_all(&folder)?;
    let mut best: Option<Figure> = None;
    for _ in 0..ground.scale.attempts {
        let mut command = Command::new(&program);
        command.arg(ground.scale.documents.to_string()).arg(&folder);
        let figure = figure(&shell::output(&mut command)?)?;
        if best.as_ref().is_none_or(|best| figure.value < best.value) {
            best = Some(figure);
        }
    }
    report.add(best.context("没有量到")?);
    Ok(())
}

fn figure(told: &str) -> anyhow::Result<Figure> {
    let line = told.lines().find(|line| line.starts_with("coverage:"));
    let line = line.with_context(|| format!("读不懂 coverage 的输出: {told}"))?;
    let mut pairs = line.split_whitespace().filter_map(|word| word.split_once('='));
    let value = pairs.find(|(name, _)| *name == "p50_ms");
    let value = value.and_then(|(_, value)| value.parse().ok());
    Ok(Figure {
        what: "二十万条公开义务的全市覆盖页, 中位数",
        value: value.with_context(|| format!("没有 p50_ms: {line}"))?,
        unit: "ms",
        target: Some(Target::Below(20.0)),
        detail: line.trim_start_matches("coverage:").trim().to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use super::figure;

    #[test]
    fn the_line_of_the_measurement_is_read_and_anything_else_is_none() {
        let told = "coverage: obligations=200000 requests=200 p50_ms=4.20 p99_ms=6.00\n";
        let figure_of = figure(told).expect("it is read");
        assert_eq!(figure_of.value, 4.2);
        assert!(figure_of.detail.starts_with("obligations=200000"), "{}", figure_of.detail);
        for told in ["", "coverage: obligations=200000", "coverage: p50_ms=fast"] {
            assert!(figure(told).is_err(), "{told}");
        }
    }
}
