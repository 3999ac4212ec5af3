//! The worker: listeners hear of sealed acts, the index is rebuilt when it must be.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use jobs::{Claimed, Kinds, Queue};
use ledger::Event;
use store::Engine;
use tokio::sync::Notify;
use tokio::task::JoinSet;
use tokio::time::Instant;
use web::{Chore, Errand, Fault, House};

use crate::opening::PAGES;

/// Another process may have acted; so the table is looked at even when nobody rings.
const ROUND: Duration = Duration::from_secs(1);

/// How many jobs are claimed at a time. Whatever they change of the index is told to it at once, which
/// costs as much for one document as for hundreds.
const HANDFUL: i64 = 500;

/// Works until the program ends. Chores, the index and the other listeners do not wait for one another:
/// hundreds of releases that are due at one moment, or a whole city's obligations that are computed anew,
/// keep nobody from finding what was published, or from no longer finding what was withdrawn.
pub async fn forever(house: Arc<House>, bell: Arc<Notify>) {
    if let Err(fault) = take_over(&house).await {
        tracing::error!(%fault, "what an earlier worker held was not taken over");
    }
    let others = Notify::new();
    tokio::join!(
        chores(&house),
        listening(&house, Share::Found, &bell, Some(&others)),
        listening(&house, Share::Others, &others, None)
    );
}

async fn chores(house: &House) {
    let mut rota = Rota::begin();
    loop {
        rota.do_what_is_due(house).await;
        tokio::time::sleep(ROUND).await;
    }
}

/// Works off one share of the jobs whenever the bell rings, and passes the ring on.
async fn listening(house: &House, share: Share, bell: &Notify, next: Option<&Notify>) {
    loop {
        if let Some(next) = next {
            next.notify_one();
        }
        match share_of_a_round(house, share).await {
            Ok(0) => {}
            Ok(_) => continue,
            Err(fault) => tracing::error!(%fault, "worker round failed"),
        }
        let _ = tokio::time::timeout(ROUND, bell.notified()).await;
    }
}

/// Whose jobs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Share {
    /// What is told to the index, and lets pages go: quick, and waited for by readers.
    Found,
    /// Every other listener's.
    Others,
}

