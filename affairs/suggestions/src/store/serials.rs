//! 编号: the last number of each kind in a year.

use std::collections::BTreeSet;

use store::{Statements, StoreError, Transaction, Value};
use suggestions_rules::SuggestionKind;

/// Holds the numbers of these kinds until the act is sealed. Everybody who takes numbers of several kinds holds them
/// first, and in the same order, so that nobody waits for somebody who waits for him.
pub(crate) async fn hold_serials(
    change: &Transaction,
    kinds: &[SuggestionKind],
    year: i16,
) -> Result<(), StoreError> {
    let words: BTreeSet<&'static str> = kinds.iter().map(|kind| kind.word()).collect();
    for word in words {
        take(change, (word, year), 0).await?;
    }
    Ok(())
}

/// The first of so many next numbers of a kind and a year; the row is held until the act is sealed.
pub(crate) async fn next_serials(
    change: &Transaction,
    (kind, year): (SuggestionKind, i16),
    many: i64,
) -> Result<i64, StoreError> {
    Ok(take(change, (kind.word(), year), many).await? - many + 1)
}

/// The last number of a kind and a year once so many more are taken.
async fn take(
    change: &Transaction,
    (kind, year): (&'static str, i16),
    many: i64,
) -> Result<i64, StoreError> {
    let sql = "INSERT INTO suggestion_serial (kind, year, last) VALUES ($1, $2, $3)
               ON CONFLICT (kind, year) DO UPDATE SET last = suggestion_serial.last + excluded.last
               RETURNING last";
    let values: Vec<Value> = vec![kind.into(), i64::from(year).into(), many.into()];
    change.number(sql, values).await?.ok_or(StoreError::Silent)
}
