//! Which catalogues a site shows: those of its own division, else the nearest above
//! (docs/readings/010).

use identity::Level;
use law::Date;
use store::{FromQueryResult, Statements, StoreError, Value};
use web::Site;

use super::domains::CALLED;
use super::versions::HOLDS;

/// One domain as a site shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shelf {
    /// The domain's slug.
    pub domain: String,
    /// Its name today.
    pub name: String,
    /// What people call it as well.
    pub also_called: Option<String>,
    /// The catalogue that holds here; `None` where none was released.
    pub held: Option<Held>,
}

/// The catalogue that holds on a site for a domain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Held {
    /// Whose version it is.
    pub catalogue: String,
    /// The version in force.
    pub version: String,
    /// That version's number.
    pub number: i64,
    /// The organ whose catalogue it is, by its short name.
    pub organ: String,
    /// That organ's code.
    pub organ_code: String,
    /// The division of that organ.
    pub division: String,
    /// How many items.
    pub items: i64,
    /// 施行日期, ISO.
    pub effective_from: Option<String>,
}

#[derive(FromQueryResult)]
struct ShelfRow {
    slug: String,
    name: String,
    also_called: Option<String>,
    catalogue: Option<String>,
    version: Option<String>,
    number: Option<i64>,
    organ: Option<String>,
    organ_code: Option<String>,
    division: Option<String>,
    items: Option<i64>,
    effective_from: Option<String>,
}

/// Every domain with every catalogue that holds on the day `$1` in the divisions asked for, nearest
/// first; of several in one division that of the government or town goes before others. `of` narrows the
/// domains down.
fn shelves(of: &str) -> String {
    format!(
        "
SELECT d.slug, n.name, d.also_called, c.id AS catalogue, v.id AS version, v.number,
       o.short_name AS organ, c.organ AS organ_code, c.division,
       (SELECT count(*) FROM catalogue_item i WHERE i.version = v.id) AS items, v.effective_from
  FROM catalogue_domain d
  JOIN catalogue_domain_name n ON n.domain = d.slug AND {CALLED}
  LEFT JOIN catalogue c ON c.domain = d.slug AND c.division IN ($2, $3, $4)
  LEFT JOIN catalogue_version v ON v.catalogue = c.id AND {HOLDS}
  LEFT JOIN organ o ON o.code = c.organ {of}
 ORDER BY d.ordinal, v.id IS NULL, c.division DESC,
          CASE WHEN o.role IN ('government', 'town') THEN 0 ELSE 1 END, c.organ"
    )
}

impl Shelf {
    /// All domains in order, each with the catalogue that holds on `site`.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn all(
        from: &impl Statements,
        site: &Site,
        day: Date,
    ) -> Result<Vec<Self>, StoreError> {
        Self::of_place(from, (&site.division, site.level), day).await
    }

    /// All domains in order, each with the catalogue that the site of a division shows.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn of_place(
        from: &impl Statements,
        (division, level): (&str, Level),
        day: Date,
    ) -> Result<Vec<Self>, StoreError> {
        let rows: Vec<ShelfRow> = from.all(&shelves(""), asked((division, level), day)).await?;
        let mut shelves: Vec<Self> = Vec::new();
        for row in rows {
            if shelves.last().is_none_or(|shelf| shelf.domain != row.slug) {
                shelves.push(Self::of(row));
            }
        }
        Ok(shelves)
    }

    /// One domain with the catalogue that holds on `site`.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn find(
        from: &impl Statements,
        site: &Site,
        domain: &str,
        day: Date,
    ) -> Result<Option<Self>, StoreError> {
        let mut values = asked((&site.division, site.level), day);
        values.push(domain.into());
        let rows: Vec<ShelfRow> = from.all(&shelves("WHERE d.slug = $5"), values).await?;
        Ok(rows.into_iter().next().map(Self::of))
    }

    fn of(row: ShelfRow) -> Self {
        let held = row.version.map(|version| Held {
            catalogue: row.catalogue.unwrap_or_default(),
            version,
            number: row.number.unwrap_or_default(),
            organ: row.organ.unwrap_or_default(),
            organ_code: row.organ_code.unwrap_or_default(),
            division: row.division.unwrap_or_default(),
            items: row.items.unwrap_or_default(),
            effective_from: row.effective_from,
        });
        Self { domain: row.slug, name: row.name, also_called: row.also_called, held }
    }
}

/// What is asked for: a day, and a division with those above it.
fn asked((division, level): (&str, Level), day: Date) -> Vec<Value> {
    let mut values: Vec<Value> = vec![day.to_string().into()];
    values.extend(chain(division, level).map(Value::from));
    values
}

/// The codes of a division and of those above it, three in all.
fn chain(division: &str, own: Level) -> [String; 3] {
    let code = |level: Level| {
        let digits = level.digits().min(own.digits());
        format!("{:0<12}", division.get(..digits).unwrap_or(division))
    };
    [code(Level::City), code(Level::District), code(Level::Township)]
}
