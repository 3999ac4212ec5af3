//! What was published of an item, as the ledger told it.

use law::Date;
use ledger::Event;
use serde::Deserialize;
use store::{FromQueryResult, Statements, StoreError, Transaction, Value, parse_moment};

/// What is needed of what the ledger was told of a publication.
#[derive(Debug, Default, Deserialize)]
struct Told {
    #[serde(default)]
    title: String,
    made_on: Option<Date>,
    /// The domain and the key of each item.
    #[serde(default)]
    items: Vec<[String; 2]>,
    #[serde(default)]
    origin: serde_json::Value,
    /// The registered event it answers, where the record names one.
    event: Option<String>,
    /// 公开范围.
    #[serde(default)]
    reach: serde_json::Value,
}

impl Told {
    /// Whether it has a page: what is for 特定群体 has none (docs/readings/022).
    fn is_open(&self) -> bool {
        self.reach.get("to").and_then(serde_json::Value::as_str) != Some("certain_group")
    }

    /// Whether it can be said when it was published: not of what was taken over from elsewhere from a
    /// source that states no day (docs/readings/012).
    fn is_judged(&self) -> bool {
        self.origin.get("imported").is_none_or(|stated| !stated.is_null())
    }

    /// 原发布日期, where the source states one.
    fn stated_on(&self) -> Option<String> {
        let day = self.origin.get("imported")?.get("on")?.as_str()?;
        day.parse::<Date>().ok().map(|day| day.to_string())
    }
}

const COLUMNS: [&str; 12] = [
    "record",
    "domain",
    "item",
    "organ",
    "division",
    "title",
    "made_on",
    "published_on",
    "stated_on",
    "event",
    "open",
    "judged",
];

/// One publication as an event of the ledger, with the division of its organ.
struct Publication<'a> {
    subject: &'a str,
    organ: &'a str,
    division: &'a str,
    published_on: Date,
    told: Told,
}

impl Publication<'_> {
    /// A row for each item; none where the record names no item, or the entry is not one of ours.
    fn rows(&self) -> Vec<Vec<Value>> {
        let Some(record) = self.subject.strip_prefix("record:") else { return Vec::new() };
        let made_on = self.told.made_on.unwrap_or(self.published_on);
        let mut items = self.told.items.clone();
        items.sort();
        items.dedup();
        let row = |[domain, item]: [String; 2]| -> Vec<Value> {
            vec![
                record.into(),
                domain.into(),
                item.into(),
                self.organ.into(),
                self.division.into(),
                self.told.title.clone().into(),
                made_on.to_string().into(),
                self.published_on.to_string().into(),
                self.told.stated_on().into(),
                self.told.event.clone().into(),
                i64::from(self.told.is_open()).into(),
                i64::from(self.told.is_judged()).into(),
            ]
        };
        items.into_iter().map(row).collect()
    }
}

/// Keeps what an event of the ledger tells of a publication, and says of which places: division,
/// domain and item. Hearing it twice changes nothing.
///
/// # Errors
/// The database refuses.
pub async fn take_in(
    change: &Transaction,
    event: &Event,
) -> Result<Vec<(String, String, String)>, StoreError> {
    let organ = identity::Organ::find(change, &event.organ).await?;
    let division = organ.map(|organ| organ.division).unwrap_or_default();
    let told: Told = serde_json::from_value(event.facts.clone()).unwrap_or_default();
    let publication = Publication {
        subject: &event.subject,
        organ: &event.organ,
        division: &division,
        published_on: ledger::day_in_china(event.happened_at),
        told,
    };
    let record = event.subject.trim_start_matches("record:");
    change.run("DELETE FROM catalogue_publication WHERE record = $1", vec![record.into()]).await?;
    change.insert("catalogue_publication", &COLUMNS, publication.rows()).await?;
    let place = |[domain, item]: &[String; 2]| (division.clone(), domain.clone(), item.clone());
    let mut places: Vec<_> = publication.told.items.iter().map(place).collect();
    places.sort();
    places.dedup();
    Ok(places)
}

