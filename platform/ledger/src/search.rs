//! Looking through the entries: by day, act, organ and person, the newest first.

use law::Date;
use store::{Statements, StoreError, Value, moment};

use crate::clock::start_of_day;
use crate::event::{COLUMNS, EventRow};
use crate::{Event, Ledger};

/// Which entries are asked for; what is empty is not looked at.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Search {
    /// From this day in China.
    pub from: Option<Date>,
    /// Up to and including this day.
    pub until: Option<Date>,
    /// The room.
    pub room: String,
    /// The act.
    pub act: String,
    /// The organs in whose name; any one of them.
    pub organs: Vec<String>,
    /// The natural persons who acted; any one of them.
    pub persons: Vec<String>,
    /// Only entries before the one with this number.
    pub before: Option<i64>,
    /// At most so many.
    pub most: i64,
}

impl Ledger {
    /// The entries that fit, the newest first.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn search(&self, asked: &Search) -> Result<Vec<Event>, StoreError> {
        let mut conditions: Vec<String> = Vec::new();
        let mut values: Vec<Value> = Vec::new();
        let mut add = |text: &str, wanted: Vec<Value>| {
            let first = values.len() + 1;
            let marks: Vec<_> = (first..first + wanted.len()).map(|at| format!("${at}")).collect();
            values.extend(wanted);
            conditions.push(text.replace('?', &marks.join(", ")));
        };
        if let Some(from) = asked.from {
            add("happened_at >= ?", vec![moment(start_of_day(from)).into()]);
        }
        if let Some(after) = asked.until.and_then(|day| day.tomorrow().ok()) {
            add("happened_at < ?", vec![moment(start_of_day(after)).into()]);
        }
        for (column, wanted) in [("room = ?", &asked.room), ("act = ?", &asked.act)] {
            if !wanted.is_empty() {
                add(column, vec![wanted.clone().into()]);
            }
        }
        let persons = asked.persons.iter().map(|id| format!("person:{id}")).collect();
        for (column, wanted) in [("organ IN (?)", asked.organs.clone()), ("actor IN (?)", persons)]
        {
            if !wanted.is_empty() {
                add(column, wanted.into_iter().map(Value::from).collect());
            }
        }
        if let Some(before) = asked.before {
            add("seq < ?", vec![before.into()]);
        }
        let wanted = match conditions.as_slice() {
            [] => String::new(),
            all => format!("WHERE {}", all.join(" AND ")),
        };
        values.push(asked.most.into());
        let sql = format!(
            "SELECT {COLUMNS} FROM ledger_event {wanted} ORDER BY seq DESC LIMIT ${}",
            values.len()
        );
        let rows: Vec<EventRow> = self.store().all(&sql, values).await?;
        Ok(rows.into_iter().map(Event::from).collect())
    }
}
