//! 会上的意见 (条例第十四条; 67号三（三）): what was said at a gathering about a draft goes to the same place as every other
//! opinion on that draft, and is answered with them.

use ledger::Desk;
use participation_rules::{GatheringStep, Source};
use review::Signatory;
use secrets::Sealer;
use serde_json::json;

use super::super::ActError;
use super::super::opinion::{Given, registered};
use super::{basis, gathering_entry, taken};
use crate::store::{Consultation, Noted};

/// Registers one; answers its number among the opinions on the draft.
///
/// # Errors
/// It was not held yet, it is about no draft, it was held outside of the time for opinions, the answers are under
/// review, a field is not as it must be, or the database refuses.
pub async fn register(
    mut desk: Desk,
    who: (&Sealer, &Signatory),
    (organ, id): (&str, &str),
    given: &Given,
) -> Result<i64, ActError> {
    let (of, _) = taken(&desk, organ, id, GatheringStep::Note).await?;
    let none = "这次活动没有关联征求意见的草案。会上的意见写进纪要。";
    let found = Consultation::find(desk.change(), &of.said.consultation).await?;
    let draft = found.ok_or_else(|| ActError::standing(none))?;
    let held = of.said.held_on.filter(|held| {
        draft.opened_on.is_some_and(|first| first <= *held)
            && draft.ends_on.is_some_and(|last| *held <= last)
    });
    let held = held
        .ok_or_else(|| ActError::standing("这次活动不在征求意见的期限里。会上的意见写进纪要。"))?;
    let which = (organ, draft.id.as_str());
    let number = registered(&mut desk, who, which, (Source::Meeting, held), given).await?;
    Noted::add(desk.change(), &of, number).await?;
    let facts = json!({ "number": number });
    desk.record(gathering_entry("gathering_opinion", &of, basis(&of), facts)).await?;
    desk.seal().await?;
    Ok(number)
}
