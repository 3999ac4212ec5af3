//! 答复: drafted in versions; each step of review is bound to the hash of one.

use std::collections::BTreeMap;

use law::Date;
use requests_rules::{Fact, Removal};
use review::Signatory;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use store::{FromQueryResult, Statements, StoreError, Transaction};

use super::writing::{self, Columns, day, parsed, read, word};

/// The answer to one of the things asked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AnswerItem {
    /// What was asked for, in the words of the masked application.
    pub asked: String,
    /// The code of the answer, G1 to N5.
    pub code: String,
    /// What an answer of that kind must contain, and does.
    pub facts: BTreeMap<Fact, String>,
}

/// A file that is provided with the answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProvidedFile {
    /// Its key.
    pub id: String,
    /// SHA-256 of the bytes as they lie there.
    pub sha256: String,
    /// What was taken out of it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub removals: Vec<Removal>,
}

/// What an answer says.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct AnswerContent {
    /// Each thing asked for with its answer.
    pub items: Vec<AnswerItem>,
    /// The text.
    pub body: String,
    /// What is provided.
    pub files: Vec<ProvidedFile>,
}

/// An answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// Its key.
    pub id: String,
    /// The request.
    pub request: String,
    /// The answer it puts right.
    pub corrects: Option<String>,
    /// The newest version.
    pub version: i64,
    /// How far it has come.
    pub state: AnswerState,
    /// The day it was issued.
    pub issued_on: Option<Date>,
    /// The letter.
    pub letter: Option<String>,
}

/// How far an answer has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AnswerState {
    /// 起草中, or returned.
    Draft,
    /// 审查中.
    Submitted,
    /// 已签发，待印发.
    Signed,
    /// 已印发.
    Issued,
    /// 不用了.
    Dropped,
}

/// One saved version of an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AnswerVersion {
    /// Its number.
    pub version: i64,
    /// The code of the whole.
    pub code: String,
    /// What it says.
    pub content: AnswerContent,
    /// SHA-256 of what it says, hexadecimal.
    pub hash: String,
    /// Who wrote it, the key.
    pub person: String,
    /// For whom he stood in.
    pub person_for: Option<String>,
    /// What he is called.
    pub name: String,
    /// When, as stored.
    pub saved_at: String,
}

/// A step of review.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReviewStep {
    /// 保密审查.
    Secrecy,
    /// 合法性审核.
    Legal,
    /// 签发.
    Signature,
}

/// A step that was taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AnswerStep {
    /// On which version.
    pub version: i64,
    /// On which content.
    pub hash: String,
    /// Which.
    pub step: ReviewStep,
    /// Whether it was agreed to, or sent back.
    pub agreed: bool,
    /// With which words.
    pub words: String,
    /// By whom, the key.
    pub person: String,
    /// For whom he stood in.
    pub person_for: Option<String>,
    /// What he is called.
    pub name: String,
    /// When, as stored.
    pub taken_at: String,
}

#[derive(FromQueryResult)]
struct Row {
    id: String,
    request: String,
    corrects: Option<String>,
    version: i64,
    state: String,
    issued_on: Option<String>,
    letter: Option<String>,
}

#[derive(FromQueryResult)]
struct VersionRow {
    version: i64,
    code: String,
    items: String,
    body: String,
    files: String,
    hash: String,
    person: String,
    person_for: Option<String>,
    name: String,
    saved_at: String,
}

#[derive(FromQueryResult)]
struct StepRow {
    version: i64,
    hash: String,
    step: String,
    agreed: i64,
    words: String,
    person: String,
    person_for: Option<String>,
    name: String,
    taken_at: String,
}

const SELECT: &str = "SELECT a.id, a.request, a.corrects, a.version, a.state, a.issued_on, a.letter FROM request_answer a";

