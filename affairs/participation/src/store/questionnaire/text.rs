//! What of the words that people wrote is published.

use store::{FromQueryResult, Statements, StoreError, Transaction, Value};

/// Words that are published, as an officer wrote them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublishedText {
    /// The number of the answer.
    pub answer: i64,
    /// The number of the question.
    pub question: u32,
    /// The words.
    pub words: String,
}

#[derive(FromQueryResult)]
struct Row {
    answer: i64,
    question: i64,
    words: String,
}

impl From<Row> for PublishedText {
    fn from(row: Row) -> Self {
        Self {
            answer: row.answer,
            question: u32::try_from(row.question).unwrap_or_default(),
            words: row.words,
        }
    }
}

impl PublishedText {
    /// All of a questionnaire, by questions and answers.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn of(from: &impl Statements, questionnaire: &str) -> Result<Vec<Self>, StoreError> {
        let sql = "SELECT answer, question, words FROM questionnaire_text
                    WHERE questionnaire = $1 ORDER BY question, answer";
        let rows: Vec<Row> = from.all(sql, vec![questionnaire.into()]).await?;
        Ok(rows.into_iter().map(Self::from).collect())
    }

    /// Publishes words in this form, or, where there are none, does not publish them.
    pub(crate) async fn keep(
        change: &Transaction,
        questionnaire: &str,
        (answer, question): (i64, u32),
        words: Option<&str>,
    ) -> Result<(), StoreError> {
        let sql = "DELETE FROM questionnaire_text WHERE questionnaire = $1 AND answer = $2 AND question = $3";
        let key: Vec<Value> = vec![questionnaire.into(), answer.into(), i64::from(question).into()];
        change.run(sql, key.clone()).await?;
        let Some(words) = words else { return Ok(()) };
        let mut row = key;
        row.push(words.into());
        let columns = ["questionnaire", "answer", "question", "words"];
        change.insert("questionnaire_text", &columns, vec![row]).await
    }
}
