//! Lists of hearings.

use store::{Statements, StoreError};

use super::super::announced::{self, Mark};
use super::{BRIEF, Hearing, SELECT};

impl Hearing {
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
            "{BRIEF} WHERE h.division BETWEEN $1 AND $2 AND h.opened_on IS NOT NULL AND h.withdrawn_on IS NULL"
        );
        let (values, by) = (vec![range.0.into(), range.1.into()], ("h.held_on", "<"));
        let day = |last: &Self| last.said.held_on;
        announced::page(from, (&select, values), by, (after, most), day).await
    }

    /// Those on the draft of a consultation, in the order they were drafted; the public ones alone, or all.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn on(
        from: &impl Statements,
        consultation: &str,
        public: bool,
    ) -> Result<Vec<Self>, StoreError> {
        let which = match public {
            true => "h.opened_on IS NOT NULL AND h.withdrawn_on IS NULL",
            false => "h.state <> 'dropped'",
        };
        let sql = format!("{BRIEF} WHERE h.consultation = $1 AND {which} ORDER BY h.id LIMIT 50");
        announced::all(from, &sql, vec![consultation.into()]).await
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
            "{SELECT} WHERE h.id > $1 AND h.opened_on IS NOT NULL AND h.withdrawn_on IS NULL ORDER BY h.id LIMIT $2"
        );
        announced::all(from, &sql, vec![after.into(), most.into()]).await
    }

    /// An organ's that are not at their end, for its to-dos.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn going_on(from: &impl Statements, organ: &str) -> Result<Vec<Self>, StoreError> {
        let sql = format!(
            "{BRIEF} WHERE h.organ = $1 AND h.state IN ('draft', 'open', 'listed', 'drawn', 'confirmed')
                AND h.withdrawn_on IS NULL ORDER BY h.id DESC LIMIT 100"
        );
        announced::all(from, &sql, vec![organ.into()]).await
    }

    /// The newest public one of an organ, of any where none is named, for examples of pages.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn example(
        from: &impl Statements,
        organ: &str,
    ) -> Result<Option<String>, StoreError> {
        let sql = "SELECT id FROM hearing WHERE opened_on IS NOT NULL AND withdrawn_on IS NULL AND ($1 = '' OR organ = $1)
                    ORDER BY id DESC LIMIT 1";
        announced::key(from, sql, vec![organ.into()]).await
    }
}
