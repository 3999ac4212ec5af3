//! The items of all catalogues in force within a site, line by line, for whoever takes them all.

use catalogue_rules::Item;
use law::Date;
use store::{FromQueryResult, Statements, StoreError, Value};

use super::versions::HOLDS;

/// Which items are wanted.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ItemAsk {
    /// Lowest and highest division code.
    pub divisions: (String, String),
    /// The domain's slug.
    pub domain: Option<String>,
    /// The code of the organ whose catalogue it is.
    pub organ: Option<String>,
    /// Continue after this mark.
    pub after: Option<String>,
    /// How many lines.
    pub limit: usize,
}

/// One item with the catalogue in which it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ItemLine {
    /// The domain's slug.
    pub domain: String,
    /// Its key.
    pub key: String,
    /// The division of the catalogue.
    pub division: String,
    /// The organ of the catalogue, by its code.
    pub organ: String,
    /// That organ's short name.
    pub organ_name: String,
    /// 施行日期 of the version, ISO.
    pub effective_from: Option<String>,
    /// The item.
    pub item: Item,
}

#[derive(FromQueryResult)]
struct Row {
    version: String,
    ordinal: i64,
    domain: String,
    item: String,
    division: String,
    organ: String,
    organ_name: String,
    effective_from: Option<String>,
    body: String,
}

impl ItemLine {
    /// A page of items, and the mark of the next. An order that stays while one reads: by version and by the
    /// place within it.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn page(
        from: &impl Statements,
        ask: &ItemAsk,
        day: Date,
    ) -> Result<(Vec<Self>, Option<String>), StoreError> {
        let (low, high) = ask.divisions.clone();
        let mut values: Vec<Value> = vec![day.to_string().into(), low.into(), high.into()];
        let mut narrower = String::new();
        for (column, wanted) in [("c.domain", &ask.domain), ("c.organ", &ask.organ)] {
            if let Some(wanted) = wanted {
                values.push(wanted.clone().into());
                narrower.push_str(&format!(" AND {column} = ${}", values.len()));
            }
        }
        let mark = ask.after.as_deref().and_then(|mark| mark.split_once('~'));
        let mark = mark.and_then(|(version, at)| Some((version, at.parse::<i64>().ok()?)));
        if let Some((version, ordinal)) = mark {
            values.extend([version.into(), ordinal.into()]);
            let (version, ordinal) = (values.len() - 1, values.len());
            narrower.push_str(&format!(" AND (i.version, i.ordinal) > (${version}, ${ordinal})"));
        }
        values.push((ask.limit as i64 + 1).into());
        let sql = format!(
            "SELECT i.version, i.ordinal, c.domain, i.item, c.division, c.organ,
                    o.short_name AS organ_name, v.effective_from, i.body
               FROM catalogue_item i
               JOIN catalogue_version v ON v.id = i.version AND {HOLDS}
               JOIN catalogue c ON c.id = v.catalogue
               JOIN organ o ON o.code = c.organ
              WHERE c.division BETWEEN $2 AND $3{narrower}
              ORDER BY i.version, i.ordinal LIMIT ${}",
            values.len()
        );
        let mut rows: Vec<Row> = from.all(&sql, values).await?;
        let beyond = rows.len() > ask.limit;
        rows.truncate(ask.limit);
        let last = rows.last().filter(|_| beyond);
        let next = last.map(|row| format!("{}~{}", row.version, row.ordinal));
        Ok((rows.into_iter().filter_map(Row::line).collect(), next))
    }
}

impl Row {
    fn line(self) -> Option<ItemLine> {
        Some(ItemLine {
            item: serde_json::from_str(&self.body).ok()?,
            domain: self.domain,
            key: self.item,
            division: self.division,
            organ: self.organ,
            organ_name: self.organ_name,
            effective_from: self.effective_from,
        })
    }
}
