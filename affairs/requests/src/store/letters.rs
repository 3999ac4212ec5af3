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

/// An answer given to an applicant before, of another request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GivenAnswer {
    /// The number of its letter.
    pub number: String,
    /// What the request it answered wants, as a mark ([`super::Filing`]).
    pub wish_mark: String,
    /// What it answered, item by item.
    pub asked: Vec<String>,
}

impl GivenAnswer {
    /// What an organ answered on other requests of whoever stands behind a mark of identity, the newest first.
    pub(crate) async fn to_applicant(
        from: &impl Statements,
        (organ, identity, but): (&str, &str, &str),
    ) -> Result<Vec<Self>, StoreError> {
        #[derive(FromQueryResult)]
        struct Given {
            number: String,
            wish_mark: String,
            facts: String,
        }
        let sql = "
SELECT l.number, r.wish_mark, l.facts
  FROM request r JOIN request_letter l ON l.request = r.id AND l.kind = 'answer'
 WHERE r.organ = $1 AND r.id <> $3
   AND $2 = (SELECT a.identity_mark FROM request_applicant a WHERE a.request = r.id ORDER BY a.id DESC LIMIT 1)
 ORDER BY l.id DESC LIMIT 500";
        let rows: Vec<Given> =
            from.all(sql, vec![organ.into(), identity.into(), but.into()]).await?;
        let given = |row: Given| {
            let facts: Json = serde_json::from_str(&row.facts).unwrap_or_default();
            let items = facts["items"].as_array().cloned().unwrap_or_default();
            let asked = items.iter().filter_map(|item| item["asked"].as_str().map(str::to_owned));
            Self { number: row.number, wish_mark: row.wish_mark, asked: asked.collect() }
        };
        Ok(rows.into_iter().map(given).collect())
    }
}

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
