//! 四统一检查: what was found when somebody looked at a zone.

use channels_rules::{REQUIREMENTS, check};
use ledger::Desk;
use serde_json::json;

use super::{ActError, entry, lines};
use crate::facts::facts_of;
use crate::store::{LookLine, Zone};

/// Keeps what was found on the spot; what the register tells is added by itself.
///
/// # Errors
/// There is no zone, something was not looked at, or the database refuses.
pub async fn keep(
    mut desk: Desk,
    by: &str,
    id: &str,
    (verdicts, note): (Vec<(String, bool)>, &str),
) -> Result<(usize, usize), ActError> {
    let zone = Zone::find(desk.change(), id).await?;
    let zone = zone.filter(|zone| zone.closed_on.is_none()).ok_or(ActError::NO_ZONE)?;
    let asked = REQUIREMENTS.iter().filter(|one| one.is_looked_at());
    for one in asked {
        if !verdicts.iter().any(|(key, _)| key == one.key) {
            return Err(ActError::Field(
                one.key,
                format!("没有选“{}”。请看过以后选一项。", one.words),
            ));
        }
    }
    let facts = facts_of(desk.change(), std::slice::from_ref(&zone)).await?;
    let facts = facts.into_iter().next().unwrap_or_default();
    let found = check(&facts, &verdicts);
    let (met, whole) = found.count();
    let small = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
    let look = LookLine {
        zone: id.to_owned(),
        looked_on: desk.today(),
        organ: by.to_owned(),
        verdicts,
        note: lines("shuoming", note)?,
        met: (small(met), small(whole)),
    };
    look.add(desk.change()).await?;
    let facts = json!({ "by": by, "met": met, "whole": whole, "missing": found.missing });
    desk.record(entry("zone_inspection", (&zone.organ, id), facts)).await?;
    desk.seal().await?;
    Ok((met, whole))
}
