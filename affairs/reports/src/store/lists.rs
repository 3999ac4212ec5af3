//! Lists of what is public.

use store::{FromQueryResult, Statements, StoreError};

use super::versions::CURRENT;

/// A report as the portal lists it.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub struct Listed {
    /// The organ's code.
    pub organ: String,
    /// Its full name.
    pub organ_name: String,
    /// Its division.
    pub division: String,
    /// The year reported.
    pub year: i64,
    /// Its title.
    pub title: String,
    /// 发布日期 on this platform.
    pub published_on: String,
    /// The day its source states, of what was taken over.
    pub original_on: Option<String>,
    /// From 1; beyond it it was corrected.
    pub number: i64,
    /// 演示数据: 1.
    pub demo: i64,
}

/// Whether an organ has published its report on a year.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub struct Standing {
    /// The organ's code.
    pub organ: String,
    /// What is worked on or published: draft, frozen, published.
    pub state: String,
    /// The day of publication.
    pub published_on: Option<String>,
    /// The day its source states.
    pub original_on: Option<String>,
}

/// So many are listed at once.
const MOST: i64 = 5000;

impl Listed {
    /// Everything public within divisions, by organ and the newest year first.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn within(
        from: &impl Statements,
        (low, high): (&str, &str),
    ) -> Result<Vec<Self>, StoreError> {
        let sql = format!(
            "SELECT r.organ, o.name AS organ_name, o.division, r.year, v.title, v.published_on,
                    v.original_on, v.number, r.demo
               FROM annual_report_version v
               JOIN annual_report r ON r.id = v.report
               JOIN organ o ON o.code = r.organ
              WHERE o.division BETWEEN $1 AND $2 AND {CURRENT}
              ORDER BY o.division, r.organ, r.year DESC LIMIT $3"
        );
        from.all(&sql, vec![low.into(), high.into(), MOST.into()]).await
    }

    /// The newest one of all, for tests that open every type of page.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn newest(from: &impl Statements) -> Result<Option<Self>, StoreError> {
        let sql = format!(
            "SELECT r.organ, o.name AS organ_name, o.division, r.year, v.title, v.published_on,
                    v.original_on, v.number, r.demo
               FROM annual_report_version v
               JOIN annual_report r ON r.id = v.report
               JOIN organ o ON o.code = r.organ
              WHERE {CURRENT} ORDER BY v.published_at DESC, v.id DESC LIMIT 1"
        );
        from.one(&sql, vec![]).await
    }
}

impl Standing {
    /// Where the reports on a year stand.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn on(from: &impl Statements, year: i16) -> Result<Vec<Self>, StoreError> {
        let sql = "SELECT r.organ, v.state, v.published_on, v.original_on
                     FROM annual_report_version v JOIN annual_report r ON r.id = v.report
                    WHERE r.year = $1 AND v.number = 1 ORDER BY r.organ";
        from.all(sql, vec![i64::from(year).into()]).await
    }
}
