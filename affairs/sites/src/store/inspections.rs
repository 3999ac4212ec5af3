//! What inspections have found.

use serde::{Deserialize, Serialize};
use sites_rules::inspection::Inspection;
use store::{FromQueryResult, Statements, StoreError, Transaction, Value, moment};

/// A spot as it is kept and told to machines.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeptSpot {
    /// The rule's id.
    pub rule: String,
    /// What it asks about.
    pub name: String,
    /// The key of what is at fault.
    pub id: String,
    /// Where it is read.
    pub address: String,
    /// What is wrong.
    pub words: String,
    /// What it rests on.
    pub basis: String,
    /// The veto towards which it counts.
    pub veto: Option<String>,
}

/// What could not be looked at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeptUnlooked {
    /// The veto's or the rule's id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Why.
    pub why: String,
}

/// One inspection of one site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptInspection {
    /// Its key.
    pub id: String,
    /// The day.
    pub day: String,
    /// The moment, as stored.
    pub made_at: String,
    /// 合格, 不合格 …
    pub verdict: String,
    /// V1 V4.
    pub vetoes: Vec<String>,
    /// Points left, in tenths.
    pub tenths: i64,
    /// Pages that were read.
    pub pages: i64,
    /// Links that were followed.
    pub links: i64,
    /// Spots at fault.
    pub found: i64,
    /// The spots, at most [`MOST`].
    pub spots: Vec<KeptSpot>,
    /// What could not be looked at.
    pub unlooked: Vec<KeptUnlooked>,
}

/// Spots that are kept of one inspection.
pub(crate) const MOST: usize = 500;

/// Inspections that are kept of one site.
const KEPT: i64 = 60;

#[derive(FromQueryResult)]
struct Row {
    id: String,
    day: String,
    made_at: String,
    verdict: String,
    vetoes: String,
    tenths: i64,
    pages: i64,
    links: i64,
    found: i64,
    spots: String,
    unlooked: String,
}

impl From<Row> for KeptInspection {
    fn from(row: Row) -> Self {
        Self {
            id: row.id,
            day: row.day,
            made_at: row.made_at,
            verdict: row.verdict,
            vetoes: row.vetoes.split_whitespace().map(str::to_owned).collect(),
            tenths: row.tenths,
            pages: row.pages,
            links: row.links,
            found: row.found,
            spots: serde_json::from_str(&row.spots).unwrap_or_default(),
            unlooked: serde_json::from_str(&row.unlooked).unwrap_or_default(),
        }
    }
}

/// The spots of an inspection as they are kept.
pub fn kept_spots(inspection: &Inspection) -> Vec<KeptSpot> {
    let spot = |one: &sites_rules::inspection::Spot| KeptSpot {
        rule: one.rule.id(),
        name: one.rule.name(),
        id: one.id.clone(),
        address: one.address.clone(),
        words: one.words.clone(),
        basis: one.rule.basis().to_string(),
        veto: one.rule.veto().map(|veto| veto.id().to_owned()),
    };
    inspection.spots.iter().map(spot).collect()
}

/// What an inspection could not look at, as it is kept.
pub fn kept_unlooked(inspection: &Inspection) -> Vec<KeptUnlooked> {
    let one = |one: &sites_rules::inspection::Unlooked| KeptUnlooked {
        id: one.id.to_owned(),
        name: one.name.to_owned(),
        why: one.why.to_owned(),
    };
    inspection.unlooked.iter().map(one).collect()
}

impl KeptInspection {
    /// The newest of a site.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn newest(from: &impl Statements, base: &str) -> Result<Option<Self>, StoreError> {
        let sql =
            "SELECT id, day, made_at, verdict, vetoes, tenths, pages, links, found, spots, unlooked
                     FROM site_inspection WHERE base = $1 ORDER BY made_at DESC, id DESC LIMIT 1";
        let row: Option<Row> = from.one(sql, vec![base.into()]).await?;
        Ok(row.map(Self::from))
    }

    /// Those of a site without their spots, newest first.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn of_site(
        from: &impl Statements,
        base: &str,
        most: i64,
    ) -> Result<Vec<Self>, StoreError> {
        let sql =
            "SELECT id, day, made_at, verdict, vetoes, tenths, pages, links, found, '[]' AS spots,
                          '[]' AS unlooked
                     FROM site_inspection WHERE base = $1 ORDER BY made_at DESC, id DESC LIMIT $2";
        let rows: Vec<Row> = from.all(sql, vec![base.into(), most.into()]).await?;
        Ok(rows.into_iter().map(Self::from).collect())
    }

    pub(crate) async fn add(
        change: &Transaction,
        base: &str,
        (inspection, pages, links): (&Inspection, usize, usize),
        (day, now): (law::Date, jiff::Timestamp),
    ) -> Result<String, StoreError> {
        let id = uuid::Uuid::now_v7().to_string();
        let mut spots = kept_spots(inspection);
        let found = spots.len();
        spots.truncate(MOST);
        let vetoes: Vec<&str> = inspection.vetoes.iter().map(|veto| veto.id()).collect();
        let count = |number: usize| Value::from(i64::try_from(number).unwrap_or(i64::MAX));
        let text = |value: serde_json::Value| Value::from(value.to_string());
        let sql =
            "INSERT INTO site_inspection (id, base, day, made_at, verdict, vetoes, tenths, pages,
                                                links, found, spots, unlooked)
                   VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)";
        let values: Vec<Value> = vec![
            id.clone().into(),
            base.into(),
            day.to_string().into(),
            moment(now).into(),
            inspection.words().into(),
            vetoes.join(" ").into(),
            i64::from(inspection.tenths).into(),
            count(pages),
            count(links),
            count(found),
            text(serde_json::json!(spots)),
            text(serde_json::json!(kept_unlooked(inspection))),
        ];
        change.run(sql, values).await?;
        let old = "DELETE FROM site_inspection WHERE base = $1 AND id NOT IN
                     (SELECT id FROM site_inspection WHERE base = $1
                       ORDER BY made_at DESC, id DESC LIMIT $2)";
        change.run(old, vec![base.into(), KEPT.into()]).await?;
        Ok(id)
    }
}
