//! Measures how long a publication takes to be seen, and how many there can be in a second:
//! `publishing [UNITS [FOLDER]]`, beside the program built in the same profile.
//!
//! The demo city is loaded; documents are written, reviewed and signed by the same acts as anybody's. Then
//! the program serves, and they are released by a signed-in publisher over HTTP: first at a quiet pace, then
//! by four at once as fast as they can, and last many that are due at one moment (定时发布). From the click
//! on, the document's page and the search are asked until both show it. Prints one line.
//! `GONGKAI_BENCH_POSTGRES` names a PostgreSQL to measure on instead of SQLite.

#[path = "../beside/mod.rs"]
mod beside;
mod client;
mod units;

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use anyhow::{Context, ensure};
use beside::{Whereabouts, ledger};
use client::{Program, Publisher};
use store::{FromQueryResult, Statements, Store};
use units::{approved, number_of};

/// How many units are released by four at once; every fiftieth is followed until they are seen.
const UNITS: usize = 2_000;

/// How many are released one after another, and how far apart.
const QUIET: usize = 200;
const PACE: Duration = Duration::from_millis(60);

/// Who releases at once.
const HANDS: usize = 4;

/// One of so many is followed while many are released. Readers ask again and again: more of them would be
/// a load of their own.
const FOLLOWED: usize = 50;

/// How often a reader asks.
const AGAIN: Duration = Duration::from_millis(10);

/// Whoever does not see a document by then does not see it.
const PATIENCE: Duration = Duration::from_secs(60);

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let mut arguments = std::env::args().skip(1);
    let units = arguments.next().and_then(|text| text.parse().ok()).unwrap_or(UNITS);
    let units: usize = usize::clamp(units, 100, 20_000);
    let folder = arguments.next().map_or_else(std::env::temp_dir, PathBuf::from);
    let data = folder.join(format!("publishing-{}", std::process::id()));
    let place = Whereabouts::of(&data);
    let line = measure(&place, units).await;
    std::fs::remove_dir_all(&data).ok();
    println!("{}", line?);
    Ok(())
}

async fn measure(place: &Whereabouts, units: usize) -> anyhow::Result<String> {
    // Loads the demo city, and founds its log.
    drop(Program::start(place)?);
    let ledger = ledger(place).await?;
    let store = ledger.store().clone();
    let quiet = approved(&ledger, place, 0..QUIET).await?;
    let loud = approved(&ledger, place, QUIET..QUIET + units).await?;
    let set = approved(&ledger, place, QUIET + units..QUIET + 2 * units).await?;
    let program = Program::start(place)?;
    let publisher = Publisher::sign_in(&program)?;
    let mut seen = Seen::default();
    for (at, unit) in quiet.iter().enumerate() {
        seen.add(follow(&store, &publisher, unit, at).await?);
        tokio::time::sleep(PACE).await;
    }
    let (by_hand, loaded) = by_hand(&store, &publisher, &loud).await?;
    let before = count(&store, OUT).await?;
    units::set(&ledger, place, &set).await?;
    let (at_once, lag) = at_once(&store, &publisher, &set, before).await?;
    Ok(format!(
        "publishing: engine={:?} units={units} page_p50_ms={:.1} page_p99_ms={:.1} search_p50_ms={:.1} \
         search_p99_ms={:.1} by_hand_per_s={by_hand:.0} loaded_page_p99_ms={:.1} \
         loaded_search_p50_ms={:.1} loaded_search_p99_ms={:.1} scheduled_per_s={at_once:.0} \
         scheduled_search_lag_ms={lag:.0}",
        store.engine(),
        seen.page(50),
        seen.page(99),
        seen.search(50),
        seen.search(99),
        loaded.page(99),
        loaded.search(50),
        loaded.search(99),
    ))
}

/// From the click to the page, and to the search.
#[derive(Default)]
struct Seen(Vec<(Duration, Duration)>);

impl Seen {
    fn add(&mut self, one: (Duration, Duration)) {
        self.0.push(one);
    }

    fn page(&self, hundredths: usize) -> f64 {
        percentile(self.0.iter().map(|one| one.0).collect(), hundredths)
    }

    fn search(&self, hundredths: usize) -> f64 {
        percentile(self.0.iter().map(|one| one.1).collect(), hundredths)
    }
}

/// So many hundredths of the times are no longer than this, in milliseconds: a time that occurred.
fn percentile(mut times: Vec<Duration>, hundredths: usize) -> f64 {
    times.sort_unstable();
    let rank = (times.len() * hundredths).div_ceil(100).max(1);
    times.get(rank - 1).map_or(f64::NAN, |time| time.as_secs_f64() * 1000.0)
}

