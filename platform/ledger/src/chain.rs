//! The chain of hashes over all entries.
//!
//! The hash of an entry is SHA-256 over one line of JSON: a list of the hash before and of the
//! entry's own columns in their order. Whoever has the table can count it again in any language.
//!
//! An act's entries are chained when it is sealed, as the last thing before it is kept: the row
//! `ledger_head` is held from there to the commit and no longer, so an act that takes long keeps
//! nobody waiting, and no act waits for a row while it holds that one.

use sha2::{Digest, Sha256};
use store::{FromQueryResult, Statements, Store, StoreError, Transaction, Value};
use tlog::hex;

use crate::event::{COLUMNS, EventRow};

/// What the first entry holds in place of a hash before it.
pub(crate) const NOTHING_BEFORE: &str =
    "0000000000000000000000000000000000000000000000000000000000000000";

/// How many entries are read at a time.
const BATCH: i64 = 5_000;

/// Where the chain ends.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub(crate) struct Head {
    pub seq: i64,
    pub hash: String,
}

impl EventRow {
    /// The hash this entry must have.
    pub(crate) fn digest(&self) -> String {
        let line = serde_json::json!([
            self.prev,
            self.seq,
            self.id,
            self.happened_at,
            self.room,
            self.act,
            self.subject,
            self.organ,
            self.actor,
            self.post,
            self.basis,
            self.facts,
            self.alteration,
        ]);
        hex(&Sha256::digest(line.to_string()))
    }

    fn values(self) -> Vec<Value> {
        vec![
            self.seq.into(),
            self.id.into(),
            self.happened_at.into(),
            self.room.into(),
            self.act.into(),
            self.subject.into(),
            self.organ.into(),
            self.actor.into(),
            self.post.into(),
            self.basis.into(),
            self.facts.into(),
            self.alteration.into(),
            self.prev.into(),
            self.hash.into(),
        ]
    }
}

/// Appends entries to the chain as part of `change`; their places and hashes are given here. The end
/// of the chain is held from now until the change is kept or dropped.
pub(crate) async fn append(change: &Transaction, rows: Vec<EventRow>) -> Result<(), StoreError> {
    let count = i64::try_from(rows.len()).unwrap_or(i64::MAX);
    let sql = "UPDATE ledger_head SET seq = seq + $1 WHERE one = 1 RETURNING seq, hash";
    let head: Option<Head> = change.one(sql, vec![count.into()]).await?;
    let head = head.ok_or(StoreError::Silent)?;
    let (mut seq, mut prev) = (head.seq - count, head.hash);
    let mut chained = Vec::with_capacity(rows.len());
    for mut row in rows {
        seq += 1;
        row.seq = seq;
        row.prev = prev;
        row.hash = row.digest();
        prev = row.hash.clone();
        chained.push(row.values());
    }
    let columns: Vec<&'static str> = COLUMNS.split(", ").collect();
    change.insert("ledger_event", &columns, chained).await?;
    change.run("UPDATE ledger_head SET hash = $1 WHERE one = 1", vec![prev.into()]).await?;
    Ok(())
}

#[derive(FromQueryResult)]
struct EarlierRow {
    id: String,
    happened_at: String,
    room: String,
    act: String,
    subject: String,
    organ: String,
    actor: String,
    basis: String,
    facts: String,
}

impl From<EarlierRow> for EventRow {
    fn from(row: EarlierRow) -> Self {
        Self {
            seq: 0,
            id: row.id,
            happened_at: row.happened_at,
            room: row.room,
            act: row.act,
            subject: row.subject,
            organ: row.organ,
            actor: row.actor,
            post: String::new(),
            basis: row.basis,
            facts: row.facts,
            alteration: None,
            prev: String::new(),
            hash: String::new(),
        }
    }
}

