//! The whole log counted again: leaves, hashes, checkpoints, and what opens the digests.

use std::collections::HashMap;

use store::{FromQueryResult, Statements, Store, StoreError};
use tlog::{
    Checkpoint, HASHES_PER_TILE, Hash, Kind, Note, Verifier, base64_of, fold, leaf_hash, node_hash,
    root_of,
};

use super::leaf::{AUDIT, FORM};
use super::{CHECKPOINT, LeafBody, LeafEvent, PublicLog, Signed, Withdrawal};

/// One thing that does not hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unsound {
    /// Where, in Chinese.
    pub place: String,
    /// What is wrong there, in Chinese.
    pub what: String,
}

/// What counting again found.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Scrubbed {
    /// Leaves read.
    pub leaves: i64,
    /// Checkpoints checked.
    pub checkpoints: usize,
    /// Digests opened.
    pub opened: i64,
    /// What each thing that is still public said last, by its subject: the leaf's place.
    pub newest: std::collections::BTreeMap<String, i64>,
    /// What does not hold; only the first hundred.
    pub unsound: Vec<Unsound>,
}

const MOST: usize = 100;
const BATCH: i64 = 5_000;
const WIDTH: usize = HASHES_PER_TILE as usize;

#[derive(FromQueryResult)]
struct Row {
    position: i64,
    event: String,
    subject: String,
    version: i64,
    at: String,
    body: String,
    salt: Option<String>,
    content: Option<String>,
    entered: i64,
}

const ROWS: &str = "
SELECT l.position, l.event, l.subject, l.version, l.at, l.body, o.salt, o.content,
       CASE WHEN e.id IS NULL THEN CAST(0 AS BIGINT) ELSE CAST(1 AS BIGINT) END AS entered
  FROM log_leaf l
  LEFT JOIN log_opening o ON o.position = l.position
  LEFT JOIN ledger_event e ON e.id = l.event
 WHERE l.position >= $1 ORDER BY l.position LIMIT $2";

#[derive(FromQueryResult)]
struct NodeRow {
    hash: String,
}

impl PublicLog {
    /// Counts the whole log again.
    ///
    /// # Errors
    /// The database refuses. A log that does not hold is no error; it is what was asked for.
    pub async fn scrub(&self) -> Result<Scrubbed, StoreError> {
        let mut counting = Counting::default();
        // Checkpoints first: what is signed meanwhile covers leaves that are read below.
        let checkpoints: Vec<Signed> =
            self.store.all(&format!("{CHECKPOINT} ORDER BY size"), vec![]).await?;
        counting.size = checkpoints.last().map_or(0, |signed| signed.size);
        counting.check_notes(&checkpoints, self.identity().await?.map(|own| own.vkey));
        counting.due = checkpoints.into_iter().rev().collect();
        counting.settle();
        let mut next = 0;
        loop {
            let rows: Vec<Row> = self.store.all(ROWS, vec![next.into(), BATCH.into()]).await?;
            let Some(last) = rows.last() else { break };
            let end = last.position + 1;
            counting.compare_nodes(&self.store, 0, next, &rows).await?;
            for row in rows {
                counting.take(row);
            }
            next = end;
        }
        counting.compare_upper(&self.store).await?;
        counting.found.unsound.extend(self.check_anchors().await?);
        Ok(counting.done())
    }
}

/// What is known of a subject after its leaves so far.
struct Subject {
    version: i64,
    position: i64,
    /// The leaf of what it says to everybody; `None` once it was withdrawn.
    shown: Option<i64>,
    /// Leaves whose digests nobody can open; only a withdrawal in error explains them.
    closed: Vec<i64>,
}

#[derive(Default)]
struct Counting {
    found: Scrubbed,
    size: i64,
    /// Whole parts of the tree so far, from left to right.
    frontier: Vec<(u32, Hash)>,
    /// The hashes of the tile being filled, and those of full tiles, at each level above the leaves.
    tile: Vec<Hash>,
    full: Vec<Hash>,
    due: Vec<Signed>,
    subjects: HashMap<String, Subject>,
    last_at: String,
}

