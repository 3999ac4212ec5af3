//! 待核对的工单表格: a table that was looked at waits, sealed, until the same person takes it in or its time is up. No
//! page carries it.

use std::time::Duration;

use jiff::SignedDuration;
use law::{Provision, article};
use ledger::{Actor, Desk, Entry, Ledger};
use secrets::Sealer;
use serde_json::json;
use store::moment;
use suggestions_rules::UNIFIED_ENTRANCE;
use web::{Chore, Fault};

use super::ActError;
use super::order_intake::{self, IntakeError, Reception, Taken};
use crate::orders::Order;
use crate::store::OrderTableKept;

/// A table waits so long: a decision of ours.
const KEPT: SignedDuration = SignedDuration::from_hours(1);

/// 个人信息保护法第十九条: kept no longer than it is needed.
const BASIS: Provision = article("个人信息保护法", 19);

/// Every quarter of an hour.
pub const CHORE: Chore = Chore {
    name: "suggestions.order_tables",
    every: Duration::from_secs(900),
    work: |house| Box::pin(async move { forget(house.ledger()).await.map_err(Fault::inside) }),
};

/// Keeps a table that a person sent for an organ, in place of one he sent before; says its key.
///
/// # Errors
/// The keys cannot be used, or the database refuses.
pub async fn keep(
    mut desk: Desk,
    sealer: &Sealer,
    (organ, person): (&str, &str),
    (text, orders): (&str, usize),
) -> Result<String, ActError> {
    let until = moment(desk.now().checked_add(KEPT).unwrap_or(desk.now()));
    let kept = (text, until.as_str());
    let id = OrderTableKept::add(desk.change(), sealer, (organ, person), kept).await?;
    desk.record(told("order_table", organ, UNIFIED_ENTRANCE, json!({ "orders": orders }))).await?;
    desk.seal().await?;
    Ok(id)
}

/// Takes in the orders of a table that waited; it waits no longer then.
///
/// # Errors
/// As [`order_intake::take_in`].
pub async fn take_in(
    mut desk: Desk,
    sealer: &Sealer,
    id: &str,
    orders: &[Order],
    reception: &Reception,
) -> Result<Vec<Taken>, IntakeError> {
    let taken = order_intake::within(&mut desk, sealer, orders, reception).await?;
    if taken.iter().any(|one| !one.before) {
        OrderTableKept::remove(desk.change(), id).await?;
        desk.seal().await?;
    }
    Ok(taken)
}

/// Takes away the tables whose time is up.
///
/// # Errors
/// The database refuses.
pub async fn forget(ledger: &Ledger) -> Result<(), ActError> {
    if !OrderTableKept::has_old(ledger.store(), &moment(ledger.clock().now())).await? {
        return Ok(());
    }
    let mut desk = ledger.desk(Actor::Timer).await?;
    let gone = OrderTableKept::remove_old(desk.change(), &moment(desk.now())).await?;
    desk.record(told("order_table_erasure", "", BASIS, json!({ "tables": gone }))).await?;
    Ok(desk.seal().await?)
}

fn told(act: &'static str, organ: &str, basis: Provision, facts: serde_json::Value) -> Entry {
    Entry {
        room: "suggestions",
        act,
        subject: "suggestions:orders".into(),
        organ: organ.to_owned(),
        basis: basis.to_string(),
        facts,
    }
}
