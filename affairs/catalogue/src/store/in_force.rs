//! The items that hold in a division: its own, or those of the nearest catalogue above.

use std::collections::BTreeMap;

use catalogue_rules::Item;
use law::Date;
use store::{FromQueryResult, Statements, StoreError, Value};

use super::versions::HOLDS;

/// An item in force, with the division and the organ whose catalogue it stands in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ItemInForce {
    /// The domain's slug.
    pub domain: String,
    /// Its key.
    pub key: String,
    /// The division of the catalogue.
    pub division: String,
    /// The organ of the catalogue.
    pub organ: String,
    /// The item.
    pub item: Item,
}

/// The key that all items of one name share (docs/readings/008).
pub fn matter_of(key: &str) -> &str {
    key.split('-').next().unwrap_or(key)
}

impl ItemInForce {
    /// Whether it is the first of its name in its catalogue.
    pub fn is_first_of_name(&self) -> bool {
        matter_of(&self.key) == self.key
    }

    /// The items that hold on a day in the divisions asked for: of each domain those of the last
    /// division that has a catalogue in force, divisions being given from the top down.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn nearest(
        from: &impl Statements,
        divisions: &[String],
        day: Date,
    ) -> Result<Vec<Self>, StoreError> {
        #[derive(FromQueryResult)]
        struct Row {
            domain: String,
            item: String,
            division: String,
            organ: String,
            body: String,
        }
        let marks: Vec<String> = (0..divisions.len()).map(|at| format!("${}", at + 2)).collect();
        let sql = format!(
            "SELECT c.domain, i.item, c.division, c.organ, i.body
               FROM catalogue_item i
               JOIN catalogue_version v ON v.id = i.version AND {HOLDS}
               JOIN catalogue c ON c.id = v.catalogue
               JOIN catalogue_domain d ON d.slug = c.domain
              WHERE c.division IN ({})
              ORDER BY d.ordinal, c.division, c.organ, i.ordinal",
            marks.join(", ")
        );
        let mut values: Vec<Value> = vec![day.to_string().into()];
        values.extend(divisions.iter().cloned().map(Value::from));
        let rows: Vec<Row> = from.all(&sql, values).await?;
        let place = |division: &str| divisions.iter().position(|one| one == division);
        let mut nearest: BTreeMap<String, usize> = BTreeMap::new();
        for row in &rows {
            let at = place(&row.division).unwrap_or_default();
            let known = nearest.entry(row.domain.clone()).or_default();
            *known = at.max(*known);
        }
        let read = |row: Row| {
            (place(&row.division) == nearest.get(&row.domain).copied()).then_some(())?;
            let item = serde_json::from_str(&row.body).ok()?;
            let Row { domain, item: key, division, organ, .. } = row;
            Some(Self { domain, key, division, organ, item })
        };
        Ok(rows.into_iter().filter_map(read).collect())
    }
}
