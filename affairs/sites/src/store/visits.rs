//! 访问量.

use law::Date;
use sites_rules::inspection::DayOfVisits;
use store::{FromQueryResult, Statements, StoreError, Transaction, Value};
use web::VisitCount;

#[derive(FromQueryResult)]
struct Row {
    day: String,
    kind: String,
    times: i64,
    failed: i64,
}

/// Adds what was counted.
pub(crate) async fn add(change: &Transaction, counts: &[VisitCount]) -> Result<(), StoreError> {
    let sql = "INSERT INTO site_visit (base, day, kind, times, failed) VALUES ($1, $2, $3, $4, $5)
               ON CONFLICT (base, day, kind) DO UPDATE
                  SET times = site_visit.times + $4, failed = site_visit.failed + $5";
    for one in counts {
        let values: Vec<Value> = vec![
            one.site.clone().into(),
            one.day.to_string().into(),
            one.kind.clone().into(),
            one.times.into(),
            one.failed.into(),
        ];
        change.run(sql, values).await?;
    }
    Ok(())
}

/// What was counted on these sites since a day, by day and kind.
pub(crate) async fn since(
    from: &impl Statements,
    (bases, since): (&[String], Date),
) -> Result<Vec<VisitCount>, StoreError> {
    let sql = format!(
        "SELECT day, kind, CAST(SUM(times) AS BIGINT) AS times,
                CAST(SUM(failed) AS BIGINT) AS failed
           FROM site_visit
          WHERE base IN ({}) AND day >= $1
          GROUP BY day, kind ORDER BY day, kind",
        super::marks(1, bases)
    );
    let rows: Vec<Row> = from.all(&sql, super::values([since.to_string().into()], bases)).await?;
    let first = bases.first().cloned().unwrap_or_default();
    let count = |row: Row| {
        Some(VisitCount {
            day: row.day.parse().ok()?,
            site: first.clone(),
            kind: row.kind,
            times: row.times,
            failed: row.failed,
        })
    };
    Ok(rows.into_iter().filter_map(count).collect())
}

/// Day by day, over all kinds of pages.
pub(crate) fn days(counts: &[VisitCount]) -> Vec<DayOfVisits> {
    let mut days: Vec<DayOfVisits> = Vec::new();
    for one in counts {
        let (asked, failed) = (one.times + one.failed, one.failed);
        match days.iter_mut().find(|day| day.day == one.day) {
            Some(day) => (day.asked, day.failed) = (day.asked + asked, day.failed + failed),
            None => days.push(DayOfVisits { day: one.day, asked, failed }),
        }
    }
    days.sort_by_key(|day| day.day);
    days
}
