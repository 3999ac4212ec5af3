//! The worker: listeners hear of sealed acts, the index is rebuilt when it must be.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use jobs::{Claimed, Queue};
use tokio::sync::Notify;
use tokio::time::Instant;
use web::{Chore, Fault, House};

use crate::opening::PAGES;

/// Another process may have acted; so the table is looked at even when nobody rings.
const ROUND: Duration = Duration::from_secs(1);

/// How many jobs are claimed at a time.
const HANDFUL: i64 = 50;

/// Works until the program ends.
pub async fn forever(house: Arc<House>, bell: Arc<Notify>) {
    let mut rota = Rota::begin();
    loop {
        rota.do_what_is_due(&house).await;
        match round(&house).await {
            Ok(0) => {}
            Ok(_) => continue,
            Err(fault) => tracing::error!(%fault, "worker round failed"),
        }
        let _ = tokio::time::timeout(ROUND, bell.notified()).await;
    }
}

/// When each chore was done last.
struct Rota {
    begun: Instant,
    done: HashMap<&'static str, Instant>,
}

impl Rota {
    fn begin() -> Self {
        Self { begun: Instant::now(), done: HashMap::new() }
    }

    async fn do_what_is_due(&mut self, house: &House) {
        for chore in house.chores() {
            let last = self.done.get(chore.name).copied().unwrap_or(self.begun);
            if last.elapsed() >= chore.every {
                self.done.insert(chore.name, Instant::now());
                attempt(house, chore).await;
            }
        }
    }
}

/// Does every chore once more, before the program ends.
pub async fn put_away(house: &House) {
    for chore in house.chores() {
        attempt(house, chore).await;
    }
}

async fn attempt(house: &House, chore: &Chore) {
    if let Err(fault) = (chore.work)(house).await {
        tracing::warn!(chore = chore.name, %fault, "chore failed");
    }
}

/// Works off one handful of jobs; says how many there were.
///
/// # Errors
/// The database refuses. A listener that fails is no error here: its job waits for another try.
pub async fn round(house: &House) -> Result<usize, Fault> {
    let (store, clock) = (house.store(), house.ledger().clock());
    if !Queue::is_due(store, clock.now()).await? {
        return Ok(0);
    }
    let change = store.begin().await?;
    let jobs = Queue::claim(&change, clock.now(), HANDFUL).await?;
    change.commit().await?;
    for job in &jobs {
        if let Err(fault) = work(house, job).await {
            tracing::warn!(kind = job.kind, attempts = job.attempts, %fault, "listener failed");
            let change = store.begin().await?;
            Queue::fail(&change, job, &fault.to_string(), clock.now()).await?;
            change.commit().await?;
        }
    }
    if !jobs.is_empty() {
        house.refresh_directory().await?;
        house.forget_pages();
    }
    Ok(jobs.len())
}

async fn work(house: &House, job: &Claimed) -> Result<(), Fault> {
    let listener = house.listeners().find(|listener| listener.name == job.kind).copied();
    let event = house.ledger().event(&job.payload).await?;
    let change = house.store().begin().await?;
    match (listener, event) {
        (Some(listener), Some(event)) => (listener.hear)(house, &event, &change).await?,
        // Pages are let go after each handful anyway.
        _ if job.kind == PAGES => {}
        _ => tracing::warn!(kind = job.kind, "nobody takes this job"),
    }
    Queue::finish(&change, job).await?;
    change.commit().await?;
    Ok(())
}

/// Fills the index anew when it has never been filled, and drops what was still to be told to it:
/// the rebuilt index knows of those acts. A room's listener that feeds the index is called
/// `room.search`.
///
/// # Errors
/// The database or the index refuses.
pub async fn rebuild_index_if_needed(house: &House) -> Result<(), Fault> {
    if !house.search().needs_rebuild() {
        return Ok(());
    }
    let (change, now) = (house.store().begin().await?, house.ledger().clock().now());
    for feeder in house.listeners().filter(|listener| listener.name.ends_with(".search")) {
        Queue::drop_due(&change, feeder.name, now).await?;
    }
    change.commit().await?;
    let mut batch = house.search().rebuild()?;
    for source in house.rooms().iter().filter_map(|room| room.search) {
        let mut after: Option<String> = None;
        loop {
            let (documents, next) = (source.batch)(house, after.as_deref()).await?;
            batch.replace(documents)?;
            match next {
                Some(next) => after = Some(next),
                None => break,
            }
        }
    }
    batch.commit()?;
    Ok(())
}
