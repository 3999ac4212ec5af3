//! uncached-1m, memory-1m, scale: the portal over a million documents.

use std::process::Command;
use std::time::Instant;

use anyhow::{Context, ensure};

use super::figures::{Times, milliseconds};
use super::filled;
use super::ground::Ground;
use super::http::Connection;
use super::report::{Figure, Report, Target};
use super::running::Running;
use crate::shell;

/// What is asked for in a second, and where that is too much, the next lower.
const RATES: [u32; 9] = [2_000, 1_750, 1_500, 1_250, 1_000, 800, 600, 400, 200];

/// Ninety-nine of a hundred have their page within this, in milliseconds.
const SOON: f64 = 50.0;

/// What it may take of memory over a million documents, in MiB.
const MEMORY: f64 = 512.0;

/// How much dearer a page may be over a million documents than over ten thousand.
const DEARER: f64 = 1.3;

/// How many documents there are: the million, in a trial fewer.
fn many(ground: &Ground) -> u32 {
    ground.scale.documents * 5
}

/// What one run of `steady` says.
struct Told {
    p99: f64,
    line: String,
}

/// uncached-1m: documents that nobody has asked for before, at a steady pace; and questions to the search page.
///
/// # Errors
/// The documents cannot be made, or the server fails.
pub fn uncached(ground: &Ground, report: &mut Report) -> anyhow::Result<()> {
    let documents = many(ground);
    let server = filled::serve(ground, &filled::data(ground, documents)?)?;
    let mut next = 0;
    let seconds = u32::try_from(ground.scale.load_seconds)?;
    let mut ask = |rate: u32| {
        let paths = (next..next + rate * seconds).map(|nth| filled::document(documents, nth));
        next += rate * seconds;
        steady(ground, &server, rate, &paths.collect::<Vec<_>>().join("\n"))
    };
    ask(RATES[RATES.len() - 1])?;
    let mut best: Option<Told> = None;
    for _ in 0..ground.scale.attempts {
        let told = ask(RATES[0])?;
        if best.as_ref().is_none_or(|best| told.p99 < best.p99) {
            best = Some(told);
        }
    }
    let mut best = best.context("没有量到")?;
    report.add(Figure {
        what: "没有缓存的文件页, 每秒 2,000 次, p99",
        value: best.p99,
        unit: "ms",
        target: Some(Target::Below(SOON)),
        detail: best.line.clone(),
    });
    let mut reached = RATES[0];
    for rate in RATES.into_iter().skip(1) {
        if best.p99 < SOON {
            break;
        }
        (reached, best) = (rate, ask(rate)?);
    }
    report.add(Figure {
        what: "这台机器上 p99 不超过 50 ms 的最高次数",
        value: f64::from(reached),
        unit: "次/s",
        target: None,
        detail: best.line,
    });
    searched(ground, report, &server)
}

fn steady(ground: &Ground, server: &Running, rate: u32, paths: &str) -> anyhow::Result<Told> {
    let file = ground.place("paths.txt");
    std::fs::write(&file, paths)?;
    let before = server.worked()?;
    let mut command = Command::new(ground.beside("xtask", "steady")?);
    command.arg(server.address().to_string()).arg(file).arg(rate.to_string());
    let told = shell::output(&mut command)?;
    let worked = milliseconds(server.worked()?.saturating_sub(before));
    let line = told.lines().find_map(|line| line.strip_prefix("steady: "));
    let line = line.with_context(|| format!("读不懂 steady 的输出: {told}"))?;
    let value = |key: &str| -> anyhow::Result<f64> {
        let mut pairs = line.split_whitespace().filter_map(|word| word.split_once('='));
        let value = pairs.find(|(name, _)| *name == key).and_then(|(_, value)| value.parse().ok());
        value.with_context(|| format!("没有 {key}: {line}"))
    };
    ensure!(value("failed")? == 0.0, "有请求没有成功: {line}");
    let each = worked / value("requests")?;
    Ok(Told { p99: value("p99_ms")?, line: format!("rate={rate} {line} cpu_ms={each:.2}") })
}

/// Words as people type them: common and rare, 文号, pinyin, narrowed down.
const QUESTIONS: [&str; 12] = [
    "养老服务补贴",
    "低保",
    "招生",
    "yanglao",
    "政务公开",
    "预算",
    "征收补偿",
    "厦府办〔2020〕67号",
    "ylfw",
    "危房改造",
    "住房保障 公告",
    "安全生产",
];

/// The search page, one question after another; every answer is worked out anew.
fn searched(ground: &Ground, report: &mut Report, server: &Running) -> anyhow::Result<()> {
    let mut visitor = Connection::open(server.address())?;
    let mut best: Option<Times> = None;
    for attempt in 0..ground.scale.attempts {
        let mut taken = Vec::with_capacity(ground.scale.requests);
        for nth in 0..ground.scale.requests {
            let words = QUESTIONS[nth % QUESTIONS.len()];
            let number = attempt * ground.scale.requests + nth;
            let began = Instant::now();
            visitor.page(&format!("/sousuo?q={words}%20{number}"), "gzip")?;
            taken.push(began.elapsed());
        }
        let times = Times::of(taken).context("没有量到")?;
        if best.as_ref().is_none_or(|best| times.percentile(99) < best.percentile(99)) {
            best = Some(times);
        }
    }
    let best = best.context("没有量到")?;
    report.add(Figure {
        what: "在门户里检索, p99",
        value: milliseconds(best.percentile(99)),
        unit: "ms",
        target: Some(Target::Below(SOON)),
        detail: format!(
            "{} 次提问: p50 {:.1}, 最慢 {:.1} ms, 含排版、压缩和本机往返",
            best.count(),
            milliseconds(best.median()),
            milliseconds(best.worst())
        ),
    });
    Ok(())
}

