//! Work to be done later: enqueued in the very transaction that asks for it, run at least once,
//! tried again with growing pauses, and kept for people to see when it fails for good.
//!
//! A job that was done is gone; one that failed [`MOST_ATTEMPTS`] times stays, state `failed`.

mod queue;

use jiff::{SignedDuration, Timestamp};
use store::{FromQueryResult, Migration, StoreError, Transaction, Value, moment};

pub use queue::{Claimed, Kinds, Queue};

/// After so many failures a job waits for a person.
pub const MOST_ATTEMPTS: i64 = 8;

/// The table of jobs.
pub const MIGRATIONS: &[Migration] = &[Migration {
    number: 20261125001,
    name: "jobs",
    sql: include_str!("../migrations/20261125001_job.sql"),
}];

/// A job to be enqueued.
#[derive(Debug, Clone)]
pub struct Job {
    /// Which worker takes it.
    pub kind: String,
    /// What the worker is told.
    pub payload: String,
    /// Not before this moment.
    pub run_at: Timestamp,
    /// At most one job with this key is waiting at any time.
    pub unique_key: Option<String>,
}

impl Job {
    /// A job that may run at once.
    pub fn now(kind: impl Into<String>, payload: impl Into<String>, now: Timestamp) -> Self {
        Self { kind: kind.into(), payload: payload.into(), run_at: now, unique_key: None }
    }

    /// Asks for at most one waiting job with this key.
    pub fn unique(mut self, key: impl Into<String>) -> Self {
        self.unique_key = Some(key.into());
        self
    }
}

/// Enqueues jobs as part of `change`. One whose unique key is waiting already is left out.
///
/// # Errors
/// The database refuses.
pub async fn enqueue(change: &Transaction, jobs: Vec<Job>) -> Result<(), StoreError> {
    const COLUMNS: [&str; 5] = ["id", "kind", "payload", "run_at", "unique_key"];
    for batch in jobs.chunks(2000) {
        let mut marks = Vec::with_capacity(batch.len());
        let mut values: Vec<Value> = Vec::with_capacity(batch.len() * COLUMNS.len());
        for job in batch {
            let at = values.len();
            marks.push(format!(
                "(${}, ${}, ${}, ${}, ${}, 'ready')",
                at + 1,
                at + 2,
                at + 3,
                at + 4,
                at + 5
            ));
            values.push(uuid::Uuid::now_v7().to_string().into());
            values.push(job.kind.clone().into());
            values.push(job.payload.clone().into());
            values.push(moment(job.run_at).into());
            values.push(job.unique_key.clone().into());
        }
        let sql = format!(
            "INSERT INTO job ({}, state) VALUES {} ON CONFLICT (unique_key) DO NOTHING",
            COLUMNS.join(", "),
            marks.join(", ")
        );
        change.run(&sql, values).await?;
    }
    Ok(())
}

/// The pause before the next attempt: 2 s, 4 s, 8 s … at most an hour.
fn pause(attempts: i64) -> SignedDuration {
    let seconds = 1i64 << attempts.clamp(1, 12);
    SignedDuration::from_secs(seconds.min(3600))
}

#[derive(FromQueryResult)]
pub(crate) struct JobRow {
    id: String,
    kind: String,
    payload: String,
    attempts: i64,
}
