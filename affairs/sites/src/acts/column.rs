//! 栏目保障: who keeps a column, its class, how often something new comes, and whether it is open although
//! nothing is in it (国办发〔2017〕47号; docs/readings/231).

use identity::Organ;
use law::{Provision, document};
use ledger::{Desk, Entry};
use sites_rules::{Freshness, SITE_GUIDELINE};
use store::moment;

use super::{ActError, reasoned};
use crate::store::KeptColumn;

const BASIS: Provision = document(SITE_GUIDELINE);

/// What is to be settled of a column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settled {
    /// Its code: P20-01.
    pub name: String,
    /// The organ that keeps it.
    pub owner: String,
    /// Its class.
    pub class: Freshness,
    /// Something new within so many days; never more than the class allows.
    pub days: Option<i64>,
    /// Open although nothing is in it.
    pub opened: bool,
}

/// Settles it; `site` is the address prefix and the organ in whose name the site is kept.
///
/// # Errors
/// There is no such organ, the days are more than the class allows, no reason is given, or the database
/// refuses.
pub async fn define(
    mut desk: Desk,
    (base, organ): (&str, &str),
    settled: &Settled,
    reason: &str,
) -> Result<(), ActError> {
    let reason = reasoned(reason)?;
    let most = settled.class.days(desk.today()).map(i64::from);
    if settled.days.is_some_and(|days| days < 1 || most.is_some_and(|most| days > most)) {
        let most = most.unwrap_or_default();
        return Err(ActError::Field("tianshu", format!("写 1 到 {most} 之间的天数，或者不写")));
    }
    let owner = Organ::find(desk.change(), &settled.owner).await?;
    let owner = owner.filter(|owner| owner.stands_on(desk.today()));
    let owner = owner.ok_or_else(|| ActError::Field("zeren", "选一个现有的机关".into()))?;
    let kept = KeptColumn {
        name: settled.name.clone(),
        owner: owner.code.clone(),
        owner_name: owner.short_name.clone(),
        class: settled.class.word().into(),
        days: settled.days,
        opened: i64::from(settled.opened),
    };
    kept.set(desk.change(), base, &moment(desk.now())).await?;
    desk.record(Entry {
        room: "sites",
        act: "column",
        subject: format!("site_column:{base}:{}", settled.name),
        organ: organ.to_owned(),
        basis: BASIS.to_string(),
        facts: serde_json::json!({
            "owner": owner.code, "class": kept.class, "days": kept.days, "opened": settled.opened,
            "reason": reason,
        }),
    })
    .await?;
    Ok(desk.seal().await?)
}