/// memory-1m: after as many pages as the cache holds several times over, and questions.
///
/// # Errors
/// As [`uncached`].
pub fn memory(ground: &Ground, report: &mut Report) -> anyhow::Result<()> {
    const MIB: f64 = 1_048_576.0;
    let documents = many(ground);
    let server = filled::serve(ground, &filled::data(ground, documents)?)?;
    let before = server.resident()?.0 as f64 / MIB;
    let mut visitor = Connection::open(server.address())?;
    let pages = u32::try_from(ground.scale.pages)? * 50;
    for nth in 0..pages {
        visitor.page(&filled::document(documents, 500_000 + nth), "gzip")?;
        if nth % 10 == 0 {
            let words = QUESTIONS[nth as usize / 10 % QUESTIONS.len()];
            visitor.page(&format!("/sousuo?q={words}%20{nth}"), "gzip")?;
        }
    }
    let (now, peak) = server.resident()?;
    report.add(Figure {
        what: "一百万份文件, 打开一万页、检索一千次之后常驻内存",
        value: now as f64 / MIB,
        unit: "MiB",
        target: Some(Target::Below(MEMORY)),
        detail: format!(
            "{documents} 份文件, {pages} 页; 之前 {before:.0} MiB, 启动以来最多 {:.0} MiB; 其中不由文件支持的 {:.0} MiB, 其余是检索索引等文件的映射",
            peak as f64 / MIB,
            server.own_memory()? as f64 / MIB
        ),
    });
    Ok(())
}

/// What is drawn over few and over many documents; `{}` stands for a number that makes each address new.
const PAGES: [(&str, &str); 10] = [
    ("首页", "/?nth={}"),
    ("文件列表", "/wenjian?nth={}"),
    ("一个领域的文件", "/wenjian?domain=yanglaofuwu&nth={}"),
    ("法定主动公开内容", "/gongkai/fading/zhengcewenjian?nth={}"),
    ("一个机关的主动公开内容", "/gongkai/jigou/XM00002/fading?nth={}"),
    ("规范性文件", "/gongkai/guifanxing?nth={}"),
    ("领域目录", "/mulu/yanglaofuwu?nth={}"),
    ("有文件的事项", "/mulu/yanglaofuwu/68914233?nth={}"),
    ("没有文件的事项", "/mulu/yanglaofuwu/01695778?nth={}"),
    ("看板", "/kanban?nth={}"),
];

/// scale: every page over few and over many documents, in turn in one run.
///
/// # Errors
/// As [`uncached`].
pub fn scale(ground: &Ground, report: &mut Report) -> anyhow::Result<()> {
    let (few, many) = (ground.scale.documents / 20, many(ground));
    let small = filled::serve(ground, &filled::data(ground, few)?)?;
    let large = filled::serve(ground, &filled::data(ground, many)?)?;
    let mut sides =
        [(few, Connection::open(small.address())?), (many, Connection::open(large.address())?)];
    let mut number = 0;
    let mut ratios = Vec::new();
    for (name, page) in [("文件页", "")].into_iter().chain(PAGES) {
        let mut best = [f64::INFINITY; 2];
        for _ in 0..=ground.scale.attempts {
            for (at, (documents, visitor)) in sides.iter_mut().enumerate() {
                let median =
                    drawn(visitor, page, *documents, &mut number, ground.scale.requests / 8)?;
                best[at] = best[at].min(median);
            }
        }
        ratios.push((name, best));
    }
    let ratio = |(_, [few, many]): &(&str, [f64; 2])| many / few;
    let worst = ratios.iter().map(ratio).fold(0.0, f64::max);
    let told = ratios.iter().map(|pair| {
        format!("{} {:.2} ({:.2} 对 {:.2} ms)", pair.0, ratio(pair), pair.1[1], pair.1[0])
    });
    report.add(Figure {
        what: "一百万份文件与一万份时每页之比, 最差的一种",
        value: worst,
        unit: "倍",
        target: Some(Target::Below(DEARER)),
        detail: told.collect::<Vec<_>>().join("; "),
    });
    Ok(())
}

/// The median of so many pages of a kind, in milliseconds.
fn drawn(
    visitor: &mut Connection,
    page: &str,
    documents: u32,
    number: &mut u32,
    times: usize,
) -> anyhow::Result<f64> {
    let mut taken = Vec::with_capacity(times.max(5));
    for _ in 0..times.max(5) {
        *number += 1;
        let path = match page {
            "" => filled::document(documents, *number),
            page => page.replace("{}", &number.to_string()),
        };
        let began = Instant::now();
        visitor.page(&path, "gzip")?;
        taken.push(began.elapsed());
    }
    Ok(milliseconds(Times::of(taken).context("没有量到")?.median()))
}
