//! Lists of published information for whoever shows them.

use std::collections::HashMap;

use law::Date;
use web::{Ask, By, CountedRow, Gone, House, Later, Listing, Rows, Tally};

use crate::store::{Page, Turn, taken_down, tally};

/// What was published, as lists.
pub(crate) struct Published;

/// Rows of a page where the asker does not say how many.
const USUAL: usize = 20;

/// Rows of a page at most.
const MOST: usize = 100;

impl Listing for Published {
    fn rows<'a>(&'a self, house: &'a House, ask: &'a Ask) -> Later<'a, Rows> {
        Box::pin(async move {
            let turn = match &ask.after {
                Some(mark) => Turn::after(mark)?,
                None => Turn::Start,
            };
            let limit = if ask.limit == 0 { USUAL } else { usize::from(ask.limit).min(MOST) };
            let today = house.ledger().clock().today();
            let page = Page::at(house.store(), ask, &turn, limit, today).await?;
            Ok(Rows {
                rows: page.rows.into_iter().map(|listed| listed.row).collect(),
                next: page.next.map(|mark| mark.to_string()),
            })
        })
    }

    fn tally<'a>(
        &'a self,
        house: &'a House,
        ask: &'a Ask,
        by: By,
    ) -> Later<'a, HashMap<String, Tally>> {
        Box::pin(async move {
            let today = house.ledger().clock().today();
            let rows = house.counted(tally(ask, by, today)).await?;
            let told = |row: &CountedRow| {
                (row.key.clone(), Tally { count: row.count, latest: row.latest.clone() })
            };
            Ok(rows.iter().map(told).collect())
        })
    }

    fn gone<'a>(&'a self, house: &'a House, ask: &'a Ask, since: Date) -> Later<'a, Vec<Gone>> {
        Box::pin(async move {
            let today = house.ledger().clock().today();
            Ok(taken_down(house.store(), ask, since, today).await?)
        })
    }
}
