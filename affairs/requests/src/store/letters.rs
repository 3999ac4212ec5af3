//! 文书: what was sent out, with the facts each is set from. The name line is filled in at delivery.

use law::Date;
use requests_rules::Letter;
use serde_json::Value as Json;
use store::{FromQueryResult, Statements, StoreError, Transaction};

use super::writing::{self, Columns, known_day, read, word};

/// A letter that was sent out.
#[derive(Debug, Clone, PartialEq)]
pub struct IssuedLetter {
    /// Its key.
    pub id: String,
    /// The request.
    pub request: String,
    /// Its kind.
    pub kind: Letter,
    /// Its number, before which a page sets the organ's 机关代字: 答复〔2026〕1号.
    pub number: String,
    /// The key of the opinion, fee or answer it belongs to; empty for none.
    pub about: String,
    /// What it says, by the kind of letter; never who asked.
    pub facts: Json,
    /// The day it was issued.
    pub issued_on: Date,
    /// By whom, the name.
    pub name: String,
}

#[derive(FromQueryResult)]
struct Row {
    id: String,
    request: String,
    kind: String,
    number: String,
    about: String,
    facts: String,
    issued_on: String,
    name: String,
}

const SELECT: &str =
    "SELECT id, request, kind, number, about, facts, issued_on, name FROM request_letter";

impl IssuedLetter {
    /// The letters of a request, the oldest first.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn of(from: &impl Statements, request: &str) -> Result<Vec<Self>, StoreError> {
        let sql = format!("{SELECT} WHERE request = $1 ORDER BY id");
        let rows: Vec<Row> = from.all(&sql, vec![request.into()]).await?;
        Ok(rows.into_iter().filter_map(Row::letter).collect())
    }

    /// A letter of a request.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn find(
        from: &impl Statements,
        request: &str,
        id: &str,
    ) -> Result<Option<Self>, StoreError> {
        let sql = format!("{SELECT} WHERE request = $1 AND id = $2");
        let row: Option<Row> = from.one(&sql, vec![request.into(), id.into()]).await?;
        Ok(row.and_then(Row::letter))
    }

    pub(crate) async fn add(
        &self,
        change: &Transaction,
        (year, serial): (i16, i64),
        (person, at): (&str, &str),
    ) -> Result<(), StoreError> {
        let columns: Columns = vec![
            ("id", self.id.clone().into()),
            ("request", self.request.clone().into()),
            ("kind", word(self.kind).into()),
            ("number", self.number.clone().into()),
            ("year", i64::from(year).into()),
            ("serial", serial.into()),
            ("about", self.about.clone().into()),
            ("facts", self.facts.to_string().into()),
            ("issued_on", self.issued_on.to_string().into()),
            ("issued_at", at.into()),
            ("person", person.into()),
            ("name", self.name.clone().into()),
        ];
        writing::add(change, "request_letter", columns).await
    }
}

impl Row {
    fn letter(self) -> Option<IssuedLetter> {
        Some(IssuedLetter {
            kind: read(&self.kind)?,
            facts: serde_json::from_str(&self.facts).unwrap_or_default(),
            issued_on: known_day(&self.issued_on),
            id: self.id,
            request: self.request,
            number: self.number,
            about: self.about,
            name: self.name,
        })
    }
}
