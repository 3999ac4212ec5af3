//! 幂等号: what is asked for twice under one key is done once, and answered alike (docs/readings/228).
//!
//! The answer is kept in the transaction of the act, so there is never the one without the other; sealed, for
//! it may tell a secret once. The key and what was sent are kept as keyed hashes.

use jiff::{SignedDuration, Timestamp};
use ledger::Desk;
use secrets::{Mark, Place, SealedColumn};
use serde_json::Value;
use store::{FromQueryResult, Migration, Statements, StoreError, Transaction, moment};

use crate::{Fault, House};

/// Where answers lie.
pub const MIGRATIONS: &[Migration] = &[Migration {
    number: 20261126920,
    name: "answers to what programs send",
    sql: include_str!("../../migrations/20261126920_api_answers.sql"),
}];

/// The columns that are sealed.
pub const SEALED: &[SealedColumn] = &[ANSWERS];

/// The column in which answers lie sealed.
const ANSWERS: SealedColumn = SealedColumn { table: "api_answer", id: "mark", column: "answer" };

/// An answer is kept so long.
const KEPT: SignedDuration = SignedDuration::from_hours(24);

/// A key under which something is done once.
#[derive(Debug, Clone)]
pub struct Once {
    /// The operation, the site, the network address of who asks, and the key: what somebody else happens to send
    /// under the same key is his.
    key: String,
    /// What was sent.
    said: String,
}

/// What was answered before under a key.
pub(super) enum Before {
    /// The same was sent: this is the answer.
    Same(Value),
    /// Something else was.
    Other,
}

#[derive(FromQueryResult)]
struct Row {
    mark: String,
    said: String,
    answer: String,
}

impl Once {
    pub(super) fn new(
        operation: &str,
        site: &str,
        (from, key): (&str, &str),
        sent: &Value,
    ) -> Self {
        Self { key: format!("{operation} {site} {from} {key}"), said: sent.to_string() }
    }

    /// Keeps what the act answers, within the act.
    ///
    /// # Errors
    /// The keys cannot be used, the database refuses, or the same key was used a moment ago.
    pub async fn keep(&self, house: &House, desk: &Desk, answer: &Value) -> Result<(), Fault> {
        let sealer = house.sealer().map_err(Fault::inside)?;
        let mark = sealer.mark(key_place(), &self.key).map_err(Fault::inside)?;
        let said = sealer.mark(said_place(), &self.said).map_err(Fault::inside)?;
        let place = Place::new(ANSWERS.table, mark.as_str(), ANSWERS.column);
        let answer = sealer.seal_text(place, &answer.to_string()).map_err(Fault::inside)?;
        let (now, change) = (desk.now(), desk.change());
        let until = now.checked_add(KEPT).unwrap_or(now);
        let columns = ["mark", "said", "answer", "kept_until"];
        let [mark, said] = [mark, said].map(|mark| mark.as_str().to_owned());
        let row = vec![mark.into(), said.into(), answer.into(), moment(until).into()];
        // An answer that is past and not yet taken out stands under the same mark.
        Self::forget(change, now).await?;
        Ok(change.insert("api_answer", &columns, vec![row]).await?)
    }

    /// Forgets the answers whose time is up; says how many. Whoever keeps the room of an operation does so every
    /// hour, whether anybody sends anything or not.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn forget(change: &Transaction, now: Timestamp) -> Result<u64, StoreError> {
        let past = "DELETE FROM api_answer WHERE kept_until < $1";
        change.run(past, vec![moment(now).into()]).await
    }

    pub(super) async fn before(&self, house: &House) -> Result<Option<Before>, Fault> {
        let sealer = house.sealer().map_err(Fault::inside)?;
        let now = moment(house.ledger().clock().now());
        for mark in sealer.marks(key_place(), &self.key).map_err(Fault::inside)? {
            let sql =
                "SELECT mark, said, answer FROM api_answer WHERE mark = $1 AND kept_until >= $2";
            let values = vec![mark.as_str().to_owned().into(), now.clone().into()];
            let row: Option<Row> = house.store().one(sql, values).await?;
            let Some(row) = row else { continue };
            let said = Mark::kept(row.said.clone());
            let same = sealer.fits(said_place(), &self.said, &said).map_err(Fault::inside)?;
            if !same {
                return Ok(Some(Before::Other));
            }
            let place = Place::new(ANSWERS.table, &row.mark, ANSWERS.column);
            let answer = sealer.open_text(place, &row.answer).map_err(Fault::inside)?;
            let answer = serde_json::from_str(&answer).map_err(Fault::inside)?;
            return Ok(Some(Before::Same(answer)));
        }
        Ok(None)
    }
}

fn key_place() -> Place<'static> {
    Place::new(ANSWERS.table, "", "mark")
}

fn said_place() -> Place<'static> {
    Place::new(ANSWERS.table, "", "said")
}
