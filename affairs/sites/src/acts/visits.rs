//! 访问量: what the door has counted is written down once an hour, and before the program ends.

use std::time::Duration;

use law::{Provision, document};
use ledger::{Actor, Entry, Ledger};
use sites_rules::SITE_GUIDELINE;
use web::{Chore, Fault, House, Later, VisitCount};

use super::ActError;
use crate::store;

const BASIS: Provision = document(SITE_GUIDELINE);

/// Once an hour.
pub const CHORE: Chore =
    Chore { name: "sites.visits", every: Duration::from_secs(3600), work: write_down };

fn write_down(house: &House) -> Later<'_, ()> {
    Box::pin(async move {
        let taken = house.visits().take();
        if let Err(error) = keep(house.ledger(), &taken).await {
            house.visits().put_back(house.page_kinds(), taken);
            return Err(Fault::inside(error));
        }
        Ok(())
    })
}

/// Writes counts down; nothing where there are none.
///
/// # Errors
/// The database refuses.
pub async fn keep(ledger: &Ledger, counts: &[VisitCount]) -> Result<(), ActError> {
    if counts.is_empty() {
        return Ok(());
    }
    let mut desk = ledger.desk(Actor::Timer).await?;
    store::visits::add(desk.change(), counts).await?;
    let times: i64 = counts.iter().map(|one| one.times).sum();
    desk.record(Entry {
        room: "sites",
        act: "visits",
        subject: "sites:visits".into(),
        organ: String::new(),
        basis: BASIS.to_string(),
        facts: serde_json::json!({ "rows": counts.len(), "times": times }),
    })
    .await?;
    Ok(desk.seal().await?)
}
