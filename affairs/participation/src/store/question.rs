//! 访谈提问: what is asked before an interview.

use law::Date;
use serde::{Deserialize, Serialize};
use store::{FromQueryResult, Statements, StoreError, Transaction, Value};

use super::handed_in::handed_in_to;
use super::{HandedIn, Interview, KeptForATime};

/// Who asks and the words as they came; only ever kept sealed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Asker {
    /// The name; may be empty.
    pub name: String,
    /// The question.
    pub words: String,
}

/// One question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InterviewQuestion {
    /// Its key.
    pub id: String,
    /// The interview.
    pub interview: String,
    /// Its number there.
    pub number: i64,
    /// The name as everybody may read it.
    pub masked: String,
    /// The question as an officer reads it; empty of one that was taken back.
    pub shown: String,
    /// The day it came.
    pub received_on: String,
    /// Whether it was taken back.
    pub retracted: bool,
    /// The utterance in which it was put; 0 where it was not.
    pub picked: i64,
    sealed: String,
}

/// As its row has it.
#[derive(FromQueryResult)]
pub struct Row {
    id: String,
    interview: String,
    number: i64,
    masked: String,
    shown: String,
    received_on: String,
    state: String,
    picked: i64,
    sealed: String,
}

const SELECT: &str =
    "SELECT id, interview, number, masked, shown, received_on, state, picked, sealed
                        FROM interview_question";

impl From<Row> for InterviewQuestion {
    fn from(row: Row) -> Self {
        Self {
            retracted: row.state == "retracted",
            id: row.id,
            interview: row.interview,
            number: row.number,
            masked: row.masked,
            shown: row.shown,
            received_on: row.received_on,
            picked: row.picked,
            sealed: row.sealed,
        }
    }
}

/// A question on its way into the table.
pub(crate) struct NewQuestion<'a> {
    pub id: &'a str,
    pub interview: &'a str,
    pub number: i64,
    pub masked: &'a str,
    pub shown: &'a str,
    pub sealed: String,
    pub key_mark: &'a str,
    pub code_mark: &'a str,
    pub received_on: Date,
    pub demo: bool,
}

impl NewQuestion<'_> {
    pub(crate) async fn add(self, change: &Transaction) -> Result<(), StoreError> {
        let columns = [
            "id",
            "interview",
            "number",
            "masked",
            "shown",
            "sealed",
            "key_mark",
            "code_mark",
            "received_on",
            "state",
            "picked",
            "demo",
        ];
        let row: Vec<Value> = vec![
            self.id.into(),
            self.interview.into(),
            self.number.into(),
            self.masked.into(),
            self.shown.into(),
            self.sealed.into(),
            self.key_mark.into(),
            self.code_mark.into(),
            self.received_on.to_string().into(),
            "open".into(),
            0_i64.into(),
            i64::from(self.demo).into(),
        ];
        change.insert("interview_question", &columns, vec![row]).await
    }
}

impl InterviewQuestion {
    /// How many came and were not taken back, and how many of them were put.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn counts(from: &impl Statements, interview: &str) -> Result<(i64, i64), StoreError> {
        let sql = "SELECT COUNT(*) FROM interview_question WHERE interview = $1 AND state = 'open'";
        let all = from.number(sql, vec![interview.into()]).await?.unwrap_or_default();
        let sql = "SELECT COUNT(*) FROM interview_question
                    WHERE interview = $1 AND state = 'open' AND picked > 0";
        let put = from.number(sql, vec![interview.into()]).await?.unwrap_or_default();
        Ok((all, put))
    }

    /// It is put in this utterance.
    pub(crate) async fn pick(
        change: &Transaction,
        (interview, number): (&str, i64),
        entry: i64,
    ) -> Result<(), StoreError> {
        let sql = "UPDATE interview_question SET picked = $1
                    WHERE interview = $2 AND number = $3 AND state = 'open'";
        let values = vec![entry.into(), interview.into(), number.into()];
        change.run(sql, values).await.map(|_| ())
    }
}

impl HandedIn for InterviewQuestion {
    type Row = Row;
    type Original = Asker;
    handed_in_to!(Interview, interview);

    const TABLE: &'static str = "interview_question";
    const SELECT: &'static str = SELECT;
    const LISTED: &'static str = " AND state = 'open'";
    const RETRACTION: &'static str =
        "UPDATE interview_question SET state = 'retracted', sealed = '', shown = '', masked = ''
          WHERE id = $1 AND state = 'open'";
}

impl KeptForATime for InterviewQuestion {
    const STILL_KEPT: &'static str = "SELECT CAST(1 AS BIGINT) FROM interview i
           JOIN interview_question q ON q.interview = i.id AND q.sealed <> ''
          WHERE i.published_on < $1 OR i.cancelled_on < $1 OR i.withdrawn_on < $1 LIMIT 1";
    const ERASURE: &'static str = "UPDATE interview_question SET sealed = ''
          WHERE sealed <> '' AND interview IN
                (SELECT id FROM interview
                  WHERE published_on < $1 OR cancelled_on < $1 OR withdrawn_on < $1)";
}
