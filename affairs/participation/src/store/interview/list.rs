//! Lists of interviews.

use law::Date;
use store::{FromQueryResult, Statements, StoreError};

use super::super::announced::{self, Mark};
use super::{BRIEF, Interview, Row, SELECT};

impl Interview {
    /// The public ones of the divisions of a site, the latest first, after a mark; at most so many, with the mark of
    /// the next page.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn public(
        from: &impl Statements,
        range: (&str, &str),
        (after, most): (Option<&Mark>, usize),
    ) -> Result<(Vec<Self>, Option<Mark>), StoreError> {
        let select = format!(
            "{BRIEF} WHERE i.division BETWEEN $1 AND $2 AND i.opened_on IS NOT NULL AND i.withdrawn_on IS NULL"
        );
        let (values, by) = (vec![range.0.into(), range.1.into()], ("i.held_on", "<"));
        let day = |last: &Self| last.said.held_on;
        announced::page(from, (&select, values), by, (after, most), day).await
    }

    /// The one of the divisions of a site that goes on now, or comes next from a day on.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn next(
        from: &impl Statements,
        range: (&str, &str),
        today: Date,
    ) -> Result<Option<Self>, StoreError> {
        let sql = format!(
            "{BRIEF} WHERE i.division BETWEEN $1 AND $2 AND i.withdrawn_on IS NULL
                AND (i.state = 'live' OR i.state = 'announced' AND i.held_on >= $3)
              ORDER BY i.held_on, i.id LIMIT 1"
        );
        let values = vec![range.0.into(), range.1.into(), today.to_string().into()];
        let row: Option<Row> = from.one(&sql, values).await?;
        Ok(row.map(Self::from))
    }

    /// The public ones with a key after this, whole, in the order of keys; for the index.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn public_after(
        from: &impl Statements,
        after: &str,
        most: i64,
    ) -> Result<Vec<Self>, StoreError> {
        let sql = format!(
            "{SELECT} WHERE i.id > $1 AND i.opened_on IS NOT NULL AND i.withdrawn_on IS NULL ORDER BY i.id LIMIT $2"
        );
        announced::all(from, &sql, vec![after.into(), most.into()]).await
    }

    /// Whether one is live, and the number of its newest change that everybody may see: what readers are kept up by.
    ///
    /// # Errors
    /// The database refuses.
    pub(crate) async fn going(
        from: &impl Statements,
        id: &str,
    ) -> Result<Option<(bool, i64)>, StoreError> {
        #[derive(FromQueryResult)]
        struct Going {
            state: String,
            places: i64,
            withdrawn_on: Option<String>,
        }
        let sql = "SELECT state, places, withdrawn_on FROM interview WHERE id = $1";
        let found: Option<Going> = from.one(sql, vec![id.into()]).await?;
        Ok(found.map(|row| (row.state == "live" && row.withdrawn_on.is_none(), row.places)))
    }

    /// An organ's, the newest first; at most so many.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn of_organ(
        from: &impl Statements,
        organ: &str,
        most: i64,
    ) -> Result<Vec<Self>, StoreError> {
        let sql = format!(
            "{BRIEF} WHERE i.organ = $1 AND i.state <> 'dropped' ORDER BY i.id DESC LIMIT $2"
        );
        announced::all(from, &sql, vec![organ.into(), most.into()]).await
    }

    /// An organ's that are not at their end, for its to-dos.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn going_on(from: &impl Statements, organ: &str) -> Result<Vec<Self>, StoreError> {
        let sql = format!(
            "{BRIEF} WHERE i.organ = $1 AND i.state IN ('draft', 'announced', 'live', 'ended')
                AND i.withdrawn_on IS NULL ORDER BY i.id DESC LIMIT 100"
        );
        announced::all(from, &sql, vec![organ.into()]).await
    }

    /// The newest public one of an organ, of any where none is named, for examples of pages; one that takes questions, or
    /// one with its transcript.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn example(
        from: &impl Statements,
        organ: &str,
        asking: bool,
    ) -> Result<Option<String>, StoreError> {
        let state = if asking { "announced" } else { "published" };
        let sql = "SELECT id FROM interview
                    WHERE state = $1 AND ($2 = '' OR organ = $2) AND withdrawn_on IS NULL
                    ORDER BY id DESC LIMIT 1";
        announced::key(from, sql, vec![state.into(), organ.into()]).await
    }
}
