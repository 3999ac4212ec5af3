//! 删除到期的内容: what people wrote and how to reach them is kept no longer than somebody may still ask after it
//! (个人信息保护法第十九条, docs/readings/269), and so are the marks made of it. Number, kind, days, the course and what was published stay.

use std::time::Duration;

use law::{Provision, article};
use ledger::{Actor, Entry, Ledger};
use suggestions_rules::kept_since;
use web::{Chore, Fault};

use super::ActError;
use super::piece_withdrawal::end_review;
use crate::store::{Piece, Suggestion};

const BASIS: Provision = article("个人信息保护法", 19);

/// Every hour.
pub const CHORE: Chore = Chore {
    name: "suggestions.erasure",
    every: Duration::from_secs(3600),
    work: |house| Box::pin(async move { erase(house.ledger()).await.map_err(Fault::inside) }),
};

/// Takes out what was written in letters that ended long enough ago.
///
/// # Errors
/// The database refuses.
pub async fn erase(ledger: &Ledger) -> Result<(), ActError> {
    let since = kept_since(ledger.clock().today());
    if !Suggestion::has_written_before(ledger.store(), since).await? {
        return Ok(());
    }
    let mut desk = ledger.desk(Actor::Timer).await?;
    // What was handed in for publication and never looked at goes as well.
    for piece in Piece::waiting_before(desk.change(), since).await? {
        end_review(&mut desk, &piece, "留言内容到期删除").await?;
    }
    let erased = Suggestion::erase_before(desk.change(), since).await?;
    desk.record(Entry {
        room: "suggestions",
        act: "erasure",
        subject: "suggestions:letters".into(),
        organ: String::new(),
        basis: BASIS.to_string(),
        facts: serde_json::json!({ "letters": erased, "ended_before": since.to_string() }),
    })
    .await?;
    Ok(desk.seal().await?)
}
