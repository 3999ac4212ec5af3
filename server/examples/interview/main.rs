//! Measures an interview that many follow live: `interview [FOLDER [READERS [ENTRIES]]]`, beside the program built in the same
//! profile.
//!
//! The demo city is loaded; an interview is announced by the same acts as anybody's, and the program serves some days later,
//! when it is held. So many readers open its stream of events; then one utterance a second is entered by one and released
//! by another, in this process, so that the program has to look for it. From the release on, each reader is timed until he
//! has it. Prints one line. Readers are connections, so as many open files are needed, here and in the program.
//! `GONGKAI_BENCH_POSTGRES` names a PostgreSQL to measure on instead of SQLite, a database of its own.

#[path = "../beside/mod.rs"]
mod beside;
mod program;

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use anyhow::{Context, bail, ensure};
use beside::{Whereabouts, ledger};
use identity::Organ;
use jiff::ToSpan;
use ledger::{Clock, Ledger};
use participation::acts::interview;
use participation::acts::live::{self, Entering};
use participation::store::{Change, InterviewSaid};
use participation_rules::Voice;
use program::Program;
use review::testing::{publish, someone};
use review::{Publishers, Signatory};
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::TcpStream;

/// Who follows, and how often something is said.
const READERS: usize = 2_000;
const ENTRIES: usize = 30;

/// How far apart.
const PACE: Duration = Duration::from_secs(1);

/// Whose interview it is, and how many days ahead it is held.
const ORGAN: &str = "XM00001";
const AHEAD: u16 = 5;

/// Whoever has not got it by then has lost it.
const PATIENCE: Duration = Duration::from_secs(15);

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let mut arguments = std::env::args().skip(1);
    let folder = arguments.next().map_or_else(std::env::temp_dir, PathBuf::from);
    let mut number =
        |usual: usize| arguments.next().and_then(|text| text.parse().ok()).unwrap_or(usual);
    let (readers, entries) = (number(READERS), number(ENTRIES));
    let files = files_allowed().context("/proc/self/limits")?;
    let wanted = 2 * readers + 200;
    ensure!(
        files >= wanted,
        "only {files} files may be open, {wanted} are needed: ulimit -n {wanted}"
    );
    let data = folder.join(format!("interview-{}", std::process::id()));
    let place = Whereabouts::of(&data);
    let line = measure(&place, (readers, entries)).await;
    std::fs::remove_dir_all(&data).ok();
    println!("{}", line?);
    Ok(())
}

/// How many files this process, and the program it starts, may have open.
fn files_allowed() -> Option<usize> {
    let limits = std::fs::read_to_string("/proc/self/limits").ok()?;
    let line = limits.lines().find_map(|line| line.strip_prefix("Max open files"))?;
    line.split_whitespace().next()?.parse().ok()
}

/// Somebody who enters, and another who releases.
fn enterer() -> Signatory {
    someone(ORGAN, "participation_organiser")
}

fn releaser() -> Signatory {
    someone(ORGAN, "publisher")
}

async fn measure(
    place: &Whereabouts,
    (readers, entries): (usize, usize),
) -> anyhow::Result<String> {
    // Loads the demo city.
    drop(Program::start(place, 0)?);
    let ledger = ledger(place).await?;
    let id = announced(&ledger, place).await?;
    let program = Program::start(place, AHEAD)?;
    let ledger = ledger.with_clock(Clock::Ahead(AHEAD));
    let by = enterer();
    live::start(ledger.desk(by.actor()).await?, &by, (ORGAN, &id)).await?;
    let empty = program.resident()?;
    let got: Arc<Vec<Times>> = Arc::new((0..entries).map(|_| Times::default()).collect());
    let greeted = Arc::new(AtomicUsize::new(0));
    for _ in 0..readers {
        let (address, path) = (program.address.clone(), format!("/fangtan/{id}/shikuang"));
        let (got, greeted) = (Arc::clone(&got), Arc::clone(&greeted));
        tokio::spawn(async move { follow(&address, &path, (&got, &greeted)).await });
    }
    let begun = Instant::now();
    while greeted.load(Ordering::Relaxed) < readers {
        let there = greeted.load(Ordering::Relaxed);
        ensure!(begun.elapsed() < PATIENCE * 4, "only {there} of {readers} readers follow");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    let (full, worked, opening) = (program.resident()?, program.worked()?, begun.elapsed());
    let released = say(&ledger, &id, entries).await?;
    let done = Instant::now();
    while received(&got) < readers * entries && done.elapsed() < PATIENCE {
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    let worked = program.worked()? - worked;
    let (peak, received) = (program.resident()?, received(&got));
    let delays = delays(&got, &released);
    Ok(format!(
        "interview: readers={readers} entries={entries} received={received} lost={} delay_p50_ms={:.1} \
         delay_p99_ms={:.1} delay_max_ms={:.1} opened_s={:.2} resident_mb={:.1} before_mb={:.1} \
         reader_kb={:.1} worked_s={:.2}",
        (readers * entries).saturating_sub(received),
        percentile(&delays, 50),
        percentile(&delays, 99),
        percentile(&delays, 100),
        opening.as_secs_f64(),
        peak.max(full) as f64 / 1e6,
        empty as f64 / 1e6,
        full.saturating_sub(empty) as f64 / 1e3 / readers as f64,
        worked.as_secs_f64(),
    ))
}

/// When each reader had one utterance.
#[derive(Default)]
struct Times(std::sync::Mutex<Vec<Instant>>);

impl Times {
    fn note(&self) {
        let now = Instant::now();
        self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner).push(now);
    }

    fn all(&self) -> Vec<Instant> {
        self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner).clone()
    }
}

