//! 协办: what another organ is asked, and what it says.

use law::Date;
use secrets::{Place, Refused, Sealer};
use store::{FromQueryResult, Statements, StoreError, Transaction, Value};

/// One question to another organ.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub struct Assistance {
    /// Its key.
    pub id: String,
    /// The letter it is about.
    pub suggestion: String,
    /// That letter's number.
    pub number: String,
    /// The organ that is asked, by code.
    pub organ: String,
    /// The organ that asks, by code.
    pub by_organ: String,
    /// When, as stored.
    pub asked_at: String,
    /// By when an answer is wanted.
    pub due_on: String,
    open: i64,
    asked: String,
    reply: String,
}

/// A question on its way into the table.
pub(crate) struct NewAssistance<'a> {
    pub suggestion: &'a str,
    pub number: &'a str,
    pub organ: &'a str,
    pub by_organ: &'a str,
    pub at: &'a str,
    pub due: Date,
    pub words: &'a str,
}

const SELECT: &str =
    "SELECT id, suggestion, number, organ, by_organ, asked_at, due_on, open, asked, reply
                        FROM suggestion_assistance";

fn place<'a>(id: &'a str, column: &'a str) -> Place<'a> {
    Place::new("suggestion_assistance", id, column)
}

fn opened(sealer: &Sealer, place: Place<'_>, kept: &str) -> Result<String, Refused> {
    if kept.is_empty() { Ok(String::new()) } else { sealer.open_text(place, kept) }
}

impl Assistance {
    /// Whether it still waits.
    pub const fn is_open(&self) -> bool {
        self.open != 0
    }

    /// What is asked.
    ///
    /// # Errors
    /// What is sealed cannot be opened.
    pub fn asked(&self, sealer: &Sealer) -> Result<String, Refused> {
        opened(sealer, place(&self.id, "asked"), &self.asked)
    }

    /// What was replied; empty while nothing was.
    ///
    /// # Errors
    /// What is sealed cannot be opened.
    pub fn reply(&self, sealer: &Sealer) -> Result<String, Refused> {
        opened(sealer, place(&self.id, "reply"), &self.reply)
    }

    /// What was asked about a letter, the oldest first.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn of(from: &impl Statements, suggestion: &str) -> Result<Vec<Self>, StoreError> {
        let sql = format!("{SELECT} WHERE suggestion = $1 ORDER BY asked_at, id");
        from.all(&sql, vec![suggestion.into()]).await
    }

    /// What an organ is asked: what waits first, by its day; at most so many.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn asked_of(
        from: &impl Statements,
        organ: &str,
        most: i64,
    ) -> Result<Vec<Self>, StoreError> {
        let sql = format!("{SELECT} WHERE organ = $1 ORDER BY open DESC, due_on, id LIMIT $2");
        from.all(&sql, vec![organ.into(), most.into()]).await
    }

    /// One that an organ is asked.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn find(
        from: &impl Statements,
        organ: &str,
        id: &str,
    ) -> Result<Option<Self>, StoreError> {
        let sql = format!("{SELECT} WHERE organ = $1 AND id = $2");
        from.one(&sql, vec![organ.into(), id.into()]).await
    }

    /// The letter has ended or gone to another organ: nobody waits for a reply any more.
    pub(crate) async fn end_of(change: &Transaction, suggestion: &str) -> Result<(), StoreError> {
        let sql = "UPDATE suggestion_assistance SET open = 0 WHERE suggestion = $1 AND open = 1";
        change.run(sql, vec![suggestion.into()]).await.map(|_| ())
    }

    /// Writes the reply down; `false` where somebody was first.
    pub(crate) async fn answer(
        &self,
        change: &Transaction,
        sealer: &Sealer,
        (name, at, words): (&str, &str, &str),
    ) -> Result<bool, super::KeepError> {
        let sealed = sealer.seal_text(place(&self.id, "reply"), words)?;
        let sql =
            "UPDATE suggestion_assistance SET open = 0, reply = $1, replier = $2, replied_at = $3
                    WHERE id = $4 AND open = 1";
        let values: Vec<Value> =
            vec![sealed.into(), name.into(), at.into(), self.id.clone().into()];
        Ok(change.run(sql, values).await? == 1)
    }
}

impl NewAssistance<'_> {
    pub(crate) async fn add(
        &self,
        change: &Transaction,
        sealer: &Sealer,
    ) -> Result<(), super::KeepError> {
        let id = uuid::Uuid::now_v7().to_string();
        let sealed = sealer.seal_text(place(&id, "asked"), self.words)?;
        let sql =
            "INSERT INTO suggestion_assistance (id, suggestion, number, organ, by_organ, asked_at,
                          due_on, open, asked, replier, reply)
                   VALUES ($1, $2, $3, $4, $5, $6, $7, 1, $8, '', '')";
        let values: Vec<Value> = vec![
            id.into(),
            self.suggestion.into(),
            self.number.into(),
            self.organ.into(),
            self.by_organ.into(),
            self.at.into(),
            self.due.to_string().into(),
            sealed.into(),
        ];
        change.run(sql, values).await?;
        Ok(())
    }
}
