//! annual-34k, coverage-200k, difference-1000, obligations-200k, search-200k, search-1m: measurements that a room or the
//! platform takes of itself by a program of its own, run as they stand.

use std::process::Command;

use anyhow::Context;

use super::ground::Ground;
use super::report::{Figure, Report, Target};
use crate::shell;

/// A program that prints one line `name: key=value key=value …`, and which value counts.
struct Own {
    /// The crate among whose examples it lies.
    krate: &'static str,
    example: &'static str,
    /// The word before the colon.
    line: &'static str,
    key: &'static str,
    what: &'static str,
    unit: &'static str,
    below: f64,
    /// Whether it makes a place of its own, and is told how large and where: so many times the scale's.
    sized: Option<u32>,
}

/// `affairs/catalogue/examples/coverage.rs`: a city's coverage page over as many obligations as there
/// are documents to search, drawn anew each time.
const COVERAGE: Own = Own {
    krate: "catalogue",
    example: "coverage",
    line: "coverage",
    key: "p50_ms",
    what: "二十万条公开义务的全市覆盖页, 中位数",
    unit: "ms",
    below: 20.0,
    sized: Some(1),
};

/// `affairs/catalogue/rules/examples/difference.rs`: telling two catalogues of a thousand rows apart, row
/// by row and cell by cell.
const DIFFERENCE: Own = Own {
    krate: "catalogue-rules",
    example: "difference",
    line: "difference",
    key: "median_ms",
    what: "比较两份千行目录, 中位数",
    unit: "ms",
    below: 50.0,
    sized: None,
};

/// `affairs/catalogue/examples/obligations.rs`: a city's year of obligations computed from nothing and
/// kept, of as many publications as there are documents to search.
const OBLIGATIONS: Own = Own {
    krate: "catalogue",
    example: "obligations",
    line: "obligations",
    key: "from_nothing_s",
    what: "二十万条公开义务从头算出并存下",
    unit: "s",
    below: 5.0,
    sized: Some(1),
};

/// `platform/search/examples/measure`: an index of made-up documents, the same on every machine, asked a
/// thousand mixed questions. The index built at first is asked again at later attempts.
const SEARCH: Own = Own {
    krate: "search",
    example: "measure",
    line: "search",
    key: "p99_ms",
    what: "二十万份文件中检索, p99",
    unit: "ms",
    below: 20.0,
    sized: Some(1),
};

/// The same over a million documents: what a province's largest city has after decades.
const SEARCH_MILLION: Own =
    Own { what: "一百万份文件中检索, p99", below: 50.0, sized: Some(5), ..SEARCH };

/// `affairs/reports/examples/annual.rs`: a year's report opened from a register of as many requests as a large
/// city has in a year, every number counted and kept with its rows.
const ANNUAL: Own = Own {
    krate: "reports",
    example: "annual",
    line: "annual",
    key: "opened_s",
    what: "三万四千件申请的年度报告取数并存下",
    unit: "s",
    below: 1.0,
    sized: None,
};

/// coverage-200k.
///
/// # Errors
/// The program was not built, fails, or prints something else.
pub fn coverage(ground: &Ground, report: &mut Report) -> anyhow::Result<()> {
    COVERAGE.measure(ground, report)
}

/// difference-1000.
///
/// # Errors
/// As [`coverage`].
pub fn difference(ground: &Ground, report: &mut Report) -> anyhow::Result<()> {
    DIFFERENCE.measure(ground, report)
}

/// obligations-200k.
///
/// # Errors
/// As [`coverage`].
pub fn obligations(ground: &Ground, report: &mut Report) -> anyhow::Result<()> {
    OBLIGATIONS.measure(ground, report)
}

/// search-200k.
///
/// # Errors
/// As [`coverage`].
pub fn search(ground: &Ground, report: &mut Report) -> anyhow::Result<()> {
    SEARCH.measure(ground, report)
}

