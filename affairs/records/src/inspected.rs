//! What an inspection of a site looks at among the records: days of publication against the public log, the
//! newest day of each 法定主动公开内容, and wording that the checks have found to be gravely wrong.
//!
//! Days are taken from what the log took last: a record whose 发布日期 was set back is among them, wherever a list
//! by days would put it. What is open and stands in no leaf at all is looked for by itself.

use std::sync::Arc;

use documents::wording::Class;
use law::Date;
use ledger::log::{LeafBody, LeafEvent};
use store::{FromQueryResult, Statements, Value, moment, parse_moment};
use web::{Fault, House, InspectionSource, Later, Shown, ShownPublication, ShownWording, Site};

use crate::store::OPEN;

/// For the house.
pub(crate) const SOURCE: InspectionSource = InspectionSource { show };

/// So many of what the log took last.
const LATEST: i64 = 2_000;

/// So many findings and days to come.
const MOST: i64 = 200;

fn show<'a>(house: &'a House, site: &'a Site) -> Later<'a, Shown> {
    Box::pin(async move {
        let mut published = logged(house, site).await?;
        let beside = [to_come(house, site).await?, unlogged(house, site).await?].concat();
        for one in beside {
            if !published.iter().any(|known| known.id == one.id) {
                published.push(one);
            }
        }
        Ok(Shown {
            newest: newest(house, site).await?,
            newest_of: newest_of(house, site).await?,
            published,
            wording: wording(house, site).await?,
            ..Shown::default()
        })
    })
}

#[derive(FromQueryResult)]
struct Row {
    id: String,
    title: String,
    division: String,
    published_at: String,
    made_on: String,
    body: Option<String>,
}

fn range(site: &Site) -> Vec<Value> {
    vec![site.range.0.clone().into(), site.range.1.clone().into()]
}

/// What the log took last, as the records have it.
async fn logged(house: &House, site: &Site) -> Result<Vec<ShownPublication>, Fault> {
    let sql = format!(
        "SELECT r.id, r.title, r.division, r.published_at, r.made_on, l.body
           FROM (SELECT subject, body, position FROM log_leaf WHERE version = 1
                  ORDER BY position DESC LIMIT $3) l
           JOIN record r ON r.id = substr(l.subject, 8)
          WHERE l.subject LIKE 'record:%' AND {OPEN} AND r.division BETWEEN $1 AND $2
          ORDER BY l.position DESC"
    );
    let values = [range(site), vec![LATEST.into()]].concat();
    let rows: Vec<Row> = house.store().all(&sql, values).await?;
    Ok(rows.into_iter().filter_map(|row| shown(house, site, row)).collect())
}

/// What says of itself that it is published later than now.
async fn to_come(house: &House, site: &Site) -> Result<Vec<ShownPublication>, Fault> {
    let sql = format!(
        "SELECT r.id, r.title, r.division, r.published_at, r.made_on, l.body
           FROM record r
           LEFT JOIN log_leaf l ON l.subject = 'record:' || r.id AND l.version = 1
          WHERE {OPEN} AND r.division BETWEEN $1 AND $2 AND r.published_at > $3
          ORDER BY r.published_at DESC, r.id LIMIT $4"
    );
    let now = moment(house.ledger().clock().now());
    let values = [range(site), vec![now.into(), MOST.into()]].concat();
    let rows: Vec<Row> = house.store().all(&sql, values).await?;
    Ok(rows.into_iter().filter_map(|row| shown(house, site, row)).collect())
}

