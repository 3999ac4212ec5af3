//! What of the records machines find, and an address of each of their page types.

use store::{FromQueryResult, Statements};
use web::{House, Later, Sample, Site, SitemapEntry};

use super::place::home_of;
use crate::store::OPEN;

/// An address of each page type, for tests that open every type.
pub const SAMPLES: &[Sample] = &[
    Sample { name: "record list", path: |_| Box::pin(async { Ok(Some("/wenjian".into())) }) },
    Sample { name: "record", path: newest },
    Sample { name: "versions of a record", path: |house| Box::pin(below_newest(house, "banben")) },
    Sample { name: "two versions", path: |house| Box::pin(below_newest(house, "duibi")) },
    Sample { name: "preview of an attachment", path: with_attachment },
];

/// A site map holds so many addresses (sitemaps.org).
const MOST: i64 = 50_000;

#[derive(FromQueryResult)]
struct Row {
    id: String,
    division: String,
    published_on: String,
}

/// The records that belong to a site and to none below it; those are listed where they belong.
pub fn entries<'a>(house: &'a House, site: &'a Site) -> Later<'a, Vec<SitemapEntry>> {
    Box::pin(async move {
        let sql = format!(
            "SELECT r.id, r.division, r.published_on FROM record r
              WHERE {OPEN} AND r.division BETWEEN $1 AND $2
              ORDER BY r.published_at DESC, r.id DESC LIMIT $3"
        );
        let (low, high) = site.range.clone();
        let values = vec![low.into(), high.into(), (MOST - 1).into()];
        let rows: Vec<Row> = house.store().all(&sql, values).await?;
        let directory = house.directory();
        let own = |row: &Row| {
            home_of(&directory, &row.division).is_none_or(|home| home.division == site.division)
        };
        let list = SitemapEntry {
            path: "/wenjian".into(),
            changed: rows.first().map(|row| row.published_on.clone()),
        };
        let entry = |row: Row| SitemapEntry {
            path: format!("/wenjian/{}", row.id),
            changed: Some(row.published_on),
        };
        Ok(std::iter::once(list).chain(rows.into_iter().filter(own).map(entry)).collect())
    })
}

fn newest(house: &House) -> Later<'_, Option<String>> {
    Box::pin(async move {
        #[derive(FromQueryResult)]
        struct Id {
            id: String,
        }
        let sql = format!(
            "SELECT r.id FROM record r WHERE {OPEN} ORDER BY r.published_at DESC, r.id DESC LIMIT 1"
        );
        let row: Option<Id> = house.store().one(&sql, vec![]).await?;
        Ok(row.map(|row| format!("/wenjian/{}", row.id)))
    })
}

async fn below_newest(house: &House, part: &str) -> Result<Option<String>, web::Fault> {
    Ok(newest(house).await?.map(|path| format!("{path}/{part}")))
}

/// Some published attachment.
fn with_attachment(house: &House) -> Later<'_, Option<String>> {
    Box::pin(async move {
        #[derive(FromQueryResult)]
        struct Id {
            id: String,
        }
        let sql = format!(
            "SELECT r.id FROM record r JOIN record_attachment a ON a.record = r.id
              WHERE {OPEN} ORDER BY r.published_at DESC, r.id DESC LIMIT 1"
        );
        let row: Option<Id> = house.store().one(&sql, vec![]).await?;
        Ok(row.map(|row| format!("/wenjian/{}/fujian/1/yulan", row.id)))
    })
}
