//! Answers in versions, sealed: one writes, another looks, then it goes out.

use secrets::{Place, Refused, Sealer};
use store::{FromQueryResult, Statements, StoreError, Transaction, Value};

use super::{kept_persons, persons_of};

/// How far a version has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AnswerState {
    /// 待审核.
    Drafted,
    /// 退回.
    Returned,
    /// 审核通过.
    Approved,
    /// 已发出.
    Sent,
}

impl AnswerState {
    const ALL: [(Self, &'static str); 4] = [
        (Self::Drafted, "drafted"),
        (Self::Returned, "returned"),
        (Self::Approved, "approved"),
        (Self::Sent, "sent"),
    ];

    fn word(self) -> &'static str {
        Self::ALL.iter().find(|(own, _)| *own == self).map_or("", |(_, word)| word)
    }
}

/// One version of an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// Its key.
    pub id: String,
    /// 1, and 2 where the writer asked again.
    pub round: i64,
    /// 1, 2, 3 …
    pub version: i64,
    /// How far it has come.
    pub state: AnswerState,
    /// The natural persons who count as its writer.
    pub writers: Vec<String>,
    /// What the writer is called.
    pub writer_name: String,
    /// Who looked at it; empty for nobody yet.
    pub reviewer_name: String,
    /// When it went out, as stored.
    pub sent_at: Option<String>,
    sealed: String,
}

#[derive(FromQueryResult)]
struct Row {
    id: String,
    round: i64,
    version: i64,
    state: String,
    writers: String,
    writer_name: String,
    reviewer_name: String,
    sent_at: Option<String>,
    sealed: String,
}

/// A version on its way into the table.
pub(crate) struct NewAnswer<'a> {
    pub suggestion: &'a str,
    pub round: i64,
    pub person: &'a str,
    pub persons: &'a [String],
    pub name: &'a str,
    pub at: &'a str,
    pub words: &'a str,
}

fn place(id: &str) -> Place<'_> {
    Place::new("suggestion_answer", id, "sealed")
}

/// What a version says, by its key; nothing where it was taken out.
pub(super) fn open_answer(sealer: &Sealer, id: &str, sealed: &str) -> Result<String, Refused> {
    if sealed.is_empty() {
        return Ok(String::new());
    }
    sealer.open_text(place(id), sealed)
}

impl From<Row> for Answer {
    fn from(row: Row) -> Self {
        let state = AnswerState::ALL.iter().find(|(_, word)| *word == row.state);
        Self {
            state: state.map_or(AnswerState::Returned, |(state, _)| *state),
            writers: persons_of(&row.writers),
            id: row.id,
            round: row.round,
            version: row.version,
            writer_name: row.writer_name,
            reviewer_name: row.reviewer_name,
            sent_at: row.sent_at,
            sealed: row.sealed,
        }
    }
}

impl Answer {
    /// What it says; nothing where it was taken out.
    ///
    /// # Errors
    /// What is sealed cannot be opened.
    pub fn words(&self, sealer: &Sealer) -> Result<String, Refused> {
        open_answer(sealer, &self.id, &self.sealed)
    }

    /// Its versions, the newest first.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn of(from: &impl Statements, suggestion: &str) -> Result<Vec<Self>, StoreError> {
        let sql =
            "SELECT id, round, version, state, writers, writer_name, reviewer_name, sent_at, sealed
                     FROM suggestion_answer WHERE suggestion = $1 ORDER BY version DESC";
        let rows: Vec<Row> = from.all(sql, vec![suggestion.into()]).await?;
        Ok(rows.into_iter().map(Self::from).collect())
    }

    /// Letters of an organ whose answer waits to be looked at, each with who counts as its writer.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn drafted(
        from: &impl Statements,
        organ: &str,
    ) -> Result<Vec<(String, Vec<String>)>, StoreError> {
        #[derive(FromQueryResult)]
        struct Draft {
            suggestion: String,
            writers: String,
        }
        let sql = "SELECT a.suggestion, a.writers FROM suggestion s
                     JOIN suggestion_answer a ON a.suggestion = s.id AND a.state = 'drafted'
                    WHERE s.organ = $1 AND s.state = 'drafted'";
        let rows: Vec<Draft> = from.all(sql, vec![organ.into()]).await?;
        Ok(rows.into_iter().map(|row| (row.suggestion, persons_of(&row.writers))).collect())
    }

    /// The version that waits for a step.
    pub(crate) async fn waiting(
        from: &impl Statements,
        suggestion: &str,
    ) -> Result<Option<Self>, StoreError> {
        let newest = Self::of(from, suggestion).await?.into_iter().next();
        let waits = |one: &Self| matches!(one.state, AnswerState::Drafted | AnswerState::Approved);
        Ok(newest.filter(waits))
    }

    /// Turns it from one state to another, by a reviewer where one looks at it; `false` where somebody was
    /// first.
    pub(crate) async fn turn(
        &self,
        change: &Transaction,
        to: AnswerState,
        (reviewer, name, at): (&str, &str, &str),
    ) -> Result<bool, StoreError> {
        let sent = (to == AnswerState::Sent).then(|| at.to_owned());
        let sql = "UPDATE suggestion_answer
                      SET state = $1, reviewer = CASE WHEN $2 = '' THEN reviewer ELSE $2 END,
                          reviewer_name = CASE WHEN $2 = '' THEN reviewer_name ELSE $3 END,
                          reviewed_at = CASE WHEN $2 = '' THEN reviewed_at ELSE $4 END, sent_at = $5
                    WHERE id = $6 AND state = $7";
        let values: Vec<Value> = vec![
            to.word().into(),
            reviewer.into(),
            name.into(),
            at.into(),
            sent.into(),
            self.id.clone().into(),
            self.state.word().into(),
        ];
        Ok(change.run(sql, values).await? == 1)
    }
}

impl NewAnswer<'_> {
    pub(crate) async fn add(
        &self,
        change: &Transaction,
        sealer: &Sealer,
    ) -> Result<(), super::KeepError> {
        let id = uuid::Uuid::now_v7().to_string();
        let sealed = sealer.seal_text(place(&id), self.words)?;
        let sql = "INSERT INTO suggestion_answer (id, suggestion, round, version, state, writer, writers,
                          writer_name, made_at, reviewer, reviewer_name, sealed)
                   SELECT $1, $2, $3, COALESCE(MAX(version), 0) + 1, 'drafted', $4, $5, $6, $7, '', '', $8
                     FROM suggestion_answer WHERE suggestion = $2";
        let values: Vec<Value> = vec![
            id.into(),
            self.suggestion.into(),
            self.round.into(),
            self.person.into(),
            kept_persons(self.persons).into(),
            self.name.into(),
            self.at.into(),
            sealed.into(),
        ];
        change.run(sql, values).await?;
        Ok(())
    }
}