impl Counting {
    fn wrong(&mut self, place: String, what: impl Into<String>) {
        if self.found.unsound.len() < MOST {
            self.found.unsound.push(Unsound { place, what: what.into() });
        }
    }

    fn check_notes(&mut self, checkpoints: &[Signed], vkey: Option<String>) {
        let key = vkey.and_then(|vkey| Verifier::parse(&vkey, Kind::Note).ok());
        if key.is_none() && !checkpoints.is_empty() {
            self.wrong("日志".into(), "有检查点，却没有建立日志的记录");
        }
        for signed in checkpoints {
            let read = key
                .as_ref()
                .and_then(|key| Checkpoint::open(&Note::parse(&signed.note).ok()?, key).ok());
            let holds = read.is_some_and(|read| {
                i64::try_from(read.size) == Ok(signed.size) && base64_of(&read.root) == signed.root
            });
            if !holds {
                self.wrong(place_of(signed), "签名或内容不对");
            }
            self.found.checkpoints += 1;
        }
    }

    fn take(&mut self, row: Row) {
        let place = format!("第 {} 条", row.position);
        if row.position != self.found.leaves {
            self.wrong(place.clone(), "前面缺条目");
        }
        self.check_leaf(&row, &place);
        self.grow(leaf_hash(row.body.as_bytes()));
        self.found.leaves = row.position + 1;
        self.settle();
    }

