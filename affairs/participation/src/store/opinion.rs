//! 意见.

use std::collections::HashMap;

use law::Date;
use participation_rules::{OpinionState, Sender, Source, Verdict};
use serde::{Deserialize, Serialize};
use store::{FromQueryResult, Statements, StoreError, Transaction, Value};

use super::handed_in::handed_in_to;
use super::{Consultation, HandedIn, KeptForATime};

/// Who gives an opinion and how he is reached; only ever kept sealed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contact {
    /// The name; may be empty.
    pub name: String,
    /// Telephone or mail; may be empty.
    pub contact: String,
}

/// An opinion as it came: who gives it, how he is reached, and the words; only ever kept sealed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Original {
    /// Who gives it.
    #[serde(flatten)]
    pub contact: Contact,
    /// The words.
    pub words: String,
}

/// What stands in place of name and words of an opinion that was published and should not have been.
pub const COVERED: &str = "已隐去";

/// One opinion.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Opinion {
    /// Its key.
    pub id: String,
    /// The consultation it answers.
    pub consultation: String,
    /// Its number there.
    pub number: i64,
    /// The clause it is about; 0 of the whole.
    pub clause: u32,
    /// How it came.
    pub source: Source,
    /// Who gives it.
    pub sender: Sender,
    /// 朱**.
    pub masked: String,
    /// The words as everybody will read them.
    pub shown: String,
    /// Whether somebody changed them.
    pub edited: bool,
    /// Grows with every answer.
    pub version: i64,
    /// The day it came.
    pub received_on: String,
    /// What became of it.
    pub state: OpinionState,
    /// The key of the one it says the same as.
    pub first: Option<String>,
    /// What became of what it asks for; none while it is not answered.
    pub verdict: Option<Verdict>,
    /// Why.
    pub reason: String,
    /// Whether it is 演示数据.
    pub demo: bool,
    sealed: String,
}

/// As its row has it.
#[derive(FromQueryResult)]
pub struct Row {
    id: String,
    consultation: String,
    number: i64,
    clause: i64,
    source: String,
    sender: String,
    masked: String,
    shown: String,
    edited: i64,
    version: i64,
    sealed: String,
    received_on: String,
    state: String,
    first: Option<String>,
    verdict: String,
    reason: String,
    demo: i64,
}

pub(super) const SELECT: &str = "SELECT id, consultation, number, clause, source, sender, masked, shown, edited, version, sealed,
                             received_on, state, first, verdict, reason, demo
                        FROM consultation_opinion";

impl Row {
    /// Its number.
    pub(super) fn number(&self) -> i64 {
        self.number
    }
}

impl From<Row> for Opinion {
    fn from(row: Row) -> Self {
        Self {
            clause: u32::try_from(row.clause).unwrap_or_default(),
            source: Source::parse(&row.source).unwrap_or(Source::Web),
            sender: Sender::parse(&row.sender).unwrap_or(Sender::Person),
            state: OpinionState::parse(&row.state).unwrap_or(OpinionState::Hidden),
            verdict: Verdict::parse(&row.verdict),
            edited: row.edited != 0,
            version: row.version,
            demo: row.demo != 0,
            id: row.id,
            consultation: row.consultation,
            number: row.number,
            masked: row.masked,
            shown: row.shown,
            received_on: row.received_on,
            first: row.first,
            reason: row.reason,
            sealed: row.sealed,
        }
    }
}

/// An opinion on its way into the table.
pub(crate) struct NewOpinion<'a> {
    pub id: &'a str,
    pub consultation: &'a str,
    pub number: i64,
    pub clause: u32,
    pub source: Source,
    pub sender: Sender,
    pub masked: &'a str,
    pub shown: &'a str,
    pub sealed: String,
    pub key_mark: &'a str,
    pub code_mark: &'a str,
    pub received_on: Date,
    pub at: &'a str,
    pub registered_by: &'a str,
    pub demo: bool,
}

impl NewOpinion<'_> {
    pub(crate) async fn add(self, change: &Transaction) -> Result<(), StoreError> {
        let columns = [
            "id",
            "consultation",
            "number",
            "clause",
            "source",
            "sender",
            "masked",
            "shown",
            "edited",
            "version",
            "sealed",
            "key_mark",
            "code_mark",
            "received_on",
            "kept_at",
            "registered_by",
            "state",
            "verdict",
            "reason",
            "demo",
        ];
        let row: Vec<Value> = vec![
            self.id.into(),
            self.consultation.into(),
            self.number.into(),
            i64::from(self.clause).into(),
            self.source.word().into(),
            self.sender.word().into(),
            self.masked.into(),
            self.shown.into(),
            0_i64.into(),
            1_i64.into(),
            self.sealed.into(),
            self.key_mark.into(),
            self.code_mark.into(),
            self.received_on.to_string().into(),
            self.at.into(),
            self.registered_by.into(),
            OpinionState::Open.word().into(),
            "".into(),
            "".into(),
            i64::from(self.demo).into(),
        ];
        change.insert("consultation_opinion", &columns, vec![row]).await
    }
}

impl Opinion {
    /// Whether it is answered for itself: it counts, and says not the same as another.
    pub fn is_own(&self) -> bool {
        self.state == OpinionState::Open && self.first.is_none()
    }

    /// One by its key.
    pub(crate) async fn with_id(
        from: &impl Statements,
        id: &str,
    ) -> Result<Option<Self>, StoreError> {
        Self::by(from, "id = $1", vec![id.into()]).await
    }

