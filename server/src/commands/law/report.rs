//! Cases of kind `report`: tables 3 and 4 as printed, and which identities fail.

use reports_rules::{
    COLUMNS, Cell, RemedyCell, RemedyGroup, Row, Table3, Table4, breaches, carried_in_breaches,
};
use serde_json::{Map, Value, json};

use super::given::Given;

pub(super) fn answer(given: &Given) -> Result<Value, String> {
    let (table3, table4) = (table3(given.object("table3")?)?, table4(given.object("table4")?)?);
    let mut failed = breaches(&table3, &table4);
    if let Some(previous) = previous(given)? {
        failed.extend(carried_in_breaches(&table3, &previous));
    }
    Ok(json!({"failed": failed}))
}

/// The last row of the report of the year before, where given.
pub(super) fn previous(given: &Given) -> Result<Option<[Cell; COLUMNS]>, String> {
    if given.maybe("previous_r25").is_none() {
        return Ok(None);
    }
    let cells: Vec<Cell> = given.list("previous_r25")?.iter().map(cell).collect();
    let cells = cells.try_into().map_err(|_| format!("的 previous_r25 应当有 {COLUMNS} 格"))?;
    Ok(Some(cells))
}

fn table3(given: &Map<String, Value>) -> Result<Table3, String> {
    nothing_else("table3", given, |name| Row::named(name).is_some())?;
    let mut table = Table3::default();
    for row in Row::all() {
        let cells = cells(("table3", &row.name()), given, COLUMNS)?;
        for (column, value) in cells.iter().enumerate() {
            table.set(row, column, cell(value));
        }
    }
    Ok(table)
}

fn table4(given: &Map<String, Value>) -> Result<Table4, String> {
    let known = |name: &str| RemedyGroup::ALL.iter().any(|group| group.word() == name);
    nothing_else("table4", given, known)?;
    let mut table = Table4::default();
    for group in RemedyGroup::ALL {
        let cells = cells(("table4", group.word()), given, RemedyCell::ALL.len())?;
        for (place, value) in RemedyCell::ALL.into_iter().zip(cells) {
            table.set(group, place, cell(value));
        }
    }
    Ok(table)
}

fn nothing_else(
    table: &str,
    given: &Map<String, Value>,
    known: impl Fn(&str) -> bool,
) -> Result<(), String> {
    let stranger = given.keys().find(|name| !known(name));
    stranger.map_or(Ok(()), |name| Err(format!("的 {table} 没有 {name} 这一行")))
}

/// The cells of a row, which must all be there: a cell may be blank, a row may not be left out.
fn cells<'given>(
    (table, name): (&str, &str),
    given: &'given Map<String, Value>,
    wanted: usize,
) -> Result<&'given [Value], String> {
    let row = given.get(name).ok_or_else(|| format!("的 {table} 缺 {name} 这一行"))?;
    let cells = row.as_array().filter(|cells| cells.len() == wanted);
    cells.map(Vec::as_slice).ok_or_else(|| format!("的 {table} 的 {name} 应当有 {wanted} 格"))
}

/// What stands in a cell.
fn cell(value: &Value) -> Cell {
    match value {
        Value::Null => Cell::Blank,
        Value::String(text) => Cell::read(text),
        other => Cell::read(&other.to_string()),
    }
}