/// What everybody can read and the log knows nothing of, the newest first.
async fn unlogged(house: &House, site: &Site) -> Result<Vec<ShownPublication>, Fault> {
    let sql = format!(
        "SELECT r.id, r.title, r.division, r.published_at, r.made_on, l.body
           FROM record r
           LEFT JOIN log_leaf l ON l.subject = 'record:' || r.id AND l.version = 1
          WHERE {OPEN} AND r.division BETWEEN $1 AND $2 AND l.subject IS NULL
          ORDER BY r.published_at DESC, r.id DESC LIMIT $3"
    );
    let values = [range(site), vec![MOST.into()]].concat();
    let rows: Vec<Row> = house.store().all(&sql, values).await?;
    Ok(rows.into_iter().filter_map(|row| shown(house, site, row)).collect())
}

/// The address at which a record of a division is read, as a full path.
fn address(house: &House, site: &Site, division: &str, id: &str) -> String {
    let directory = house.directory();
    let contains =
        |other: &&Arc<Site>| (other.range.0.as_str()..=other.range.1.as_str()).contains(&division);
    let home = directory.all().iter().filter(contains).max_by_key(|other| other.level);
    let path = format!("/wenjian/{id}");
    home.map_or_else(|| site.link(&path), |home| home.link(&path))
}

fn shown(house: &House, site: &Site, row: Row) -> Option<ShownPublication> {
    let leaf = row.body.as_deref().and_then(|body| serde_json::from_str::<LeafBody>(body).ok());
    Some(ShownPublication {
        address: address(house, site, &row.division, &row.id),
        published_at: parse_moment(&row.published_at)?,
        made_on: row.made_on.parse().ok(),
        logged_at: leaf.as_ref().and_then(|leaf| parse_moment(&leaf.at)),
        taken_in: leaf.is_some_and(|leaf| leaf.event == LeafEvent::Intake),
        id: row.id,
        title: row.title,
    })
}

#[derive(FromQueryResult)]
struct Newest {
    code: String,
    day: String,
}

/// 发布日期 of the newest record of the site.
async fn newest(house: &House, site: &Site) -> Result<Option<Date>, Fault> {
    let sql = format!(
        "SELECT '' AS code, r.published_on AS day FROM record r
          WHERE {OPEN} AND r.division BETWEEN $1 AND $2
          ORDER BY r.published_at DESC, r.id DESC LIMIT 1"
    );
    let row: Option<Newest> = house.store().one(&sql, range(site)).await?;
    Ok(row.and_then(|row| row.day.parse().ok()))
}

/// The same of each 法定主动公开内容 (docs/readings/231).
async fn newest_of(house: &House, site: &Site) -> Result<Vec<(String, Date)>, Fault> {
    let sql = format!(
        "SELECT s.code, max(r.published_on) AS day
           FROM record_statutory s JOIN record r ON r.id = s.record
          WHERE {OPEN} AND r.division BETWEEN $1 AND $2
          GROUP BY s.code ORDER BY s.code"
    );
    let rows: Vec<Newest> = house.store().all(&sql, range(site)).await?;
    Ok(rows.into_iter().filter_map(|row| Some((row.code, row.day.parse().ok()?))).collect())
}

#[derive(FromQueryResult)]
struct Finding {
    id: String,
    division: String,
    what: String,
}

/// 严重表述错误: what the checks of words have found of 国家和地区, and nobody has looked at yet.
async fn wording(house: &House, site: &Site) -> Result<Vec<ShownWording>, Fault> {
    let sql = format!(
        "SELECT r.id, r.division, f.what
           FROM record_finding f JOIN record r ON r.id = f.record
          WHERE f.settled_at IS NULL AND {OPEN} AND r.division BETWEEN $1 AND $2
            AND f.what LIKE $3
          ORDER BY r.id, f.what LIMIT $4"
    );
    let like = format!("%（{}）%", Class::Region.name());
    let values = [range(site), vec![like.into(), MOST.into()]].concat();
    let rows: Vec<Finding> = house.store().all(&sql, values).await?;
    let shown = |row: Finding| ShownWording {
        address: address(house, site, &row.division, &row.id),
        id: row.id,
        what: row.what,
    };
    Ok(rows.into_iter().map(shown).collect())
}