/// A record was corrected or shown again: it counts as published when it was first, for the items it
/// belongs to now. Says of which places, those of before too.
///
/// # Errors
/// The database refuses.
pub async fn take_in_anew(
    change: &Transaction,
    event: &Event,
) -> Result<Vec<(String, String, String)>, StoreError> {
    let sql = "SELECT e.subject, e.organ, o.division, e.happened_at, e.facts
                 FROM ledger_event e JOIN organ o ON o.code = e.organ
                WHERE e.subject = $1 AND e.room = 'records'
                  AND e.act IN ('publication', 'correction') ORDER BY e.id";
    let told: Vec<EventRow> = change.all(sql, vec![event.subject.clone().into()]).await?;
    let (Some(first), Some(last)) = (told.first(), told.last()) else { return Ok(Vec::new()) };
    let mut places = take_out_of(change, &event.subject).await?;
    let now = EventRow { happened_at: first.happened_at.clone(), ..last.clone() };
    let rows = now.rows();
    change.insert("catalogue_publication", &COLUMNS, rows).await?;
    let told: Told = serde_json::from_str(&now.facts).unwrap_or_default();
    places
        .extend(told.items.into_iter().map(|[domain, item]| (now.division.clone(), domain, item)));
    places.sort();
    places.dedup();
    Ok(places)
}

/// A record was withdrawn and is not shown any more: it keeps nothing. Says of which places it was.
///
/// # Errors
/// The database refuses.
pub async fn take_out(
    change: &Transaction,
    event: &Event,
) -> Result<Vec<(String, String, String)>, StoreError> {
    let hides = event.facts.get("hides").and_then(serde_json::Value::as_bool);
    if hides != Some(true) {
        return Ok(Vec::new());
    }
    take_out_of(change, &event.subject).await
}

async fn take_out_of(
    change: &Transaction,
    subject: &str,
) -> Result<Vec<(String, String, String)>, StoreError> {
    #[derive(FromQueryResult)]
    struct Place {
        division: String,
        domain: String,
        item: String,
    }
    let record = subject.trim_start_matches("record:");
    let sql = "SELECT division, domain, item FROM catalogue_publication WHERE record = $1";
    let places: Vec<Place> = change.all(sql, vec![record.into()]).await?;
    change.run("DELETE FROM catalogue_publication WHERE record = $1", vec![record.into()]).await?;
    Ok(places.into_iter().map(|one| (one.division, one.domain, one.item)).collect())
}

#[derive(FromQueryResult, Clone)]
struct EventRow {
    subject: String,
    organ: String,
    division: String,
    happened_at: String,
    facts: String,
}

/// Publications of the ledger that were not heard of yet: those from before this room listened, or
/// whose turn in the outbox has not come.
const UNHEARD: &str = "
SELECT e.subject, e.organ, o.division, e.happened_at, e.facts
  FROM ledger_event e JOIN organ o ON o.code = e.organ
 WHERE e.room = 'records' AND e.act = 'publication'
   AND NOT EXISTS (SELECT 1 FROM catalogue_publication p WHERE p.record = substr(e.subject, 8))
   AND NOT EXISTS (SELECT 1 FROM ledger_event w
                    WHERE w.subject = e.subject AND w.room = 'records' AND w.act = 'withdrawal'
                      AND w.facts LIKE '%\"hides\":true%')
 ORDER BY e.id";

/// Takes in all publications not heard of yet; says how many of them belong to items.
///
/// # Errors
/// The database refuses.
pub async fn catch_up(change: &Transaction) -> Result<usize, StoreError> {
    let events: Vec<EventRow> = change.all(UNHEARD, vec![]).await?;
    let rows: Vec<Vec<Value>> = events.iter().flat_map(EventRow::rows).collect();
    let count = rows.len();
    change.insert("catalogue_publication", &COLUMNS, rows).await?;
    Ok(count)
}

impl EventRow {
    fn rows(&self) -> Vec<Vec<Value>> {
        let Some(at) = parse_moment(&self.happened_at) else { return Vec::new() };
        let publication = Publication {
            subject: &self.subject,
            organ: &self.organ,
            division: &self.division,
            published_on: ledger::day_in_china(at),
            told: serde_json::from_str(&self.facts).unwrap_or_default(),
        };
        publication.rows()
    }
}
