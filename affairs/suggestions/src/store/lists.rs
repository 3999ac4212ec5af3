//! 台账: the letters of an organ in pages, each asked for by its place in an index, and how many wait how.

use law::Date;
use store::{FromQueryResult, Statements, StoreError, Value};
use suggestions_rules::{SuggestionKind, SuggestionState};

use super::Suggestion;
use super::letters::{Row, SELECT};

/// Which letters of an organ are listed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Query {
    /// Those that ended, the newest first; otherwise those that wait, by their last day.
    pub closed: bool,
    /// Only in this state.
    pub state: Option<SuggestionState>,
    /// Only of this kind.
    pub kind: Option<SuggestionKind>,
    /// Only with a last day from the first to the second; none at an end that is open.
    pub due: Option<(Option<Date>, Option<Date>)>,
    /// Only with this number, here or at the hotline, whether it waits or has ended.
    pub number: Option<String>,
    /// Only of this 科室 and of no 科室; all where none is named.
    pub unit: Option<String>,
    /// After this one.
    pub after: Option<Mark>,
}

/// What an organ finds by a number: its own, or that of an order at the hotline; each by its index.
const NUMBERED: &str = "organ = $1 AND id IN (
     SELECT n.id FROM suggestion n WHERE n.number = $2
     UNION ALL
     SELECT w.id FROM suggestion w WHERE w.organ = $1 AND w.source = '12345' AND w.order_number = $2)";

/// Where a page ends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    /// The day by which the list is in order, as stored.
    pub on: String,
    /// The key.
    pub id: String,
}

/// A page of the register.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Page {
    /// Its rows.
    pub rows: Vec<Suggestion>,
    /// Where the next page begins; none at the end.
    pub next: Option<Mark>,
}

/// How many letters of an organ wait how.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, FromQueryResult)]
pub struct Tally {
    /// All that wait.
    pub open: i64,
    /// Not taken in yet.
    pub received: i64,
    /// An answer waits to be looked at.
    pub drafted: i64,
    /// The last day is over.
    pub red: i64,
    /// The last day is near, up to a day that is named.
    pub near: i64,
}

impl Query {
    fn clause(&self, organ: &str) -> (String, Vec<Value>) {
        // Who looks for a number finds it whether it waits or has ended; a state says by itself which it is, and has
        // an index of its own.
        let (begun, second): (&str, Value) = match (&self.number, self.state) {
            (Some(number), _) => (NUMBERED, number.clone().into()),
            (None, Some(state)) => ("organ = $1 AND state = $2", state.word().into()),
            (None, None) => ("organ = $1 AND open = $2", i64::from(!self.closed).into()),
        };
        let mut clause = begun.to_owned();
        let mut values: Vec<Value> = vec![organ.into(), second];
        let mut add = |text: &str, value: Value| {
            values.push(value);
            clause.push_str(&text.replace('?', &format!("${}", values.len())));
        };
        if let (Some(_), Some(state)) = (&self.number, self.state) {
            add(" AND state = ?", state.word().into());
        }
        if let Some(kind) = self.kind {
            add(" AND kind = ?", kind.word().into());
        }
        if let Some((from, to)) = self.due {
            if let Some(from) = from {
                add(" AND sort_on >= ?", from.to_string().into());
            }
            if let Some(to) = to {
                add(" AND sort_on <= ?", to.to_string().into());
            }
        }
        if let Some(unit) = &self.unit {
            add(" AND unit IN ('', ?)", unit.clone().into());
        }
        if let Some(mark) = &self.after {
            let beyond = if self.closed { "<" } else { ">" };
            // Both together: each engine then begins at that place of the index.
            add(&format!(" AND (sort_on, id) {beyond} (?"), mark.on.clone().into());
            add(", ?)", mark.id.clone().into());
        }
        (clause, values)
    }
}

impl Page {
    /// A page of so many rows.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn of(
        from: &impl Statements,
        organ: &str,
        query: &Query,
        rows: u16,
    ) -> Result<Self, StoreError> {
        let (clause, mut values) = query.clause(organ);
        let way = if query.closed { "DESC" } else { "ASC" };
        values.push((i64::from(rows) + 1).into());
        let sql = format!(
            "{SELECT} WHERE {clause} ORDER BY sort_on {way}, id {way} LIMIT ${}",
            values.len()
        );
        let found: Vec<Row> = from.all(&sql, values).await?;
        let more = found.len() > usize::from(rows);
        let mut rows_of: Vec<Suggestion> = found.into_iter().map(Suggestion::from).collect();
        rows_of.truncate(usize::from(rows));
        let next = rows_of.last().filter(|_| more).map(|last| Mark {
            on: if query.closed { last.ended_on } else { Some(last.due_on) }
                .unwrap_or(last.due_on)
                .to_string(),
            id: last.id.clone(),
        });
        Ok(Self { rows: rows_of, next })
    }
}

