//! 送审: a draft goes to review as it is at this moment; its numbers no longer follow the registers.

use ::store::moment;
use ledger::Desk;
use reports_rules::year_is_over;
use review::{Signatory, Unit, submission};
use web::{FigureSource, Publishers};

use super::{ActError, counting, draft_of, entry};
use crate::acts::publication::KIND;
use crate::checking;
use crate::store::{self, Content, Origin, Version};

/// Hands a draft in for review. The numbers of a first version are taken from the registers once more; a
/// report that was taken over is handed in as it was published; what it breaks is described (docs/readings/176).
///
/// # Errors
/// It is no draft of the organ, its year still runs, it says nothing of what it must speak of, identities are broken, something is
/// not explained, or the database refuses.
pub async fn keep(
    mut desk: Desk,
    publishers: &Publishers,
    sources: &[FigureSource],
    by: &Signatory,
    id: &str,
    note: Option<&str>,
) -> Result<Unit, ActError> {
    let version = draft_of(&desk, by, id).await?;
    year_is_over(version.year, desk.today())?;
    if version.origin == Origin::Own {
        ready(&desk, sources, &version).await?;
    } else {
        let content = Content::of(desk.change(), &version.id).await?;
        let checks = checking::check(desk.change(), &version, &content).await?;
        version.stage(&[]).submit_original(&checks.checked())?;
    }
    if !store::submitted(desk.change(), id, moment(desk.now())).await? {
        return Err(ActError::OVERTAKEN);
    }
    desk.record(entry("submission", &version, serde_json::json!({}))).await?;
    let pieces = [(KIND, id)];
    let given =
        submission::Submitted { pieces: &pieces, note, added: vec![], for_another: false, by };
    let unit = submission::within(&mut desk, publishers, given).await?;
    if !store::reviewed_in(desk.change(), id, &unit.id).await? {
        return Err(ActError::OVERTAKEN);
    }
    desk.seal().await?;
    Ok(unit)
}

/// Takes the numbers once more and lets the rules decide.
async fn ready(desk: &Desk, sources: &[FigureSource], version: &Version) -> Result<(), ActError> {
    let mut content = Content::of(desk.change(), &version.id).await?;
    let mut moved = None;
    if version.number == 1 {
        moved = counting::count(desk, sources, version, &mut content).await?;
        store::keep_all(desk.change(), &version.id, &content).await?;
    }
    let checks = checking::check(desk.change(), version, &content).await?;
    if !checks.silent.is_empty() {
        return Err(ActError::Silent(checks.silent));
    }
    match (version.stage(&[]).submit(&checks.checked()), moved) {
        // What does not fit was not there when the draft was looked at.
        (Err(_), Some(place)) => Err(ActError::Moved(place)),
        (stage, _) => Ok(stage.map(|_| ())?),
    }
}
