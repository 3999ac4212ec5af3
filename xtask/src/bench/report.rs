//! Figures beside their targets, for a person and as JSON.

use serde::Serialize;

/// What a figure is held against.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Target {
    /// The figure must reach this.
    AtLeast(f64),
    /// The figure must stay under this.
    Below(f64),
}

impl Target {
    /// A figure that is no number meets nothing.
    pub fn is_met_by(self, value: f64) -> bool {
        match self {
            Self::AtLeast(least) => value >= least,
            Self::Below(limit) => value < limit,
        }
    }
}

/// One thing measured.
#[derive(Debug, Clone, Serialize)]
pub struct Figure {
    /// What it is, in a few words.
    pub what: &'static str,
    /// How much, in `unit`.
    pub value: f64,
    /// What it is counted in.
    pub unit: &'static str,
    /// What it is held against, if anything.
    pub target: Option<Target>,
    /// How it came about: the figures behind it.
    pub detail: String,
}

#[derive(Serialize)]
struct Row {
    benchmark: &'static str,
    #[serde(flatten)]
    figure: Figure,
    met: Option<bool>,
}

/// All figures of one run.
pub struct Report {
    judging: bool,
    benchmark: &'static str,
    rows: Vec<Row>,
    unmeasured: Vec<(&'static str, String)>,
    skipped: Vec<(&'static str, &'static str)>,
}

impl Report {
    /// A report that holds figures against their targets, or one that only shows them.
    pub fn new(judging: bool) -> Self {
        Self { judging, benchmark: "", rows: vec![], unmeasured: vec![], skipped: vec![] }
    }

    /// What comes next belongs to this benchmark.
    pub fn begin(&mut self, benchmark: &'static str) {
        self.benchmark = benchmark;
    }

    /// Takes a figure in and prints it.
    pub fn add(&mut self, figure: Figure) {
        let judged = figure.target.filter(|_| self.judging);
        let met = judged.map(|target| target.is_met_by(figure.value));
        println!("{}", line(self.benchmark, &figure, met));
        println!("{:14}  {}", "", figure.detail);
        self.rows.push(Row { benchmark: self.benchmark, figure, met });
    }

    /// The benchmark needs what this machine does not have, and says what; nothing is missed by that.
    pub fn skip(&mut self, reason: &'static str) {
        println!("{:14}  跳过: {reason}", self.benchmark);
        self.skipped.push((self.benchmark, reason));
    }

    /// The benchmark stands without its figure, for this reason.
    pub fn unmeasured(&mut self, error: &anyhow::Error) {
        println!("{:14}  没有量成: {error:#}", self.benchmark);
        self.unmeasured.push((self.benchmark, format!("{error:#}")));
    }

    /// Everything as JSON.
    ///
    /// # Errors
    /// A figure is no number.
    pub fn json(&self) -> anyhow::Result<String> {
        let unmeasured: Vec<_> = self.unmeasured.iter().collect();
        let skipped: Vec<_> = self.skipped.iter().collect();
        let whole = serde_json::json!({
            "judged": self.judging, "figures": self.rows, "unmeasured": unmeasured,
            "skipped": skipped,
        });
        Ok(serde_json::to_string_pretty(&whole)? + "\n")
    }

    /// What went wrong in the whole run, if anything.
    pub fn verdict(&self) -> Option<String> {
        let missed = self.rows.iter().filter(|row| row.met == Some(false));
        let mut missed: Vec<_> = missed.map(|row| row.benchmark).collect();
        missed.dedup();
        let lost: Vec<_> = self.unmeasured.iter().map(|(name, _)| *name).collect();
        let parts = [("没有达到目标", missed), ("没有量成", lost)];
        let parts = parts.into_iter().filter(|(_, names)| !names.is_empty());
        let words: Vec<_> =
            parts.map(|(what, names)| format!("{what}: {}", names.join(", "))).collect();
        (!words.is_empty()).then(|| words.join("; "))
    }
}

fn line(benchmark: &str, figure: &Figure, met: Option<bool>) -> String {
    let Figure { what, value, unit, target, .. } = figure;
    let target = match target {
        Some(Target::AtLeast(least)) => format!("目标 ≥ {least} {unit}"),
        Some(Target::Below(limit)) => format!("目标 < {limit} {unit}"),
        None => "没有目标".to_owned(),
    };
    let met = match met {
        Some(true) => "  达到",
        Some(false) => "  没有达到",
        None => "",
    };
    format!("{benchmark:14}  {what}: {} {unit}  ({target}){met}", shown(*value))
}

/// Three figures that count, and no more.
fn shown(value: f64) -> String {
    let digits = match value.abs() {
        large if large >= 100.0 => 0,
        middle if middle >= 10.0 => 1,
        _ => 2,
    };
    format!("{value:.digits$}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn figure(value: f64, target: Option<Target>) -> Figure {
        Figure { what: "打开一页", value, unit: "ms", target, detail: "二百次".into() }
    }

    fn told(judging: bool, figures: &[Figure]) -> Option<String> {
        let mut report = Report::new(judging);
        report.begin("start");
        figures.iter().for_each(|figure| report.add(figure.clone()));
        report.verdict()
    }

    #[test]
    fn a_figure_is_held_against_its_target() {
        for (value, target, met) in [
            (0.5, Target::AtLeast(0.5), true),
            (0.49, Target::AtLeast(0.5), false),
            (4.99, Target::Below(5.0), true),
            (5.0, Target::Below(5.0), false),
            (f64::NAN, Target::Below(5.0), false),
            (f64::NAN, Target::AtLeast(0.5), false),
        ] {
            assert_eq!(target.is_met_by(value), met, "{value} {target:?}");
        }
    }

    #[test]
    fn one_missed_target_is_the_verdict_on_a_whole_run_but_not_on_a_trial() {
        let missed = [figure(1.0, Some(Target::Below(5.0))), figure(7.0, Some(Target::Below(5.0)))];
        assert_eq!(told(true, &missed).as_deref(), Some("没有达到目标: start"));
        assert_eq!(told(false, &missed), None);
        assert_eq!(told(true, &[figure(7.0, None)]), None);
    }

    #[test]
    fn what_could_not_be_measured_is_said_even_on_a_trial() {
        let mut report = Report::new(false);
        report.begin("memory");
        report.unmeasured(&anyhow::anyhow!("没有 wrk"));
        assert_eq!(report.verdict().as_deref(), Some("没有量成: memory"));
        assert!(report.json().expect("it is JSON").contains("没有 wrk"));
    }

    #[test]
    fn what_the_machine_has_not_is_skipped_and_misses_nothing() {
        let mut report = Report::new(true);
        report.begin("lighthouse");
        report.skip("没有 npm");
        assert_eq!(report.verdict(), None);
        assert!(report.json().expect("it is JSON").contains("没有 npm"));
    }

    #[test]
    fn a_line_shows_target_beside_measurement() {
        let met = line("start", &figure(0.4567, Some(Target::Below(1.0))), Some(true));
        assert_eq!(met, "start           打开一页: 0.46 ms  (目标 < 1 ms)  达到");
        let free = line("reader", &figure(12_345.6, None), None);
        assert_eq!(free, "reader          打开一页: 12346 ms  (没有目标)");
    }
}
