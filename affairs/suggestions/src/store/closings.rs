//! 不予受理、信访、告知依申请公开、并入: what closes a letter without an answer is proposed by one person and waits for
//! another. The words are those that the writer will read.

use secrets::{Place, Refused, Sealer};
use store::{FromQueryResult, Statements, StoreError, Transaction, Value};
use suggestions_rules::{PetitionWay, SuggestionEvent};

use super::{kept_persons, persons_of};

/// A closing that waits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Closing {
    /// Its key.
    pub id: String,
    /// How the letter would end.
    pub event: SuggestionEvent,
    /// Which of the cases it is, of a petition.
    pub way: Option<PetitionWay>,
    /// Who takes a petition; the number of the first letter of which it is a duplicate; empty otherwise.
    pub receiver: String,
    /// The natural persons who propose it.
    pub proposers: Vec<String>,
    sealed: String,
}

#[derive(FromQueryResult)]
struct Row {
    id: String,
    act: String,
    way: String,
    receiver: String,
    proposers: String,
    sealed: String,
}

/// A closing on its way into the table.
pub(crate) struct NewClosing<'a> {
    pub suggestion: &'a str,
    pub event: SuggestionEvent,
    pub way: Option<PetitionWay>,
    pub receiver: &'a str,
    pub proposers: &'a [String],
    pub words: &'a str,
    pub at: &'a str,
}

fn place(id: &str) -> Place<'_> {
    Place::new("suggestion_closing", id, "sealed")
}

impl From<Row> for Closing {
    fn from(row: Row) -> Self {
        let way = PetitionWay::parse(&row.way);
        let other = || SuggestionEvent::parse(&row.act).unwrap_or(SuggestionEvent::Refusal);
        Self {
            event: way.map_or_else(other, PetitionWay::event),
            way,
            proposers: persons_of(&row.proposers),
            id: row.id,
            receiver: row.receiver,
            sealed: row.sealed,
        }
    }
}

impl Closing {
    /// What the writer will read.
    ///
    /// # Errors
    /// What is sealed cannot be opened.
    pub fn words(&self, sealer: &Sealer) -> Result<String, Refused> {
        sealer.open_text(place(&self.id), &self.sealed)
    }

    /// The one that waits for a letter.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn of(from: &impl Statements, suggestion: &str) -> Result<Option<Self>, StoreError> {
        let sql = "SELECT id, act, way, receiver, proposers, sealed FROM suggestion_closing
                    WHERE suggestion = $1";
        let row: Option<Row> = from.one(sql, vec![suggestion.into()]).await?;
        Ok(row.map(Self::from))
    }

    /// It is decided, or the letter has gone another way.
    pub(crate) async fn drop_of(change: &Transaction, suggestion: &str) -> Result<(), StoreError> {
        let sql = "DELETE FROM suggestion_closing WHERE suggestion = $1";
        change.run(sql, vec![suggestion.into()]).await.map(|_| ())
    }
}

impl NewClosing<'_> {
    pub(crate) async fn add(
        &self,
        change: &Transaction,
        sealer: &Sealer,
    ) -> Result<(), super::KeepError> {
        let id = uuid::Uuid::now_v7().to_string();
        let sealed = sealer.seal_text(place(&id), self.words)?;
        let sql =
            "INSERT INTO suggestion_closing (id, suggestion, act, way, receiver, proposers, sealed,
                          proposed_at)
                   VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
        let values: Vec<Value> = vec![
            id.into(),
            self.suggestion.into(),
            self.event.word().into(),
            self.way.map_or("", PetitionWay::word).into(),
            self.receiver.into(),
            kept_persons(self.proposers).into(),
            sealed.into(),
            self.at.into(),
        ];
        change.run(sql, values).await?;
        Ok(())
    }
}
