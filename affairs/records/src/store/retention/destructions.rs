//! 销毁: proposed by one natural person, agreed to by another; what is destroyed, and what stays.

use std::collections::BTreeSet;

use store::{FromQueryResult, Statements, StoreError, Transaction, Value};

use super::KeptRecord;
use crate::hand::Hand;
use crate::store::Attachment;

/// A proposal to destroy, and what became of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Destruction {
    /// Its key.
    pub id: String,
    /// Whose records.
    pub organ: String,
    /// 鉴定意见.
    pub reason: String,
    /// How far it has come.
    pub state: DestructionState,
    /// When it was proposed, as stored.
    pub proposed_at: String,
    /// By whom, by key.
    pub proposed_by: String,
    /// For whom that person stood in, by key.
    pub proposed_for: Option<String>,
    /// What that person is called.
    pub proposed_name: String,
    /// What the second person said.
    pub words: String,
    /// When, as stored.
    pub decided_at: Option<String>,
    /// What that person is called.
    pub decided_name: Option<String>,
    /// How many records.
    pub number: i64,
}

/// How far a destruction has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum DestructionState {
    /// 待另一人决定.
    Proposed,
    /// 未同意.
    Refused,
    /// 已销毁.
    Done,
}

#[derive(FromQueryResult)]
struct Row {
    id: String,
    organ: String,
    reason: String,
    state: String,
    proposed_at: String,
    proposed_by: String,
    proposed_for: Option<String>,
    proposed_name: String,
    words: String,
    decided_at: Option<String>,
    decided_name: Option<String>,
    number: i64,
}

const DESTRUCTION: &str = "
SELECT d.id, d.organ, d.reason, d.state, d.proposed_at, d.proposed_by, d.proposed_for,
       d.proposed_name, d.words, d.decided_at, d.decided_name,
       (SELECT COUNT(*) FROM record_destruction_item i WHERE i.destruction = d.id) AS number
  FROM record_destruction d";

impl Destruction {
    /// The persons as whom whoever proposed it counts.
    pub fn proposers(&self) -> impl Iterator<Item = &str> {
        std::iter::once(self.proposed_by.as_str()).chain(self.proposed_for.as_deref())
    }

    /// The destructions of an organ, those that wait first, then the newest.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn of_organ(from: &impl Statements, organ: &str) -> Result<Vec<Self>, StoreError> {
        let sql = format!(
            "{DESTRUCTION} WHERE d.organ = $1
              ORDER BY CASE d.state WHEN 'proposed' THEN 0 ELSE 1 END, d.id DESC LIMIT 100"
        );
        let rows: Vec<Row> = from.all(&sql, vec![organ.into()]).await?;
        Ok(rows.into_iter().map(Row::destruction).collect())
    }

    /// The destruction of an organ with that key.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn find(
        from: &impl Statements,
        organ: &str,
        id: &str,
    ) -> Result<Option<Self>, StoreError> {
        let sql = format!("{DESTRUCTION} WHERE d.id = $1 AND d.organ = $2");
        let row: Option<Row> = from.one(&sql, vec![id.into(), organ.into()]).await?;
        Ok(row.map(Row::destruction))
    }

    /// Its list, in the order of the days on the documents.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn records(&self, from: &impl Statements) -> Result<Vec<KeptRecord>, StoreError> {
        let sql = format!(
            "{} JOIN record_destruction_item i ON i.record = r.id
              WHERE i.destruction = $1 ORDER BY r.made_on, r.id",
            super::KEPT
        );
        KeptRecord::all(from, &sql, vec![self.id.clone().into()]).await
    }

    pub(crate) async fn add(
        &self,
        change: &Transaction,
        records: &[(KeptRecord, law::Date)],
    ) -> Result<(), StoreError> {
        let names = [
            "id",
            "organ",
            "reason",
            "state",
            "proposed_at",
            "proposed_by",
            "proposed_for",
            "proposed_name",
            "words",
        ];
        let row: [Value; 9] = [
            self.id.clone().into(),
            self.organ.clone().into(),
            self.reason.clone().into(),
            self.state.word().into(),
            self.proposed_at.clone().into(),
            self.proposed_by.clone().into(),
            self.proposed_for.clone().into(),
            self.proposed_name.clone().into(),
            "".into(),
        ];
        change.insert("record_destruction", &names, vec![row.to_vec()]).await?;
        let rows = records.iter().map(|(record, ended)| {
            let period = record.retention.map(|period| period.name().to_owned());
            let row: [Value; 4] = [
                self.id.clone().into(),
                record.id.clone().into(),
                period.unwrap_or_default().into(),
                ended.to_string().into(),
            ];
            row.to_vec()
        });
        let names = ["destruction", "record", "retention", "ended_on"];
        change.insert("record_destruction_item", &names, rows.collect()).await
    }

    /// Keeps the second person's decision; `false` where it was decided already.
    pub(crate) async fn decide(
        &self,
        change: &Transaction,
        state: DestructionState,
        words: &str,
        by: &Hand,
        at: &str,
    ) -> Result<bool, StoreError> {
        let sql = "UPDATE record_destruction SET state = $1, words = $2, decided_at = $3,
                          decided_by = $4, decided_for = $5, decided_name = $6
                    WHERE id = $7 AND state = 'proposed'";
        let values: Vec<Value> = vec![
            state.word().into(),
            words.into(),
            at.into(),
            by.person.clone().into(),
            by.stands_in_for.clone().into(),
            by.name.clone().into(),
            self.id.clone().into(),
        ];
        Ok(change.run(sql, values).await? == 1)
    }
}

