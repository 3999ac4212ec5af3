//! The desk: take, decide, keep, record, seal.

use std::sync::Arc;

use jiff::Timestamp;
use jobs::Job;
use law::{Date, WorkCalendar};
use store::{StoreError, Transaction, moment};

use crate::clock::day_in_china;
use crate::event::EventRow;
use crate::log::{self, Leaf, PendingLeaf};
use crate::{Actor, Change, Entry, Ledger, chain};

/// Why an act was not kept.
#[derive(Debug, thiserror::Error)]
pub enum DeskError {
    /// The act recorded nothing; its changes were dropped.
    #[error("操作没有登记，已全部撤回")]
    NothingRecorded,
    /// The act does not say what it rests on.
    #[error("操作没有写明依据，不能登记")]
    NoBasis,
    /// The database refused; nothing was changed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// One act in progress. Dropped unsealed, it leaves no trace.
#[derive(Debug)]
pub struct Desk {
    change: Transaction,
    ledger: Ledger,
    actor: Actor,
    now: Timestamp,
    calendar: Arc<WorkCalendar>,
    recorded: Vec<EventRow>,
    heard: Vec<Job>,
    leaves: Vec<PendingLeaf>,
}

impl Desk {
    pub(crate) async fn open(ledger: Ledger, actor: Actor) -> Result<Self, StoreError> {
        let change = ledger.store().begin().await?;
        let now = ledger.clock().now();
        let calendar = ledger.calendar();
        let (recorded, heard, leaves) = (Vec::new(), Vec::new(), Vec::new());
        Ok(Self { change, ledger, actor, now, calendar, recorded, heard, leaves })
    }

    /// The moment of the act, the same for all of it.
    pub fn now(&self) -> Timestamp {
        self.now
    }

    /// The day of the act in China.
    pub fn today(&self) -> Date {
        day_in_china(self.now)
    }

    /// Who acts.
    pub fn actor(&self) -> &Actor {
        &self.actor
    }

    /// The working calendar as known today.
    pub fn calendar(&self) -> &WorkCalendar {
        &self.calendar
    }

    /// The transaction, for a room's store.
    pub fn change(&self) -> &Transaction {
        &self.change
    }

    /// Takes the entry. Returns its key; the entry itself, and a job for each listener, are written when
    /// the act is sealed.
    ///
    /// # Errors
    /// The entry names no basis.
    pub async fn record(&mut self, entry: Entry) -> Result<String, DeskError> {
        self.take(entry, None)
    }

    /// The same for an act that altered what was there before.
    ///
    /// # Errors
    /// The entry names no basis.
    pub async fn record_change(
        &mut self,
        entry: Entry,
        change: Change,
    ) -> Result<String, DeskError> {
        self.take(entry, Some(change))
    }

    fn take(&mut self, entry: Entry, change: Option<Change>) -> Result<String, DeskError> {
        if entry.basis.trim().is_empty() {
            return Err(DeskError::NoBasis);
        }
        let id = uuid::Uuid::now_v7().to_string();
        let heard = self.ledger.listeners_of(&entry);
        self.heard.extend(heard.map(|listener| Job::now(listener, id.clone(), self.now)));
        let alteration = |change: Change| {
            serde_json::json!({ "before": change.before, "after": change.after }).to_string()
        };
        self.recorded.push(EventRow {
            seq: 0,
            id: id.clone(),
            happened_at: moment(self.now),
            room: entry.room.into(),
            act: entry.act.into(),
            subject: entry.subject,
            organ: entry.organ,
            actor: self.actor.word(),
            post: self.actor.post().into(),
            basis: entry.basis,
            facts: entry.facts.to_string(),
            alteration: change.map(alteration),
            prev: String::new(),
            hash: String::new(),
        });
        Ok(id)
    }

    /// Puts a leaf of the entry recorded last into the public log, within the act; it gets its place there
    /// when the act is sealed.
    ///
    /// # Errors
    /// Nothing was recorded yet that it could be a leaf of.
    pub fn publish_leaf(&mut self, leaf: Leaf) -> Result<(), DeskError> {
        let event = self.recorded.last().map(|row| row.id.clone());
        let event = event.ok_or(DeskError::NothingRecorded)?;
        self.leaves.push(PendingLeaf { leaf, event });
        Ok(())
    }

    /// Makes the act last and wakes the listeners.
    ///
    /// # Errors
    /// Nothing was recorded, or the database could not write it down; either way nothing changed.
    pub async fn seal(self) -> Result<(), DeskError> {
        if self.recorded.is_empty() {
            return Err(DeskError::NothingRecorded);
        }
        let somebody_hears = !self.heard.is_empty() || !self.leaves.is_empty();
        jobs::enqueue(&self.change, self.heard).await?;
        chain::append(&self.change, self.recorded).await?;
        log::append(&self.change, self.leaves, self.now).await?;
        self.change.commit().await?;
        if somebody_hears {
            self.ledger.wake();
        }
        Ok(())
    }
}
