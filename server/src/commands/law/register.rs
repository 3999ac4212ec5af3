//! Cases of kind `register`: a register of requests, and the tables 3 and 4 it makes.

use reports_rules::{
    RegisterEntry, RemedyGroup, ReportYear, breaches, carried_in_breaches, derive,
};
use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::report::previous;

/// What is given.
#[derive(Deserialize)]
struct Case {
    year: i16,
    requests: Vec<RegisterEntry>,
    previous_r25: Option<Vec<Value>>,
}

pub(super) fn answer(case: &Value) -> Result<Value, String> {
    let case = Case::deserialize(case).map_err(|error| format!("写得不全: {error}"))?;
    let derived = derive(&case.requests, ReportYear::new(case.year));
    let mut failed = breaches(&derived.table3, &derived.table4);
    failed.extend(derived.unplaced);
    if let Some(previous) = previous(case.previous_r25.as_deref())? {
        failed.extend(carried_in_breaches(&derived.table3, &previous));
    }
    let table4 =
        RemedyGroup::ALL.map(|group| (group.word().to_owned(), json!(derived.table4.group(group))));
    Ok(json!({
        "table3": derived.table3, "table4": Map::from_iter(table4), "failed": failed,
    }))
}