/// When a record was destroyed, as stored; `None` where it was not, or was never shown to everybody.
pub(crate) async fn destroyed_on(
    from: &impl Statements,
    record: &str,
) -> Result<Option<String>, StoreError> {
    #[derive(FromQueryResult)]
    struct Found {
        decided_at: String,
    }
    let sql = "SELECT d.decided_at FROM record_destroyed d JOIN record r ON r.id = d.record
                WHERE d.record = $1 AND r.reach = 'whole'";
    let row: Option<Found> = from.one(sql, vec![record.into()]).await?;
    Ok(row.map(|row| row.decided_at))
}

/// Whether a record was destroyed.
pub(crate) async fn is_destroyed(from: &impl Statements, record: &str) -> Result<bool, StoreError> {
    let sql = "SELECT COUNT(*) FROM record_destroyed WHERE record = $1";
    Ok(from.number(sql, vec![record.into()]).await?.unwrap_or_default() > 0)
}

/// Empties a record and everything it was made of: its text, what it said before, its drafts. Its title,
/// its particulars and the names of its files stay. Gives the digests of the files, which lie elsewhere.
///
/// The database allows it only after the decision is kept.
pub(crate) async fn empty(
    change: &Transaction,
    record: &str,
) -> Result<BTreeSet<String>, StoreError> {
    // The record itself first: whoever corrects it at this moment waits, or has been waited for.
    let emptied =
        "UPDATE record SET body = '', plain = '', summary = '', withdrawn = 1 WHERE id = $1";
    change.run(emptied, vec![record.into()]).await?;
    let files = files_of(change, record).await?;
    let drafts = "SELECT id FROM record_draft WHERE record = $1 OR corrects = $1";
    let versions = format!(
        "UPDATE record_draft_version SET body = '', files = '[]' WHERE draft IN ({drafts})"
    );
    let formers = "UPDATE record_former SET body = '', files = '[]' WHERE record = $1";
    for sql in [formers, versions.as_str()] {
        change.run(sql, vec![record.into()]).await?;
    }
    Ok(files)
}

async fn files_of(change: &Transaction, record: &str) -> Result<BTreeSet<String>, StoreError> {
    #[derive(FromQueryResult)]
    struct Digest {
        sha256: String,
    }
    #[derive(FromQueryResult)]
    struct Files {
        files: String,
    }
    let sql = "SELECT sha256 FROM record_attachment WHERE record = $1";
    let rows: Vec<Digest> = change.all(sql, vec![record.into()]).await?;
    let mut digests: BTreeSet<String> = rows.into_iter().map(|row| row.sha256).collect();
    let sql = "SELECT files FROM record_former WHERE record = $1
               UNION ALL
               SELECT v.files FROM record_draft_version v JOIN record_draft d ON d.id = v.draft
                WHERE d.record = $1 OR d.corrects = $1";
    let rows: Vec<Files> = change.all(sql, vec![record.into()]).await?;
    for row in rows {
        let files: Vec<Attachment> = serde_json::from_str(&row.files).unwrap_or_default();
        digests.extend(files.into_iter().map(|file| file.sha256));
    }
    Ok(digests)
}

