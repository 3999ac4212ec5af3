//! Requests per second, by Debian's `wrk`.

use std::net::SocketAddr;
use std::process::Command;

use anyhow::{Context, bail};

use crate::shell;

/// What one run of `wrk` says.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Load {
    /// Requests answered in a second.
    pub per_second: f64,
    /// Requests answered in all.
    pub requests: u64,
}

/// Asks for one page over and over on 32 connections, from one thread.
pub fn load(address: SocketAddr, path: &str, seconds: u64) -> anyhow::Result<Load> {
    let told = shell::output(
        Command::new("wrk")
            .args(["-t1", "-c32", &format!("-d{seconds}s"), "-H", "Accept-Encoding: gzip"])
            .arg(format!("http://{address}{path}")),
    )
    .context("用不了 wrk; 改法: apt-get install wrk")?;
    read(&told)
}

/// Reads what `wrk` prints. A run in which any request failed says nothing about speed.
fn read(told: &str) -> anyhow::Result<Load> {
    for trouble in ["Socket errors", "Non-2xx"] {
        if let Some(line) = told.lines().find(|line| line.trim_start().starts_with(trouble)) {
            bail!("有请求没有成功: {}", line.trim());
        }
    }
    let word = |line: &str, at: usize| line.split_whitespace().nth(at).map(str::to_owned);
    let rate = told.lines().find(|line| line.starts_with("Requests/sec:"));
    let rate = rate.and_then(|line| word(line, 1)?.parse().ok());
    let total = told.lines().find(|line| line.contains(" requests in "));
    let total = total.and_then(|line| word(line, 0)?.parse().ok());
    match (rate, total) {
        (Some(per_second), Some(requests)) if requests > 0 => Ok(Load { per_second, requests }),
        _ => bail!("读不懂 wrk 的输出: {told}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TOLD: &str = "Running 5s test @ http://127.0.0.1:8080/mulu
  1 threads and 32 connections
  Thread Stats   Avg      Stdev     Max   +/- Stdev
    Latency     1.02ms  412.11us   9.87ms   88.12%
    Req/Sec    31.55k     1.20k   33.01k    72.00%
  157012 requests in 5.00s, 1.46GB read
Requests/sec:  31392.51
Transfer/sec:    298.92MB
";

    #[test]
    fn the_rate_and_the_total_are_read() {
        assert_eq!(
            read(TOLD).expect("it is read"),
            Load { per_second: 31392.51, requests: 157_012 }
        );
    }

    #[test]
    fn a_run_with_failures_counts_for_nothing() {
        let head = "  157012 requests in 5.00s, 1.46GB read\n";
        let tail = "Requests/sec:  31392.51\n";
        for (line, reason) in [
            ("  Non-2xx or 3xx responses: 12\n", "Non-2xx or 3xx responses: 12"),
            ("  Socket errors: connect 0, read 3, write 0, timeout 0\n", "read 3"),
        ] {
            let error = read(&format!("{head}{line}{tail}")).expect_err(line);
            assert!(error.to_string().contains(reason), "{error}");
        }
        for told in ["", tail, head, "  0 requests in 5.00s, 0B read\nRequests/sec:  0.00\n"] {
            assert!(read(told).is_err(), "{told}");
        }
    }
}
