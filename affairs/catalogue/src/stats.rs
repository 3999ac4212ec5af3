//! `gongkai catalogue stats`: how much there is, for people and for tests.

use law::Date;
use serde::Serialize;
use store::{FromQueryResult, Statements, StoreError};

use crate::store::{CALLED, HOLDS};

/// How much there is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Stats {
    /// Changes when fields change their meaning.
    pub schema_version: u32,
    /// Domains that hold today.
    pub domains: i64,
    /// Administrative divisions.
    pub divisions: i64,
    /// Organs, those that are gone included.
    pub organs: i64,
    /// Catalogues.
    pub catalogues: i64,
    /// Items of versions in force.
    pub items: i64,
    /// Each domain in order.
    pub by_domain: Vec<DomainStats>,
}

/// How much there is in one domain.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, FromQueryResult)]
pub struct DomainStats {
    /// Its slug.
    pub slug: String,
    /// Its name today.
    pub name: String,
    /// Catalogues in it.
    pub catalogues: i64,
    /// Items in force in it.
    pub items: i64,
}

/// Each domain with its catalogues and the items that hold on the day `$1`.
fn by_domain() -> String {
    format!(
        "SELECT d.slug, n.name, count(DISTINCT c.id) AS catalogues, count(i.item) AS items
           FROM catalogue_domain d
           JOIN catalogue_domain_name n ON n.domain = d.slug AND {CALLED}
           LEFT JOIN catalogue c ON c.domain = d.slug
           LEFT JOIN catalogue_version v ON v.catalogue = c.id AND {HOLDS}
           LEFT JOIN catalogue_item i ON i.version = v.id
          GROUP BY d.slug, n.name, d.ordinal
          ORDER BY d.ordinal"
    )
}

impl Stats {
    /// Counts what there is on a day.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn on(from: &impl Statements, day: Date) -> Result<Self, StoreError> {
        let by_domain: Vec<DomainStats> =
            from.all(&by_domain(), vec![day.to_string().into()]).await?;
        let divisions = from.number("SELECT count(*) FROM division", vec![]).await?;
        let organs = from.number("SELECT count(*) FROM organ", vec![]).await?;
        Ok(Self {
            schema_version: 1,
            domains: by_domain.len() as i64,
            divisions: divisions.unwrap_or_default(),
            organs: organs.unwrap_or_default(),
            catalogues: by_domain.iter().map(|domain| domain.catalogues).sum(),
            items: by_domain.iter().map(|domain| domain.items).sum(),
            by_domain,
        })
    }
}