/// Whoever opens the only database of a data folder is its only worker: what another held that was killed
/// need not wait until its lease has run out. Where others may be at work, it waits.
async fn take_over(house: &House) -> Result<(), Fault> {
    if house.store().engine() == Engine::Sqlite {
        let change = house.store().begin().await?;
        Queue::give_back(&change).await?;
        change.commit().await?;
    }
    Ok(())
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

/// Goes on with long work, step by step, beside the worker, until the program ends. None waits for another: what
/// writes large files, or waits for who does not answer, keeps no letter from going out.
pub async fn errands(house: Arc<House>) {
    let mut all = JoinSet::new();
    for errand in house.errands().copied() {
        all.spawn(goes_on(Arc::clone(&house), errand));
    }
    while all.join_next().await.is_some() {}
}

async fn goes_on(house: Arc<House>, errand: Errand) {
    loop {
        let more = (errand.step)(&house).await.unwrap_or_else(|fault| {
            tracing::warn!(errand = errand.name, %fault, "step failed");
            false
        });
        // Whoever waits for the only writer comes first.
        let pause = if more { Duration::from_millis(50) } else { ROUND };
        tokio::time::sleep(pause).await;
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

/// Works off one handful of jobs of each share; says how many there were.
///
/// # Errors
/// The database refuses. A listener that fails is no error here: its job waits for another try.
#[cfg(test)]
pub async fn round(house: &House) -> Result<usize, Fault> {
    let found = share_of_a_round(house, Share::Found).await?;
    Ok(found + share_of_a_round(house, Share::Others).await?)
}

async fn share_of_a_round(house: &House, share: Share) -> Result<usize, Fault> {
    if share == Share::Found
        && let Some(told) = told(house).await?
    {
        return Ok(told);
    }
    let jobs = claimed(house, share).await?;
    let events = match events(house, &jobs).await {
        Ok(events) => events,
        Err(fault) => {
            for job in &jobs {
                put_off(house, job, &fault).await?;
            }
            return Err(fault);
        }
    };
    for job in &jobs {
        // Each by itself: one that fails keeps back nothing else, and a slow one holds the only writer of
        // SQLite no longer than it must.
        if let Err(fault) = hear(house, job, events.get(&job.payload)).await {
            put_off(house, job, &fault).await?;
        }
    }
    if !jobs.is_empty() {
        // The jobs are done with, so nobody would try again.
        let gone = let_go(house, &jobs, events).await;
        gone.inspect_err(|_| house.forget_pages())?;
    }
    Ok(jobs.len())
}

/// A job that failed waits for another try.
async fn put_off(house: &House, job: &Claimed, fault: &Fault) -> Result<(), Fault> {
    tracing::warn!(kind = job.kind, attempts = job.attempts, %fault, "listener failed");
    let change = house.store().begin().await?;
    Queue::fail(&change, job, &fault.to_string(), house.ledger().clock().now()).await?;
    Ok(change.commit().await?)
}

/// The kinds of jobs that are told to the index and let pages go.
fn quick(house: &House) -> Vec<&'static str> {
    let sources = house.rooms().iter().filter_map(|room| room.search);
    sources.map(|source| source.listener).chain([PAGES]).collect()
}

async fn claimed(house: &House, share: Share) -> Result<Vec<Claimed>, Fault> {
    let quick = quick(house);
    let kinds = match share {
        Share::Found => Kinds::Only(&quick),
        Share::Others => Kinds::Except(&quick),
    };
    let (store, now) = (house.store(), house.ledger().clock().now());
    if !Queue::is_due(store, kinds, now).await? {
        return Ok(vec![]);
    }
    let change = store.begin().await?;
    let jobs = Queue::claim(&change, kinds, now, HANDFUL).await?;
    change.commit().await?;
    Ok(jobs)
}

/// Tells the index of a handful of acts and lets pages go; says how many jobs that were, `None` where it
/// could not be told of all together. They are read, not claimed, and readers see the change before it is
/// marked as told: whoever holds the only writer for long keeps nothing in the search that was withdrawn.
/// Killed before that mark, it is told again, which changes nothing.
async fn told(house: &House) -> Result<Option<usize>, Fault> {
    let (store, now) = (house.store(), house.ledger().clock().now());
    let jobs = Queue::due(store, Kinds::Only(&quick(house)), now, HANDFUL).await?;
    if jobs.is_empty() {
        return Ok(Some(0));
    }
    let events = events(house, &jobs).await?;
    if let Err(fault) = tell_index(house, &jobs, &events).await {
        tracing::warn!(%fault, "the index was not told of many together");
        return Ok(None);
    }
    let_go(house, &jobs, events).await?;
    let change = store.begin().await?;
    Queue::finish_all(&change, &jobs).await?;
    change.commit().await?;
    Ok(Some(jobs.len()))
}

/// The acts that these jobs are about, by their keys.
async fn events(house: &House, jobs: &[Claimed]) -> Result<HashMap<String, Event>, Fault> {
    let keys = jobs.iter().map(|job| job.payload.as_str()).collect();
    let found = house.ledger().events(&keys).await?;
    Ok(found.into_iter().map(|event| (event.id.clone(), event)).collect())
}

/// Reads the sites anew and lets kept pages go that say something else after these jobs: all of them where one is
/// of no act, or its listener is woken by the clock and not by acts; nothing where nobody sees anything of them.
async fn let_go(
    house: &House,
    jobs: &[Claimed],
    events: HashMap<String, Event>,
) -> Result<(), Fault> {
    let by_clock = |job: &Claimed| {
        house.listeners().any(|listener| listener.name == job.kind && listener.acts.is_empty())
    };
    let by_acts = |job: &Claimed| events.contains_key(&job.payload) && !by_clock(job);
    let all_by_acts = jobs.iter().all(by_acts);
    if all_by_acts && !events.values().any(|event| house.is_seen(event)) {
        return Ok(());
    }
    house.refresh_directory().await?;
    if !all_by_acts {
        house.forget_pages();
        return Ok(());
    }
    let events: Vec<Event> = events.into_values().collect();
    house.forget_reached(&events).await
}

/// Tells the index of many acts at once.
async fn tell_index(
    house: &House,
    jobs: &[Claimed],
    events: &HashMap<String, Event>,
) -> Result<(), Fault> {
    let mut changes = Vec::with_capacity(jobs.len());
    for job in jobs {
        let Some(source) = house.search_source(&job.kind) else { continue };
        if let Some(event) = events.get(&job.payload) {
            changes.push((source.changed)(house, event).await?);
        }
    }
    if changes.is_empty() { Ok(()) } else { house.tell_index(changes).await }
}

/// A listener hears of an act; what it changes is kept together with the mark that it has heard.
async fn hear(house: &House, job: &Claimed, event: Option<&Event>) -> Result<(), Fault> {
    let listener = house.listeners().find(|listener| listener.name == job.kind).copied();
    let change = house.store().begin().await?;
    match (listener, event) {
        (Some(listener), Some(event)) => (listener.hear)(house, event, &change).await?,
        // Pages are let go after each handful anyway.
        _ if job.kind == PAGES => {}
        _ => tracing::warn!(kind = job.kind, "nobody takes this job"),
    }
    Queue::finish(&change, job).await?;
    Ok(change.commit().await?)
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

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use ledger::{Clock, Ledger};
    use store::testing::Folder;
    use store::{Migrations, Place, Store};
    use web::Room;

    use super::*;

    static STEPS: AtomicUsize = AtomicUsize::new(0);

    const STUCK: Errand =
        Errand { name: "stuck", step: |_| Box::pin(std::future::pending::<Result<bool, Fault>>()) };

    const QUICK: Errand = Errand {
        name: "quick",
        step: |_| {
            STEPS.fetch_add(1, Ordering::Relaxed);
            Box::pin(async { Ok(false) })
        },
    };

    #[tokio::test]
    async fn an_errand_that_never_ends_keeps_no_other_waiting() {
        let folder = Folder::new("errands");
        std::fs::create_dir_all(folder.path()).expect("a folder");
        let place = Place::File(folder.path().join("gongkai.db"));
        let migrations = Migrations::of([jobs::MIGRATIONS, ledger::MIGRATIONS].concat());
        let store = Store::open(&place, &migrations).await.expect("opens");
        let ledger = Ledger::open(store, Clock::Wall, vec![]).await.expect("opens");
        let room = Room { errands: vec![STUCK, QUICK], ..Room::default() };
        let search = search::Search::in_memory().expect("memory");
        let house = House::new(ledger, search, vec![room], folder.path().to_owned(), false);
        let working = tokio::spawn(errands(Arc::new(house)));
        let done = async {
            while STEPS.load(Ordering::Relaxed) == 0 {
                tokio::time::sleep(Duration::from_millis(5)).await;
            }
        };
        tokio::time::timeout(Duration::from_secs(20), done).await.expect("its turn came");
        working.abort();
    }
}
