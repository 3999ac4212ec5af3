//! 服务登记.

use channels_rules::Purpose;
use law::Date;
use store::{FromQueryResult, Statements, StoreError, Transaction};

use super::count;

/// How many came for what on a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VisitLine {
    /// The zone.
    pub zone: String,
    /// The day.
    pub day: Date,
    /// What for.
    pub purpose: Purpose,
    /// Counted by machines, else by staff.
    pub by_machine: bool,
    /// How many.
    pub number: u32,
}

impl VisitLine {
    /// Those of a zone in some days, the newest first.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn of(
        from: &impl Statements,
        zone: &str,
        (first, last): (Date, Date),
    ) -> Result<Vec<Self>, StoreError> {
        #[derive(FromQueryResult)]
        struct Row {
            zone: String,
            day: String,
            purpose: String,
            how: String,
            number: i64,
        }
        let sql = "SELECT zone, day, purpose, how, number FROM zone_visit
                    WHERE zone = $1 AND day >= $2 AND day <= $3 ORDER BY day DESC, purpose, how";
        let values = vec![zone.into(), first.to_string().into(), last.to_string().into()];
        let rows: Vec<Row> = from.all(sql, values).await?;
        let line = |row: Row| {
            Some(Self {
                day: row.day.parse().ok()?,
                purpose: Purpose::of_word(&row.purpose)?,
                by_machine: row.how == MACHINE,
                zone: row.zone,
                number: count(row.number),
            })
        };
        Ok(rows.into_iter().filter_map(line).collect())
    }
}

const MACHINE: &str = "machine";
const STAFF: &str = "staff";

fn key(zone: &str, day: Date, purpose: Purpose, how: &str) -> String {
    format!("{zone} {day} {} {how}", purpose.word())
}

/// How many came for what, of all zones of an organ or within divisions, since a day: zone and number.
///
/// # Errors
/// The database refuses.
pub async fn tally(
    from: &impl Statements,
    (low, high): (&str, &str),
    since: Date,
) -> Result<Vec<(String, u32)>, StoreError> {
    #[derive(FromQueryResult)]
    struct Row {
        zone: String,
        number: i64,
    }
    let sql = "SELECT v.zone, CAST(SUM(v.number) AS BIGINT) AS number FROM zone_visit v JOIN zone z ON z.id = v.zone
                WHERE z.division >= $1 AND z.division <= $2 AND v.day >= $3 GROUP BY v.zone";
    let rows: Vec<Row> =
        from.all(sql, vec![low.into(), high.into(), since.to_string().into()]).await?;
    Ok(rows.into_iter().map(|row| (row.zone, count(row.number))).collect())
}

/// What staff counted on a day, in place of what stood there.
pub(crate) async fn set(
    change: &Transaction,
    (zone, day, purpose): (&str, Date, Purpose),
    number: u32,
) -> Result<(), StoreError> {
    let sql = "INSERT INTO zone_visit (id, zone, day, purpose, how, number) VALUES ($1, $2, $3, $4, $5, $6)
               ON CONFLICT (id) DO UPDATE SET number = excluded.number";
    put(change, sql, (zone, day, purpose), (STAFF, number)).await
}

/// What machines counted, beside what stands there.
pub(crate) async fn add(
    change: &Transaction,
    (zone, day, purpose): (&str, Date, Purpose),
    number: u32,
) -> Result<(), StoreError> {
    let sql = "INSERT INTO zone_visit (id, zone, day, purpose, how, number) VALUES ($1, $2, $3, $4, $5, $6)
               ON CONFLICT (id) DO UPDATE SET number = zone_visit.number + excluded.number";
    put(change, sql, (zone, day, purpose), (MACHINE, number)).await
}

async fn put(
    change: &Transaction,
    sql: &str,
    (zone, day, purpose): (&str, Date, Purpose),
    (how, number): (&str, u32),
) -> Result<(), StoreError> {
    let values = vec![
        key(zone, day, purpose, how).into(),
        zone.into(),
        day.to_string().into(),
        purpose.word().into(),
        how.into(),
        i64::from(number).into(),
    ];
    change.run(sql, values).await.map(|_| ())
}