/// Releases a unit and asks until everybody sees it.
async fn follow(
    store: &Store,
    publisher: &Publisher,
    unit: &str,
    number: usize,
) -> anyhow::Result<(Duration, Duration)> {
    let clicked = Instant::now();
    publisher.release(unit).await?;
    let path = path_of(store, unit).await?;
    let page = until(clicked, || publisher.shows(&path, "演示正文")).await?;
    let query = format!("/sousuo?q={}", client::encoded(&number_of(number)));
    let search = until(clicked, || publisher.shows(&query, &path)).await?;
    Ok((page, search))
}

async fn until<F: Future<Output = anyhow::Result<bool>>>(
    clicked: Instant,
    sees: impl Fn() -> F,
) -> anyhow::Result<Duration> {
    loop {
        let asked = Instant::now();
        if sees().await? {
            return Ok(clicked.elapsed());
        }
        ensure!(clicked.elapsed() < PATIENCE, "nobody sees what was published");
        tokio::time::sleep(AGAIN.saturating_sub(asked.elapsed())).await;
    }
}

async fn path_of(store: &Store, unit: &str) -> anyhow::Result<String> {
    #[derive(FromQueryResult)]
    struct Row {
        path: Option<String>,
    }
    let sql = "SELECT path FROM review_piece WHERE unit = $1";
    let row: Option<Row> = store.one(sql, vec![unit.into()]).await?;
    row.and_then(|row| row.path).context("it was not published")
}

/// Four release as fast as they can; every fiftieth document is followed until it is seen.
async fn by_hand(
    store: &Store,
    publisher: &Publisher,
    units: &[String],
) -> anyhow::Result<(f64, Seen)> {
    let began = Instant::now();
    let hands: Vec<_> = (0..HANDS)
        .map(|hand| {
            let (store, publisher) = (store.clone(), publisher.clone());
            let own = units.iter().cloned().enumerate().skip(hand).step_by(HANDS);
            let own: Vec<(usize, String)> = own.collect();
            tokio::spawn(async move {
                let mut followed = Vec::new();
                for (at, unit) in own {
                    if at % FOLLOWED == 0 {
                        let (store, publisher) = (store.clone(), publisher.clone());
                        followed.push(tokio::spawn(async move {
                            follow(&store, &publisher, &unit, QUIET + at).await
                        }));
                        // Whoever follows is one more hand, not one less.
                        continue;
                    }
                    publisher.release(&unit).await?;
                }
                anyhow::Ok(followed)
            })
        })
        .collect();
    let (mut seen, mut followed) = (Seen::default(), Vec::new());
    for hand in hands {
        followed.extend(hand.await??);
    }
    let took = began.elapsed();
    for one in followed {
        seen.add(one.await??);
    }
    Ok((units.len() as f64 / took.as_secs_f64(), seen))
}

/// Many are due at one moment: how many are published in a second, and how long after the last of them
/// all are found.
async fn at_once(
    store: &Store,
    publisher: &Publisher,
    units: &[String],
    before: i64,
) -> anyhow::Result<(f64, f64)> {
    let whole = before + i64::try_from(units.len())?;
    let (mut first, began) = (None, Instant::now());
    loop {
        let out = count(store, OUT).await?;
        if out > before && first.is_none() {
            first = Some((Instant::now(), out));
        }
        if out == whole {
            break;
        }
        ensure!(began.elapsed() < PATIENCE * 10, "what was due is not published");
        tokio::time::sleep(Duration::from_millis(2)).await;
    }
    let out = Instant::now();
    let (first, already) = first.context("nothing was published")?;
    let rate = (whole - already) as f64 / first.elapsed().as_secs_f64();
    let path = path_of(store, units.last().context("there are units")?).await?;
    let last = number_of(QUIET + 2 * units.len() - 1);
    let query = format!("/sousuo?q={}", client::encoded(&last));
    until(Instant::now(), || publisher.shows(&query, &path)).await?;
    Ok((rate, out.elapsed().as_secs_f64() * 1000.0))
}

const OUT: &str = "SELECT count(*) FROM publication";

async fn count(store: &Store, sql: &str) -> anyhow::Result<i64> {
    Ok(store.number(sql, vec![]).await?.unwrap_or_default())
}

/// Where a data folder is named beside this program.
fn program_beside() -> anyhow::Result<PathBuf> {
    let own = std::env::current_exe()?;
    let folder = own.parent().and_then(Path::parent).context("a folder")?;
    Ok(folder.join("gongkai"))
}
