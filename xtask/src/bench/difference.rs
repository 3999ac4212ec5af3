//! difference-1000: telling two catalogues of a thousand rows apart, row by row and cell by cell.

use std::process::Command;

use anyhow::Context;

use super::ground::Ground;
use super::report::{Figure, Report, Target};
use crate::shell;

/// Runs `affairs/catalogue/rules/examples/difference` and reads its line.
///
/// # Errors
/// It was not built, fails, or prints something else.
pub fn measure(ground: &Ground, report: &mut Report) -> anyhow::Result<()> {
    let program = ground.beside("catalogue-rules", "difference")?;
    let mut best: Option<Figure> = None;
    for _ in 0..ground.scale.attempts {
        let figure = figure(&shell::output(&mut Command::new(&program))?)?;
        if best.as_ref().is_none_or(|best| figure.value < best.value) {
            best = Some(figure);
        }
    }
    report.add(best.context("没有量到")?);
    Ok(())
}

fn figure(told: &str) -> anyhow::Result<Figure> {
    let line = told.lines().find(|line| line.starts_with("difference:"));
    let line = line.with_context(|| format!("读不懂 difference 的输出: {told}"))?;
    let mut pairs = line.split_whitespace().filter_map(|word| word.split_once('='));
    let value = pairs.find(|(name, _)| *name == "median_ms").and_then(|(_, ms)| ms.parse().ok());
    Ok(Figure {
        what: "比较两份千行目录, 中位数",
        value: value.with_context(|| format!("没有 median_ms: {line}"))?,
        unit: "ms",
        target: Some(Target::Below(50.0)),
        detail: line.trim_start_matches("difference:").trim().to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use super::figure;

    #[test]
    fn the_line_of_the_comparison_is_read_and_anything_else_is_no_measurement() {
        let told = "difference: rows=1000 changes=600 median_ms=4.20 max_ms=9.00\n";
        assert_eq!(figure(told).expect("it is read").value, 4.2);
        for told in ["", "difference: rows=1000", "difference: median_ms=fast"] {
            assert!(figure(told).is_err(), "{told}");
        }
    }
}
