//! portal-cached: a page that is kept, against a bare server that sends the very same bytes.

use std::io::Write;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, bail};

use super::figures::most;
use super::ground::Ground;
use super::http::{Answer, Connection};
use super::report::{Figure, Report, Target};
use super::running::Running;
use super::wrk;

const PAGE: &str = "/mulu/yanglaofuwu";

/// Headers that each server writes by itself.
const OWN: [&str; 4] = ["content-length", "transfer-encoding", "connection", "date"];

/// Requests per second and processor time of one server, attempt by attempt.
#[derive(Default)]
struct Side {
    rates: Vec<f64>,
    microseconds: Vec<f64>,
}

impl Side {
    fn attempt(&mut self, server: &Running, seconds: u64) -> anyhow::Result<()> {
        let before = server.worked()?;
        let load = wrk::load(server.address(), PAGE, seconds)?;
        let worked = server.worked()?.saturating_sub(before);
        self.rates.push(load.per_second);
        self.microseconds.push(worked.as_secs_f64() * 1e6 / load.requests as f64);
        Ok(())
    }

    fn least_work(&self) -> f64 {
        self.microseconds.iter().copied().fold(f64::INFINITY, f64::min)
    }
}

/// Both servers in turn, so that a busy moment of the machine meets both.
///
/// # Errors
/// A server does not start, they do not answer alike, or `wrk` is missing.
pub fn measure(ground: &Ground, report: &mut Report) -> anyhow::Result<()> {
    let ours = ground.start("serve", &ground.city()?.data)?;
    ours.settle()?;
    let page = kept_page(&ours)?;
    let bare = bare_server(ground, &page)?;
    let same = Connection::open(bare.address())?.page(PAGE, "gzip")?;
    if theirs(&same) != theirs(&page) || same.body != page.body {
        bail!("两个服务器的回答不一样: {:?} {:?}", theirs(&page), theirs(&same));
    }
    let (mut a, mut b) = (Side::default(), Side::default());
    for server in [&ours, &bare] {
        wrk::load(server.address(), PAGE, 1)?;
    }
    for _ in 0..ground.scale.attempts {
        a.attempt(&ours, ground.scale.load_seconds)?;
        b.attempt(&bare, ground.scale.load_seconds)?;
    }
    report.add(figure(&a, &b, page.body.len()));
    Ok(())
}

fn figure(a: &Side, b: &Side, bytes: usize) -> Figure {
    let pairs = a.rates.iter().zip(&b.rates);
    let ratios: Vec<String> = pairs.map(|(a, b)| format!("{:.2}", a / b)).collect();
    Figure {
        what: "缓存页每秒次数与裸 axum 之比",
        value: most(&a.rates) / most(&b.rates),
        unit: "倍",
        target: Some(Target::AtLeast(0.5)),
        detail: format!(
            "{:.0} 次/秒对 {:.0} 次/秒, 各轮之比 {}; 每次处理器时间 {:.0} 对 {:.0} 微秒; {PAGE} 压缩后 {bytes} 字节",
            most(&a.rates),
            most(&b.rates),
            ratios.join(" "),
            a.least_work(),
            b.least_work(),
        ),
    }
}

/// The page as a visitor gets it who is not the first.
fn kept_page(server: &Running) -> anyhow::Result<Answer> {
    let mut visitor = Connection::open(server.address())?;
    visitor.page(PAGE, "gzip")?;
    let page = visitor.page(PAGE, "gzip")?;
    if page.header("content-encoding") != Some("gzip") {
        bail!("{PAGE} 没有压缩");
    }
    Ok(page)
}

fn bare_server(ground: &Ground, page: &Answer) -> anyhow::Result<Running> {
    let program = ground.beside("xtask", "bare-server")?;
    let file = ground.place("page.http");
    write_page(&file, page).with_context(|| format!("写不了 {}", file.display()))?;
    let mut command = Command::new(program);
    command.arg(file);
    Running::start(command, &ground.place("bare.log"))
}

/// Header lines, an empty line, the body: what `bare-server` reads.
fn write_page(file: &Path, page: &Answer) -> std::io::Result<()> {
    let mut out = std::fs::File::create(file)?;
    for (name, value) in theirs(page) {
        writeln!(out, "{name}: {value}")?;
    }
    writeln!(out)?;
    out.write_all(&page.body)
}

/// The headers that the server was given, sorted: all but those it writes by itself.
fn theirs(page: &Answer) -> Vec<(&str, &str)> {
    let given = page.headers.iter().filter(|(name, _)| !OWN.contains(&name.as_str()));
    let mut given: Vec<_> = given.map(|(name, value)| (name.as_str(), value.as_str())).collect();
    given.sort_unstable();
    given
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ratio_is_between_the_best_of_both_sides() {
        let a = Side { rates: vec![100.0, 300.0, 200.0], microseconds: vec![9.0, 3.0] };
        let b = Side { rates: vec![400.0, 150.0, 300.0], microseconds: vec![2.0, 4.0] };
        let figure = figure(&a, &b, 12);
        assert_eq!(figure.value, 0.75);
        assert!(figure.detail.contains("之比 0.25 2.00 0.67"), "{}", figure.detail);
        assert!(figure.detail.contains("3 对 2 微秒"), "{}", figure.detail);
    }

    #[test]
    fn what_a_server_writes_by_itself_is_not_handed_to_the_other() {
        let headers =
            [("vary", "cookie"), ("date", "now"), ("content-length", "2"), ("etag", "\"a\"")];
        let headers = headers.map(|(name, value)| (name.to_owned(), value.to_owned()));
        let page = Answer { status: 200, headers: headers.to_vec(), body: b"ok".to_vec() };
        let file = std::env::temp_dir().join(format!("gongkai-bench-page-{}", std::process::id()));
        write_page(&file, &page).expect("it is written");
        let written = std::fs::read_to_string(&file).expect("it is there");
        std::fs::remove_file(&file).expect("it was written");
        assert_eq!(written, "etag: \"a\"\nvary: cookie\n\nok");
    }
}
