//! Lists of what is public.

use store::{FromQueryResult, Statements, StoreError, Value};

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

/// Which reports are wanted.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ListedAsk {
    /// The organ's code.
    pub organ: Option<String>,
    /// The year reported.
    pub year: Option<i64>,
    /// Continue after this mark.
    pub after: Option<String>,
    /// How many.
    pub limit: usize,
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

    /// A page of what is public within divisions, by organ and the newest year first, and the mark of the next.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn page(
        from: &impl Statements,
        (low, high): (&str, &str),
        ask: &ListedAsk,
    ) -> Result<(Vec<Self>, Option<String>), StoreError> {
        let mut values: Vec<Value> = vec![low.into(), high.into()];
        let mut narrower = String::new();
        if let Some(organ) = &ask.organ {
            values.push(organ.clone().into());
            narrower.push_str(&format!(" AND r.organ = ${}", values.len()));
        }
        if let Some(year) = ask.year {
            values.push(year.into());
            narrower.push_str(&format!(" AND r.year = ${}", values.len()));
        }
        let mark = ask.after.as_deref().and_then(|mark| mark.split_once('~'));
        if let Some((organ, year)) = mark.and_then(|(o, year)| Some((o, year.parse::<i64>().ok()?)))
        {
            values.extend([organ.into(), year.into()]);
            let (organ, year) = (values.len() - 1, values.len());
            narrower.push_str(&format!(
                " AND (r.organ > ${organ} OR r.organ = ${organ} AND r.year < ${year})"
            ));
        }
        values.push((ask.limit as i64 + 1).into());
        let sql = format!(
            "SELECT r.organ, o.name AS organ_name, o.division, r.year, v.title, v.published_on,
                    v.original_on, v.number, r.demo
               FROM annual_report_version v
               JOIN annual_report r ON r.id = v.report
               JOIN organ o ON o.code = r.organ
              WHERE o.division BETWEEN $1 AND $2 AND {CURRENT}{narrower}
              ORDER BY r.organ, r.year DESC LIMIT ${}",
            values.len()
        );
        let mut listed: Vec<Self> = from.all(&sql, values).await?;
        let beyond = listed.len() > ask.limit;
        listed.truncate(ask.limit);
        let last = listed.last().filter(|_| beyond);
        let next = last.map(|last| format!("{}~{}", last.organ, last.year));
        Ok((listed, next))
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
