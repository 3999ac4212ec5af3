//! What people looked for and did not find, as the ledger tells of it.

use ledger::{Event, day_in_china};
use serde::Deserialize;
use store::Transaction;
use web::{Fault, House, Later, Listener, Wanted};

use crate::store::Wish;

/// Who hears of it. The counts go in with the mark that they were heard, so they are added once.
pub const LISTENERS: &[Listener] =
    &[Listener { name: "catalogue.wishes", acts: &["sites.unmet"], hear }];

#[derive(Deserialize)]
struct Told {
    wanted: Vec<Wanted>,
}

fn hear<'a>(_: &'a House, event: &'a Event, change: &'a Transaction) -> Later<'a, ()> {
    Box::pin(async move {
        let told: Told = serde_json::from_value(event.facts.clone()).map_err(Fault::inside)?;
        let day = day_in_china(event.happened_at).to_string();
        Ok(Wish::add(change, &told.wanted, &day).await?)
    })
}
