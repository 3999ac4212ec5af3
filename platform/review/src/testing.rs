//! What tests of every room need: invented persons who take every step of a unit.

use ledger::{Actor, Ledger};
use web::{Appeared, Publishers};

use crate::{ActError, Signatory, Step, Unit, Verdict, publication, step};

/// An invented person of an organ in a role; the role is also its name.
pub fn someone(organ: &str, role: &str) -> Signatory {
    Signatory {
        person: format!("testing:{role}"),
        name: format!("测试 {role}"),
        post: format!("testing:{role}"),
        role: role.to_owned(),
        organ: organ.to_owned(),
        unit: String::new(),
        stands_in_for: None,
    }
}

/// Passes every step of a unit, each by another invented person.
///
/// # Errors
/// A step is refused.
pub async fn sign(ledger: &Ledger, publishers: &Publishers, unit: &Unit) -> Result<(), ActError> {
    for demand in unit.course.demands() {
        let role = demand.step.roles().first().copied().unwrap_or_default();
        let mut by = someone(&unit.organ, role);
        match demand.step {
            Step::CoSign => by.unit.clone_from(&demand.partner),
            step if step.has_partner() => by.organ.clone_from(&demand.partner),
            _ => {}
        }
        by.person = format!("{}:{}:{}", by.person, demand.step.word(), demand.partner);
        let desk = ledger.desk(Actor::Person(by.person.clone())).await?;
        step::keep(desk, publishers, &unit.id, demand.step, &Verdict::Pass, &by).await?;
    }
    Ok(())
}

/// Passes every step of a unit and releases it.
///
/// # Errors
/// A step or the release is refused.
pub async fn publish(
    ledger: &Ledger,
    publishers: &Publishers,
    unit: &Unit,
) -> Result<Vec<Appeared>, ActError> {
    sign(ledger, publishers, unit).await?;
    let by = someone(&unit.organ, "publisher");
    let desk = ledger.desk(Actor::Person(by.person.clone())).await?;
    publication::keep(desk, publishers, &unit.id, &by).await
}
