//! 答复草稿: what a clerk has typed of an answer and not handed in, sealed; one for each clerk and letter.

use secrets::{Place, Refused, Sealer};
use store::{FromQueryResult, Statements, StoreError, Transaction, Value};

/// What somebody has typed of an answer.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub struct AnswerDraft {
    id: String,
    /// The natural person who typed it.
    pub person: String,
    /// What that person is called.
    pub name: String,
    /// When it was kept, as stored.
    pub saved_at: String,
    sealed: String,
}

/// A draft on its way into the table.
pub(crate) struct NewDraft<'a> {
    pub suggestion: &'a str,
    pub person: &'a str,
    pub name: &'a str,
    pub at: &'a str,
    pub words: &'a str,
}

/// The key of somebody's draft: he has one for each letter.
fn key(suggestion: &str, person: &str) -> String {
    format!("{suggestion}.{person}")
}

fn place(id: &str) -> Place<'_> {
    Place::new("suggestion_draft", id, "sealed")
}

impl AnswerDraft {
    /// What was typed.
    ///
    /// # Errors
    /// What is sealed cannot be opened.
    pub fn words(&self, sealer: &Sealer) -> Result<String, Refused> {
        sealer.open_text(place(&self.id), &self.sealed)
    }

    /// The drafts of a letter's answer, the newest first.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn of(from: &impl Statements, suggestion: &str) -> Result<Vec<Self>, StoreError> {
        let sql = "SELECT id, person, name, saved_at, sealed FROM suggestion_draft
                    WHERE suggestion = $1 ORDER BY saved_at DESC, id";
        from.all(sql, vec![suggestion.into()]).await
    }

    /// Somebody's draft goes; `false` where he has none.
    pub(crate) async fn drop_own(
        change: &Transaction,
        (suggestion, person): (&str, &str),
    ) -> Result<bool, StoreError> {
        let sql = "DELETE FROM suggestion_draft WHERE id = $1";
        Ok(change.run(sql, vec![key(suggestion, person).into()]).await? > 0)
    }

    /// All drafts of a letter go: nobody is to answer it here any more.
    pub(crate) async fn drop_of(change: &Transaction, suggestion: &str) -> Result<(), StoreError> {
        let sql = "DELETE FROM suggestion_draft WHERE suggestion = $1";
        change.run(sql, vec![suggestion.into()]).await.map(|_| ())
    }
}

impl NewDraft<'_> {
    /// Keeps it in the place of the one before.
    pub(crate) async fn keep(
        &self,
        change: &Transaction,
        sealer: &Sealer,
    ) -> Result<(), super::KeepError> {
        let id = key(self.suggestion, self.person);
        let sealed = sealer.seal_text(place(&id), self.words)?;
        let sql = "INSERT INTO suggestion_draft (id, suggestion, person, name, saved_at, sealed)
                   VALUES ($1, $2, $3, $4, $5, $6)
                   ON CONFLICT (id) DO UPDATE SET name = $4, saved_at = $5, sealed = $6";
        let values: Vec<Value> = vec![
            id.into(),
            self.suggestion.into(),
            self.person.into(),
            self.name.into(),
            self.at.into(),
            sealed.into(),
        ];
        change.run(sql, values).await?;
        Ok(())
    }
}
