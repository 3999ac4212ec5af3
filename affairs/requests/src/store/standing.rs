//! 台账上的期限: how many requests stand, written in few statements.

use std::collections::{BTreeMap, BTreeSet};

use law::{Counted, Date};
use store::{FromQueryResult, Statements, StoreError, Transaction, Value};

use super::case::Projection;
use super::filings::FilingState;
use super::writing::{day, stored};

/// How one request stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Stood {
    pub request: String,
    /// Of the file that was counted.
    pub revision: i64,
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

/// The revisions of all open requests. Read before their events: what happens in between is then noticed
/// when they are written.
pub(crate) async fn revisions(from: &impl Statements) -> Result<BTreeMap<String, i64>, StoreError> {
    #[derive(FromQueryResult)]
    struct Revised {
        id: String,
        revision: i64,
    }
    let rows: Vec<Revised> =
        from.all("SELECT id, revision FROM request WHERE open = 1", vec![]).await?;
    Ok(rows.into_iter().map(|row| (row.id, row.revision)).collect())
}

/// Holds requests until the transaction ends.
pub(crate) async fn hold_all(
    change: &Transaction,
    requests: &BTreeSet<String>,
) -> Result<(), StoreError> {
    let requests: Vec<&String> = requests.iter().collect();
    for some in requests.chunks(AT_ONCE) {
        let marks: Vec<_> = (1..=some.len()).map(|at| format!("${at}")).collect();
        let sql =
            format!("UPDATE request SET revision = revision WHERE id IN ({})", marks.join(", "));
        change.run(&sql, some.iter().map(|id| id.as_str().into()).collect()).await?;
    }
    Ok(())
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

/// How many values one request has in it.
const COLUMNS: usize = 7;

/// Writes how they stand, those alone that lie as they were counted; answers the keys of the others, to which
/// something happened meanwhile and which are counted anew. Both engines call the columns of a list of values `column1`, `column2` ….
pub(crate) async fn keep_all(
    change: &Transaction,
    told: &[Stood],
) -> Result<BTreeSet<String>, StoreError> {
    let mut missed = BTreeSet::new();
    for some in told.chunks(AT_ONCE) {
        let mut values: Vec<Value> = Vec::with_capacity(some.len() * COLUMNS);
        for one in some {
            let told = &one.projection;
            values.extend([
                one.request.clone().into(),
                told.state.word().into(),
                stored(told.due.map(|due| due.date)),
                i64::from(told.due.is_some_and(|due| due.provisional)).to_string().into(),
                stored(told.next_on),
                told.sort_on(None).to_string().into(),
                one.revision.to_string().into(),
            ]);
        }
        let rows = change.rows_text(some.len(), COLUMNS);
        let sql = format!(
            "UPDATE request SET state = v.column2, due_on = v.column3,
                    provisional = CAST(v.column4 AS BIGINT), next_on = v.column5, sort_on = v.column6
               FROM (VALUES {rows}) AS v
              WHERE request.id = v.column1 AND request.open = 1
                AND request.revision = CAST(v.column7 AS BIGINT)"
        );
        let written = change.run(&sql, values.clone()).await?;
        if written < u64::try_from(some.len()).unwrap_or(u64::MAX) {
            missed.extend(moved_on(change, &rows, values).await?);
        }
    }
    Ok(missed)
}

/// Those of a list that do not lie as they were counted. What was written does: it is held until the end.
async fn moved_on(
    change: &Transaction,
    rows: &str,
    values: Vec<Value>,
) -> Result<Vec<String>, StoreError> {
    #[derive(FromQueryResult)]
    struct Key {
        id: String,
    }
    let sql = format!(
        "SELECT request.id FROM request JOIN (VALUES {rows}) AS v ON request.id = v.column1
          WHERE request.open = 0 OR request.revision <> CAST(v.column7 AS BIGINT)"
    );
    let found: Vec<Key> = change.all(&sql, values).await?;
    Ok(found.into_iter().map(|key| key.id).collect())
}
