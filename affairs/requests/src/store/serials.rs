//! 编号: the serials of requests and of their letters, one row for each organ, word and year.

use store::{Statements, StoreError, Transaction};

/// Takes the next serial. The row stays held until the act is sealed or dropped: who comes next waits, and
/// if the act is dropped the serial is free again, so none is left out.
const NEXT: &str = "
INSERT INTO request_serial (organ, word, year, last) VALUES ($1, $2, $3, 1)
ON CONFLICT (organ, word, year) DO UPDATE SET last = request_serial.last + 1
RETURNING last";

/// The next serial of an organ's year, from 1.
pub(crate) async fn next(
    change: &Transaction,
    organ: &str,
    word: &str,
    year: i16,
) -> Result<i64, StoreError> {
    let values = vec![organ.into(), word.into(), i64::from(year).into()];
    change.number(NEXT, values).await?.ok_or(StoreError::Silent)
}

/// The number of a request: organ, year, serial.
pub(crate) fn request_number(organ: &str, year: i16, serial: i64) -> String {
    format!("{organ}-{year}-{serial:05}")
}

/// The number of a letter, before which a page sets the organ's 机关代字: 答复〔2026〕1号.
pub(crate) fn letter_number(word: &str, year: i16, serial: i64) -> String {
    format!("{word}〔{year}〕{serial}号")
}
