//! What a person has submitted: where each stands, and what it waits for.

use store::{FromQueryResult, Statements, StoreError};

use crate::{State, Step};

/// A unit that somebody submitted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Begun {
    /// Its key.
    pub id: String,
    /// What it is called.
    pub title: String,
    /// Where it is.
    pub state: State,
    /// The step it waits for, and the name of the 科室 or organ that takes it where it is another.
    pub waits: Option<(Step, String)>,
    /// The kind of its first piece.
    pub kind: String,
    /// The key of its piece in its room; `None` where it has several.
    pub piece: Option<String>,
    /// Since when it stands so, as stored.
    pub since: String,
    /// The set moment of its release.
    pub release_at: Option<String>,
    /// Who ended it.
    pub ended_name: Option<String>,
}

#[derive(FromQueryResult)]
struct Row {
    id: String,
    title: String,
    state: String,
    submitted_at: String,
    release_at: Option<String>,
    ended_at: Option<String>,
    ended_name: Option<String>,
    step: Option<String>,
    taker: Option<String>,
    kind: Option<String>,
    piece: Option<String>,
    passed_at: Option<String>,
}

/// A desk lists so many.
const MOST: i64 = 100;

/// What person `$3` has submitted at the desk of organ `$4`: what it publishes itself, and what it compiles
/// for another (docs/readings/088), by the post in which it was submitted. Of what came back without being
/// published, what was handed in anew is told by its newer unit alone.
const BEGUN: &str = "
SELECT u.id, u.title, u.state, u.submitted_at, u.release_at, u.ended_at, u.ended_name,
       d.step, COALESCE(n.name, o.short_name) AS taker,
       (SELECT p.kind FROM review_piece p WHERE p.unit = u.id AND p.ordinal = 0) AS kind,
       (SELECT max(p.id) FROM review_piece p WHERE p.unit = u.id HAVING count(*) = 1) AS piece,
       (SELECT max(s.taken_at) FROM review_step s WHERE s.unit = u.id) AS passed_at
  FROM review_unit u
  LEFT JOIN review_demand d ON d.unit = u.id AND d.ordinal =
       (SELECT min(e.ordinal) FROM review_demand e
         WHERE e.unit = u.id
           AND NOT (e.step = 'first' AND u.urgent_at IS NOT NULL)
           AND NOT EXISTS (SELECT 1 FROM review_step s
                            WHERE s.unit = u.id AND s.demand = e.ordinal AND s.verdict = 'pass'))
  LEFT JOIN unit n ON n.id = d.partner
  LEFT JOIN organ o ON o.code = d.partner
 WHERE u.submitted_by = $3
   AND (u.organ = $4
        OR EXISTS (SELECT 1 FROM ledger_event e JOIN post t ON t.id = e.post
                    WHERE e.subject = 'review:' || u.id AND e.room = 'review'
                      AND e.act = 'submission' AND t.organ = $4))
   AND (u.state IN ('in_review', 'signed', 'scheduled') OR u.ended_at >= $1)
   AND (u.state NOT IN ('returned', 'lapsed', 'withdrawn')
        OR EXISTS (SELECT 1 FROM review_piece p
                    WHERE p.unit = u.id
                      AND NOT EXISTS (SELECT 1 FROM review_piece q
                                       WHERE q.kind = p.kind AND q.id = p.id AND q.unit > p.unit)))
 ORDER BY CASE WHEN u.state IN ('published', 'withdrawn') THEN 1 ELSE 0 END, u.id DESC LIMIT $2";

impl Begun {
    /// What a natural person has submitted for an organ and waits, or has ended after a moment; what waits
    /// for somebody first, then the newest. One query.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn by(
        from: &impl Statements,
        person: &str,
        organ: &str,
        after: &str,
    ) -> Result<Vec<Self>, StoreError> {
        let values = vec![after.into(), MOST.into(), person.into(), organ.into()];
        let rows: Vec<Row> = from.all(BEGUN, values).await?;
        Ok(rows.into_iter().map(Self::from).collect())
    }
}

impl From<Row> for Begun {
    fn from(row: Row) -> Self {
        let step = row.step.and_then(|word| word.parse::<Step>().ok());
        Self {
            state: State::kept(&row.state).unwrap_or(State::Lapsed),
            waits: step.map(|step| (step, row.taker.unwrap_or_default())),
            since: row.ended_at.or(row.passed_at).unwrap_or(row.submitted_at),
            id: row.id,
            title: row.title,
            kind: row.kind.unwrap_or_default(),
            piece: row.piece,
            release_at: row.release_at,
            ended_name: row.ended_name,
        }
    }
}
