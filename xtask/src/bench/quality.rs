//! search-quality: how well the portal of the demo city answers the judged questions. No timing: the same on
//! every machine.

use std::process::Command;

use anyhow::ensure;

use super::ground::Ground;
use super::report::{Figure, Report, Target};
use crate::shell;

/// The line of one kind, before its figures.
const LINE: &str = "search-quality ";

/// Serves the demo city and lets `server/examples/search-quality.rs` ask; every kind has a line of its own.
///
/// # Errors
/// The program was not built, fails, or prints something else.
pub fn measure(ground: &Ground, report: &mut Report) -> anyhow::Result<()> {
    let program = ground.beside("gongkai", "search-quality")?;
    let city = ground.city()?;
    let running = ground.start("demo", &city.data)?;
    running.settle()?;
    let told = shell::output(Command::new(&program).arg(running.address().to_string()))?;
    let figures = figures(&told);
    ensure!(!figures.is_empty(), "读不懂 search-quality 的输出: {told}");
    figures.into_iter().for_each(|figure| report.add(figure));
    Ok(())
}

/// Two figures for each kind, those of all first.
fn figures(told: &str) -> Vec<Figure> {
    let lines = told.lines().filter_map(|line| line.strip_prefix(LINE)?.split_once(": "));
    let mut figures = Vec::new();
    for (kind, line) in lines {
        let value = |key: &str| {
            let mut pairs = line.split_whitespace().filter_map(|word| word.split_once('='));
            pairs.find(|(name, _)| *name == key).map(|(_, value)| value.to_owned())
        };
        let Some(least) = value("least") else { continue };
        let mut least = least.split('/').filter_map(|text| text.parse().ok());
        for (key, what) in [("mrr", "MRR"), ("success3", "前三位有对的答案")] {
            let (Some(measured), Some(least)) =
                (value(key).and_then(|text| text.parse().ok()), least.next())
            else {
                continue;
            };
            let target = Some(Target::AtLeast(least));
            let detail = format!("{kind}: {line}");
            figures.push(Figure { what, value: measured, unit: "", target, detail });
        }
    }
    figures
}

#[cfg(test)]
mod tests {
    use super::figures;

    #[test]
    fn each_kind_gives_two_figures_beside_their_targets() {
        let told = "missed two 低保: 2; 甲\nsearch-quality all: asked=201 mrr=0.912 success3=0.970 least=0.85/0.92\n\
                    search-quality two: asked=27 mrr=0.800 success3=0.930 least=0.85/0.92\n";
        let figures = figures(told);
        let values: Vec<f64> = figures.iter().map(|figure| figure.value).collect();
        assert_eq!(values, [0.912, 0.97, 0.8, 0.93]);
        let met = figures.iter().map(|one| one.target.is_some_and(|t| t.is_met_by(one.value)));
        assert_eq!(met.collect::<Vec<_>>(), [true, true, false, true]);
        assert!(super::figures("search-quality: nothing").is_empty());
    }
}
