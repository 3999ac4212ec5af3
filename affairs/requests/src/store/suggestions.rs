//! 建议主动公开 (条例第四十四条第二款): what somebody got on request, and thinks everybody should have.

use law::Date;
use secrets::{Place, Sealer};
use serde::{Deserialize, Serialize};
use store::{FromQueryResult, Statements, StoreError, Transaction};

use super::CaseError;
use super::writing::{self, Columns, day, known_day};

/// Who suggests it and in which words; only ever kept sealed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Suggested {
    /// What he calls himself; may be empty.
    pub name: String,
    /// How to reach him; may be empty.
    pub contact: String,
    /// What should be published, and why.
    pub words: String,
}

/// A suggestion as the organ has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SuggestionCase {
    /// Its key.
    pub id: String,
    /// Its number.
    pub number: String,
    /// The number of the request by which he had it; empty where he names none.
    pub about: String,
    /// The day it came.
    pub received_on: Date,
    /// The day it was decided.
    pub decided_on: Option<Date>,
    /// Whether it is to be published.
    pub adopted: Option<bool>,
    /// What was decided, in words.
    pub result: String,
    /// How the suggester was told besides; empty where only by the query code.
    pub told_by: String,
    sealed: String,
}

#[derive(FromQueryResult)]
struct Row {
    id: String,
    number: String,
    about: String,
    received_on: String,
    decided_on: Option<String>,
    adopted: Option<i64>,
    result: String,
    told_by: String,
    sealed: String,
}

const SELECT: &str = "SELECT id, number, about, received_on, decided_on, adopted, result, told_by, \
                      sealed FROM request_suggestion";

fn place(id: &str) -> Place<'_> {
    Place::new("request_suggestion", id, "sealed")
}

/// A suggestion on its way into the table.
pub(crate) struct NewSuggestion<'a> {
    pub id: &'a str,
    pub organ: &'a str,
    pub number: &'a str,
    pub about: &'a str,
    pub key_mark: &'a str,
    pub code_mark: &'a str,
    pub on: Date,
}

impl SuggestionCase {
    /// Takes who suggested something had by the request of that number out for good, once it is decided and
    /// unless it is held.
    pub(crate) async fn remove_names(change: &Transaction, number: &str) -> Result<(), StoreError> {
        let sql = "UPDATE request_suggestion SET sealed = '', tail_mark = NULL
                    WHERE about = $1 AND sealed <> '' AND decided_on IS NOT NULL
                      AND NOT EXISTS (SELECT 1 FROM request_matter_hold
                                       WHERE about = 'suggestion:' || request_suggestion.id
                                         AND lifted_on IS NULL)";
        change.run(sql, vec![number.into()]).await.map(|_| ())
    }

    /// An organ's suggestions, undecided ones first.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn of(
        from: &impl Statements,
        organ: &str,
        most: i64,
    ) -> Result<Vec<Self>, StoreError> {
        let sql = format!(
            "{SELECT} WHERE organ = $1 ORDER BY CASE WHEN decided_on IS NULL THEN 0 ELSE 1 END,
                    received_on, id LIMIT {most}"
        );
        let rows: Vec<Row> = from.all(&sql, vec![organ.into()]).await?;
        Ok(rows.into_iter().map(Row::case).collect())
    }

    /// A suggestion made to an organ.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn find(
        from: &impl Statements,
        organ: &str,
        id: &str,
    ) -> Result<Option<Self>, StoreError> {
        let sql = format!("{SELECT} WHERE organ = $1 AND id = $2");
        let row: Option<Row> = from.one(&sql, vec![organ.into(), id.into()]).await?;
        Ok(row.map(Row::case))
    }

    /// The number of the suggestion that came with that form.
    pub(crate) async fn with_key(
        from: &impl Statements,
        key_mark: &str,
    ) -> Result<Option<Self>, StoreError> {
        let sql = format!("{SELECT} WHERE key_mark = $1");
        let row: Option<Row> = from.one(&sql, vec![key_mark.into()]).await?;
        Ok(row.map(Row::case))
    }

    /// Whether who suggests it was taken out.
    pub const fn is_nameless(&self) -> bool {
        self.sealed.is_empty()
    }

    /// Who suggests it, and in which words. The caller has asked the access policy.
    ///
    /// # Errors
    /// What is sealed cannot be opened.
    pub fn open(&self, sealer: &Sealer) -> Result<Suggested, CaseError> {
        let text = sealer.open_text(place(&self.id), &self.sealed)?;
        Ok(serde_json::from_str(&text).unwrap_or_default())
    }

    /// Writes what was decided; `false` where that was done before.
    pub(crate) async fn decide(
        change: &Transaction,
        (organ, id): (&str, &str),
        (adopted, result, told_by, on): (bool, &str, &str, Date),
        (person, name): (&str, &str),
    ) -> Result<bool, StoreError> {
        let sql = "UPDATE request_suggestion
                      SET decided_on = $1, adopted = $2, result = $3, person = $4, name = $5,
                          told_by = $8
                    WHERE id = $6 AND organ = $7 AND decided_on IS NULL";
        let values = vec![
            on.to_string().into(),
            i64::from(adopted).into(),
            result.into(),
            person.into(),
            name.into(),
            id.into(),
            organ.into(),
            told_by.into(),
        ];
        Ok(change.run(sql, values).await? == 1)
    }
}

impl NewSuggestion<'_> {
    pub(crate) async fn add(
        &self,
        change: &Transaction,
        sealer: &Sealer,
        suggested: &Suggested,
    ) -> Result<(), CaseError> {
        let text = serde_json::json!(suggested).to_string();
        let columns: Columns = vec![
            ("id", self.id.into()),
            ("organ", self.organ.into()),
            ("number", self.number.into()),
            ("sealed", sealer.seal_text(place(self.id), &text)?.into()),
            ("about", self.about.into()),
            ("key_mark", self.key_mark.into()),
            ("code_mark", self.code_mark.into()),
            ("received_on", self.on.to_string().into()),
            ("result", "".into()),
            ("person", "".into()),
            ("name", "".into()),
        ];
        Ok(writing::add(change, "request_suggestion", columns).await?)
    }
}

impl Row {
    fn case(self) -> SuggestionCase {
        SuggestionCase {
            received_on: known_day(&self.received_on),
            decided_on: day(&self.decided_on),
            adopted: self.adopted.map(|adopted| adopted != 0),
            id: self.id,
            number: self.number,
            about: self.about,
            result: self.result,
            told_by: self.told_by,
            sealed: self.sealed,
        }
    }
}