impl AnswerContent {
    /// SHA-256 over what it says, hexadecimal.
    pub fn hash(&self) -> String {
        ledger::hex(&Sha256::digest(serde_json::json!(self).to_string().as_bytes()))
    }
}

impl AnswerState {
    /// The word people read.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Draft => "起草中",
            Self::Submitted => "审查中",
            Self::Signed => "已签发，待印发",
            Self::Issued => "已印发",
            Self::Dropped => "不用了",
        }
    }
}

impl ReviewStep {
    /// What people call it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Secrecy => "保密审查",
            Self::Legal => "合法性审核",
            Self::Signature => "签发",
        }
    }
}

impl Answer {
    /// The answers to a request, the oldest first.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn of(from: &impl Statements, request: &str) -> Result<Vec<Self>, StoreError> {
        let sql = format!("{SELECT} WHERE a.request = $1 ORDER BY a.id");
        let rows: Vec<Row> = from.all(&sql, vec![request.into()]).await?;
        Ok(rows.into_iter().filter_map(Row::answer).collect())
    }

    /// An answer of an organ.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn find(
        from: &impl Statements,
        organ: &str,
        id: &str,
    ) -> Result<Option<Self>, StoreError> {
        let sql =
            format!("{SELECT} JOIN request r ON r.id = a.request WHERE a.id = $1 AND r.organ = $2");
        let row: Option<Row> = from.one(&sql, vec![id.into(), organ.into()]).await?;
        Ok(row.and_then(Row::answer))
    }

    /// Its versions, the newest first.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn versions(&self, from: &impl Statements) -> Result<Vec<AnswerVersion>, StoreError> {
        let sql =
            "SELECT version, code, items, body, files, hash, person, person_for, name, saved_at
                     FROM request_answer_version WHERE answer = $1 ORDER BY version DESC";
        let rows: Vec<VersionRow> = from.all(sql, vec![self.id.clone().into()]).await?;
        Ok(rows.into_iter().map(VersionRow::version).collect())
    }

    /// Its newest version; none before the first was saved.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn newest(
        &self,
        from: &impl Statements,
    ) -> Result<Option<AnswerVersion>, StoreError> {
        let sql =
            "SELECT version, code, items, body, files, hash, person, person_for, name, saved_at
                     FROM request_answer_version WHERE answer = $1 AND version = $2";
        let values = vec![self.id.clone().into(), self.version.into()];
        let row: Option<VersionRow> = from.one(sql, values).await?;
        Ok(row.map(VersionRow::version))
    }

    /// The steps taken on it, the oldest first.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn steps(&self, from: &impl Statements) -> Result<Vec<AnswerStep>, StoreError> {
        let sql = "SELECT version, hash, step, agreed, words, person, person_for, name, taken_at
                     FROM request_answer_step WHERE answer = $1 ORDER BY id";
        let rows: Vec<StepRow> = from.all(sql, vec![self.id.clone().into()]).await?;
        Ok(rows.into_iter().filter_map(StepRow::step).collect())
    }

    pub(crate) async fn add(&self, change: &Transaction) -> Result<(), StoreError> {
        let columns: Columns = vec![
            ("id", self.id.clone().into()),
            ("request", self.request.clone().into()),
            ("corrects", self.corrects.clone().into()),
            ("version", self.version.into()),
            ("state", word(self.state).into()),
        ];
        writing::add(change, "request_answer", columns).await
    }

    pub(crate) async fn save(
        &self,
        change: &Transaction,
        by: &Signatory,
        version: &AnswerVersion,
    ) -> Result<(), StoreError> {
        let json = |value: serde_json::Value| store::Value::from(value.to_string());
        let columns: Columns = vec![
            ("answer", self.id.clone().into()),
            ("version", version.version.into()),
            ("code", version.code.clone().into()),
            ("items", json(serde_json::json!(version.content.items))),
            ("body", version.content.body.clone().into()),
            ("files", json(serde_json::json!(version.content.files))),
            ("hash", version.hash.clone().into()),
            ("person", by.person.clone().into()),
            ("person_for", by.stands_in_for.clone().into()),
            ("name", by.name.clone().into()),
            ("saved_at", version.saved_at.clone().into()),
        ];
        writing::add(change, "request_answer_version", columns).await?;
        let sql = "UPDATE request_answer SET version = $1, state = 'draft' WHERE id = $2";
        change.run(sql, vec![version.version.into(), self.id.clone().into()]).await.map(|_| ())
    }

    pub(crate) async fn stand(
        &self,
        change: &Transaction,
        state: AnswerState,
    ) -> Result<(), StoreError> {
        let sql = "UPDATE request_answer SET state = $1 WHERE id = $2";
        change.run(sql, vec![word(state).into(), self.id.clone().into()]).await.map(|_| ())
    }

    pub(crate) async fn issue(
        &self,
        change: &Transaction,
        (on, letter): (Date, &str),
    ) -> Result<(), StoreError> {
        let sql =
            "UPDATE request_answer SET state = 'issued', issued_on = $1, letter = $2 WHERE id = $3";
        let values = vec![on.to_string().into(), letter.into(), self.id.clone().into()];
        change.run(sql, values).await.map(|_| ())
    }
}

