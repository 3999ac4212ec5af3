//! 加审: which steps an organ adds to everything of a kind it publishes.

use ledger::{Desk, Entry};
use store::{Value, moment};

use super::ActError;
use crate::{Course, Demand};

/// On what it rests.
const BASIS: &str = "厦府办〔2020〕67号三（一）；《政府信息公开条例》第十一条";

/// Sets what an organ adds for a kind (`*` for all kinds), in place of what it added before.
///
/// # Errors
/// A step cannot be added, or the database refuses.
pub async fn set(
    mut desk: Desk,
    organ: &str,
    kind: &str,
    added: Vec<Demand>,
) -> Result<(), ActError> {
    let course = Course::with(false, added)?;
    let added = course.demands().iter().filter(|demand| demand.step.may_be_added());
    let (now, who) = (moment(desk.now()), desk.actor().word());
    let row = |demand: &Demand| -> Vec<Value> {
        vec![
            organ.into(),
            kind.into(),
            demand.step.word().into(),
            demand.partner.clone().into(),
            now.clone().into(),
            who.clone().into(),
        ]
    };
    let rows: Vec<_> = added.clone().map(row).collect();
    let change = desk.change();
    let sql = "DELETE FROM review_addition WHERE organ = $1 AND kind = $2";
    change.run(sql, vec![organ.into(), kind.into()]).await?;
    let columns = ["organ", "kind", "step", "partner", "set_at", "set_by"];
    change.insert("review_addition", &columns, rows).await?;
    let steps: Vec<[&str; 2]> =
        added.map(|demand| [demand.step.word(), demand.partner.as_str()]).collect();
    let entry = Entry {
        room: "review",
        act: "addition",
        subject: format!("organ:{organ}"),
        organ: organ.to_owned(),
        basis: BASIS.into(),
        facts: serde_json::json!({ "kind": kind, "steps": steps }),
    };
    desk.record(entry).await?;
    Ok(desk.seal().await?)
}
