//! obligations-200k: a city's year of obligations computed from nothing and kept.

use std::process::Command;

use anyhow::Context;

use super::ground::Ground;
use super::report::{Figure, Report, Target};
use crate::shell;

/// Runs `affairs/catalogue/examples/obligations.rs` and reads its line. It makes a city of its own,
/// with as many publications as there are documents to search.
///
/// # Errors
/// It was not built, fails, or prints something else.
pub fn measure(ground: &Ground, report: &mut Report) -> anyhow::Result<()> {
    let program = ground.beside("catalogue", "obligations")?;
    let folder = ground.place("obligations");
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
    let line = told.lines().find(|line| line.starts_with("obligations:"));
    let line = line.with_context(|| format!("读不懂 obligations 的输出: {told}"))?;
    let mut pairs = line.split_whitespace().filter_map(|word| word.split_once('='));
    let value = pairs.find(|(name, _)| *name == "from_nothing_s");
    let value = value.and_then(|(_, value)| value.parse().ok());
    Ok(Figure {
        what: "二十万条公开义务从头算出并存下",
        value: value.with_context(|| format!("没有 from_nothing_s: {line}"))?,
        unit: "s",
        target: Some(Target::Below(5.0)),
        detail: line.trim_start_matches("obligations:").trim().to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use super::figure;

    #[test]
    fn the_line_of_the_measurement_is_read_and_anything_else_is_none() {
        let told = "obligations: publications=200000 obligations=216848 from_nothing_s=3.21 again_s=2.10\n";
        assert_eq!(figure(told).expect("it is read").value, 3.21);
        for told in ["", "obligations: publications=200000", "obligations: from_nothing_s=fast"] {
            assert!(figure(told).is_err(), "{told}");
        }
    }
}
