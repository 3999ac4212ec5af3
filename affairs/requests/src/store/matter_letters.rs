//! 文书 of what stands beside requests: answers to demands to correct a record (第四十一条), results of complaints
//! (第四十七条) and of 申诉 (第五十五条).

use law::Date;
use requests_rules::Letter;
use serde_json::Value as Json;
use store::{FromQueryResult, Statements, StoreError, Transaction};

use super::writing::{self, Columns, known_day, read, word};

/// A letter that tells what became of a matter beside requests.
#[derive(Debug, Clone, PartialEq)]
pub struct MatterLetter {
    /// Its key.
    pub id: String,
    /// The organ that writes.
    pub organ: String,
    /// What it tells of: `rectification:…`, `complaint:…`.
    pub about: String,
    /// Its kind.
    pub kind: Letter,
    /// Its number, before which the organ's 机关代字 stands.
    pub number: String,
    /// What it says; never who asked.
    pub facts: Json,
    /// The day it was issued.
    pub issued_on: Date,
    /// The moment, as stored: the texts of that moment make it.
    pub issued_at: String,
    /// By whom, the name.
    pub name: String,
}

#[derive(FromQueryResult)]
struct Row {
    id: String,
    organ: String,
    about: String,
    kind: String,
    number: String,
    facts: String,
    issued_on: String,
    issued_at: String,
    name: String,
}

impl MatterLetter {
    /// The letter of a matter.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn of(from: &impl Statements, about: &str) -> Result<Option<Self>, StoreError> {
        let sql = "SELECT id, organ, about, kind, number, facts, issued_on, issued_at, name
                     FROM request_matter_letter WHERE about = $1";
        let row: Option<Row> = from.one(sql, vec![about.into()]).await?;
        Ok(row.and_then(Row::letter))
    }

    pub(crate) async fn add(&self, change: &Transaction, person: &str) -> Result<(), StoreError> {
        let columns: Columns = vec![
            ("id", self.id.clone().into()),
            ("organ", self.organ.clone().into()),
            ("about", self.about.clone().into()),
            ("kind", word(self.kind).into()),
            ("number", self.number.clone().into()),
            ("facts", self.facts.to_string().into()),
            ("issued_on", self.issued_on.to_string().into()),
            ("issued_at", self.issued_at.clone().into()),
            ("person", person.into()),
            ("name", self.name.clone().into()),
        ];
        writing::add(change, "request_matter_letter", columns).await
    }
}

impl Row {
    fn letter(self) -> Option<MatterLetter> {
        Some(MatterLetter {
            kind: read(&self.kind)?,
            facts: serde_json::from_str(&self.facts).unwrap_or_default(),
            issued_on: known_day(&self.issued_on),
            id: self.id,
            organ: self.organ,
            about: self.about,
            number: self.number,
            issued_at: self.issued_at,
            name: self.name,
        })
    }
}
