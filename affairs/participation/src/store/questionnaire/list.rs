//! Lists of questionnaires.

use law::Date;
use store::{Statements, StoreError, Value};

use super::super::announced::{self, Mark};
use super::{BRIEF, Questionnaire, Row, SELECT};

/// Of the ones that everybody may read.
const PUBLIC: &str = "q.state IN ('open', 'results_review', 'told') AND q.withdrawn_on IS NULL";

impl Questionnaire {
    /// Those that can be answered on a day, of the divisions of a site, the one that ends first first; at most so many.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn open_now(
        from: &impl Statements,
        (low, high): (&str, &str),
        today: Date,
        most: i64,
    ) -> Result<Vec<Self>, StoreError> {
        let sql = format!(
            "{BRIEF} WHERE q.division BETWEEN $1 AND $2 AND q.state = 'open' AND q.withdrawn_on IS NULL
                AND q.ends_on >= $3 ORDER BY q.ends_on, q.id LIMIT $4"
        );
        let values: Vec<Value> =
            vec![low.into(), high.into(), today.to_string().into(), most.into()];
        announced::all(from, &sql, values).await
    }

    /// Those that are over on a day, the newest first, after a mark; at most so many, with the mark of the next page.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn over(
        from: &impl Statements,
        (low, high): (&str, &str),
        today: Date,
        (after, most): (Option<&Mark>, usize),
    ) -> Result<(Vec<Self>, Option<Mark>), StoreError> {
        let select =
            format!("{BRIEF} WHERE q.division BETWEEN $1 AND $2 AND {PUBLIC} AND q.ends_on < $3");
        let values = vec![low.into(), high.into(), today.to_string().into()];
        let (by, day) = (("q.ends_on", "<"), |last: &Self| last.ends_on);
        announced::page(from, (&select, values), by, (after, most), day).await
    }

    /// The public ones of a consultation, in the order they were drafted.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn on(from: &impl Statements, consultation: &str) -> Result<Vec<Self>, StoreError> {
        let sql = format!(
            "{BRIEF} WHERE q.consultation = $1 AND q.consultation <> '' AND {PUBLIC} ORDER BY q.id LIMIT 50"
        );
        announced::all(from, &sql, vec![consultation.into()]).await
    }

    /// An organ's, the newest first, after one; at most so many, and whether there are more.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn of_organ(
        from: &impl Statements,
        organ: &str,
        (before, most): (Option<&str>, i64),
    ) -> Result<(Vec<Self>, bool), StoreError> {
        let sql = format!(
            "{BRIEF} WHERE q.organ = $1 AND q.id < $2 AND q.state <> 'dropped' ORDER BY q.id DESC LIMIT $3"
        );
        let values: Vec<Value> =
            vec![organ.into(), before.unwrap_or("g").into(), (most + 1).into()];
        let rows: Vec<Row> = from.all(&sql, values).await?;
        let mut found: Vec<Self> = rows.into_iter().map(Self::from).collect();
        let most = usize::try_from(most).unwrap_or(usize::MAX);
        let more = found.len() > most;
        found.truncate(most);
        Ok((found, more))
    }

    /// An organ's that are not at their end, for its to-dos.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn going_on(from: &impl Statements, organ: &str) -> Result<Vec<Self>, StoreError> {
        let sql = format!(
            "{BRIEF} WHERE q.organ = $1 AND q.state IN ('draft', 'open') AND q.withdrawn_on IS NULL
              ORDER BY q.id DESC LIMIT 100"
        );
        announced::all(from, &sql, vec![organ.into()]).await
    }

    /// The public ones with a key after this, whole, in the order of keys; for index and site map.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn public_after(
        from: &impl Statements,
        after: &str,
        most: i64,
    ) -> Result<Vec<Self>, StoreError> {
        let sql = format!("{SELECT} WHERE q.id > $1 AND {PUBLIC} ORDER BY q.id LIMIT $2");
        announced::all(from, &sql, vec![after.into(), most.into()]).await
    }

    /// The newest of an organ, of any where none is named, that is open or told; for examples of pages.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn example(
        from: &impl Statements,
        organ: &str,
        told: bool,
    ) -> Result<Option<String>, StoreError> {
        let state = if told { "told" } else { "open" };
        let sql =
            "SELECT id FROM questionnaire WHERE state = $1 AND ($2 = '' OR organ = $2) AND withdrawn_on IS NULL
                    ORDER BY ends_on DESC LIMIT 1";
        announced::key(from, sql, vec![state.into(), organ.into()]).await
    }
}