fn received(got: &[Times]) -> usize {
    got.iter().map(|times| times.all().len()).sum()
}

/// From each release to each receipt, the shortest first.
fn delays(got: &[Times], released: &[Instant]) -> Vec<Duration> {
    let of = |(times, from): (&Times, &Instant)| -> Vec<Duration> {
        times.all().into_iter().map(|at| at.saturating_duration_since(*from)).collect()
    };
    let mut all: Vec<Duration> = got.iter().zip(released).flat_map(of).collect();
    all.sort_unstable();
    all
}

/// So many hundredths of the times are no longer than this, in milliseconds: a time that occurred.
fn percentile(times: &[Duration], hundredths: usize) -> f64 {
    let rank = (times.len() * hundredths).div_ceil(100).max(1);
    times.get(rank - 1).map_or(f64::NAN, |time| time.as_secs_f64() * 1000.0)
}

/// An interview is announced for the day on which the program will serve.
async fn announced(ledger: &Ledger, place: &Whereabouts) -> anyhow::Result<String> {
    let publishers = Publishers::of(&[participation::room()], &place.data);
    let organ = Organ::find(ledger.store(), ORGAN).await?.context("the city")?;
    let (by, today) = (enterer(), ledger.clock().today());
    let held_on = today.saturating_add(i64::from(AHEAD).days());
    let said = InterviewSaid {
        title: "速度测量访谈".into(),
        topic: "两千人同时看。".into(),
        guests: "张演示，局长".into(),
        held_on: Some(held_on),
        held_at: "下午 3:00".into(),
        ask_until: Some(held_on.saturating_sub(1.day())),
        enterers: by.name.clone(),
        releasers: releaser().name,
        telephone: "0592-0000000".into(),
    };
    let desk = ledger.desk(by.actor()).await?;
    let id = interview::begin(desk, &by, (&organ, true), &said.title).await?;
    interview::keep(ledger.desk(by.actor()).await?, &by, (ORGAN, &id, 1), &said).await?;
    let desk = ledger.desk(by.actor()).await?;
    let unit = interview::submit(desk, &publishers, &by, (ORGAN, &id)).await?;
    publish(ledger, &publishers, &unit).await?;
    Ok(id)
}

/// Says one thing a second: entered by one, released by another; when each release was asked for.
async fn say(ledger: &Ledger, id: &str, entries: usize) -> anyhow::Result<Vec<Instant>> {
    let (by, other) = (enterer(), releaser());
    let words =
        "这件事分三步办，明年年底以前办完，办到哪一步都在网上公开，大家随时可以看。".repeat(2);
    let (began, mut released) = (Instant::now(), Vec::with_capacity(entries));
    for at in 0..entries {
        let form = at.to_string();
        let given = Entering {
            voice: Some(Voice::Guest),
            speaker: "张演示（局长）",
            words: &words,
            question: 0,
            form: &form,
        };
        live::enter(ledger.desk(by.actor()).await?, &by, (ORGAN, id), &given).await?;
        let waiting = Change::waiting(ledger.store(), id).await?;
        let change = waiting.first().context("something waits")?;
        let due = began + PACE * u32::try_from(at)?;
        tokio::time::sleep_until(due.into()).await;
        released.push(Instant::now());
        let desk = ledger.desk(other.actor()).await?;
        live::release(desk, &other, (ORGAN, id, &change.id)).await?;
    }
    Ok(released)
}

/// One reader: notes when each utterance came, by the numbers of the events.
async fn follow(
    address: &str,
    path: &str,
    (got, greeted): (&[Times], &AtomicUsize),
) -> anyhow::Result<()> {
    let mut stream = TcpStream::connect(address).await?;
    let asked =
        format!("GET {path} HTTP/1.1\r\nHost: {address}\r\nAccept: text/event-stream\r\n\r\n");
    stream.write_all(asked.as_bytes()).await?;
    let mut lines = BufReader::with_capacity(4096, stream).lines();
    let status = lines.next_line().await?.context("an answer")?;
    if !status.contains(" 200 ") {
        bail!("{status}");
    }
    while let Some(line) = lines.next_line().await? {
        if line.starts_with("retry: ") {
            greeted.fetch_add(1, Ordering::Relaxed);
        }
        let place = line.strip_prefix("id: ").and_then(|place| place.trim().parse::<usize>().ok());
        if let Some(times) = place.and_then(|place| got.get(place.checked_sub(1)?)) {
            times.note();
        }
    }
    Ok(())
}

/// The program, built beside this one.
fn program_beside() -> anyhow::Result<PathBuf> {
    let own = std::env::current_exe()?;
    let folder = own.parent().and_then(Path::parent).context("a folder")?;
    Ok(folder.join("gongkai"))
}
