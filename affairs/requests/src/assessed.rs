//! What of requests is assessed: when each was received, its last day, when it was answered. Nothing of who asks
//! goes out, nor what for, nor its number (docs/readings/237). One statement, however many organs there are.

use assessment_rules::CaseKind;
use law::Date;
use store::{FromQueryResult, Statements, StoreError};
use web::{Assessed, AssessedCase, AssessedSource, Assessing};

/// For the house.
pub(crate) const SOURCE: AssessedSource = AssessedSource {
    name: "依申请公开登记簿",
    hand_over: |from, asked| Box::pin(async move { Ok(hand_over(from, asked).await?) }),
};

#[derive(FromQueryResult)]
struct CaseRow {
    id: String,
    organ: String,
    division: String,
    received_on: String,
    last_on: Option<String>,
    closed_on: Option<String>,
    state: String,
    extended: i64,
}

/// Requests whose last day lies between two days or that were closed between them. The last day of what was
/// answered is that of the day of the answer.
const CASES: &str = "
SELECT r.id, r.organ, o.division, r.received_on, COALESCE(r.reached_on, r.due_on) AS last_on, r.closed_on,
       r.state,
       CAST(CASE WHEN EXISTS (SELECT 1 FROM request_event e WHERE e.request = r.id AND e.kind = 'extension')
                 THEN 1 ELSE 0 END AS BIGINT) AS extended
  FROM request r
  JOIN organ o ON o.code = r.organ
 WHERE r.received_on IS NOT NULL
   AND ((r.closed_on >= $1 AND r.closed_on <= $2)
        OR (r.reached_on >= $1 AND r.reached_on <= $2)
        OR (r.due_on >= $1 AND r.due_on <= $2))
 ORDER BY r.organ, r.id";

async fn hand_over(from: &impl Statements, asked: Assessing) -> Result<Assessed, StoreError> {
    let days = vec![asked.first.to_string().into(), asked.last.to_string().into()];
    let rows: Vec<CaseRow> = from.all(CASES, days).await?;
    Ok(Assessed { cases: rows.into_iter().map(case).collect(), rows: Vec::new() })
}

fn case(row: CaseRow) -> AssessedCase {
    let day = |text: &Option<String>| text.as_ref().and_then(|text| text.parse::<Date>().ok());
    let done = day(&row.closed_on);
    let left_out = match row.state.as_str() {
        "abandoned" => Some("申请人逾期不补正、不缴费，视为放弃"),
        "withdrawn" => Some("申请人撤回"),
        "joined" => Some("并入另一件办理"),
        _ => None,
    };
    AssessedCase {
        kind: CaseKind::Answer.word(),
        arose: row.received_on.parse().ok(),
        // What ended without an answer is told in the period in which it ended.
        last: if left_out.is_some() { done } else { day(&row.last_on) },
        done,
        extended: row.extended != 0,
        listed: true,
        left_out: left_out.map(Into::into),
        key: row.id,
        organ: row.organ,
        division: row.division,
        ..AssessedCase::default()
    }
}
