//! publishing: from the click on 发布 until everybody sees it, and how many can be published in a second.

use std::process::Command;

use anyhow::Context;

use super::ground::Ground;
use super::report::{Figure, Report, Target};
use crate::shell;

/// From the click until the portal shows it and the search finds it, for ninety-nine of a hundred, in
/// milliseconds, while others publish as fast as they can too.
const SEEN: f64 = 1_000.0;

/// Publications in a second that are kept up; what we aim at on a machine of two cores.
const SUSTAINED: f64 = 300.0;

/// What is read of the line that `server/examples/publishing` prints.
const FIGURES: [(&str, &str, &str, Target); 5] = [
    ("search_p99_ms", "发布到门户和检索都看得到, p99", "ms", Target::Below(SEEN)),
    ("page_p99_ms", "发布到门户打得开, p99", "ms", Target::Below(SEEN)),
    ("loaded_search_p99_ms", "四人同时连续发布时到检索看得到, p99", "ms", Target::Below(SEEN)),
    ("by_hand_per_s", "四人同时逐件发布", "件/s", Target::AtLeast(SUSTAINED)),
    ("scheduled_per_s", "定时发布", "件/s", Target::AtLeast(SUSTAINED)),
];

/// Runs the program once: what it measures is a distribution already.
///
/// # Errors
/// The program was not built, fails, or prints something else.
pub fn measure(ground: &Ground, report: &mut Report) -> anyhow::Result<()> {
    let program = ground.beside("gongkai", "publishing")?;
    let folder = ground.place("publishing");
    std::fs::create_dir_all(&folder)?;
    let units = if ground.scale.attempts > 1 { "2000" } else { "100" };
    let told = shell::output(Command::new(&program).arg(units).arg(&folder))?;
    for figure in figures(&told)? {
        report.add(figure);
    }
    Ok(())
}

fn figures(told: &str) -> anyhow::Result<Vec<Figure>> {
    let line = told.lines().find_map(|line| line.strip_prefix("publishing: "));
    let line = line.with_context(|| format!("读不懂 publishing 的输出: {told}"))?;
    let figure = |(key, what, unit, target): &(&str, &'static str, &'static str, Target)| {
        let mut pairs = line.split_whitespace().filter_map(|word| word.split_once('='));
        let value = pairs.find(|(name, _)| name == key);
        let value = value.and_then(|(_, value)| value.parse().ok());
        let value = value.with_context(|| format!("没有 {key}: {line}"))?;
        let detail = line.trim().to_owned();
        Ok(Figure { what, value, unit, target: Some(*target), detail })
    };
    FIGURES.iter().map(figure).collect()
}

#[cfg(test)]
mod tests {
    use super::figures;

    #[test]
    fn each_figure_is_read_from_the_line() {
        let told = "loading\npublishing: engine=Sqlite page_p99_ms=12.5 search_p99_ms=90.1 \
                    loaded_search_p99_ms=300.5 by_hand_per_s=410 scheduled_per_s=650\n";
        let read = figures(told).expect("it is read");
        let values: Vec<_> = read.iter().map(|figure| figure.value).collect();
        assert_eq!(values, [90.1, 12.5, 300.5, 410.0, 650.0]);
        for wrong in ["", "publishing: page_p99_ms=1", "publishing: page_p99_ms=fast"] {
            assert!(figures(wrong).is_err(), "{wrong}");
        }
    }
}
