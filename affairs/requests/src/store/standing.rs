//! 台账上的期限: how many requests stand, written in few statements.

use std::collections::BTreeMap;

use law::{Counted, Date};
use store::{FromQueryResult, Statements, StoreError, Transaction, Value};

use super::case::Projection;
use super::filings::FilingState;
use super::writing::{day, stored};

/// How one request stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Stood {
    pub request: String,
    pub projection: Projection,
}

/// What the register shows of an open request, as far as a calendar moves it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Shown {
    pub state: Option<FilingState>,
    pub due: Option<Counted>,
    pub next_on: Option<Date>,
}

#[derive(FromQueryResult)]
struct Due {
    id: String,
    state: String,
    due_on: Option<String>,
    provisional: i64,
    next_on: Option<String>,
}

/// Whether any open request stands otherwise by that day.
pub(crate) async fn is_any_due(from: &impl Statements, on: Date) -> Result<bool, StoreError> {
    let sql = "SELECT COUNT(*) FROM request WHERE next_on <= $1 AND open = 1";
    let due = from.number(sql, vec![on.to_string().into()]).await?;
    Ok(due.unwrap_or_default() > 0)
}

/// What the register shows of all open requests.
pub(crate) async fn shown(from: &impl Statements) -> Result<BTreeMap<String, Shown>, StoreError> {
    let sql = "SELECT id, state, due_on, provisional, next_on FROM request WHERE open = 1";
    let rows: Vec<Due> = from.all(sql, vec![]).await?;
    let shown = |row: Due| {
        let due = day(&row.due_on);
        let due = due.map(|date| Counted { date, provisional: row.provisional != 0 });
        let state = FilingState::of(&row.state);
        (row.id, Shown { state, due, next_on: day(&row.next_on) })
    };
    Ok(rows.into_iter().map(shown).collect())
}

impl Stood {
    /// Whether the register shows something else.
    pub(crate) fn differs(&self, from: Option<&Shown>) -> bool {
        let told = &self.projection;
        let now = Shown { state: Some(told.state), due: told.due, next_on: told.next_on };
        from != Some(&now)
    }
}

/// How many requests one statement changes.
const AT_ONCE: usize = 400;

/// Writes how they stand; both engines call the columns of a list of values `column1`, `column2` ….
pub(crate) async fn keep_all(change: &Transaction, told: &[Stood]) -> Result<(), StoreError> {
    for some in told.chunks(AT_ONCE) {
        let mut values: Vec<Value> = Vec::with_capacity(some.len() * 6);
        let mut rows = Vec::with_capacity(some.len());
        for one in some {
            let at = values.len();
            let marks: Vec<_> = (at + 1..=at + 6).map(|at| format!("${at}")).collect();
            rows.push(format!("({})", marks.join(", ")));
            let told = &one.projection;
            values.extend([
                one.request.clone().into(),
                told.state.word().into(),
                stored(told.due.map(|due| due.date)),
                i64::from(told.due.is_some_and(|due| due.provisional)).to_string().into(),
                stored(told.next_on),
                told.sort_on(None).to_string().into(),
            ]);
        }
        let sql = format!(
            "UPDATE request SET state = v.column2, due_on = v.column3,
                    provisional = CAST(v.column4 AS BIGINT), next_on = v.column5, sort_on = v.column6
               FROM (VALUES {}) AS v
              WHERE request.id = v.column1 AND request.open = 1",
            rows.join(", ")
        );
        change.run(&sql, values).await?;
    }
    Ok(())
}
