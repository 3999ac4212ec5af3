//! What everybody can read and what is gone, by address and day alone: for site maps and feeds, which need no text.

use law::Date;
use store::{FromQueryResult, Statements, StoreError, Value};

/// Things of one kind that everybody can read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Public {
    /// 解读.
    Interpretations,
    /// 政策问答.
    Questions,
    /// 回应关切.
    Responses,
    /// 专题.
    Topics,
}

#[derive(FromQueryResult)]
struct Row {
    id: String,
    told: Option<String>,
}

impl Public {
    fn path(self, id: &str) -> String {
        let list = match self {
            Self::Interpretations => "jiedu",
            Self::Questions => "wenda",
            Self::Responses => "huiying",
            Self::Topics => "zhuanti",
        };
        format!("/{list}/{id}")
    }

    /// Addresses within a range of divisions, each with the day it was published, the latest first; at most so many.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn places(
        self,
        from: &impl Statements,
        (low, high): (&str, &str),
        most: i64,
    ) -> Result<Vec<(String, Option<String>)>, StoreError> {
        let what = match self {
            Self::Interpretations => {
                "SELECT i.id, i.published_on AS told FROM interpretation i
                   JOIN policy_document d ON d.id = i.policy AND d.shown = 1 AND d.path IS NOT NULL"
            }
            Self::Questions => "SELECT i.id, i.published_on AS told FROM policy_question i",
            Self::Responses => "SELECT i.id, i.published_on AS told FROM concern_response i",
            Self::Topics => "SELECT i.topic AS id, i.published_on AS told FROM topic_edition i",
        };
        let sql = format!(
            "{what} WHERE i.state = 'published' AND i.division >= $1 AND i.division <= $2
              ORDER BY i.published_at DESC, i.id DESC LIMIT $3"
        );
        let values: Vec<Value> = vec![low.into(), high.into(), most.into()];
        let rows: Vec<Row> = from.all(&sql, values).await?;
        Ok(rows.into_iter().map(|row| (self.path(&row.id), row.told)).collect())
    }

    /// Addresses of what was withdrawn since a day within a range of divisions, each with the moment, the latest first;
    /// at most so many. What is down with its document may come back and is not among them.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn gone(
        self,
        from: &impl Statements,
        (low, high): (&str, &str),
        since: Date,
        most: i64,
    ) -> Result<Vec<(String, String)>, StoreError> {
        let what = match self {
            Self::Interpretations => {
                "SELECT i.id, i.down_at AS told FROM interpretation i
                  WHERE i.state = 'down' AND i.down_at >= $1"
            }
            Self::Questions => {
                "SELECT i.id, i.ended_at AS told FROM policy_question i
                  WHERE i.state = 'withdrawn' AND i.ended_at >= $1"
            }
            Self::Responses => {
                "SELECT i.id, i.ended_at AS told FROM concern_response i
                  WHERE i.state = 'withdrawn' AND i.ended_at >= $1"
            }
            Self::Topics => {
                "SELECT i.topic AS id, i.ended_at AS told FROM topic_edition i
                  WHERE i.state = 'closed' AND i.ended_at >= $1"
            }
        };
        let sql = format!(
            "{what} AND i.division >= $2 AND i.division <= $3 ORDER BY told DESC, id LIMIT $4"
        );
        let values: Vec<Value> =
            vec![since.to_string().into(), low.into(), high.into(), most.into()];
        let rows: Vec<Row> = from.all(&sql, values).await?;
        let told = |row: Row| (self.path(&row.id), row.told.unwrap_or_default());
        Ok(rows.into_iter().map(told).collect())
    }
}