/// search-1m.
///
/// # Errors
/// As [`coverage`].
pub fn search_million(ground: &Ground, report: &mut Report) -> anyhow::Result<()> {
    SEARCH_MILLION.measure(ground, report)
}

/// annual-34k.
///
/// # Errors
/// As [`coverage`].
pub fn annual(ground: &Ground, report: &mut Report) -> anyhow::Result<()> {
    ANNUAL.measure(ground, report)
}

impl Own {
    /// Runs it so many times and reports the best.
    fn measure(&self, ground: &Ground, report: &mut Report) -> anyhow::Result<()> {
        let program = ground.beside(self.krate, self.example)?;
        let folder = self.folder(ground);
        std::fs::create_dir_all(&folder)?;
        let mut best: Option<Figure> = None;
        for _ in 0..ground.scale.attempts {
            let mut command = Command::new(&program);
            if let Some(times) = self.sized {
                command.arg((ground.scale.documents * times).to_string()).arg(&folder);
            }
            let figure = self.figure(&shell::output(&mut command)?)?;
            if best.as_ref().is_none_or(|best| figure.value < best.value) {
                best = Some(figure);
            }
        }
        report.add(best.context("没有量到")?);
        Ok(())
    }

    /// Where what it makes lies; an index that is large is asked again in later runs.
    fn folder(&self, ground: &Ground) -> std::path::PathBuf {
        let times = self.sized.unwrap_or_default();
        let name = format!("{}-{}", self.line, ground.scale.documents * times);
        if self.line == SEARCH.line && times > 1 { ground.kept(&name) } else { ground.place(&name) }
    }

    /// What its line says; whatever else it prints is passed over.
    fn figure(&self, told: &str) -> anyhow::Result<Figure> {
        let mut lines = told.lines().filter_map(|line| line.split_once(": "));
        let line = lines.find(|(name, _)| *name == self.line).map(|(_, rest)| rest);
        let line = line.with_context(|| format!("读不懂 {} 的输出: {told}", self.example))?;
        let mut pairs = line.split_whitespace().filter_map(|word| word.split_once('='));
        let value = pairs.find(|(key, _)| *key == self.key);
        let value = value.and_then(|(_, value)| value.parse().ok());
        Ok(Figure {
            what: self.what,
            value: value.with_context(|| format!("没有 {}: {line}", self.key))?,
            unit: self.unit,
            target: Some(Target::Below(self.below)),
            detail: line.trim().to_owned(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::{ANNUAL, COVERAGE, DIFFERENCE, OBLIGATIONS, Own, SEARCH};

    #[test]
    fn the_line_of_a_measurement_is_read_and_the_figure_that_counts_taken() {
        let table: [(Own, &str, f64); 5] = [
            (ANNUAL, "annual: requests=34000 opened_s=0.512\n", 0.512),
            (COVERAGE, "coverage: obligations=200000 requests=200 p50_ms=4.20 p99_ms=6.00\n", 4.2),
            (DIFFERENCE, "difference: rows=1000 changes=600 median_ms=4.20 max_ms=9.00\n", 4.2),
            (
                OBLIGATIONS,
                "obligations: publications=200000 from_nothing_s=3.21 again_s=2.1\n",
                3.21,
            ),
            (SEARCH, "often: p50 1ms\nsearch: documents=200000 p50_ms=1.20 p99_ms=9.87\n", 9.87),
        ];
        for (own, told, value) in table {
            let figure = own.figure(told).expect("it is read");
            assert_eq!(figure.value, value, "{told}");
            assert!(figure.detail.contains("000 "), "{}", figure.detail);
        }
    }

    #[test]
    fn a_line_without_the_figure_is_no_measurement() {
        for told in ["", "search: documents=200000 p50_ms=1.2", "search: p99_ms=fast", "p99_ms=1"] {
            assert!(SEARCH.figure(told).is_err(), "{told}");
        }
    }
}
