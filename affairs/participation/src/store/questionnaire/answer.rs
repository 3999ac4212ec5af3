//! Answers to a questionnaire: which options were taken, and, sealed, what was written.

use law::Date;
use secrets::{Place, Refused, Sealer};
use store::{FromQueryResult, Statements, StoreError, Transaction, Value};

use super::super::KeptForATime;

/// The options taken, by question.
pub(crate) type Marks = Vec<(u32, Vec<u8>)>;

/// What was written, by question.
pub(crate) type Words = Vec<(u32, String)>;

/// What somebody answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answered {
    /// Its key.
    pub id: String,
    /// Its number among the answers.
    pub number: i64,
    /// The options taken, by the number of the question.
    pub marks: Vec<(u32, Vec<u8>)>,
    /// The numbers of the questions something was written to.
    pub written: Vec<u32>,
    sealed: String,
}

#[derive(FromQueryResult)]
struct Row {
    id: String,
    number: i64,
    marks: String,
    written: String,
    sealed: String,
}

const SELECT: &str = "SELECT id, number, marks, written, sealed FROM questionnaire_answer";

impl From<Row> for Answered {
    fn from(row: Row) -> Self {
        Self {
            marks: serde_json::from_str(&row.marks).unwrap_or_default(),
            written: serde_json::from_str(&row.written).unwrap_or_default(),
            id: row.id,
            number: row.number,
            sealed: row.sealed,
        }
    }
}

/// Where what was written is sealed.
pub(crate) fn words_place(id: &str) -> Place<'_> {
    Place::new("questionnaire_answer", id, "sealed")
}

/// An answer on its way into the table.
pub(crate) struct NewAnswer<'a> {
    pub id: &'a str,
    pub questionnaire: &'a str,
    pub number: i64,
    pub marks: &'a Marks,
    pub written: &'a [u32],
    pub sealed: String,
    pub key_mark: &'a str,
    pub received_on: Date,
    pub demo: bool,
}

impl NewAnswer<'_> {
    pub(crate) async fn add(self, change: &Transaction) -> Result<(), StoreError> {
        let columns = [
            "id",
            "questionnaire",
            "number",
            "marks",
            "written",
            "sealed",
            "key_mark",
            "received_on",
            "demo",
        ];
        let row: Vec<Value> = vec![
            self.id.into(),
            self.questionnaire.into(),
            self.number.into(),
            serde_json::json!(self.marks).to_string().into(),
            serde_json::json!(self.written).to_string().into(),
            self.sealed.into(),
            self.key_mark.into(),
            self.received_on.to_string().into(),
            i64::from(self.demo).into(),
        ];
        change.insert("questionnaire_answer", &columns, vec![row]).await
    }
}

impl Answered {
    /// What was written, by question; nothing where it was taken out.
    ///
    /// # Errors
    /// What is sealed cannot be opened.
    pub(crate) fn words(&self, sealer: &Sealer) -> Result<Words, Refused> {
        let text = sealer.open_text(words_place(&self.id), &self.sealed)?;
        Ok(serde_json::from_str(&text).unwrap_or_default())
    }

    /// What a form brought before; none where it brought nothing yet.
    ///
    /// # Errors
    /// The database refuses.
    pub(crate) async fn with_key(
        from: &impl Statements,
        key_mark: &str,
    ) -> Result<Option<Self>, StoreError> {
        let sql = format!("{SELECT} WHERE key_mark = $1");
        let row: Option<Row> = from.one(&sql, vec![key_mark.into()]).await?;
        Ok(row.map(Self::from))
    }

    /// Those of a questionnaire with a number after this, in order; at most so many.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn after(
        from: &impl Statements,
        questionnaire: &str,
        (after, most): (i64, i64),
    ) -> Result<Vec<Self>, StoreError> {
        let sql =
            format!("{SELECT} WHERE questionnaire = $1 AND number > $2 ORDER BY number LIMIT $3");
        let values: Vec<Value> = vec![questionnaire.into(), after.into(), most.into()];
        let rows: Vec<Row> = from.all(&sql, values).await?;
        Ok(rows.into_iter().map(Self::from).collect())
    }

    /// Those among them in which something was written that is still kept.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn with_words(
        from: &impl Statements,
        questionnaire: &str,
        (after, most): (i64, i64),
    ) -> Result<Vec<Self>, StoreError> {
        let sql = format!(
            "{SELECT} WHERE questionnaire = $1 AND number > $2 AND sealed <> '' ORDER BY number LIMIT $3"
        );
        let values: Vec<Value> = vec![questionnaire.into(), after.into(), most.into()];
        let rows: Vec<Row> = from.all(&sql, values).await?;
        Ok(rows.into_iter().map(Self::from).collect())
    }

    /// The one of a number.
    ///
    /// # Errors
    /// The database refuses.
    pub(crate) async fn find(
        from: &impl Statements,
        questionnaire: &str,
        number: i64,
    ) -> Result<Option<Self>, StoreError> {
        let sql = format!("{SELECT} WHERE questionnaire = $1 AND number = $2");
        let row: Option<Row> = from.one(&sql, vec![questionnaire.into(), number.into()]).await?;
        Ok(row.map(Self::from))
    }
}

impl KeptForATime for Answered {
    const STILL_KEPT: &'static str = "SELECT CAST(1 AS BIGINT) FROM questionnaire q
           JOIN questionnaire_answer a ON a.questionnaire = q.id AND a.sealed <> ''
          WHERE q.state = 'told' AND q.results_on < $1 OR q.withdrawn_on < $1 LIMIT 1";
    const ERASURE: &'static str = "UPDATE questionnaire_answer SET sealed = ''
          WHERE sealed <> '' AND questionnaire IN
                (SELECT id FROM questionnaire
                  WHERE state = 'told' AND results_on < $1 OR withdrawn_on < $1)";
}
