//! Lists of hearings.

use law::Date;
use store::{FromQueryResult, Statements, StoreError, Value};

use super::{BRIEF, Hearing, Row, SELECT};

/// Where a page of the list ended: the day it is held and the key of its last row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HearingMark {
    /// The day.
    pub day: Date,
    /// The key.
    pub id: String,
}

impl HearingMark {
    /// As an address says it.
    pub fn word(&self) -> String {
        format!("{}_{}", self.day, self.id)
    }

    /// The mark of an address; none where it is none.
    pub fn parse(word: &str) -> Option<Self> {
        let (day, id) = word.split_once('_')?;
        Some(Self { day: day.parse().ok()?, id: id.to_owned() })
    }
}

impl Hearing {
    /// The public ones of the divisions of a site, the latest first, after a mark; at most so many, with the mark of
    /// the next page.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn public(
        from: &impl Statements,
        range: (&str, &str),
        (after, most): (Option<&HearingMark>, usize),
    ) -> Result<(Vec<Self>, Option<HearingMark>), StoreError> {
        let mut values: Vec<Value> = vec![range.0.into(), range.1.into()];
        let mut then = "";
        if let Some(mark) = after {
            then = "AND (h.held_on < $3 OR h.held_on = $3 AND h.id < $4)";
            values.extend([mark.day.to_string().into(), mark.id.clone().into()]);
        }
        let limit = values.len() + 1;
        values.push(i64::try_from(most + 1).unwrap_or(i64::MAX).into());
        let sql = format!(
            "{BRIEF} WHERE h.division BETWEEN $1 AND $2 AND h.opened_on IS NOT NULL
                AND h.withdrawn_on IS NULL {then}
              ORDER BY h.held_on DESC, h.id DESC LIMIT ${limit}"
        );
        let rows: Vec<Row> = from.all(&sql, values).await?;
        let mut found: Vec<Self> = rows.into_iter().map(Self::from).collect();
        let more = found.len() > most;
        found.truncate(most);
        let mark =
            |last: &Self| last.said.held_on.map(|day| HearingMark { day, id: last.id.clone() });
        let next = found.last().filter(|_| more).and_then(mark);
        Ok((found, next))
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
        let rows: Vec<Row> = from.all(&sql, vec![consultation.into()]).await?;
        Ok(rows.into_iter().map(Self::from).collect())
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
        let rows: Vec<Row> = from.all(&sql, vec![after.into(), most.into()]).await?;
        Ok(rows.into_iter().map(Self::from).collect())
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
        let rows: Vec<Row> = from.all(&sql, vec![organ.into()]).await?;
        Ok(rows.into_iter().map(Self::from).collect())
    }

    /// The newest public one of an organ, of any where none is named, for examples of pages.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn example(
        from: &impl Statements,
        organ: &str,
    ) -> Result<Option<String>, StoreError> {
        #[derive(FromQueryResult)]
        struct Id {
            id: String,
        }
        let sql = "SELECT id FROM hearing WHERE opened_on IS NOT NULL AND withdrawn_on IS NULL AND ($1 = '' OR organ = $1)
                    ORDER BY id DESC LIMIT 1";
        let found: Option<Id> = from.one(sql, vec![organ.into()]).await?;
        Ok(found.map(|row| row.id))
    }
}