/// Puts what earlier versions of the program recorded into the chain, once, all of it or nothing.
pub(crate) async fn take_in_earlier(store: &Store) -> Result<(), StoreError> {
    const BEGUN: &str = "SELECT begun FROM ledger_head WHERE one = 1";
    if store.number(BEGUN, vec![]).await? == Some(1) {
        return Ok(());
    }
    let change = store.begin().await?;
    // Another process may be doing the same; this waits for it.
    change.run("UPDATE ledger_head SET seq = seq WHERE one = 1", vec![]).await?;
    if change.number(BEGUN, vec![]).await? == Some(1) {
        return Ok(());
    }
    let sql = "SELECT id, happened_at, room, act, subject, organ, actor, basis, facts
                 FROM ledger_event_unchained WHERE id > $1 ORDER BY id LIMIT $2";
    let mut after = String::new();
    loop {
        let rows: Vec<EarlierRow> = change.all(sql, vec![after.into(), BATCH.into()]).await?;
        let Some(last) = rows.last() else { break };
        after = last.id.clone();
        append(&change, rows.into_iter().map(EventRow::from).collect()).await?;
    }
    change.run("DROP TABLE ledger_event_unchained", vec![]).await?;
    change.run("UPDATE ledger_head SET begun = 1 WHERE one = 1", vec![]).await?;
    change.commit().await
}

/// What is wrong with the chain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Break {
    /// The place of the first entry that does not fit.
    pub seq: i64,
    /// What is wrong there, in Chinese.
    pub what: String,
}

/// What the check of the whole chain found.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Audited {
    /// How many entries were read.
    pub entries: i64,
    /// The hash of the last of them.
    pub last: String,
    /// What does not fit, in order; only the first hundred.
    pub breaks: Vec<Break>,
}

/// After so many breaks nobody needs more.
const MOST_BREAKS: usize = 100;

/// Counts the chain again, or no more than its last entries.
pub(crate) async fn verify(store: &Store, last: Option<i64>) -> Result<Audited, StoreError> {
    let sql = format!("SELECT {COLUMNS} FROM ledger_event WHERE seq > $1 ORDER BY seq LIMIT $2");
    // Read before the entries: acts sealed meanwhile only make the chain longer.
    let end = "SELECT seq, hash FROM ledger_head WHERE one = 1";
    let head: Head = store.one(end, vec![]).await?.ok_or(StoreError::Silent)?;
    let from = last.map_or(0, |last| (head.seq - last).max(0));
    let before = "SELECT seq, hash FROM ledger_event WHERE seq = $1";
    let before: Option<Head> = store.one(before, vec![from.into()]).await?;
    let before = before.map_or_else(|| NOTHING_BEFORE.to_owned(), |before| before.hash);
    let mut found = Audited { last: before.clone(), ..Audited::default() };
    let (mut seq, mut at_head) = (from, before);
    loop {
        let rows: Vec<EventRow> = store.all(&sql, vec![seq.into(), BATCH.into()]).await?;
        if rows.is_empty() {
            break;
        }
        for row in rows {
            found.breaks.extend(faults(&row, seq, &found.last));
            found.breaks.truncate(MOST_BREAKS);
            seq = row.seq;
            found.entries += 1;
            found.last = row.hash;
            if seq == head.seq {
                at_head.clone_from(&found.last);
            }
        }
    }
    if seq < head.seq || at_head != head.hash {
        let what = format!("链尾记着第 {} 条，末尾的记录被截去或者换过", head.seq);
        found.breaks.push(Break { seq: head.seq, what });
    }
    Ok(found)
}

fn faults(row: &EventRow, before: i64, prev: &str) -> Vec<Break> {
    let mut breaks = Vec::new();
    let mut wrong = |what: &str| breaks.push(Break { seq: row.seq, what: what.to_owned() });
    if row.seq != before + 1 {
        wrong("前面缺记录");
    }
    if row.prev != prev {
        wrong("与前一条的哈希接不上");
    }
    if row.hash != row.digest() {
        wrong("内容与自己的哈希不符，被改过");
    }
    breaks
}
