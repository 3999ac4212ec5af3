//! 行政复议、行政诉讼 against an answer, as table 4 counts them.

use law::Date;
use serde::{Deserialize, Serialize};
use store::{FromQueryResult, Statements, StoreError, Transaction};

use super::writing::{self, Columns, day, known_day, read, word};

/// Which remedy.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RemedyKind {
    /// 行政复议.
    Review,
    /// 行政诉讼，未经复议直接起诉.
    DirectSuit,
    /// 行政诉讼，复议后起诉.
    SuitAfterReview,
}

/// With what result.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RemedyResult {
    /// 结果维持.
    Upheld,
    /// 结果纠正.
    Corrected,
    /// 其他结果.
    Other,
}

/// A 复议 or a suit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RemedyCase {
    /// Its key.
    pub id: String,
    /// The request.
    pub request: String,
    /// Which.
    pub kind: RemedyKind,
    /// 复议机关 or court.
    pub authority: String,
    /// 案号.
    pub case_number: String,
    /// The review a suit follows.
    pub after: Option<String>,
    /// The day it was brought.
    pub filed_on: Date,
    /// The day it was concluded.
    pub concluded_on: Option<Date>,
    /// With what result.
    pub result: Option<RemedyResult>,
    /// What is to be noted.
    pub note: String,
}

#[derive(FromQueryResult)]
struct Row {
    id: String,
    request: String,
    kind: String,
    authority: String,
    case_number: String,
    after: Option<String>,
    filed_on: String,
    concluded_on: Option<String>,
    outcome: Option<String>,
    note: String,
}

const SELECT: &str = "SELECT id, request, kind, authority, case_number, after, filed_on, concluded_on, \
                      outcome, note FROM request_remedy";

impl RemedyKind {
    /// All, in the order of table 4.
    pub const ALL: [Self; 3] = [Self::Review, Self::DirectSuit, Self::SuitAfterReview];

    /// What people call it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Review => "行政复议",
            Self::DirectSuit => "行政诉讼（未经复议直接起诉）",
            Self::SuitAfterReview => "行政诉讼（复议后起诉）",
        }
    }
}

impl RemedyResult {
    /// All, in the order of table 4.
    pub const ALL: [Self; 3] = [Self::Upheld, Self::Corrected, Self::Other];

    /// What people call it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Upheld => "结果维持",
            Self::Corrected => "结果纠正",
            Self::Other => "其他结果",
        }
    }
}

impl RemedyCase {
    /// Those against the answer to a request, the oldest first.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn of(from: &impl Statements, request: &str) -> Result<Vec<Self>, StoreError> {
        let sql = format!("{SELECT} WHERE request = $1 ORDER BY id");
        let rows: Vec<Row> = from.all(&sql, vec![request.into()]).await?;
        Ok(rows.into_iter().filter_map(Row::remedy).collect())
    }

    /// Those of an organ brought by that day, the oldest first.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn of_organ(
        from: &impl Statements,
        organ: &str,
        until: Date,
    ) -> Result<Vec<Self>, StoreError> {
        let sql = format!("{SELECT} WHERE organ = $1 AND filed_on <= $2 ORDER BY filed_on, id");
        let rows: Vec<Row> = from.all(&sql, vec![organ.into(), until.to_string().into()]).await?;
        Ok(rows.into_iter().filter_map(Row::remedy).collect())
    }

    pub(crate) async fn add(
        &self,
        change: &Transaction,
        organ: &str,
        (person, name): (&str, &str),
    ) -> Result<(), StoreError> {
        let columns: Columns = vec![
            ("id", self.id.clone().into()),
            ("request", self.request.clone().into()),
            ("organ", organ.into()),
            ("kind", word(self.kind).into()),
            ("authority", self.authority.clone().into()),
            ("case_number", self.case_number.clone().into()),
            ("after", self.after.clone().into()),
            ("filed_on", self.filed_on.to_string().into()),
            ("note", self.note.clone().into()),
            ("person", person.into()),
            ("name", name.into()),
        ];
        writing::add(change, "request_remedy", columns).await
    }

    pub(crate) async fn conclude(
        &self,
        change: &Transaction,
        (on, result, note): (Date, RemedyResult, &str),
    ) -> Result<bool, StoreError> {
        let sql = "UPDATE request_remedy SET concluded_on = $1, outcome = $2, note = $3
                    WHERE id = $4 AND concluded_on IS NULL";
        let values =
            vec![on.to_string().into(), word(result).into(), note.into(), self.id.clone().into()];
        Ok(change.run(sql, values).await? == 1)
    }
}

impl Row {
    fn remedy(self) -> Option<RemedyCase> {
        Some(RemedyCase {
            kind: read(&self.kind)?,
            filed_on: known_day(&self.filed_on),
            concluded_on: day(&self.concluded_on),
            result: self.outcome.as_deref().and_then(read),
            id: self.id,
            request: self.request,
            authority: self.authority,
            case_number: self.case_number,
            after: self.after,
            note: self.note,
        })
    }
}
