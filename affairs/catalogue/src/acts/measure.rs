//! 设定衡量标准: how many working days a body gives itself for 实时 and 及时, for which the law has no
//! number (docs/readings/015).

use catalogue_rules::obligation::Measures;
use law::WorkingDays;
use ledger::{Desk, Entry};
use store::moment;

use super::ActError;
use super::computation::{self, Occasion};
use crate::store::Measure;

/// Sets a measure, or lets it go; everything is computed again.
///
/// # Errors
/// Nothing is named as the basis, the measure is longer than the general period, or the database
/// refuses.
pub async fn keep(
    mut desk: Desk,
    measure: Measure,
    days: Option<WorkingDays>,
    basis: &str,
) -> Result<(), ActError> {
    let basis = basis.trim();
    if basis.is_empty() {
        return Err(ActError::NoWords("标准的依据"));
    }
    if let Some(days) = days {
        Measures::allow(days, desk.today())?;
    }
    let (at, by) = (moment(desk.now()), desk.actor().word());
    measure.set(desk.change(), days, basis, &at, &by).await?;
    let entry = Entry {
        room: "catalogue",
        act: "measure",
        subject: format!("measure:{}", measure.word()),
        organ: String::new(),
        basis: basis.to_owned(),
        facts: serde_json::json!({ "word": measure.name(), "working_days": days }),
    };
    let cause = desk.record(entry).await?;
    let scopes = computation::everything(desk.change()).await?;
    let occasion =
        Occasion { calendar: desk.calendar(), today: desk.today(), now: desk.now(), cause: &cause };
    computation::renew(desk.change(), scopes, occasion).await?;
    Ok(desk.seal().await?)
}
