//! Putting rows down.

use law::Date;
use store::{StoreError, Transaction, Value};

/// A row on its way into a table: columns and what goes into them.
pub(crate) type Columns = Vec<(&'static str, Value)>;

/// Adds one row.
pub(crate) async fn add(
    change: &Transaction,
    table: &'static str,
    columns: Columns,
) -> Result<(), StoreError> {
    let (names, values) = columns.into_iter().unzip::<_, _, Vec<_>, Vec<_>>();
    change.insert(table, &names, vec![values]).await
}

/// A day that may be missing, as it is stored.
pub(crate) fn stored(day: Option<Date>) -> Value {
    day.map(|day| day.to_string()).into()
}

/// A stored day that may be missing.
pub(crate) fn day(text: &Option<String>) -> Option<Date> {
    text.as_deref().and_then(|text| text.parse().ok())
}

/// A stored day that is always there; what cannot be read sorts before everything.
pub(crate) fn known_day(text: &str) -> Date {
    text.parse().unwrap_or(Date::MIN)
}

/// A new key; keys sort in order of time.
pub(crate) fn new_key() -> String {
    uuid::Uuid::now_v7().to_string()
}

/// A word of the rules as they write it, for a column: `third_party`.
pub(crate) fn word<T: serde::Serialize>(value: T) -> String {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(word)) => word,
        _ => String::new(),
    }
}

/// The rules' value of a word.
pub(crate) fn read<T: serde::de::DeserializeOwned>(word: &str) -> Option<T> {
    serde_json::from_value(serde_json::Value::String(word.to_owned())).ok()
}

/// What stands in a JSON column.
pub(crate) fn parsed<T: serde::de::DeserializeOwned + Default>(text: &str) -> T {
    serde_json::from_str(text).unwrap_or_default()
}