    /// All of a consultation, in the order they came.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn all(from: &impl Statements, consultation: &str) -> Result<Vec<Self>, StoreError> {
        Self::after(from, consultation, (0, i64::MAX)).await
    }

    /// The numbers of those that others say the same as, by their keys.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn numbers(
        from: &impl Statements,
        consultation: &str,
    ) -> Result<HashMap<String, i64>, StoreError> {
        #[derive(FromQueryResult)]
        struct Lead {
            id: String,
            number: i64,
        }
        let sql = "SELECT DISTINCT f.id, f.number FROM consultation_opinion o
                     JOIN consultation_opinion f ON f.id = o.first
                    WHERE o.consultation = $1";
        let rows: Vec<Lead> = from.all(sql, vec![consultation.into()]).await?;
        Ok(rows.into_iter().map(|row| (row.id, row.number)).collect())
    }

    /// The first that waits for an answer; none where all have one.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn unanswered(
        from: &impl Statements,
        consultation: &str,
    ) -> Result<Option<Self>, StoreError> {
        let condition = "consultation = $1 AND state = 'open' AND first IS NULL AND verdict = ''
                          ORDER BY number LIMIT 1";
        Self::by(from, condition, vec![consultation.into()]).await
    }

    /// It is hidden.
    pub(crate) async fn hide(&self, change: &Transaction) -> Result<bool, StoreError> {
        let sql =
            "UPDATE consultation_opinion SET state = 'hidden' WHERE id = $1 AND state = 'open'";
        Ok(change.run(sql, vec![self.id.clone().into()]).await? == 1)
    }

    /// Name and words are covered where everybody reads them; that it was said, and its answer, stay.
    pub(crate) async fn cover(&self, change: &Transaction) -> Result<bool, StoreError> {
        let sql = "UPDATE consultation_opinion SET masked = $1, shown = $1
                    WHERE id = $2 AND state = 'open' AND shown <> $1";
        Ok(change.run(sql, vec![COVERED.into(), self.id.clone().into()]).await? == 1)
    }

    /// Says the same as another; `false` where it counts no more or says the same as one already. An answer of its
    /// own is cleared.
    pub(crate) async fn put_to(
        &self,
        change: &Transaction,
        first: &str,
    ) -> Result<bool, StoreError> {
        let sql =
            "UPDATE consultation_opinion SET first = $1, verdict = '', reason = '', version = version + 1
                    WHERE id = $2 AND state = 'open' AND first IS NULL";
        Ok(change.run(sql, vec![first.into(), self.id.clone().into()]).await? == 1)
    }

    /// Stands for itself again; `false` where it does already.
    pub(crate) async fn part(&self, change: &Transaction) -> Result<bool, StoreError> {
        let sql =
            "UPDATE consultation_opinion SET first = NULL, verdict = '', reason = '', version = version + 1
                    WHERE id = $1 AND state = 'open' AND first IS NOT NULL";
        Ok(change.run(sql, vec![self.id.clone().into()]).await? == 1)
    }

    /// Whether others say the same as this one.
    pub(crate) async fn leads(&self, from: &impl Statements) -> Result<bool, StoreError> {
        let sql = "SELECT CAST(1 AS BIGINT) FROM consultation_opinion WHERE first = $1 LIMIT 1";
        Ok(from.number(sql, vec![self.id.clone().into()]).await?.is_some())
    }

    /// Lets those that say the same stand for themselves again.
    pub(crate) async fn release_others(&self, change: &Transaction) -> Result<(), StoreError> {
        let sql = "UPDATE consultation_opinion SET first = NULL WHERE first = $1";
        change.run(sql, vec![self.id.clone().into()]).await.map(|_| ())
    }

    /// Keeps its answer; `false` where somebody was first.
    pub(crate) async fn keep_answer(
        &self,
        change: &Transaction,
        ((named, shown), verdict, reason): ((&str, &str), Verdict, &str),
    ) -> Result<bool, StoreError> {
        let sql =
            "UPDATE consultation_opinion SET masked = $1, shown = $2, edited = $3, verdict = $4, reason = $5,
                          version = version + 1
                    WHERE id = $6 AND version = $7 AND state = 'open' AND first IS NULL";
        // Of an organisation an officer always writes the name.
        let renamed = self.masked != named && self.sender == Sender::Person;
        let edited = self.edited || self.shown != shown || renamed;
        let values = vec![
            named.into(),
            shown.into(),
            i64::from(edited).into(),
            verdict.word().into(),
            reason.into(),
            self.id.clone().into(),
            self.version.into(),
        ];
        Ok(change.run(sql, values).await? == 1)
    }
}

impl HandedIn for Opinion {
    type Row = Row;
    type Original = Original;
    handed_in_to!(Consultation, consultation);

    const TABLE: &'static str = "consultation_opinion";
    const SELECT: &'static str = SELECT;
    const RETRACTION: &'static str =
        "UPDATE consultation_opinion SET state = 'retracted', shown = '', sealed = '', masked = ''
          WHERE id = $1 AND state = 'open'";
}

impl KeptForATime for Opinion {
    const STILL_KEPT: &'static str = "SELECT CAST(1 AS BIGINT) FROM consultation c
           JOIN consultation_opinion o ON o.consultation = c.id AND o.sealed <> ''
          WHERE c.state = 'answered' AND c.answered_on < $1 OR c.withdrawn_on < $1 LIMIT 1";
    const ERASURE: &'static str = "UPDATE consultation_opinion SET sealed = ''
          WHERE sealed <> '' AND consultation IN
                (SELECT id FROM consultation
                  WHERE state = 'answered' AND answered_on < $1 OR withdrawn_on < $1)";
}
