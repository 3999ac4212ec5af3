//! Lists of gatherings.

use participation_rules::GatheringKind;
use store::{Statements, StoreError, Value};

use super::super::announced::{self, Mark};
use super::{Gathering, SELECT};

/// What everybody may read.
const PUBLIC: &str = "g.opened_on IS NOT NULL AND g.withdrawn_on IS NULL";

impl Gathering {
    /// The public ones of the divisions of a site, of one kind or of all, the latest first, after a mark; at most so
    /// many, with the mark of the next page.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn public(
        from: &impl Statements,
        (range, kind): ((&str, &str), Option<GatheringKind>),
        (after, most): (Option<&Mark>, usize),
    ) -> Result<(Vec<Self>, Option<Mark>), StoreError> {
        let kind = kind.map(|kind| kind.terms().word).unwrap_or_default();
        let select = format!(
            "{SELECT} WHERE g.division BETWEEN $1 AND $2 AND ($3 = '' OR g.kind = $3) AND {PUBLIC}"
        );
        let values = vec![range.0.into(), range.1.into(), kind.into()];
        let by = ("g.held_on", "<");
        let day = |last: &Self| last.said.held_on;
        announced::page(from, (&select, values), by, (after, most), day).await
    }

    async fn where_it(
        from: &impl Statements,
        rest: &str,
        values: Vec<Value>,
    ) -> Result<Vec<Self>, StoreError> {
        announced::all(from, &format!("{SELECT} WHERE {rest}"), values).await
    }

    /// The public ones about the draft of a consultation, in the order they were drafted.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn on_draft(
        from: &impl Statements,
        consultation: &str,
    ) -> Result<Vec<Self>, StoreError> {
        let rest = format!("g.consultation = $1 AND {PUBLIC} ORDER BY g.id LIMIT 50");
        Self::where_it(from, &rest, vec![consultation.into()]).await
    }

    /// The public ones about a decision, in the order they were drafted.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn on_decision(
        from: &impl Statements,
        (list, item): (&str, i64),
    ) -> Result<Vec<Self>, StoreError> {
        let rest = format!("g.list = $1 AND g.item = $2 AND {PUBLIC} ORDER BY g.id LIMIT 50");
        Self::where_it(from, &rest, vec![list.into(), item.into()]).await
    }

    /// An organ's, the newest first; at most two hundred.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn of_organ(from: &impl Statements, organ: &str) -> Result<Vec<Self>, StoreError> {
        let rest = "g.organ = $1 AND g.state <> 'dropped' ORDER BY g.id DESC LIMIT 200";
        Self::where_it(from, rest, vec![organ.into()]).await
    }

    /// An organ's of which something waits, for its to-dos.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn going_on(from: &impl Statements, organ: &str) -> Result<Vec<Self>, StoreError> {
        let rest = "g.organ = $1 AND (g.state IN ('draft', 'open') OR g.state <> 'withdrawn' AND g.withdraw_reason <> ''
                       OR g.state IN ('cancelled', 'withdrawn') AND EXISTS (SELECT 1 FROM gathering_entry e
                                                             WHERE e.gathering = g.id AND e.to_tell = 1))
                     ORDER BY g.id DESC LIMIT 100";
        Self::where_it(from, rest, vec![organ.into()]).await
    }

    /// The public ones with a key after this, in the order of keys; for the index.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn public_after(
        from: &impl Statements,
        after: &str,
        most: i64,
    ) -> Result<Vec<Self>, StoreError> {
        let rest = format!("g.id > $1 AND {PUBLIC} ORDER BY g.id LIMIT $2");
        Self::where_it(from, &rest, vec![after.into(), most.into()]).await
    }

    /// The newest public one of an organ, of any where none is named, for examples of pages; where one enrols, or
    /// whose record is public.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn example(
        from: &impl Statements,
        (organ, recorded): (&str, bool),
    ) -> Result<Option<String>, StoreError> {
        let state = if recorded { "recorded" } else { "open" };
        let sql = "SELECT id FROM gathering
                    WHERE state = $1 AND ($2 = '' OR organ = $2) AND withdrawn_on IS NULL
                    ORDER BY held_on DESC, id DESC LIMIT 1";
        announced::key(from, sql, vec![state.into(), organ.into()]).await
    }
}
