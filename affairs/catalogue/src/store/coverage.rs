//! 公开覆盖和按时情况: counted when something is published, released or due, and only added up when
//! a page asks.

mod counted;
mod counting;

use std::collections::BTreeMap;

use catalogue_rules::{Coverage, Owed};
use law::Date;
use store::{FromQueryResult, Statements, StoreError, Value};

pub use counted::CountedCatalogue;
pub(crate) use counting::count_anew;

use super::HOLDS;

/// By what figures are told apart.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum CoverageBy {
    /// 按领域.
    #[default]
    Domain,
    /// 按机关.
    Organ,
    /// 按层级.
    Level,
}

/// Of what figures are wanted; what is left empty does not narrow.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CoverageAsk {
    /// The lowest and highest division code.
    pub divisions: (String, String),
    /// The domain's slug.
    pub domain: Option<String>,
    /// The organ's code.
    pub organ: Option<String>,
    /// The organ's level, `city`, `district`, `township`.
    pub level: Option<String>,
    /// Whether items count for the organs that answer for them and not for the catalogue that lists
    /// them: a town may owe by its district's catalogue.
    pub answering: bool,
}

/// The figures of one domain, organ or level.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CoverageLine {
    /// The domain's slug, the organ's code or the level's word.
    pub key: String,
    /// The organ's short name; empty for a domain or a level.
    pub name: String,
    /// The figures.
    pub figures: Coverage,
}

#[derive(FromQueryResult)]
struct ItemsRow {
    key: String,
    name: String,
    items: i64,
    published: i64,
}

#[derive(FromQueryResult)]
struct OwedRow {
    key: String,
    name: String,
    state: String,
    number: i64,
}

/// The conditions `$2` to `$6` on an organ `o` and a domain column; an empty value does not narrow.
fn narrowed(domain: &str) -> String {
    format!(
        "o.division BETWEEN $2 AND $3 AND ($4 = '' OR {domain} = $4)
         AND ($5 = '' OR o.code = $5) AND ($6 = '' OR o.level = $6)"
    )
}

impl CoverageAsk {
    fn values(&self, day: Date) -> Vec<Value> {
        let given = |text: &Option<String>| Value::from(text.clone().unwrap_or_default());
        let (low, high) = self.divisions.clone();
        vec![
            day.to_string().into(),
            low.into(),
            high.into(),
            given(&self.domain),
            given(&self.organ),
            given(&self.level),
        ]
    }

    /// Items of the versions that hold on the day `$1`, and how many of them have something published.
    fn items(&self, by: CoverageBy) -> String {
        let answering = self.answering || self.organ.is_some() || by == CoverageBy::Organ;
        let (organ, which) = if answering { ("k.organ", "<> ''") } else { ("c.organ", "= ''") };
        let (key, name) = keyed(by, "c.domain");
        let narrowed = narrowed("c.domain");
        format!(
            "SELECT {key} AS key, {name} AS name, CAST(sum(k.items) AS BIGINT) AS items,
                    CAST(sum(k.published) AS BIGINT) AS published
               FROM catalogue_coverage k
               JOIN catalogue_version v ON v.id = k.version AND {HOLDS}
               JOIN catalogue c ON c.id = v.catalogue
               JOIN organ o ON o.code = {organ}
              WHERE k.organ {which} AND {narrowed} GROUP BY {key}"
        )
    }
}

/// What tells lines apart, and what they are called.
fn keyed(by: CoverageBy, domain: &'static str) -> (&'static str, &'static str) {
    match by {
        CoverageBy::Domain => (domain, "''"),
        CoverageBy::Organ => ("o.code", "min(o.short_name)"),
        CoverageBy::Level => ("o.level", "''"),
    }
}

