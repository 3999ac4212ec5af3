//! Leaves: what stands in the log of one act.

use std::collections::HashMap;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use sm3::Sm3;
use store::{FromQueryResult, Statements, StoreError, Transaction, Value, moment};

use crate::chain::hex;

/// What was done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum LeafEvent {
    /// 发布.
    Publication,
    /// 更正.
    Correction,
    /// 撤下.
    Withdrawal,
    /// A catalogue came out.
    Release,
    /// It was public before there was a log, and is taken in as it stands.
    Intake,
    /// It was withdrawn by mistake and is public again.
    Restoration,
    /// Where the chain of the audit ended on a day.
    Anchor,
}

/// Why something was withdrawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Withdrawal {
    /// It should not have been published; the only reason that destroys what opens its leaves.
    InError,
    /// It stands elsewhere now.
    Moved,
    /// It no longer holds.
    NoLongerInForce,
}

/// A leaf that an act asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Leaf {
    event: LeafEvent,
    subject: String,
    organ: String,
    index: String,
    content: Option<String>,
    reason: Option<Withdrawal>,
}

impl Leaf {
    /// Something was made public: `subject` as in the ledger (`record:…`), the organ's code, the number
    /// people know it by (索引号), and exactly what was made public, in a form that can be made again
    /// from what is kept.
    pub fn publication(
        subject: impl Into<String>,
        organ: impl Into<String>,
        index: impl Into<String>,
        content: String,
    ) -> Self {
        Self {
            event: LeafEvent::Publication,
            subject: subject.into(),
            organ: organ.into(),
            index: index.into(),
            content: Some(content),
            reason: None,
        }
    }

    /// The same, for what was put right.
    #[must_use]
    pub fn correcting(self) -> Self {
        Self { event: LeafEvent::Correction, ..self }
    }

    /// The same, for a catalogue that came out.
    #[must_use]
    pub fn releasing(self) -> Self {
        Self { event: LeafEvent::Release, ..self }
    }

    /// The same, for what was public before there was a log.
    #[must_use]
    pub fn taking_in(self) -> Self {
        Self { event: LeafEvent::Intake, ..self }
    }

    /// The same, for what was withdrawn and is public again.
    #[must_use]
    pub fn restoring(self) -> Self {
        Self { event: LeafEvent::Restoration, ..self }
    }

    /// What it is about.
    pub fn subject(&self) -> &str {
        &self.subject
    }

    /// Where the chain of the audit ended, so that nobody can make another chain afterwards.
    pub(crate) fn anchor(content: String) -> Self {
        Self { event: LeafEvent::Anchor, ..Self::publication(AUDIT, "", "", content) }
    }

    /// Something was withdrawn. What never stood in the log leaves no leaf when it goes.
    pub fn withdrawal(subject: impl Into<String>, reason: Withdrawal) -> Self {
        Self {
            event: LeafEvent::Withdrawal,
            subject: subject.into(),
            organ: String::new(),
            index: String::new(),
            content: None,
            reason: Some(reason),
        }
    }
}

/// A leaf's text, which is all that strangers see. The order of the fields is the order in the text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LeafBody {
    /// How it is to be read.
    pub form: String,
    /// What was done.
    pub event: LeafEvent,
    /// The organ's code.
    pub organ: String,
    /// 索引号, or what the thing is known by.
    pub index: String,
    /// The thing.
    pub subject: String,
    /// Which leaf of the thing this is, from 1.
    pub version: i64,
    /// The place of the leaf before it.
    pub prev: Option<i64>,
    /// When; UTC.
    pub at: String,
    /// SHA-256 of salt and content.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sha256: Option<String>,
    /// SM3 (GB/T 32905) of the same.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sm3: Option<String>,
    /// Why it was withdrawn.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<Withdrawal>,
}

/// The subject of leaves that tell of the audit.
pub(super) const AUDIT: &str = "audit";

/// The form of the text.
pub(crate) const FORM: &str = "gongkai-leaf/1";

impl LeafBody {
    /// The text.
    pub fn to_text(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }

    /// What was done, in Chinese.
    pub fn words(&self) -> &'static str {
        match (self.event, self.reason) {
            (LeafEvent::Publication, _) => "发布",
            (LeafEvent::Correction, _) => "更正",
            (LeafEvent::Release, _) => "目录发布",
            (LeafEvent::Intake, _) => "补登（日志建立前已公开）",
            (LeafEvent::Restoration, _) => "恢复公开",
            (LeafEvent::Anchor, _) => "审计链记录",
            (LeafEvent::Withdrawal, Some(Withdrawal::Moved)) => "撤下（已并入或移到别处）",
            (LeafEvent::Withdrawal, Some(Withdrawal::NoLongerInForce)) => "失效",
            (LeafEvent::Withdrawal, _) => "撤下（误发）",
        }
    }

    /// The day in China on which it was done.
    pub fn day(&self) -> Option<law::Date> {
        store::parse_moment(&self.at).map(crate::day_in_china)
    }

    /// Whether salt and content are what the digests were made of.
    pub fn opens(&self, salt: &str, content: &str) -> bool {
        let (sha256, sm3) = digests(salt, content);
        // A salt has one spelling.
        hex(&bytes_of(salt)) == salt
            && self.sha256.as_ref() == Some(&sha256)
            && self.sm3.as_ref() == Some(&sm3)
    }
}

/// SHA-256 and SM3 over the bytes of the salt and then those of the content.
fn digests(salt: &str, content: &str) -> (String, String) {
    let salt = bytes_of(salt);
    let sha256 = Sha256::new().chain_update(&salt).chain_update(content).finalize();
    let mut sm3 = Sm3::default();
    sm3::digest::Update::update(&mut sm3, &salt);
    sm3::digest::Update::update(&mut sm3, content.as_bytes());
    let sm3 = sm3::digest::FixedOutput::finalize_fixed(sm3);
    (hex(&sha256), hex(&sm3))
}

/// The bytes that a hexadecimal text stands for.
pub(super) fn bytes_of(hexadecimal: &str) -> Vec<u8> {
    let pair = |at: usize| u8::from_str_radix(hexadecimal.get(at..at + 2)?, 16).ok();
    (0..hexadecimal.len()).step_by(2).map_while(pair).collect()
}

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
        if leaf.reason == Some(Withdrawal::InError) {
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
