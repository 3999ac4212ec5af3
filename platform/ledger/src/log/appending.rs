//! Leaves get their places: the last thing of an act before it is kept.

use std::collections::HashMap;

use jiff::Timestamp;
use store::{FromQueryResult, Statements, StoreError, Transaction, Value, moment};

use super::leaf::{FORM, Leaf, LeafBody, LeafEvent, Withdrawal, digests};
use tlog::hex;

/// A leaf with the entry of its act.
#[derive(Debug)]
pub(crate) struct PendingLeaf {
    pub leaf: Leaf,
    pub event: String,
}

#[derive(FromQueryResult)]
struct LastRow {
    position: i64,
    at: String,
}

#[derive(FromQueryResult, Clone)]
struct SubjectRow {
    subject: String,
    position: i64,
    version: i64,
    body: String,
}

impl SubjectRow {
    /// The organ and the number it stands under.
    fn known_by(&self) -> (String, String) {
        let body: Option<LeafBody> = serde_json::from_str(&self.body).ok();
        body.map(|body| (body.organ, body.index)).unwrap_or_default()
    }
}

/// So many subjects are asked for at a time.
const SUBJECTS: usize = 500;

/// Appends leaves as part of `change`, which holds the end of the chain, so that nobody else appends any
/// before it is kept or dropped.
pub(crate) async fn append(
    change: &Transaction,
    leaves: Vec<PendingLeaf>,
    now: Timestamp,
) -> Result<(), StoreError> {
    if leaves.is_empty() {
        return Ok(());
    }
    let sql = "SELECT position, at FROM log_leaf ORDER BY position DESC LIMIT 1";
    let last: Option<LastRow> = change.one(sql, vec![]).await?;
    let mut position = last.as_ref().map_or(0, |last| last.position + 1);
    // A clock that was put back does not put the log back.
    let at = last.map_or_else(String::new, |last| last.at).max(moment(now));
    let mut known = newest_of(change, &leaves).await?;
    let (mut rows, mut openings) = (Vec::new(), Vec::new());
    for PendingLeaf { leaf, event } in leaves {
        let before = known.get(&leaf.subject).cloned();
        let (organ, index) = match (&before, leaf.reason) {
            // What never was in the log does not leave it, and what is there is not taken in.
            (None, Some(_)) => continue,
            (Some(_), None) if leaf.event == LeafEvent::Intake => continue,
            (Some(before), Some(_)) => before.known_by(),
            (_, None) => (leaf.organ, leaf.index),
        };
        let opening = leaf.content.map(|content| (salt(), content));
        let (sha256, sm3) = opening.as_ref().map(|(salt, content)| digests(salt, content)).unzip();
        let body = LeafBody {
            form: FORM.into(),
            event: leaf.event,
            organ,
            index,
            subject: leaf.subject.clone(),
            version: before.as_ref().map_or(1, |row| row.version + 1),
            prev: before.map(|row| row.position),
            at: at.clone(),
            sha256,
            sm3,
            reason: leaf.reason,
        };
        if leaf.reason.is_some_and(Withdrawal::forgets) {
            forget(change, &leaf.subject).await?;
            openings.retain(|(subject, _): &(String, Vec<Value>)| *subject != leaf.subject);
        }
        if let Some((salt, content)) = opening {
            openings.push((leaf.subject, vec![position.into(), salt.into(), content.into()]));
        }
        let (subject, version, text) = (body.subject.clone(), body.version, body.to_text());
        let row = SubjectRow { subject: subject.clone(), position, version, body: text.clone() };
        known.insert(subject.clone(), row);
        let row: [Value; 6] = [
            position.into(),
            event.into(),
            subject.into(),
            version.into(),
            at.clone().into(),
            text.into(),
        ];
        rows.push(row.into());
        position += 1;
    }
    let columns = ["position", "event", "subject", "version", "at", "body"];
    change.insert("log_leaf", &columns, rows).await?;
    let openings = openings.into_iter().map(|(_, row)| row).collect();
    change.insert("log_opening", &["position", "salt", "content"], openings).await
}

/// The newest leaf of each subject.
async fn newest_of(
    change: &Transaction,
    leaves: &[PendingLeaf],
) -> Result<HashMap<String, SubjectRow>, StoreError> {
    let mut newest: HashMap<String, SubjectRow> = HashMap::new();
    for batch in leaves.chunks(SUBJECTS) {
        let marks: Vec<_> = (1..=batch.len()).map(|at| format!("${at}")).collect();
        let sql = format!(
            "SELECT l.subject, l.position, l.version, l.body FROM log_leaf l
              WHERE l.subject IN ({})
                AND l.version = (SELECT max(m.version) FROM log_leaf m WHERE m.subject = l.subject)",
            marks.join(", ")
        );
        let values = batch.iter().map(|pending| pending.leaf.subject.clone().into()).collect();
        let rows: Vec<SubjectRow> = change.all(&sql, values).await?;
        newest.extend(rows.into_iter().map(|row| (row.subject.clone(), row)));
    }
    Ok(newest)
}

/// Destroys what opens the leaves of a subject: from now on nobody can tell what they were made of.
async fn forget(change: &Transaction, subject: &str) -> Result<(), StoreError> {
    let sql = "DELETE FROM log_opening
                WHERE position IN (SELECT position FROM log_leaf WHERE subject = $1)";
    change.run(sql, vec![subject.into()]).await?;
    Ok(())
}

/// 32 bytes that nobody can guess.
fn salt() -> String {
    let mut bytes = [0; 32];
    // Without the system's random source there is no act at all: sessions and keys come from it too.
    getrandom::fill(&mut bytes).expect("the system gives random bytes");
    hex(&bytes)
}
