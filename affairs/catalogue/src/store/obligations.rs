//! 公开义务 as last computed, and what they are computed from.

mod inputs;
mod keeping;
mod measures;
mod occurrences;
mod publications;
mod waivers;

use catalogue_rules::obligation::{ObligationState, Trigger};
use law::Date;
use serde::Serialize;
use store::{FromQueryResult, Statements, StoreError, Value};

pub(crate) use inputs::{Bodies, known, lies_in};
pub use inputs::{Inputs, Scope};
pub use keeping::{Renewed, keep};
pub use measures::{Measure, measures};
pub use occurrences::{EventLine, NewEvent};
pub use publications::{catch_up, take_in, take_in_anew, take_out};
pub use waivers::Waiver;

/// One 公开义务 as last computed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Obligation {
    /// Its key.
    pub id: String,
    /// The catalogue that asks for it.
    pub catalogue: String,
    /// The division of the organ.
    pub division: String,
    /// The domain's slug.
    pub domain: String,
    /// The item's key.
    pub item: String,
    /// The organ that owes it.
    pub organ: String,
    /// What set it off.
    pub trigger: Trigger,
    /// The day it arose.
    pub arose_on: Date,
    /// The last day in time; `None` where the limit's words set none.
    pub due_on: Option<Date>,
    /// Whether that day rests on a calendar not yet issued.
    pub provisional: bool,
    /// The day of publication that counts.
    pub kept_on: Option<Date>,
    /// The record that kept it.
    pub record: Option<String>,
    /// Whether `kept_on` is what a source states (docs/readings/018).
    pub stated: bool,
    /// How it stood on the day it was computed.
    pub state: ObligationState,
}

#[derive(FromQueryResult)]
struct ObligationRow {
    id: String,
    catalogue: String,
    division: String,
    domain: String,
    item: String,
    organ: String,
    trigger_key: String,
    arose_on: String,
    due_on: Option<String>,
    provisional: i64,
    kept_on: Option<String>,
    record: Option<String>,
    stated: i64,
    state: String,
}

const COLUMNS: &str = "id, catalogue, division, domain, item, organ, trigger_key, arose_on, due_on,
    provisional, kept_on, record, stated, state";

impl From<ObligationRow> for Obligation {
    fn from(row: ObligationRow) -> Self {
        let day = |text: Option<String>| text.and_then(|text| text.parse().ok());
        Self {
            trigger: Trigger::parse(&row.trigger_key).unwrap_or(Trigger::Record(String::new())),
            arose_on: row.arose_on.parse().unwrap_or_default(),
            due_on: day(row.due_on),
            provisional: row.provisional != 0,
            kept_on: day(row.kept_on),
            stated: row.stated != 0,
            state: ObligationState::parse(&row.state).unwrap_or(ObligationState::Undated),
            id: row.id,
            catalogue: row.catalogue,
            division: row.division,
            domain: row.domain,
            item: row.item,
            organ: row.organ,
            record: row.record,
        }
    }
}

impl From<catalogue_rules::obligation::Obligation> for Obligation {
    fn from(owed: catalogue_rules::obligation::Obligation) -> Self {
        let (kept_on, record, stated) = match owed.kept {
            Some(kept) => (Some(kept.on), Some(kept.record), kept.stated),
            None => (None, None, false),
        };
        Self {
            id: owed.id,
            catalogue: owed.catalogue,
            division: owed.division,
            domain: owed.domain,
            item: owed.item,
            organ: owed.organ,
            trigger: owed.trigger,
            arose_on: owed.arose_on,
            due_on: owed.due.map(|due| due.date),
            provisional: owed.due.is_some_and(|due| due.provisional),
            kept_on,
            record,
            stated,
            state: owed.state,
        }
    }
}

/// Where a list of obligations goes on: behind this due day and key. What has no due day comes last.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    /// The due day of the last one shown, ISO; [`Mark::NEVER`] where it has none.
    pub due_on: String,
    /// Its key.
    pub id: String,
}

/// How many obligations of an organ in a domain stand in one state.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub struct Tally {
    /// The organ's code.
    pub organ: String,
    /// Its division.
    pub division: String,
    /// The domain's slug.
    pub domain: String,
    /// The state's word ([`ObligationState::word`]).
    pub state: String,
    /// How many.
    pub number: i64,
}

impl Mark {
    /// Stands for the due day of what has none.
    pub const NEVER: &'static str = "9999-12-31";
}

impl Obligation {
    /// The mark behind this one.
    pub fn mark(&self) -> Mark {
        let due_on = self.due_on.map_or_else(|| Mark::NEVER.to_owned(), |day| day.to_string());
        Mark { due_on, id: self.id.clone() }
    }

