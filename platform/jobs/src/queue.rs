//! Taking jobs from the table, one worker never in another's way.

use jiff::{SignedDuration, Timestamp};
use store::{Engine, Statements, StoreError, Transaction, Value, moment};

use crate::{JobRow, MOST_ATTEMPTS, pause};

/// How long a claimed job is left alone before another worker may take it over.
const LEASE: SignedDuration = SignedDuration::from_secs(120);

/// What is due: ready and its time has come, or held by somebody who is gone. The kind may be narrowed.
const IS_DUE: &str =
    "((state = 'ready' AND run_at <= $1) OR (state = 'running' AND lease_until < $1))";

/// So many jobs are named in one statement.
const AT_ONCE: usize = 250;

/// Which kinds of jobs somebody works off.
#[derive(Debug, Clone, Copy)]
pub enum Kinds<'a> {
    /// Whatever there is.
    Any,
    /// These alone.
    Only(&'a [&'a str]),
    /// All but these.
    Except(&'a [&'a str]),
}

impl Kinds<'_> {
    /// The condition on a job, whose first free place is `$first`.
    fn condition(self, first: usize) -> String {
        let marks = |kinds: &[&str]| {
            let marks: Vec<_> = (first..first + kinds.len()).map(|at| format!("${at}")).collect();
            marks.join(", ")
        };
        match self {
            Self::Only([]) => "1 = 0".into(),
            Self::Any | Self::Except([]) => "1 = 1".into(),
            Self::Only(kinds) => format!("kind IN ({})", marks(kinds)),
            Self::Except(kinds) => format!("kind NOT IN ({})", marks(kinds)),
        }
    }

    fn values(self) -> impl Iterator<Item = Value> {
        let kinds: Vec<Value> = match self {
            Self::Any => vec![],
            Self::Only(kinds) | Self::Except(kinds) => {
                kinds.iter().map(|kind| (*kind).into()).collect()
            }
        };
        kinds.into_iter()
    }
}

/// A job in hand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claimed {
    /// Its key.
    pub id: String,
    /// Which worker is meant.
    pub kind: String,
    /// What the worker is told.
    pub payload: String,
    /// How many attempts were made, this one included.
    pub attempts: i64,
}

fn in_order(mut rows: Vec<JobRow>) -> Vec<Claimed> {
    rows.sort_by(|a, b| a.id.cmp(&b.id));
    let claimed = |row: JobRow| Claimed {
        id: row.id,
        kind: row.kind,
        payload: row.payload,
        attempts: row.attempts,
    };
    rows.into_iter().map(claimed).collect()
}

/// The verbs of a worker. Those that change something work within the caller's transaction.
pub struct Queue;

impl Queue {
    /// Whether there is anything to claim. Asking costs nothing; claiming takes the only writer of
    /// SQLite.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn is_due(
        from: &impl Statements,
        kinds: Kinds<'_>,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        let sql = format!(
            "SELECT count(*) FROM (SELECT 1 AS one FROM job WHERE {IS_DUE} AND {} LIMIT 1) AS due",
            kinds.condition(2)
        );
        let values = std::iter::once(moment(now).into()).chain(kinds.values()).collect();
        Ok(from.number(&sql, values).await?.unwrap_or_default() > 0)
    }

    /// Up to `most` due jobs, the longest waiting first, without claiming them: for what changes nothing
    /// when it is done twice and must not wait for the only writer. Whoever has done it finishes them.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn due(
        from: &impl Statements,
        kinds: Kinds<'_>,
        now: Timestamp,
        most: i64,
    ) -> Result<Vec<Claimed>, StoreError> {
        let sql = format!(
            "SELECT id, kind, payload, attempts FROM job WHERE {IS_DUE} AND {}
              ORDER BY run_at, id LIMIT $2",
            kinds.condition(3)
        );
        let mut values = vec![moment(now).into(), most.into()];
        values.extend(kinds.values());
        let rows: Vec<JobRow> = from.all(&sql, values).await?;
        Ok(in_order(rows))
    }

    /// Drops the jobs of a kind that are due and in nobody's hand: what they would do has been done
    /// otherwise. What waits for a later day stays.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn drop_due(
        change: &Transaction,
        kind: &str,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let sql = "DELETE FROM job WHERE kind = $1 AND state = 'ready' AND run_at <= $2";
        change.run(sql, vec![kind.into(), moment(now).into()]).await?;
        Ok(())
    }

    /// Claims up to `most` due jobs, the longest waiting first. A job in hand gives its key free: what
    /// happens from now on asks for a new job. SQLite has one writer, so the update alone is the claim;
    /// PostgreSQL steps over the rows that another worker is claiming.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn claim(
        change: &Transaction,
        kinds: Kinds<'_>,
        now: Timestamp,
        most: i64,
    ) -> Result<Vec<Claimed>, StoreError> {
        let step_over = match change.engine() {
            Engine::Sqlite => "",
            Engine::Postgres => "FOR UPDATE SKIP LOCKED",
        };
        let sql = format!(
            "UPDATE job SET state = 'running', attempts = attempts + 1, lease_until = $2,
                            unique_key = NULL
              WHERE id IN (SELECT id FROM job WHERE {IS_DUE} AND {}
                            ORDER BY run_at, id LIMIT $3 {step_over})
             RETURNING id, kind, payload, attempts",
            kinds.condition(4)
        );
        let lease = now.saturating_add(LEASE).unwrap_or(now);
        let mut values = vec![moment(now).into(), moment(lease).into(), most.into()];
        values.extend(kinds.values());
        Ok(in_order(change.all(&sql, values).await?))
    }

    /// Gives back what a worker held that is gone: for whoever begins as the only worker of a database.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn give_back(change: &Transaction) -> Result<u64, StoreError> {
        let sql = "UPDATE job SET state = 'ready', lease_until = NULL WHERE state = 'running'";
        change.run(sql, vec![]).await
    }

    /// The job is done: it goes, in the transaction of its own effects.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn finish(change: &Transaction, job: &Claimed) -> Result<(), StoreError> {
        change.run("DELETE FROM job WHERE id = $1", vec![job.id.clone().into()]).await?;
        Ok(())
    }

    /// Several jobs are done: they go, in the transaction of their effects.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn finish_all(change: &Transaction, jobs: &[Claimed]) -> Result<(), StoreError> {
        for batch in jobs.chunks(AT_ONCE) {
            let marks: Vec<_> = (1..=batch.len()).map(|at| format!("${at}")).collect();
            let sql = format!("DELETE FROM job WHERE id IN ({})", marks.join(", "));
            change.run(&sql, batch.iter().map(|job| job.id.clone().into()).collect()).await?;
        }
        Ok(())
    }

    /// The job failed: it waits for its next attempt, or for a person.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn fail(
        change: &Transaction,
        job: &Claimed,
        error: &str,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let state = if job.attempts >= MOST_ATTEMPTS { "failed" } else { "ready" };
        let next = now.saturating_add(pause(job.attempts)).unwrap_or(now);
        let values =
            vec![state.into(), moment(next).into(), error.to_owned().into(), job.id.clone().into()];
        let sql = "UPDATE job SET state = $1, run_at = $2, last_error = $3, lease_until = NULL
                    WHERE id = $4";
        change.run(sql, values).await?;
        Ok(())
    }
}
