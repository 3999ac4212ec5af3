//! hearing-5000: five thousand people enrol for a hearing in a minute, and the list is bound of them.

use super::ground::Ground;
use super::report::{Report, Target};
use super::requests::{Wanted, figure, run};

/// Of all who read the form and send it, ninety-nine of a hundred have their number so soon, in milliseconds.
const ENROLLED: f64 = 500.0;

/// What is read of the line `hearing`: how soon, and that nobody is missing.
const HEARING: [Wanted; 2] = [
    ("enrol_p99_ms", "一分钟里五千人报名听证, p99", "ms", Target::Below(ENROLLED)),
    ("missing", "没有收下、没有上名单或者上了两次", "人", Target::Below(1.0)),
];

/// hearing-5000.
///
/// # Errors
/// The program was not built, fails, or prints something else.
pub fn hearing(ground: &Ground, report: &mut Report) -> anyhow::Result<()> {
    let people = if ground.scale.attempts > 1 { "5000" } else { "250" };
    let told = run(ground, "hearing", people)?;
    for wanted in &HEARING {
        report.add(figure(&told, "hearing", wanted)?);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::{HEARING, figure};

    #[test]
    fn each_figure_is_read_from_the_line() {
        let told = "hearing: people=5000 rate_per_s=83.2 enrol_p50_ms=9.1 enrol_p99_ms=41.5 \
                    enrol_max_ms=80.2 errors=0 lost=0 twice=0 missing=0 listed=5004 bound_ms=310.2\n";
        for (wanted, value) in HEARING.iter().zip([41.5, 0.0]) {
            assert_eq!(figure(told, "hearing", wanted).expect("read").value, value);
        }
    }
}