impl AnswerVersion {
    /// Whoever wrote it, and for whom he stood in (docs/readings/042).
    pub fn persons(&self) -> impl Iterator<Item = &str> {
        std::iter::once(self.person.as_str()).chain(self.person_for.as_deref())
    }

    /// Whether somebody counts as whoever wrote it.
    pub fn is_by(&self, by: &Signatory) -> bool {
        self.persons().any(|one| by.counts_as(one))
    }
}

impl AnswerStep {
    /// Whoever took it, and for whom he stood in (docs/readings/042).
    pub fn persons(&self) -> impl Iterator<Item = &str> {
        std::iter::once(self.person.as_str()).chain(self.person_for.as_deref())
    }

    /// Whether somebody counts as whoever took it.
    pub fn is_by(&self, by: &Signatory) -> bool {
        self.persons().any(|one| by.counts_as(one))
    }

    pub(crate) async fn add(
        &self,
        change: &Transaction,
        answer: &str,
        by: &Signatory,
    ) -> Result<(), StoreError> {
        let columns: Columns = vec![
            ("id", writing::new_key().into()),
            ("answer", answer.into()),
            ("version", self.version.into()),
            ("hash", self.hash.clone().into()),
            ("step", word(self.step).into()),
            ("agreed", i64::from(self.agreed).into()),
            ("words", self.words.clone().into()),
            ("person", by.person.clone().into()),
            ("person_for", by.stands_in_for.clone().into()),
            ("name", by.name.clone().into()),
            ("taken_at", self.taken_at.clone().into()),
        ];
        writing::add(change, "request_answer_step", columns).await
    }
}

impl Row {
    fn answer(self) -> Option<Answer> {
        Some(Answer {
            state: read(&self.state)?,
            issued_on: day(&self.issued_on),
            id: self.id,
            request: self.request,
            corrects: self.corrects,
            version: self.version,
            letter: self.letter,
        })
    }
}

impl VersionRow {
    fn version(self) -> AnswerVersion {
        AnswerVersion {
            content: AnswerContent {
                items: parsed(&self.items),
                files: parsed(&self.files),
                body: self.body,
            },
            version: self.version,
            code: self.code,
            hash: self.hash,
            person: self.person,
            person_for: self.person_for,
            name: self.name,
            saved_at: self.saved_at,
        }
    }
}

impl StepRow {
    fn step(self) -> Option<AnswerStep> {
        Some(AnswerStep {
            step: read(&self.step)?,
            agreed: self.agreed != 0,
            version: self.version,
            hash: self.hash,
            words: self.words,
            person: self.person,
            person_for: self.person_for,
            name: self.name,
            taken_at: self.taken_at,
        })
    }
}
