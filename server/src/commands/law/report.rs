//! Cases of kind `report`: tables 3 and 4 as printed, and which identities fail.

use std::collections::BTreeMap;

use reports_rules::{
    COLUMNS, Cell, RemedyCell, RemedyGroup, Row, Table3, Table4, breaches, carried_in_breaches,
};
use serde::Deserialize;
use serde_json::{Value, json};

/// What is given.
#[derive(Deserialize)]
struct Case {
    table3: BTreeMap<String, Vec<Value>>,
    table4: BTreeMap<RemedyGroup, Vec<Value>>,
    previous_r25: Option<Vec<Value>>,
}

pub(super) fn answer(case: &Value) -> Result<Value, String> {
    let case = Case::deserialize(case).map_err(|error| format!("写得不全: {error}"))?;
    let (table3, table4) = (table3(&case.table3)?, table4(&case.table4)?);
    let mut failed = breaches(&table3, &table4);
    if let Some(previous) = previous(case.previous_r25.as_deref())? {
        failed.extend(carried_in_breaches(&table3, &previous));
    }
    Ok(json!({"failed": failed}))
}

/// The last row of the report of the year before, where given.
pub(super) fn previous(given: Option<&[Value]>) -> Result<Option<[Cell; COLUMNS]>, String> {
    let Some(given) = given else { return Ok(None) };
    let cells: Vec<Cell> = given.iter().map(cell).collect();
    let cells = cells.try_into().map_err(|_| format!("的 previous_r25 应当有 {COLUMNS} 格"))?;
    Ok(Some(cells))
}

fn table3(given: &BTreeMap<String, Vec<Value>>) -> Result<Table3, String> {
    let mut table = Table3::default();
    for (name, cells) in given {
        let row = Row::named(name).ok_or_else(|| format!("的 table3 没有 {name} 这一行"))?;
        if cells.len() != COLUMNS {
            return Err(format!("的 {name} 应当有 {COLUMNS} 格"));
        }
        for (column, value) in cells.iter().enumerate() {
            table.set(row, column, cell(value));
        }
    }
    Ok(table)
}

fn table4(given: &BTreeMap<RemedyGroup, Vec<Value>>) -> Result<Table4, String> {
    let mut table = Table4::default();
    for (group, cells) in given {
        if cells.len() != RemedyCell::ALL.len() {
            return Err(format!("的 {} 应当有 {} 格", group.word(), RemedyCell::ALL.len()));
        }
        for (place, value) in RemedyCell::ALL.into_iter().zip(cells) {
            table.set(*group, place, cell(value));
        }
    }
    Ok(table)
}

/// What stands in a cell.
fn cell(value: &Value) -> Cell {
    match value {
        Value::Null => Cell::Blank,
        Value::String(text) => Cell::read(text),
        other => Cell::read(&other.to_string()),
    }
}
