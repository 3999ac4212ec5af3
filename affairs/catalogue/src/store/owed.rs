//! What is owed, read for pages: obligations as they were last computed. Nothing is changed here.

use std::collections::{BTreeSet, HashMap};

use catalogue_rules::{Item, Owed};
use law::Date;
use store::{FromQueryResult, Statements, StoreError, Value};

use super::HOLDS;

/// One obligation with what a reader needs to understand it.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub struct Owing {
    /// Its key.
    pub id: String,
    /// The catalogue it follows from.
    pub catalogue: String,
    /// The division of the organ.
    pub division: String,
    /// The domain's slug.
    pub domain: String,
    /// The item's key.
    pub item: String,
    /// The organ that owes it.
    pub organ: String,
    /// That organ's short name.
    pub organ_name: String,
    /// What set it off: `record:…`, `event:…`, `period:2026-Q3`; the record unnamed where it is for
    /// 特定群体 and has no page.
    pub trigger_key: String,
    /// The day of that, ISO.
    pub arose_on: String,
    /// By when, ISO; none where the limit's words set no day.
    pub due_on: Option<String>,
    /// 1 where that day rests on a calendar not yet issued.
    pub provisional: i64,
    /// When it was kept, ISO.
    pub kept_on: Option<String>,
    /// 1 where that day is what a source states.
    pub stated: i64,
    /// The record that kept it; none where it is for 特定群体 and has no page.
    pub record: Option<String>,
    /// That record's title.
    pub title: Option<String>,
    /// What happened, where a registered event set it off.
    pub event: Option<String>,
    /// Where it stands.
    pub state: String,
    /// Why it does not hold this time, where it was waived.
    pub waived: Option<String>,
}

/// Obligations with record, event and waiver beside them.
const OWING: &str = "
    SELECT b.id, b.catalogue, b.division, b.domain, b.item, b.organ, o.short_name AS organ_name,
           CASE WHEN p.open = 0 AND b.trigger_key LIKE 'record:%' THEN 'record:'
                ELSE b.trigger_key END AS trigger_key, b.arose_on, b.due_on, b.provisional, b.kept_on, b.stated,
           CASE WHEN p.open = 0 THEN NULL ELSE b.record END AS record, p.title, e.words AS event,
           b.state, w.reason AS waived
      FROM obligation b
      JOIN organ o ON o.code = b.organ
      LEFT JOIN catalogue_publication p
        ON p.record = b.record AND p.domain = b.domain AND p.item = b.item
      LEFT JOIN catalogue_event e
        ON b.trigger_key LIKE 'event:%' AND e.id = substr(b.trigger_key, 7)
      LEFT JOIN obligation_waiver w ON w.obligation = b.id";

/// Which obligations a list holds. At least a domain or an organ is named; what else is left empty
/// does not narrow.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct OwingAsk {
    /// The lowest and highest division code.
    pub divisions: (String, String),
    /// The domain's slug.
    pub domain: Option<String>,
    /// The item's key.
    pub item: Option<String>,
    /// The organ's code.
    pub organ: Option<String>,
    /// The organ's level.
    pub level: Option<String>,
    /// Where they stand.
    pub state: Option<String>,
    /// The obligation's own key.
    pub id: Option<String>,
    /// Continue after this mark, from [`Owing::mark`].
    pub after: Option<String>,
    /// How many.
    pub most: i64,
}

impl OwingAsk {
    /// The conditions, and the values they ask for.
    fn conditions(&self) -> (String, Vec<Value>) {
        let (low, high) = self.divisions.clone();
        let mut values: Vec<Value> = vec![low.into(), high.into()];
        let mut sql = " WHERE b.division BETWEEN $1 AND $2".to_owned();
        let equal = [
            ("b.domain", &self.domain),
            ("b.item", &self.item),
            ("b.organ", &self.organ),
            ("o.level", &self.level),
            ("b.state", &self.state),
            ("b.id", &self.id),
        ];
        for (column, value) in equal {
            if let Some(value) = value {
                values.push(value.clone().into());
                sql += &format!(" AND {column} = ${}", values.len());
            }
        }
        if let Some((day, id)) = self.after.as_deref().and_then(|mark| mark.split_once('~')) {
            values.push(day.into());
            let at = values.len();
            values.push(id.into());
            sql += &format!(
                " AND (coalesce(b.due_on, '') < ${at} OR coalesce(b.due_on, '') = ${at} AND b.id > ${})",
                at + 1
            );
        }
        (sql, values)
    }
}

