//! Applications with a photo, so many a second.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::{Context, ensure};
use store::{FromQueryResult, Statements};

use crate::beside::{Whereabouts, ledger};
use crate::citizen::{CHECK, ORGAN, PAPERS, filled_in, photo};
use crate::http::Browser;
use crate::percentile;
use crate::program::Program;

/// For so long.
pub const SECONDS: usize = 20;

/// So many a second: a tenth more than what must be kept up, so that keeping it up can be seen.
const RATE: usize = 55;

/// The size of the photo, in bytes.
const PHOTO: usize = 2 << 20;

/// How many fill in beforehand at once.
const HANDS: usize = 4;

/// What became of one: how long the photo took and how long the handing in, from the moment it was due; and
/// the number it was given.
struct Handed {
    photo: Duration,
    whole: Duration,
    number: String,
}

/// Measures.
pub async fn measure(place: &Whereabouts, seconds: usize) -> anyhow::Result<String> {
    let program = Program::start(place)?;
    let before = count(place).await?;
    let citizens = prepared(&program.address, RATE * seconds).await?;
    let body = Arc::new(photo(PHOTO));
    let began = Instant::now();
    let mut under_way = Vec::with_capacity(citizens.len());
    for (at, citizen) in citizens.into_iter().enumerate() {
        let due = began + Duration::from_secs_f64(at as f64 / RATE as f64);
        tokio::time::sleep_until(due.into()).await;
        under_way.push(tokio::spawn(hand_in(citizen, body.clone(), due)));
    }
    let mut handed = Vec::with_capacity(under_way.len());
    for one in under_way {
        handed.push(one.await??);
    }
    let took = began.elapsed().as_secs_f64();
    // Killed, not ended: what was acknowledged must be on the disk.
    drop(program);
    let numbers: BTreeSet<&String> = handed.iter().map(|one| &one.number).collect();
    let kept = count(place).await? - before;
    let files = files(place).await?;
    ensure!(numbers.len() == handed.len(), "{} numbers of {}", numbers.len(), handed.len());
    ensure!(kept == i64::try_from(handed.len())?, "{kept} kept of {}", handed.len());
    let of = |time: fn(&Handed) -> Duration| handed.iter().map(time).collect::<Vec<_>>();
    let (whole, photo) = (of(|one| one.whole), of(|one| one.photo));
    Ok(format!(
        "submitting: requests={} rate_per_s={:.1} submit_p50_ms={:.1} submit_p99_ms={:.1} \
         submit_max_ms={:.1} photo_p99_ms={:.1} kept={kept} files={files} lost=0 crossed=0",
        handed.len(),
        handed.len() as f64 / took,
        percentile(whole.clone(), 50),
        percentile(whole.clone(), 99),
        percentile(whole, 100),
        percentile(photo, 99),
    ))
}

/// Citizens who have filled in everything but their papers.
async fn prepared(address: &str, number: usize) -> anyhow::Result<Vec<Browser>> {
    let hands = (0..HANDS).map(|hand| {
        let address = address.to_owned();
        tokio::spawn(async move {
            let mut own = Vec::new();
            for at in (hand..number).step_by(HANDS) {
                own.push(filled_in(&address, at).await?);
            }
            anyhow::Ok(own)
        })
    });
    let mut all = Vec::with_capacity(number);
    for hand in hands.collect::<Vec<_>>() {
        all.extend(hand.await??);
    }
    Ok(all)
}

/// Adds the photo and hands in.
async fn hand_in(mut browser: Browser, body: Arc<Vec<u8>>, due: Instant) -> anyhow::Result<Handed> {
    let added = browser.upload(PAPERS, &body).await?;
    let photo = due.elapsed();
    ensure!(added.to == PAPERS, "the photo: {} {}", added.status, added.text);
    let told = browser.post(CHECK, &[]).await?;
    let whole = due.elapsed();
    ensure!(told.to == "/shenqing/wancheng", "handing in: {} {}", told.status, told.text);
    let receipt = browser.get("/shenqing/wancheng").await?.text;
    let year = format!("{ORGAN}-");
    let number = receipt.split(&year).nth(1).and_then(|rest| rest.split('<').next());
    Ok(Handed { photo, whole, number: number.context("a number")?.to_owned() })
}

async fn count(place: &Whereabouts) -> anyhow::Result<i64> {
    let ledger = ledger(place).await?;
    let sql = "SELECT COUNT(*) FROM request";
    Ok(ledger.store().number(sql, vec![]).await?.unwrap_or_default())
}

/// How many files of applications are kept, each whole on the disk.
async fn files(place: &Whereabouts) -> anyhow::Result<usize> {
    #[derive(FromQueryResult)]
    struct Row {
        id: String,
    }
    let ledger = ledger(place).await?;
    let sql = "SELECT id FROM request_file WHERE size > 2000000";
    let rows: Vec<Row> = ledger.store().all(sql, vec![]).await?;
    for row in &rows {
        let tail = row.id.get(row.id.len().saturating_sub(2)..).unwrap_or_default();
        let path = place.data.join("requests").join(tail).join(&row.id);
        let there = std::fs::metadata(&path).with_context(|| path.display().to_string())?;
        ensure!(there.len() > 2_000_000, "{} is cut", path.display());
    }
    Ok(rows.len())
}
