//! What of the register a clerk may look for at the workbench: numbers and titles, never names.

use ::identity::powers::{Condition, Tie};
use web::workbench::{DeskHit, DeskSearch, MOST_FOUND};
use web::{Clerk, Fault, House, Later};

use super::list::state_tag;
use super::{LIST, titled};
use crate::store::{Page, Query};

/// Offered to the house.
pub(crate) const SEARCH: DeskSearch = DeskSearch { find };

fn find<'a>(house: &'a House, clerk: &'a Clerk, wanted: &'a str) -> Later<'a, Vec<DeskHit>> {
    Box::pin(requests(house, clerk, wanted))
}

async fn requests(house: &House, clerk: &Clerk, wanted: &str) -> Result<Vec<DeskHit>, Fault> {
    let tie = Tie::to(&clerk.organ.code).holding([Condition::Masked]);
    if clerk.may("foi.read_list", &tie).is_err() {
        return Ok(Vec::new());
    }
    let today = house.ledger().clock().today();
    let rows = u16::try_from(MOST_FOUND).unwrap_or(u16::MAX);
    let mut hits = Vec::new();
    for closed in [false, true] {
        let words = Some(wanted.to_owned());
        let query = Query { closed, words, ..Query::default() };
        let page = Page::of(house.store(), &clerk.organ.code, &query, rows).await?;
        hits.extend(page.lines.iter().map(|filing| DeskHit {
            kind: "申请",
            title: titled(filing),
            detail: filing.number.clone(),
            tag: state_tag(filing, today),
            path: format!("{LIST}/{}", filing.id),
        }));
    }
    hits.truncate(MOST_FOUND);
    Ok(hits)
}