impl Owing {
    /// A list, the latest due day first, those without a day last.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn list(from: &impl Statements, ask: &OwingAsk) -> Result<Vec<Self>, StoreError> {
        let (conditions, mut values) = ask.conditions();
        values.push(ask.most.into());
        let sql = format!(
            "{OWING} {conditions} ORDER BY coalesce(b.due_on, '') DESC, b.id LIMIT ${}",
            values.len()
        );
        from.all(&sql, values).await
    }

    /// Where a list goes on after this one.
    pub fn mark(&self) -> String {
        format!("{}~{}", self.due_on.as_deref().unwrap_or_default(), self.id)
    }

    /// The day by which it is owed, where there is one.
    pub fn due(&self) -> Option<Date> {
        self.due_on.as_ref()?.parse().ok()
    }

    /// The day it was kept, where it was.
    pub fn kept(&self) -> Option<Date> {
        self.kept_on.as_ref()?.parse().ok()
    }
}

/// What is owed of one item.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ItemOwed {
    /// How its obligations stand.
    pub owed: Owed,
    /// The next day on which something is due, ISO.
    pub next: Option<String>,
}

#[derive(FromQueryResult)]
struct StateRow {
    item: String,
    state: String,
    number: i64,
    first: Option<String>,
}

impl ItemOwed {
    /// What is owed of each item of a domain within divisions, by the item's key.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn of_domain(
        from: &impl Statements,
        divisions: &(String, String),
        domain: &str,
    ) -> Result<HashMap<String, Self>, StoreError> {
        let sql = "SELECT item, state, count(*) AS number, min(due_on) AS first FROM obligation
                    WHERE domain = $1 AND division BETWEEN $2 AND $3 GROUP BY item, state";
        let (low, high) = divisions.clone();
        Ok(Self::gather(from.all(sql, vec![domain.into(), low.into(), high.into()]).await?))
    }

    /// What is owed of one item within divisions.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn of_item(
        from: &impl Statements,
        divisions: &(String, String),
        domain: &str,
        item: &str,
    ) -> Result<Self, StoreError> {
        let sql = "SELECT item, state, count(*) AS number, min(due_on) AS first FROM obligation
                    WHERE domain = $1 AND division BETWEEN $2 AND $3 AND item = $4
                    GROUP BY item, state";
        let (low, high) = divisions.clone();
        let values = vec![domain.into(), low.into(), high.into(), item.into()];
        Ok(Self::gather(from.all(sql, values).await?).remove(item).unwrap_or_default())
    }

    fn gather(rows: Vec<StateRow>) -> HashMap<String, Self> {
        let mut found: HashMap<String, Self> = HashMap::new();
        for row in rows {
            let item = found.entry(row.item).or_default();
            item.owed.add(&row.state, row.number);
            if matches!(row.state.as_str(), "not_due" | "due_soon") {
                item.next = earlier(item.next.take(), row.first);
            }
        }
        found
    }
}

#[derive(FromQueryResult)]
struct InForceRow {
    catalogue: String,
    item: String,
    body: String,
}

/// The items with these keys (catalogue and item) that hold on a day, by the same keys.
///
/// # Errors
/// The database refuses.
pub async fn items_in_force(
    from: &impl Statements,
    wanted: Vec<(&str, &str)>,
    day: Date,
) -> Result<HashMap<(String, String), Item>, StoreError> {
    let mut values: Vec<Value> = vec![day.to_string().into()];
    let mut list = |keys: BTreeSet<&str>| {
        let marks: Vec<String> = keys
            .into_iter()
            .map(|key| {
                values.push(key.into());
                format!("${}", values.len())
            })
            .collect();
        if marks.is_empty() { "''".to_owned() } else { marks.join(", ") }
    };
    let catalogues = list(wanted.iter().map(|(catalogue, _)| *catalogue).collect());
    let items = list(wanted.iter().map(|(_, item)| *item).collect());
    let sql = format!(
        "SELECT v.catalogue, i.item, i.body FROM catalogue_version v
           JOIN catalogue_item i ON i.version = v.id
          WHERE {HOLDS} AND v.catalogue IN ({catalogues}) AND i.item IN ({items})"
    );
    let rows: Vec<InForceRow> = from.all(&sql, values).await?;
    let read = |row: InForceRow| {
        let item = serde_json::from_str(&row.body).ok()?;
        Some(((row.catalogue, row.item), item))
    };
    Ok(rows.into_iter().filter_map(read).collect())
}

fn earlier(one: Option<String>, other: Option<String>) -> Option<String> {
    match (one, other) {
        (Some(one), Some(other)) => Some(one.min(other)),
        (one, other) => one.or(other),
    }
}
