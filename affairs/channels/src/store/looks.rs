//! 四统一检查.

use law::Date;
use store::{FromQueryResult, Statements, StoreError, Transaction};

use super::{count, new_key};

/// What was found when somebody looked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LookLine {
    /// The zone.
    pub zone: String,
    /// When.
    pub looked_on: Date,
    /// Who looked, by short name.
    pub organ: String,
    /// What was looked at on the spot, each by its key.
    pub verdicts: Vec<(String, bool)>,
    /// What was said of it.
    pub note: String,
    /// So many requirements were met, of so many.
    pub met: (u32, u32),
}

#[derive(FromQueryResult)]
struct Row {
    zone: String,
    looked_on: String,
    organ: String,
    verdicts: String,
    note: String,
    met: i64,
    whole: i64,
}

fn line(row: Row) -> Option<LookLine> {
    Some(LookLine {
        looked_on: row.looked_on.parse().ok()?,
        zone: row.zone,
        organ: row.organ,
        verdicts: serde_json::from_str(&row.verdicts).ok()?,
        note: row.note,
        met: (count(row.met), count(row.whole)),
    })
}

impl LookLine {
    /// The newest of each of these zones.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn newest(from: &impl Statements, zones: &[String]) -> Result<Vec<Self>, StoreError> {
        let (Some(first), Some(last)) = (zones.iter().min(), zones.iter().max()) else {
            return Ok(vec![]);
        };
        let sql =
            "SELECT l.zone, l.looked_on, o.short_name AS organ, l.verdicts, l.note, l.met, l.whole
                     FROM zone_look l JOIN organ o ON o.code = l.organ
                    WHERE l.zone >= $1 AND l.zone <= $2
                      AND l.id = (SELECT MAX(id) FROM zone_look WHERE zone = l.zone)";
        let rows: Vec<Row> = from.all(sql, vec![first.clone().into(), last.clone().into()]).await?;
        let known = |line: &Self| zones.contains(&line.zone);
        Ok(rows.into_iter().filter_map(line).filter(known).collect())
    }

    /// The latest of one zone, newest first.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn latest(
        from: &impl Statements,
        zone: &str,
        most: i64,
    ) -> Result<Vec<Self>, StoreError> {
        let sql =
            "SELECT l.zone, l.looked_on, o.short_name AS organ, l.verdicts, l.note, l.met, l.whole
                     FROM zone_look l JOIN organ o ON o.code = l.organ
                    WHERE l.zone = $1 ORDER BY l.id DESC LIMIT $2";
        let rows: Vec<Row> = from.all(sql, vec![zone.into(), most.into()]).await?;
        Ok(rows.into_iter().filter_map(line).collect())
    }

    /// Keeps it; `organ` is the code of who looked.
    pub(crate) async fn add(&self, change: &Transaction) -> Result<(), StoreError> {
        let sql = "INSERT INTO zone_look (id, zone, looked_on, organ, verdicts, note, met, whole)
                   VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
        let values = vec![
            new_key().into(),
            self.zone.clone().into(),
            self.looked_on.to_string().into(),
            self.organ.clone().into(),
            serde_json::to_string(&self.verdicts).unwrap_or_default().into(),
            self.note.clone().into(),
            i64::from(self.met.0).into(),
            i64::from(self.met.1).into(),
        ];
        change.run(sql, values).await.map(|_| ())
    }
}
