//! Measures search over a large made-up corpus: `measure [DOCUMENTS] [DIR] [detail]`.
//!
//! Builds the index in DIR (a temporary folder without one; an index already there is used as it
//! is), asks 1,000 mixed questions with facets and snippets, and prints one line. With `detail`
//! it also prints one line for each kind of question. The corpus is the same on every machine.

mod corpus;
mod questions;

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use corpus::Corpus;
use search::{Search, SearchError};

const DOCUMENTS: u32 = 200_000;
const QUESTIONS: usize = 1_000;

fn main() -> Result<(), SearchError> {
    let mut arguments = std::env::args().skip(1);
    let count = arguments.next().and_then(|count| count.parse().ok()).unwrap_or(DOCUMENTS);
    let kept = arguments.next().filter(|dir| dir != "-").map(PathBuf::from);
    let detail = arguments.next().is_some();
    let dir = kept.clone().unwrap_or_else(temporary);
    let line = measure(&dir, count, detail);
    if kept.is_none() {
        // A folder left behind in the temporary directory does no harm.
        let _ = std::fs::remove_dir_all(&dir);
    }
    println!("{}", line?);
    Ok(())
}

fn temporary() -> PathBuf {
    std::env::temp_dir().join(format!("gongkai-search-measure-{}", std::process::id()))
}

fn measure(dir: &Path, count: u32, detail: bool) -> Result<String, SearchError> {
    let search = Search::open(dir)?;
    let corpus = Corpus::new(count);
    let built = timed(|| if search.needs_rebuild() { fill(&search, &corpus) } else { Ok(()) })?;
    let changed = timed(|| {
        let mut batch = search.batch()?;
        batch.replace([corpus.document(0)])?;
        batch.commit()
    })?;
    let asked = questions::ask(&search, &corpus, QUESTIONS)?;
    if detail {
        asked.print_kinds();
    }
    let times = asked.times();
    Ok(format!(
        "search: documents={} build_s={:.1} size_mb={} change_ms={:.0} questions={} p50_ms={:.2} p99_ms={:.2} max_ms={:.2} cpu_p99_ms={:.2}",
        search.len(),
        built.as_secs_f64(),
        size(dir) >> 20,
        milliseconds(changed),
        times.len(),
        milliseconds(times[times.len() / 2]),
        milliseconds(times[times.len() * 99 / 100]),
        milliseconds(times[times.len() - 1]),
        milliseconds(asked.busy_p99().unwrap_or_default()),
    ))
}

fn fill(search: &Search, corpus: &Corpus) -> Result<(), SearchError> {
    let mut batch = search.rebuild()?;
    batch.replace(corpus.documents())?;
    batch.commit()
}

fn timed(work: impl FnOnce() -> Result<(), SearchError>) -> Result<Duration, SearchError> {
    let begun = Instant::now();
    work()?;
    Ok(begun.elapsed())
}

fn milliseconds(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}

fn size(dir: &Path) -> u64 {
    let Ok(entries) = std::fs::read_dir(dir) else { return 0 };
    entries
        .flatten()
        .map(|entry| match entry.metadata() {
            Ok(metadata) if metadata.is_dir() => size(&entry.path()),
            Ok(metadata) => metadata.len(),
            Err(_) => 0,
        })
        .sum()
}
