//! What of the catalogue is assessed: obligations with their last day and the day they were kept, and the rows
//! of which something has to be there (条例第四十六条; docs/readings/236, 238). Three statements, however many
//! organs there are.

use std::collections::{HashMap, HashSet};

use assessment_rules::CaseKind;
use catalogue_rules::{Exposure, Item};
use law::Date;
use store::{FromQueryResult, Statements, StoreError};
use web::{Assessed, AssessedCase, AssessedRow, AssessedSource, Assessing};

use crate::store::items_in_force;
use crate::words::item_name;

/// For the house.
pub(crate) const SOURCE: AssessedSource = AssessedSource {
    name: "公开义务台账",
    hand_over: |from, asked| Box::pin(async move { Ok(hand_over(from, asked).await?) }),
};

#[derive(FromQueryResult)]
struct CaseRow {
    id: String,
    catalogue: String,
    organ: String,
    division: String,
    domain: String,
    item: String,
    arose_on: String,
    due_on: Option<String>,
    kept_on: Option<String>,
    stated: i64,
    reason: Option<String>,
}

/// Obligations whose last day lies between two days, and those without one that arose between them. That one did
/// not hold is refuted by what was published.
const CASES: &str = "
SELECT b.id, b.catalogue, b.organ, b.division, b.domain, b.item, b.arose_on, b.due_on, b.kept_on, b.stated,
       CASE WHEN b.kept_on IS NULL THEN w.reason ELSE NULL END AS reason
  FROM obligation b
  LEFT JOIN obligation_waiver w ON w.obligation = b.id
 WHERE (b.due_on >= $1 AND b.due_on <= $2)
    OR (b.due_on IS NULL AND b.arose_on >= $1 AND b.arose_on <= $2)
 ORDER BY b.organ, b.due_on, b.id";

#[derive(FromQueryResult)]
struct ShelfRow {
    catalogue: String,
    organ: String,
    division: String,
    domain: String,
    item: String,
    first_due: Option<String>,
    first_kept: Option<String>,
    last_due: Option<String>,
    last_kept: Option<String>,
}

/// What of each row was due and published first, and what of what was due last is there. What was waived and
/// never published was not due.
const SHELVES: &str = "
SELECT MAX(b.catalogue) AS catalogue, b.organ, b.division, b.domain, b.item,
       MIN(CASE WHEN b.due_on <= $2 THEN b.due_on ELSE NULL END) AS first_due,
       MIN(CASE WHEN b.kept_on <= $1 THEN b.kept_on ELSE NULL END) AS first_kept,
       MAX(CASE WHEN b.due_on <= $2 THEN b.due_on ELSE NULL END) AS last_due,
       MAX(CASE WHEN b.due_on <= $2 AND b.kept_on <= $1 THEN b.due_on ELSE NULL END) AS last_kept
  FROM obligation b
  LEFT JOIN obligation_waiver w ON w.obligation = b.id
 WHERE w.obligation IS NULL OR b.kept_on IS NOT NULL
 GROUP BY b.organ, b.division, b.domain, b.item
 ORDER BY b.organ, b.domain, b.item";

async fn hand_over(from: &impl Statements, asked: Assessing) -> Result<Assessed, StoreError> {
    let days = vec![asked.first.to_string().into(), asked.last.to_string().into()];
    let cases: Vec<CaseRow> = from.all(CASES, days).await?;
    let known = vec![asked.known.to_string().into(), asked.over.to_string().into()];
    let shelves: Vec<ShelfRow> = from.all(SHELVES, known).await?;
    let of_cases = cases.iter().map(|row| (row.catalogue.as_str(), row.item.as_str()));
    let of_shelves = shelves.iter().map(|row| (row.catalogue.as_str(), row.item.as_str()));
    let named: HashSet<(&str, &str)> = of_cases.chain(of_shelves).collect();
    let items = items_in_force(from, named.into_iter().collect(), asked.known).await?;
    Ok(Assessed {
        cases: cases.into_iter().map(|row| case(row, &items)).collect(),
        rows: shelves.into_iter().map(|row| shelf(row, &items)).collect(),
    })
}

fn some_day(text: &Option<String>) -> Option<Date> {
    text.as_ref()?.parse().ok()
}

/// What is for 特定群体 is counted and not listed (docs/readings/022), nor is what no catalogue in force names.
fn case(row: CaseRow, items: &HashMap<(String, String), Item>) -> AssessedCase {
    let (last, done) = (some_day(&row.due_on), some_day(&row.kept_on));
    let item = items.get(&(row.catalogue, row.item));
    let open = item.filter(|item| item.exposure() == Exposure::Open);
    AssessedCase {
        kind: CaseKind::Publication.word(),
        words: open.map(item_name).unwrap_or_default(),
        path: open.map(|_| format!("/mulu/fugai/{}/{}", row.domain, row.id)),
        listed: open.is_some(),
        arose: row.arose_on.parse().ok(),
        last,
        done,
        stated: row.stated != 0,
        extended: false,
        left_out: row.reason.map(|_| "标为本期不适用，理由在目录里公开".into()),
        key: row.id,
        organ: row.organ,
        division: row.division,
        domain: row.domain,
    }
}

fn shelf(row: ShelfRow, items: &HashMap<(String, String), Item>) -> AssessedRow {
    let item = items.get(&(row.catalogue, row.item.clone()));
    let open = item.filter(|item| item.exposure() == Exposure::Open);
    AssessedRow {
        words: open.map(item_name).unwrap_or_default(),
        path: open.map(|_| format!("/mulu/{}/{}", row.domain, row.item)),
        listed: open.is_some(),
        due_since: some_day(&row.first_due),
        published_since: some_day(&row.first_kept),
        is_current: row.last_due.is_some() && row.last_due == row.last_kept,
        organ: row.organ,
        division: row.division,
        domain: row.domain,
    }
}
