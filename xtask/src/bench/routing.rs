//! routing: how often the organ that is proposed first for a letter is the right one, beside always naming the organ
//! with the most letters, and how long a proposal takes. The letters are of our own writing.

use std::process::Command;

use anyhow::Context;

use super::ground::Ground;
use super::report::{Figure, Report, Target};
use crate::shell;

/// The line before its figures.
const LINE: &str = "routing: ";

/// What the organ named first has to reach.
const RIGHT: f64 = 0.7;

/// Over naming the largest organ always.
const TIMES: f64 = 2.0;

/// Milliseconds.
const SLOWEST: f64 = 20.0;

/// Runs `affairs/suggestions/rules/examples/routing.rs`.
///
/// # Errors
/// The program was not built, fails, or prints something else.
pub fn measure(ground: &Ground, report: &mut Report) -> anyhow::Result<()> {
    let program = ground.beside("suggestions-rules", "routing")?;
    let told = shell::output(&mut Command::new(&program))?;
    let figures = figures(&told).with_context(|| format!("读不懂 routing 的输出: {told}"))?;
    figures.into_iter().for_each(|figure| report.add(figure));
    Ok(())
}

/// How much of what was kept out goes right, how that stands to the largest organ, and the slowest proposal.
fn figures(told: &str) -> Option<[Figure; 3]> {
    let words = told.lines().find(|line| line.starts_with("分办建议: "))?;
    let line = told.lines().find_map(|line| line.strip_prefix(LINE))?;
    let value = |key: &str| -> Option<f64> {
        let mut pairs = line.split_whitespace().filter_map(|word| word.split_once('='));
        pairs.find(|(name, _)| *name == key)?.1.parse().ok()
    };
    let (asked, first, largest) = (value("asked")?, value("first")?, value("largest")?);
    let slowest = value("max_ms")?;
    let figure = |what, value, unit, target, detail: &str| Figure {
        what,
        value,
        unit,
        target: Some(target),
        detail: detail.to_owned(),
    };
    Some([
        figure("分办建议, 首选对的", first / asked, "", Target::AtLeast(RIGHT), words),
        figure("比总给最多的机关", first / largest, "倍", Target::AtLeast(TIMES), words),
        figure("一次建议, 最慢", slowest, "ms", Target::Below(SLOWEST), line),
    ])
}

#[cfg(test)]
mod tests {
    use super::figures;

    #[test]
    fn accuracy_stands_beside_the_largest_organ_and_the_slowest_proposal() {
        let told = "分办建议: 首选 36/48 (75.0%)，前三 44/48 (91.7%)；总给最多的机关 8/48\n\
                    routing: asked=48 first=36 three=44 largest=8 letters_alone=26 median_ms=0.1 max_ms=0.4\n";
        let figures = figures(told).expect("it is read");
        let values: Vec<f64> = figures.iter().map(|figure| figure.value).collect();
        assert_eq!(values, [0.75, 4.5, 0.4]);
        assert!(figures[0].detail.contains("8/48") && figures[2].detail.contains("median"));
    }

    #[test]
    fn a_line_without_its_figures_is_no_measurement() {
        for told in ["", "分办建议: 没有", "分办建议: 有\nrouting: asked=48 first=36"] {
            assert!(super::figures(told).is_none(), "{told}");
        }
    }
}
