//! The serials of index numbers, one row for each organ and year.

use ledger::Desk;
use store::{Statements, StoreError};

/// The serials of one organ's index numbers of one year.
#[derive(Debug, Clone)]
pub(crate) struct Serial {
    organ: String,
    year: i64,
}

/// Takes the next serial. The row stays held until the act is sealed or dropped: who comes next
/// waits, and if the act is dropped the serial is free again.
const NEXT: &str = "
INSERT INTO record_serial (organ, year, last) VALUES ($1, $2, 1)
ON CONFLICT (organ, year) DO UPDATE SET last = record_serial.last + 1
RETURNING last";

/// Notes a serial that was given elsewhere, so that the next one is beyond it.
const REACH: &str = "
INSERT INTO record_serial (organ, year, last) VALUES ($1, $2, $3)
ON CONFLICT (organ, year) DO UPDATE
   SET last = CASE WHEN record_serial.last < excluded.last THEN excluded.last
                   ELSE record_serial.last END";

impl Serial {
    pub(crate) fn of(organ: &str, year: u16) -> Self {
        Self { organ: organ.to_owned(), year: i64::from(year) }
    }

    /// The next serial, from 1.
    pub(crate) async fn next(&self, desk: &Desk) -> Result<u32, StoreError> {
        let values = vec![self.organ.clone().into(), self.year.into()];
        let next = desk.change().number(NEXT, values).await?.ok_or(StoreError::Silent)?;
        Ok(u32::try_from(next).unwrap_or(u32::MAX))
    }

    /// Says that `serial` is taken.
    pub(crate) async fn reach(&self, desk: &Desk, serial: u32) -> Result<(), StoreError> {
        let values = vec![self.organ.clone().into(), self.year.into(), i64::from(serial).into()];
        desk.change().run(REACH, values).await?;
        Ok(())
    }
}
