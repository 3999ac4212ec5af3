//! What there is to tell, and who hears of it.

use std::collections::BTreeMap;

use jiff::Timestamp;
use store::{FromQueryResult, Statements, StoreError, Transaction, Value, moment};
use web::{Announcement, Became};

use crate::rhythm::Rhythm;
use crate::topic::{Kind, Topic};

/// One thing to tell, as a message takes it.
#[derive(Debug, Clone, FromQueryResult)]
pub struct ToTell {
    /// `public`, `corrected` or `push`.
    pub became: String,
    /// Its title.
    pub title: String,
    /// Its address below a site.
    pub path: String,
    /// The division on whose site it stands; empty where that is not known.
    pub division: String,
    /// The organ's short name.
    pub organ_name: String,
    /// What a push says besides.
    pub words: String,
    /// When, as stored.
    pub at: String,
}

/// Keeps what there is to tell; `false` where it was kept already.
pub(crate) async fn put_announcement(
    change: &Transaction,
    (id, became): (&str, &str),
    (title, path, division): (&str, &str, &str),
    (organ_name, words): (&str, &str),
    now: Timestamp,
) -> Result<bool, StoreError> {
    let sql = "INSERT INTO notice_announcement
                 (id, became, title, path, organ_name, words, at, division, gone)
               VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 0)
               ON CONFLICT (id) DO NOTHING";
    let values: Vec<Value> = vec![
        id.into(),
        became.into(),
        title.into(),
        path.into(),
        organ_name.into(),
        words.into(),
        moment(now).into(),
        division.into(),
    ];
    Ok(change.run(sql, values).await? > 0)
}

/// What stands at a path is not sent any more; or is again.
pub(crate) async fn mark_gone(
    change: &Transaction,
    path: &str,
    became: Became,
) -> Result<(), StoreError> {
    let gone = i64::from(became == Became::Gone);
    let sql = "UPDATE notice_announcement SET gone = $1 WHERE path = $2 AND gone <> $1";
    change.run(sql, vec![gone.into(), path.into()]).await.map(|_| ())
}

#[derive(FromQueryResult)]
struct HearerRow {
    subscriber: String,
    rhythm: String,
    kind: String,
    topic: String,
    words: String,
    low: String,
    high: String,
}

/// Subscriptions that an announcement may be of, of subscribers that are told. What is not known by its key
/// alone (villages by name, searches) is held against the text afterwards.
const MAY_HEAR: &str = "
SELECT n.subscriber, s.rhythm, n.kind, n.topic, n.words, n.low, n.high
  FROM notice_subscription n
  JOIN notice_subscriber s ON s.id = n.subscriber
 WHERE n.confirmed = 1 AND s.state = 'active' AND n.low <= $1 AND n.high >= $1
   AND (n.kind IN ('site', 'village', 'search') OR (n.kind = 'organ' AND n.topic = $2)";

/// Who is to be told, and how often each is.
pub(crate) async fn hearers(
    from: &impl Statements,
    told: &Announcement,
) -> Result<BTreeMap<String, Rhythm>, StoreError> {
    let mut values: Vec<Value> = vec![told.division.clone().into(), told.organ.clone().into()];
    let mut sql = MAY_HEAR.to_owned();
    for (kind, keys) in [("domain", &told.domains), ("item", &told.items)] {
        if keys.is_empty() {
            continue;
        }
        let first = values.len() + 1;
        let marks: Vec<String> = (first..first + keys.len()).map(|at| format!("${at}")).collect();
        sql.push_str(&format!(" OR (n.kind = '{kind}' AND n.topic IN ({}))", marks.join(", ")));
        values.extend(keys.iter().cloned().map(Value::from));
    }
    sql.push(')');
    let rows: Vec<HearerRow> = from.all(&sql, values).await?;
    let hears = |row: &HearerRow| {
        let Some(kind) = Kind::named(&row.kind) else { return false };
        Topic::new(kind, &row.topic, &row.words).hears((&row.low, &row.high), told)
    };
    let heard = rows.into_iter().filter(hears);
    Ok(heard
        .map(|row| (row.subscriber, Rhythm::named(&row.rhythm).unwrap_or(Rhythm::Daily)))
        .collect())
}