    /// One by its key.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn find(from: &impl Statements, id: &str) -> Result<Option<Self>, StoreError> {
        let sql = format!("SELECT {COLUMNS} FROM obligation WHERE id = $1");
        let row: Option<ObligationRow> = from.one(&sql, vec![id.into()]).await?;
        Ok(row.map(Self::from))
    }

    /// Those of an item that organs of exactly this division owe, what is due next first and what is
    /// settled behind it, newest first.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn of_item(
        from: &impl Statements,
        division: &str,
        domain: &str,
        item: &str,
    ) -> Result<Vec<Self>, StoreError> {
        let sql = format!(
            "SELECT {COLUMNS} FROM obligation
              WHERE domain = $1 AND division = $2 AND item = $3 ORDER BY arose_on, id"
        );
        let values = vec![domain.into(), division.into(), item.into()];
        let rows: Vec<ObligationRow> = from.all(&sql, values).await?;
        let mut owed: Vec<Self> = rows.into_iter().map(Self::from).collect();
        owed.sort_by_key(|one| match one.is_open() {
            true => (false, one.due_on.map_or(i64::MAX, number), 0),
            false => (true, 0, -number(one.arose_on)),
        });
        Ok(owed)
    }

    /// Those of an item in a whole range of divisions (a city with its districts and towns), what
    /// is due first first; at most `most`.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn of_item_within(
        from: &impl Statements,
        (low, high): (&str, &str),
        domain: &str,
        item: &str,
        most: i64,
    ) -> Result<Vec<Self>, StoreError> {
        let sql = format!(
            "SELECT {COLUMNS} FROM obligation
              WHERE domain = $1 AND division BETWEEN $2 AND $3 AND item = $4
              ORDER BY coalesce(due_on, '9999-12-31'), id LIMIT $5"
        );
        let values = vec![domain.into(), low.into(), high.into(), item.into(), most.into()];
        let rows: Vec<ObligationRow> = from.all(&sql, values).await?;
        Ok(rows.into_iter().map(Self::from).collect())
    }

    /// Those of an organ in some states (all, where none is named), what is due first first, from
    /// behind a mark on; at most `most`.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn of_organ(
        from: &impl Statements,
        organ: &str,
        states: &[ObligationState],
        after: Option<&Mark>,
        most: i64,
    ) -> Result<Vec<Self>, StoreError> {
        Self::listed(from, Some(organ), states, after, most).await
    }

    /// The same of one organ or of all.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn listed(
        from: &impl Statements,
        organ: Option<&str>,
        states: &[ObligationState],
        after: Option<&Mark>,
        most: i64,
    ) -> Result<Vec<Self>, StoreError> {
        let mut values: Vec<Value> = Vec::new();
        let mut wanted = vec!["1 = 1".to_owned()];
        let mut bind = |value: Value| {
            values.push(value);
            format!("${}", values.len())
        };
        wanted.extend(organ.map(|organ| format!("organ = {}", bind(organ.into()))));
        if !states.is_empty() {
            let marks: Vec<_> = states.iter().map(|state| bind(state.word().into())).collect();
            wanted.push(format!("state IN ({})", marks.join(", ")));
        }
        if let Some(mark) = after {
            let (day, id) = (bind(mark.due_on.clone().into()), bind(mark.id.clone().into()));
            wanted.push(format!(
                "(coalesce(due_on, '9999-12-31') > {day}
                  OR (coalesce(due_on, '9999-12-31') = {day} AND id > {id}))"
            ));
        }
        let most = bind(most.into());
        let sql = format!(
            "SELECT {COLUMNS} FROM obligation WHERE {}
              ORDER BY coalesce(due_on, '9999-12-31'), id LIMIT {most}",
            wanted.join(" AND ")
        );
        let rows: Vec<ObligationRow> = from.all(&sql, values).await?;
        Ok(rows.into_iter().map(Self::from).collect())
    }

    /// How many stand where, by organ and domain, in a range of divisions.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn tally(
        from: &impl Statements,
        (low, high): (&str, &str),
    ) -> Result<Vec<Tally>, StoreError> {
        let sql = "SELECT organ, division, domain, state, number FROM obligation_tally
                    WHERE division BETWEEN $1 AND $2 ORDER BY division, domain, organ, state";
        from.all(sql, vec![low.into(), high.into()]).await
    }

    /// Whether something is still to be published.
    pub fn is_open(&self) -> bool {
        let open = [ObligationState::NotDue, ObligationState::DueSoon, ObligationState::Overdue];
        open.contains(&self.state)
            || (self.state == ObligationState::Undated && self.kept_on.is_none())
    }
}

/// Days as numbers, to be put in either order.
fn number(day: Date) -> i64 {
    i64::from(day.year()) * 372 + i64::from(day.month()) * 31 + i64::from(day.day())
}
