//! 访谈提问: what is asked before an interview.

use law::Date;
use secrets::{Place, Refused, Sealer};
use serde::{Deserialize, Serialize};
use store::{FromQueryResult, Statements, StoreError, Transaction, Value};

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

#[derive(FromQueryResult)]
struct Row {
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

/// Where a question is sealed.
pub(crate) fn asker_place(id: &str) -> Place<'_> {
    Place::new("interview_question", id, "sealed")
}

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
    /// Whether name and words have been taken out.
    pub fn is_erased(&self) -> bool {
        self.sealed.is_empty()
    }

    /// Who asked and the words as they came; nothing where that was taken out.
    ///
    /// # Errors
    /// What is sealed cannot be opened.
    pub(crate) fn asker(&self, sealer: &Sealer) -> Result<Asker, Refused> {
        if self.is_erased() {
            return Ok(Asker::default());
        }
        let text = sealer.open_text(asker_place(&self.id), &self.sealed)?;
        Ok(serde_json::from_str(&text).unwrap_or_default())
    }

    async fn by(
        from: &impl Statements,
        condition: &str,
        values: Vec<Value>,
    ) -> Result<Option<Self>, StoreError> {
        let row: Option<Row> = from.one(&format!("{SELECT} WHERE {condition}"), values).await?;
        Ok(row.map(Self::from))
    }

    /// One of an interview by its number.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn find(
        from: &impl Statements,
        interview: &str,
        number: i64,
    ) -> Result<Option<Self>, StoreError> {
        Self::by(from, "interview = $1 AND number = $2", vec![interview.into(), number.into()])
            .await
    }

    /// The one that came by a form.
    pub(crate) async fn with_key(
        from: &impl Statements,
        mark: &str,
    ) -> Result<Option<Self>, StoreError> {
        Self::by(from, "key_mark = $1", vec![mark.into()]).await
    }

    /// The one with a query code.
    pub(crate) async fn with_code(
        from: &impl Statements,
        mark: &str,
    ) -> Result<Option<Self>, StoreError> {
        Self::by(from, "code_mark = $1 AND code_mark <> ''", vec![mark.into()]).await
    }

    /// Those of an interview that were not taken back, with a number after this, in the order they came; at most so
    /// many.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn after(
        from: &impl Statements,
        interview: &str,
        (number, most): (i64, i64),
    ) -> Result<Vec<Self>, StoreError> {
        let sql = format!(
            "{SELECT} WHERE interview = $1 AND number > $2 AND state = 'open' ORDER BY number LIMIT $3"
        );
        let values = vec![interview.into(), number.into(), most.into()];
        let rows: Vec<Row> = from.all(&sql, values).await?;
        Ok(rows.into_iter().map(Self::from).collect())
    }

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

    /// Takes name and words out: it was taken back.
    pub(crate) async fn retract(&self, change: &Transaction) -> Result<bool, StoreError> {
        let sql = "UPDATE interview_question SET state = 'retracted', sealed = '', shown = '', masked = ''
                    WHERE id = $1 AND state = 'open'";
        Ok(change.run(sql, vec![self.id.clone().into()]).await? == 1)
    }

    /// Whether who asked is still kept, of interviews that ended before a day.
    pub(crate) async fn has_kept_before(
        from: &impl Statements,
        day: Date,
    ) -> Result<bool, StoreError> {
        let sql = "SELECT CAST(1 AS BIGINT) FROM interview i
                     JOIN interview_question q ON q.interview = i.id AND q.sealed <> ''
                    WHERE i.published_on < $1 OR i.cancelled_on < $1 OR i.withdrawn_on < $1 LIMIT 1";
        Ok(from.number(sql, vec![day.to_string().into()]).await?.is_some())
    }

    /// Takes out who asked at interviews that ended before a day; says of how many.
    pub(crate) async fn erase_before(change: &Transaction, day: Date) -> Result<u64, StoreError> {
        let sql = "UPDATE interview_question SET sealed = ''
                    WHERE sealed <> '' AND interview IN
                          (SELECT id FROM interview
                            WHERE published_on < $1 OR cancelled_on < $1 OR withdrawn_on < $1)";
        change.run(sql, vec![day.to_string().into()]).await
    }
}