impl Page {
    /// Where the letters of a list stand, in its order, at most so many: read from an index alone.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn keys(
        from: &impl Statements,
        organ: &str,
        query: &Query,
        most: u16,
    ) -> Result<Vec<Mark>, StoreError> {
        #[derive(FromQueryResult)]
        struct Key {
            sort_on: String,
            id: String,
        }
        let (clause, mut values) = query.clause(organ);
        let way = if query.closed { "DESC" } else { "ASC" };
        values.push(i64::from(most).into());
        let sql = format!(
            "SELECT sort_on, id FROM suggestion WHERE {clause}
              ORDER BY sort_on {way}, id {way} LIMIT ${}",
            values.len()
        );
        let keys: Vec<Key> = from.all(&sql, values).await?;
        Ok(keys.into_iter().map(|key| Mark { on: key.sort_on, id: key.id }).collect())
    }
}

impl Tally {
    /// How many of an organ's letters wait how, of one 科室 and of none where one is named; `near` up to that day.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn of(
        from: &impl Statements,
        (organ, unit): (&str, Option<&str>),
        (today, near): (Date, Date),
    ) -> Result<Self, StoreError> {
        let count = |what: &str| {
            format!("CAST(COALESCE(SUM(CASE WHEN {what} THEN 1 ELSE 0 END), 0) AS BIGINT)")
        };
        let narrower = if unit.is_some() { " AND unit IN ('', $4)" } else { "" };
        let sql = format!(
            "SELECT COUNT(*) AS open, {} AS received, {} AS drafted, {} AS red, {} AS near
               FROM suggestion WHERE organ = $1 AND open = 1{narrower}",
            count("state = 'received'"),
            count("state = 'drafted'"),
            // Of what waits that is the last day, and it stands in the index: no letter is read to count it.
            count("sort_on < $2"),
            count("sort_on >= $2 AND sort_on <= $3"),
        );
        let mut values: Vec<Value> =
            vec![organ.into(), today.to_string().into(), near.to_string().into()];
        values.extend(unit.map(Value::from));
        Ok(from.one(&sql, values).await?.unwrap_or_default())
    }
}

impl Suggestion {
    /// What of an organ waits, by its last day; at most so many.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn waiting(
        from: &impl Statements,
        organ: &str,
        most: u16,
    ) -> Result<Vec<Self>, StoreError> {
        Ok(Page::of(from, organ, &Query::default(), most).await?.rows)
    }

    /// What of an organ somebody proposes to close without an answer, by its last day; at most so many.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn closing(
        from: &impl Statements,
        organ: &str,
        most: i64,
    ) -> Result<Vec<Self>, StoreError> {
        let sql = format!(
            "{SELECT} WHERE organ = $1 AND open = 1
                AND id IN (SELECT c.suggestion FROM suggestion_closing c)
              ORDER BY sort_on, id LIMIT $2"
        );
        let rows: Vec<Row> = from.all(&sql, vec![organ.into(), most.into()]).await?;
        Ok(rows.into_iter().map(Self::from).collect())
    }

    /// What waits of letters that were written on these sites, the longest first; at most so many. What the hotline
    /// sent was written on none.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn waiting_on(
        from: &impl Statements,
        bases: &[String],
        most: i64,
    ) -> Result<Vec<Self>, StoreError> {
        let marks: Vec<String> = (2..bases.len() + 2).map(|at| format!("${at}")).collect();
        let sql = format!(
            "{SELECT} WHERE base IN ({}) AND open = 1 AND source = 'web'
              ORDER BY received_on, id LIMIT $1",
            marks.join(", ")
        );
        let mut values: Vec<Value> = vec![most.into()];
        values.extend(bases.iter().map(|base| Value::from(base.clone())));
        let rows: Vec<Row> = from.all(&sql, values).await?;
        Ok(rows.into_iter().map(Self::from).collect())
    }

    /// What was written on these sites and first answered since a day, after the day on which it was owed, the newest
    /// answer first; at most so many.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn answered_late_on(
        from: &impl Statements,
        bases: &[String],
        since: Date,
        most: i64,
    ) -> Result<Vec<Self>, StoreError> {
        let marks: Vec<String> = (3..bases.len() + 3).map(|at| format!("${at}")).collect();
        let sql = format!(
            "{SELECT} WHERE base IN ({}) AND open = 0 AND source = 'web' AND answered_on > answer_due
                AND answered_on >= $2 ORDER BY answered_on DESC, id LIMIT $1",
            marks.join(", ")
        );
        let mut values: Vec<Value> = vec![most.into(), since.to_string().into()];
        values.extend(bases.iter().map(|base| Value::from(base.clone())));
        let rows: Vec<Row> = from.all(&sql, values).await?;
        Ok(rows.into_iter().map(Self::from).collect())
    }

    /// Letters with an answer, the newest first, with what is left of what was written; for whoever learns
    /// from them: no 举报, which name somebody. At most so many.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn answered(from: &impl Statements, most: i64) -> Result<Vec<Self>, StoreError> {
        let sql = format!(
            "{SELECT} WHERE state IN ('answered', 'settled') AND kind <> 'report' AND sealed <> ''
              ORDER BY id DESC LIMIT $1"
        );
        let rows: Vec<Row> = from.all(&sql, vec![most.into()]).await?;
        Ok(rows.into_iter().map(Self::from).collect())
    }
}
