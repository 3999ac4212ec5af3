//! interview: an interview that two thousand follow live, from the release of an utterance until each of them has it.

use std::process::Command;

use anyhow::Context;

use super::ground::Ground;
use super::report::{Figure, Report, Target};
use crate::shell;

/// Ninety-nine of a hundred have it so soon after its release, in milliseconds.
const SEEN: f64 = 1_000.0;

/// What is read of the line that `server/examples/interview` prints.
const FIGURES: [(&str, &str, &str, Option<Target>); 4] = [
    ("lost", "两千人同时看访谈, 没有收到的", "条", Some(Target::Below(1.0))),
    ("delay_p99_ms", "放行到两千人收到, p99", "ms", Some(Target::Below(SEEN))),
    ("reader_kb", "每个人占的内存", "KB", None),
    ("worked_s", "三十条发言用的处理器时间", "s", None),
];

/// Readers are connections: as many files must be open, twice, for a program gives half of its files to them.
const WITH_FILES: &str = "ulimit -n 8192 && exec \"$0\" \"$@\"";

/// Runs the program once: what it measures is a distribution already.
///
/// # Errors
/// The program was not built, too few files may be open, it fails, or prints something else.
pub fn measure(ground: &Ground, report: &mut Report) -> anyhow::Result<()> {
    let program = ground.beside("gongkai", "interview")?;
    let folder = ground.place("interview");
    std::fs::create_dir_all(&folder)?;
    let (readers, entries) = if ground.scale.attempts > 1 { ("2000", "30") } else { ("100", "3") };
    let mut command = Command::new("sh");
    command.args(["-c", WITH_FILES]).arg(&program).arg(&folder).args([readers, entries]);
    let told = shell::output(&mut command)?;
    for figure in figures(&told)? {
        report.add(figure);
    }
    Ok(())
}

fn figures(told: &str) -> anyhow::Result<Vec<Figure>> {
    let line = told.lines().find_map(|line| line.strip_prefix("interview: "));
    let line = line.with_context(|| format!("读不懂 interview 的输出: {told}"))?;
    let figure =
        |(key, what, unit, target): &(&str, &'static str, &'static str, Option<Target>)| {
            let mut pairs = line.split_whitespace().filter_map(|word| word.split_once('='));
            let value = pairs.find(|(name, _)| name == key);
            let value = value.and_then(|(_, value)| value.parse().ok());
            let value = value.with_context(|| format!("没有 {key}: {line}"))?;
            Ok(Figure { what, value, unit, target: *target, detail: line.trim().to_owned() })
        };
    FIGURES.iter().map(figure).collect()
}

#[cfg(test)]
mod tests {
    use super::figures;

    #[test]
    fn what_was_lost_and_how_long_it_took_are_read_from_the_line() {
        let told = "interview: readers=2000 entries=30 received=60000 lost=0 delay_p50_ms=120.0 \
                    delay_p99_ms=310.5 delay_max_ms=400.0 opened_s=1.20 resident_mb=150.0 before_mb=80.0 \
                    reader_kb=21.5 worked_s=2.10\n";
        let values: Vec<f64> = figures(told).expect("read").iter().map(|one| one.value).collect();
        assert_eq!(values, [0.0, 310.5, 21.5, 2.1]);
        assert!(figures("interview: lost=0").is_err());
    }
}
