//! Urgent publications: what the statistics tell the public, and what is overdue.

use law::Date;
use store::{FromQueryResult, Statements, StoreError};

/// An urgent publication, as the public is told of it: no content, no names of persons.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub struct Hastened {
    /// The unit.
    pub id: String,
    /// The organ's name.
    pub organ: String,
    /// The division it serves.
    pub division: String,
    /// What it became, as the ledger calls it; `None` where it was published on no open page. What it is
    /// called, and whether it is open now, only its room knows.
    pub subject: Option<String>,
    /// When it was published.
    pub published_at: String,
    /// Why it could not wait.
    pub reason: String,
    /// The last day for its 初审.
    pub late_due: Option<String>,
    /// 1: that day is 暂定, for it rests on a year whose arrangement of holidays has not been issued.
    pub late_provisional: i64,
    /// When the 初审 was done, and what it said; empty while it is owed.
    pub reviewed_at: Option<String>,
    /// `pass` or `return`.
    pub verdict: Option<String>,
}

/// Urgent publications.
#[derive(Debug)]
pub struct Urgent;

/// Every piece published in the urgent path by organs of a range of divisions, the newest first.
const OF_RANGE: &str = "
SELECT u.id, o.name AS organ, o.division, n.published_at, u.urgent_reason AS reason, u.late_due,
       u.late_provisional,
       CASE WHEN p.path IS NULL THEN NULL ELSE p.subject END AS subject,
       (SELECT MIN(s.taken_at) FROM review_step s
         WHERE s.unit = u.id AND s.step = 'first') AS reviewed_at,
       (SELECT MIN(s.verdict) FROM review_step s
         WHERE s.unit = u.id AND s.step = 'first') AS verdict
  FROM publication n
  JOIN review_unit u ON u.id = n.unit
  JOIN review_piece p ON p.unit = n.unit AND p.ordinal = n.ordinal
  JOIN organ o ON o.code = u.organ
 WHERE n.urgent = 1 AND o.division BETWEEN $1 AND $2
 ORDER BY n.id DESC LIMIT 500";

/// Published without 初审, whose day for it is past and of which nobody was told yet.
const OVERDUE: &str = "
SELECT id FROM review_unit
 WHERE state = 'published' AND late_due IS NOT NULL AND late_due < $1 AND alarmed_at IS NULL
   AND NOT EXISTS (SELECT 1 FROM review_step s WHERE s.unit = review_unit.id AND s.step = 'first')";

/// Published without 初审, by a day that is provisional.
const PROVISIONAL: &str = "
SELECT u.id AS unit, MIN(n.published_at) AS published_at
  FROM review_unit u JOIN publication n ON n.unit = u.id
 WHERE u.state = 'published' AND u.late_provisional = 1
   AND NOT EXISTS (SELECT 1 FROM review_step s WHERE s.unit = u.id AND s.step = 'first')
 GROUP BY u.id ORDER BY u.id";

/// Set to be released by now.
const DUE: &str = "
SELECT id, organ FROM review_unit
 WHERE state = 'scheduled' AND release_at <= $1 ORDER BY release_at, id LIMIT 100";

/// A unit whose moment has come.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub struct Due {
    /// Its key.
    pub id: String,
    /// In whose name it is published.
    pub organ: String,
}

/// An urgent publication whose 初审 is owed by a day that is provisional.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub struct Owed {
    /// The unit.
    pub unit: String,
    /// When it was published, as stored.
    pub published_at: String,
}

#[derive(FromQueryResult)]
struct Key {
    id: String,
}

impl Urgent {
    /// Those of a range of divisions, at most five hundred, the newest first.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn of_range(
        from: &impl Statements,
        range: &(String, String),
    ) -> Result<Vec<Hastened>, StoreError> {
        from.all(OF_RANGE, vec![range.0.clone().into(), range.1.clone().into()]).await
    }

    /// The units whose 初审 is overdue and of which nobody was told.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn overdue(from: &impl Statements, today: Date) -> Result<Vec<String>, StoreError> {
        let rows: Vec<Key> = from.all(OVERDUE, vec![today.to_string().into()]).await?;
        Ok(rows.into_iter().map(|row| row.id).collect())
    }

    /// The units whose 初审 is owed by a day that is provisional.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn provisional(from: &impl Statements) -> Result<Vec<Owed>, StoreError> {
        from.all(PROVISIONAL, vec![]).await
    }

    /// The units that are to be released by now.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn due(from: &impl Statements, now: &str) -> Result<Vec<Due>, StoreError> {
        from.all(DUE, vec![now.into()]).await
    }
}
