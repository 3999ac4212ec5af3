//! 加审: which steps an organ adds to everything of a kind it publishes.

use ledger::{Change, Desk, Entry};
use store::{Value, moment};

use super::ActError;
use crate::store::Addition;
use crate::{Course, Demand};

/// On what it rests.
const BASIS: &str = "厦府办〔2020〕67号三（一）；《政府信息公开条例》第十一条";

/// Sets what an organ adds for a kind (`*` for all kinds), in place of what it added before, and says why.
///
/// # Errors
/// A step cannot be added, or the database refuses.
pub async fn set(
    mut desk: Desk,
    organ: &str,
    kind: &str,
    added: Vec<Demand>,
    reason: &str,
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
    let before = Addition::all(change, organ).await?.into_iter().filter(|one| one.kind == kind);
    let before = words(before.map(|one| one.demand).collect::<Vec<_>>().iter());
    let sql = "DELETE FROM review_addition WHERE organ = $1 AND kind = $2";
    change.run(sql, vec![organ.into(), kind.into()]).await?;
    let columns = ["organ", "kind", "step", "partner", "set_at", "set_by"];
    change.insert("review_addition", &columns, rows).await?;
    let after = words(added);
    let entry = Entry {
        room: "review",
        act: "addition",
        subject: format!("organ:{organ}"),
        organ: organ.to_owned(),
        basis: BASIS.into(),
        facts: serde_json::json!({ "kind": kind, "steps": after, "reason": reason }),
    };
    desk.record_change(entry, Change { before, after }).await?;
    Ok(desk.seal().await?)
}

/// Steps with their partners, as the ledger keeps them.
fn words<'a>(demands: impl Iterator<Item = &'a Demand>) -> serde_json::Value {
    demands.map(|demand| [demand.step.word(), demand.partner.as_str()]).collect()
}
