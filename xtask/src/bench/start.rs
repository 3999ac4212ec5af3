//! start: from the call of the program to its first page, with data already there.

use std::time::Instant;

use anyhow::Context;

use super::figures::Times;
use super::ground::Ground;
use super::http::Connection;
use super::report::{Figure, Report, Target};

/// Each attempt is a new process; the first page is asked for as soon as it prints its address.
///
/// # Errors
/// The program does not start or does not answer.
pub fn measure(ground: &Ground, report: &mut Report) -> anyhow::Result<()> {
    let data = &ground.city()?.data;
    let mut attempts = Vec::new();
    for _ in 0..ground.scale.attempts {
        let began = Instant::now();
        let server = ground.start("serve", data)?;
        Connection::open(server.address())?.page("/", "gzip")?;
        attempts.push(began.elapsed());
    }
    let times = Times::of(attempts).context("没有量到")?;
    report.add(Figure {
        what: "从启动到首页第一次打开",
        value: times.best().as_secs_f64(),
        unit: "s",
        target: Some(Target::Below(1.0)),
        detail: format!("{} 次, 最慢 {:.2} s", times.count(), times.worst().as_secs_f64()),
    });
    Ok(())
}