/// The digests of the uploads that a published copy was made of.
pub(crate) async fn originals_of(
    from: &impl Statements,
    copy: &str,
) -> Result<Vec<String>, StoreError> {
    #[derive(FromQueryResult)]
    struct Digest {
        sha256: String,
    }
    let sql = "SELECT DISTINCT sha256 FROM record_original WHERE copy = $1 ORDER BY sha256";
    let rows: Vec<Digest> = from.all(sql, vec![copy.into()]).await?;
    Ok(rows.into_iter().map(|row| row.sha256).collect())
}

/// Whether anything that was not destroyed still has a published copy of this digest: a record, what it
/// said before, a draft, or somebody who uploaded the same after `since`, as stored, and has not saved it.
pub(crate) async fn is_kept_elsewhere(
    from: &impl Statements,
    copy: &str,
    since: &str,
) -> Result<bool, StoreError> {
    let sql = "SELECT (SELECT COUNT(*) FROM record_attachment a
                        WHERE a.sha256 = $1 AND NOT EXISTS
                              (SELECT 1 FROM record_destroyed d WHERE d.record = a.record))
                    + (SELECT COUNT(*) FROM record_former f WHERE f.files LIKE $2)
                    + (SELECT COUNT(*) FROM record_draft_version v WHERE v.files LIKE $2)
                    + (SELECT COUNT(*) FROM record_original o
                        WHERE o.copy = $1 AND o.kept_at > $3)";
    let values = vec![copy.into(), format!("%{copy}%").into(), since.into()];
    Ok(from.number(sql, values).await?.unwrap_or_default() > 0)
}

/// Whether an upload of this digest is still needed: a copy made of it is kept somewhere, or it came after
/// `since`, as stored.
pub(crate) async fn is_original_of_kept(
    from: &impl Statements,
    original: &str,
    since: &str,
) -> Result<bool, StoreError> {
    let sql = "SELECT COUNT(*) FROM record_original o
                WHERE o.sha256 = $1
                  AND (o.kept_at > $2
                    OR EXISTS (SELECT 1 FROM record_attachment a
                                WHERE a.sha256 = o.copy AND NOT EXISTS
                                      (SELECT 1 FROM record_destroyed d WHERE d.record = a.record))
                    OR EXISTS (SELECT 1 FROM record_former f WHERE f.files LIKE '%' || o.copy || '%')
                    OR EXISTS (SELECT 1 FROM record_draft_version v
                                WHERE v.files LIKE '%' || o.copy || '%'))";
    let values = vec![original.into(), since.into()];
    Ok(from.number(sql, values).await?.unwrap_or_default() > 0)
}

impl DestructionState {
    const WORDS: [(Self, &'static str, &'static str); 3] = [
        (Self::Proposed, "proposed", "待另一人决定"),
        (Self::Refused, "refused", "未同意"),
        (Self::Done, "done", "已销毁"),
    ];

    fn word(self) -> &'static str {
        Self::WORDS.iter().find(|(state, ..)| *state == self).map_or("", |(_, word, _)| word)
    }

    /// The word people read.
    pub fn name(self) -> &'static str {
        Self::WORDS.iter().find(|(state, ..)| *state == self).map_or("", |(.., name)| name)
    }
}

impl Row {
    fn destruction(self) -> Destruction {
        let state = DestructionState::WORDS.iter().find(|(_, word, _)| *word == self.state);
        Destruction {
            state: state.map_or(DestructionState::Refused, |(state, ..)| *state),
            id: self.id,
            organ: self.organ,
            reason: self.reason,
            proposed_at: self.proposed_at,
            proposed_by: self.proposed_by,
            proposed_for: self.proposed_for,
            proposed_name: self.proposed_name,
            words: self.words,
            decided_at: self.decided_at,
            decided_name: self.decided_name,
            number: self.number,
        }
    }
}
