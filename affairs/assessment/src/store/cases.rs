//! What a count was counted from, row by row.

use assessment_rules::{CaseKind, Outcome};
use store::{FromQueryResult, Statements, StoreError, Transaction, Value};

/// What is told of one thing that was counted.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub struct CaseLine {
    /// Its place in the count.
    pub ordinal: i64,
    /// Of which kind.
    pub kind: String,
    /// The organ's code.
    pub organ: String,
    /// The organ's division.
    pub division: String,
    /// The domain's slug; empty for an application.
    pub domain: String,
    /// What it is called; empty for an application.
    pub words: String,
    /// Its page below a site.
    pub path: Option<String>,
    /// The last day in time; none for an application.
    pub last_on: Option<String>,
    /// The day it was done; none for an application.
    pub done_on: Option<String>,
    /// Working days it took, of an application.
    pub days: Option<i64>,
    /// 1: after an extension.
    pub extended: i64,
    /// 1: its day is what a source states.
    pub stated: i64,
    /// How it stands, by its word.
    pub outcome: String,
    /// Why it is left out, or counted elsewhere.
    pub reason: String,
    /// 1: it is listed.
    pub listed: i64,
}

/// Which of them are listed. What is left empty does not narrow.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CaseAsk {
    /// The count.
    pub counted: String,
    /// The lowest and the highest division.
    pub divisions: (String, String),
    /// Of which kind.
    pub kind: Option<CaseKind>,
    /// The organ's code.
    pub organ: Option<String>,
    /// The domain's slug.
    pub domain: Option<String>,
    /// How they stand.
    pub outcome: Option<Outcome>,
    /// Continue after this one.
    pub after: i64,
    /// How many.
    pub most: i64,
}

const COLUMNS: [&str; 16] = [
    "counted", "ordinal", "kind", "organ", "division", "domain", "words", "path", "last_on",
    "done_on", "days", "extended", "stated", "outcome", "reason", "listed",
];

impl CaseLine {
    /// A list, in the order of the count.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn list(from: &impl Statements, ask: &CaseAsk) -> Result<Vec<Self>, StoreError> {
        let (low, high) = ask.divisions.clone();
        let mut values: Vec<Value> =
            vec![ask.counted.clone().into(), low.into(), high.into(), ask.after.into()];
        let mut wanted = String::new();
        let equal = [
            ("kind", ask.kind.map(|kind| kind.word().to_owned())),
            ("organ", ask.organ.clone()),
            ("domain", ask.domain.clone()),
            ("outcome", ask.outcome.map(|outcome| outcome.word().to_owned())),
        ];
        for (column, value) in equal {
            if let Some(value) = value {
                values.push(value.into());
                wanted += &format!(" AND {column} = ${}", values.len());
            }
        }
        values.push(ask.most.into());
        let sql = format!(
            "SELECT ordinal, kind, organ, division, domain, words, path, last_on, done_on, days, extended,
                    stated, outcome, reason, listed
               FROM quality_case
              WHERE counted = $1 AND division BETWEEN $2 AND $3 AND ordinal > $4 AND listed = 1 {wanted}
              ORDER BY ordinal LIMIT ${}",
            values.len()
        );
        from.all(&sql, values).await
    }

    pub(super) async fn keep(
        change: &Transaction,
        counted: &str,
        cases: Vec<Self>,
    ) -> Result<(), StoreError> {
        let row = |one: Self| -> Vec<Value> {
            vec![
                counted.into(),
                one.ordinal.into(),
                one.kind.into(),
                one.organ.into(),
                one.division.into(),
                one.domain.into(),
                one.words.into(),
                one.path.into(),
                one.last_on.into(),
                one.done_on.into(),
                one.days.into(),
                one.extended.into(),
                one.stated.into(),
                one.outcome.into(),
                one.reason.into(),
                one.listed.into(),
            ]
        };
        change.insert("quality_case", &COLUMNS, cases.into_iter().map(row).collect()).await
    }
}
