//! Drafts and records of an organ by what they are called, for those who work there.

use store::{FromQueryResult, Statements, StoreError};

use super::{DraftLine, drafts::LINE, folding};

/// One record of an organ, also where it is withdrawn or for 特定群体.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublishedLine {
    /// Its key.
    pub id: String,
    /// Its title.
    pub title: String,
    /// 文号.
    pub number: Option<String>,
    /// 发布日期, ISO.
    pub published_on: String,
    /// It was withdrawn.
    pub withdrawn: bool,
    /// Everybody may read it, were it not withdrawn.
    pub for_all: bool,
}

#[derive(FromQueryResult)]
struct Row {
    id: String,
    title: String,
    number: Option<String>,
    published_on: String,
    withdrawn: i64,
    reach: String,
}

/// The most that is looked at.
const MOST: i64 = 60;

impl PublishedLine {
    /// Whether it stands on the open web.
    pub fn is_open(&self) -> bool {
        self.for_all && !self.withdrawn
    }

    /// The records of an organ whose title, 文号 or 索引号 has this in it, the newest first.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn called_like(
        from: &impl Statements,
        organ: &str,
        wanted: &str,
    ) -> Result<Vec<Self>, StoreError> {
        let sql = "SELECT id, title, document_number AS number, published_on, withdrawn, reach
                     FROM record
                    WHERE organ = $1 AND (sought LIKE $2 ESCAPE '\\' OR index_number = $3)
                    ORDER BY published_at DESC, id DESC LIMIT $4";
        let pattern = folding::pattern(wanted);
        let values = vec![organ.into(), pattern.into(), wanted.into(), MOST.into()];
        let rows: Vec<Row> = from.all(sql, values).await?;
        Ok(rows.into_iter().map(Self::of).collect())
    }

    fn of(row: Row) -> Self {
        Self {
            id: row.id,
            title: row.title,
            number: row.number,
            published_on: row.published_on,
            withdrawn: row.withdrawn != 0,
            for_all: row.reach == "whole",
        }
    }
}

impl DraftLine {
    /// The drafts of an organ whose title has this in it: the last changed first.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn called_like(
        from: &impl Statements,
        organ: &str,
        wanted: &str,
    ) -> Result<Vec<Self>, StoreError> {
        let sql = format!(
            "{LINE} WHERE organ = $1 AND state <> 'dropped' AND lower(title) LIKE $2 ESCAPE '\\'
              ORDER BY changed_at DESC, id DESC LIMIT $3"
        );
        let pattern = web::workbench::found_anywhere(wanted);
        Self::all(from, &sql, vec![organ.into(), pattern.into(), MOST.into()]).await
    }
}