/// How many obligations stand where. Counts are added up before organs are looked at, for there are
/// thousands of counts and hundreds of organs.
fn owed(by: CoverageBy, ask: &CoverageAsk) -> String {
    let within = "$1 <> '' AND t.division BETWEEN $2 AND $3 AND ($4 = '' OR t.domain = $4)
                  AND ($5 = '' OR t.organ = $5)";
    let added = |key: &str| {
        format!(
            "SELECT {key}, t.state, CAST(sum(t.number) AS BIGINT) AS number
               FROM obligation_tally t WHERE {within} GROUP BY {key}, t.state"
        )
    };
    let (key, name) = match by {
        CoverageBy::Domain if ask.level.is_none() => {
            let added = added("t.domain");
            return format!(
                "SELECT x.domain AS key, '' AS name, x.state, x.number FROM ({added}) x
                  WHERE $6 = ''"
            );
        }
        CoverageBy::Domain => ("x.domain", "''"),
        CoverageBy::Organ => ("x.organ", "min(o.short_name)"),
        CoverageBy::Level => ("o.level", "''"),
    };
    let added = match by {
        CoverageBy::Domain => added("t.organ, t.domain"),
        CoverageBy::Organ | CoverageBy::Level => added("t.organ"),
    };
    format!(
        "SELECT {key} AS key, {name} AS name, x.state, CAST(sum(x.number) AS BIGINT) AS number
           FROM ({added}) x JOIN organ o ON o.code = x.organ
          WHERE ($6 = '' OR o.level = $6) GROUP BY {key}, x.state"
    )
}

impl CoverageLine {
    /// The figures of each, by their keys. Two statements, whatever is asked.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn all(
        from: &impl Statements,
        ask: &CoverageAsk,
        by: CoverageBy,
        day: Date,
    ) -> Result<Vec<Self>, StoreError> {
        let items: Vec<ItemsRow> = from.all(&ask.items(by), ask.values(day)).await?;
        let owed: Vec<OwedRow> = from.all(&owed(by, ask), ask.values(day)).await?;
        let mut lines: BTreeMap<String, Self> = BTreeMap::new();
        let line = |lines: &mut BTreeMap<String, Self>, key: String, name: String| {
            let new = || Self { key: key.clone(), name, figures: Coverage::default() };
            lines.entry(key.clone()).or_insert_with(new);
            key
        };
        for row in items {
            let key = line(&mut lines, row.key, row.name);
            if let Some(line) = lines.get_mut(&key) {
                line.figures.items = row.items;
                line.figures.published = row.published;
            }
        }
        for row in owed {
            let key = line(&mut lines, row.key, row.name);
            if let Some(line) = lines.get_mut(&key) {
                line.figures.owed.add(&row.state, row.number);
            }
        }
        Ok(lines.into_values().collect())
    }

    /// The figures of all lines together.
    pub fn total(lines: &[Self]) -> Coverage {
        lines.iter().fold(Coverage::default(), |sum, line| sum.and(line.figures))
    }
}

/// How many obligations of a domain or an organ stand where, as last counted.
///
/// # Errors
/// The database refuses.
pub async fn owed_in(
    from: &impl Statements,
    ask: &CoverageAsk,
    day: Date,
) -> Result<Owed, StoreError> {
    let rows: Vec<OwedRow> = from.all(&owed(CoverageBy::Level, ask), ask.values(day)).await?;
    let mut owed = Owed::default();
    for row in rows {
        owed.add(&row.state, row.number);
    }
    Ok(owed)
}

/// The organs that owe something in a domain, or in all, by their codes, with their short names.
///
/// # Errors
/// The database refuses.
pub async fn owing_organs(
    from: &impl Statements,
    ask: &CoverageAsk,
    day: Date,
) -> Result<Vec<(String, String)>, StoreError> {
    let everyone = CoverageAsk { organ: None, ..ask.clone() };
    let rows: Vec<OwedRow> =
        from.all(&owed(CoverageBy::Organ, &everyone), everyone.values(day)).await?;
    let found: BTreeMap<String, String> = rows.into_iter().map(|row| (row.key, row.name)).collect();
    Ok(found.into_iter().collect())
}