    fn check_leaf(&mut self, row: &Row, place: &str) {
        let Ok(body) = serde_json::from_str::<LeafBody>(&row.body) else {
            return self.wrong(place.into(), "内容读不出来");
        };
        let known = self.subjects.get(&row.subject);
        let (version, prev) = known.map_or((1, None), |own| (own.version + 1, Some(own.position)));
        let mut faults = Vec::new();
        let mut must = |holds: bool, what: &'static str| {
            if !holds {
                faults.push(what);
            }
        };
        must(body.to_text() == row.body && body.form == FORM, "写法不对");
        must(body.subject == row.subject && body.version == row.version, "与登记的对象不符");
        must(body.version == version && body.prev == prev, "与同一对象的上一条接不上");
        must(body.at == row.at && row.at >= self.last_at, "时间早于前一条");
        must(row.entered == 1, "台账里没有对应的操作");
        must(row.event.len() == 36, "没有写明操作");
        let opened = match (&row.salt, &row.content) {
            (Some(salt), Some(content)) => {
                must(body.opens(salt, content), "存着的内容与摘要不符，被改过");
                true
            }
            _ => false,
        };
        must((body.event == LeafEvent::Withdrawal) != body.sha256.is_some(), "摘要与事件不符");
        for what in faults {
            self.wrong(place.into(), what);
        }
        self.found.opened += i64::from(opened);
        self.last_at.clone_from(&row.at);
        self.remember(row, &body, opened);
    }

    fn remember(&mut self, row: &Row, body: &LeafBody, opened: bool) {
        let none = || Subject { version: 0, position: 0, shown: None, closed: Vec::new() };
        let own = self.subjects.entry(row.subject.clone()).or_insert_with(none);
        (own.version, own.position) = (row.version, row.position);
        match body.reason {
            Some(
                Withdrawal::InError
                | Withdrawal::Moved
                | Withdrawal::Ended
                | Withdrawal::Destroyed
                | Withdrawal::ConsentWithdrawn,
            ) => own.shown = None,
            Some(Withdrawal::NoLongerInForce) => {}
            None => own.shown = Some(row.position),
        }
        if body.sha256.is_some() && !opened {
            own.closed.push(row.position);
        }
        if body.reason.is_some_and(Withdrawal::forgets) {
            own.closed.clear();
        }
    }

    /// One more leaf: equal neighbours join.
    fn grow(&mut self, hash: Hash) {
        let mut joined = (0, hash);
        while let Some((height, left)) = self.frontier.pop() {
            if height != joined.0 {
                self.frontier.push((height, left));
                break;
            }
            joined = (height + 1, node_hash(&left, &joined.1));
        }
        self.frontier.push(joined);
        if self.found.leaves < self.size {
            self.tile.push(hash);
            if self.tile.len() == WIDTH {
                self.full.push(root_of(&self.tile));
                self.tile.clear();
            }
        }
    }

    /// Checks the checkpoints of just this size.
    fn settle(&mut self) {
        while let Some(signed) = self.due.pop() {
            if signed.size != self.found.leaves {
                self.due.push(signed);
                return;
            }
            let parts: Vec<Hash> = self.frontier.iter().map(|(_, hash)| *hash).collect();
            if base64_of(&fold(&parts)) != signed.root {
                self.wrong(place_of(&signed), "与条目算出的根不符");
            }
        }
    }

    async fn compare_nodes(
        &mut self,
        store: &Store,
        level: i64,
        first: i64,
        rows: &[Row],
    ) -> Result<(), StoreError> {
        let end = first + i64::try_from(rows.len()).unwrap_or(0);
        let hashes = rows.iter().map(|row| leaf_hash(row.body.as_bytes())).collect::<Vec<_>>();
        self.compare(store, level, (first, end.min(self.size)), &hashes).await
    }

    /// Compares stored hashes with those they must be.
    async fn compare(
        &mut self,
        store: &Store,
        level: i64,
        (first, end): (i64, i64),
        hashes: &[Hash],
    ) -> Result<(), StoreError> {
        let sql = "SELECT hash FROM log_node WHERE level = $1 AND position >= $2 AND position < $3
                    ORDER BY position";
        let values = vec![level.into(), first.into(), end.into()];
        let stored: Vec<NodeRow> = store.all(sql, values).await?;
        let most = usize::try_from(end - first).unwrap_or(0);
        for (at, hash) in (first..).zip(hashes.iter().take(most)) {
            let own = stored.get(usize::try_from(at - first).unwrap_or(usize::MAX));
            if own.is_none_or(|own| own.hash != base64_of(hash)) {
                self.wrong(format!("第 {level} 层第 {at} 个哈希"), "与条目算出的不符");
            }
        }
        Ok(())
    }

    /// The levels above the leaves, and that there is nothing besides.
    async fn compare_upper(&mut self, store: &Store) -> Result<(), StoreError> {
        let (mut level, mut hashes) = (1, std::mem::take(&mut self.full));
        let mut counted = self.size;
        while !hashes.is_empty() {
            for (batch, part) in (0_i64..).zip(hashes.chunks(WIDTH)) {
                let first = batch * WIDTH as i64;
                let end = first + part.len() as i64;
                self.compare(store, level, (first, end), part).await?;
            }
            counted += hashes.len() as i64;
            hashes = hashes.chunks_exact(WIDTH).map(root_of).collect();
            level += 1;
        }
        let stored = store.number("SELECT count(*) FROM log_node", vec![]).await?;
        if stored != Some(counted) {
            self.wrong("哈希".into(), "存着的哈希多出或者缺少");
        }
        Ok(())
    }

    fn done(mut self) -> Scrubbed {
        for signed in std::mem::take(&mut self.due) {
            self.wrong(place_of(&signed), "条目比签署过的少，末尾被截去");
        }
        let shown =
            self.subjects.iter().filter_map(|(subject, own)| Some((subject.clone(), own.shown?)));
        self.found.newest = shown.filter(|(subject, _)| subject != AUDIT).collect();
        let mut closed: Vec<i64> =
            self.subjects.values().flat_map(|own| own.closed.iter().copied()).collect();
        closed.sort_unstable();
        for position in closed {
            self.wrong(format!("第 {position} 条"), "内容和盐不见了，却没有因错发而撤下的记录");
        }
        self.found
    }
}

fn place_of(signed: &Signed) -> String {
    format!("{} 条时的检查点", signed.size)
}
