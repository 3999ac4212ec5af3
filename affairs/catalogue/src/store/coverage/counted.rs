//! The catalogues behind the figures of a domain: whose, how many items, how many of them published.

use law::Date;
use store::{FromQueryResult, Statements, StoreError};

use super::HOLDS;

/// A catalogue that the figures of a domain add up.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub struct CountedCatalogue {
    /// Its organ, by its short name.
    pub organ: String,
    /// That organ's division.
    pub division: String,
    /// How many items.
    pub items: i64,
    /// How many of them have something published.
    pub published: i64,
}

/// The catalogues of domain `$4` that hold on the day `$1` in divisions from `$2` to `$3`, of one
/// level where `$5` names it.
fn counted() -> String {
    format!(
        "SELECT o.short_name AS organ, c.division, k.items, k.published
           FROM catalogue_coverage k
           JOIN catalogue_version v ON v.id = k.version AND {HOLDS}
           JOIN catalogue c ON c.id = v.catalogue
           JOIN organ o ON o.code = c.organ
          WHERE k.organ = '' AND o.division BETWEEN $2 AND $3 AND c.domain = $4
            AND ($5 = '' OR o.level = $5)
          ORDER BY c.division, o.code"
    )
}

impl CountedCatalogue {
    /// The catalogues of a domain within a range of divisions.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn within(
        from: &impl Statements,
        (low, high): &(String, String),
        domain: &str,
        level: &str,
        day: Date,
    ) -> Result<Vec<Self>, StoreError> {
        let values = [&day.to_string(), low, high, domain, level].map(|value| value.into());
        from.all(&counted(), values.to_vec()).await
    }
}
