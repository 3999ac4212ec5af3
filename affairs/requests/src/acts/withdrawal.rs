//! 撤回 and 建议主动公开: what an applicant does himself; nobody does it for him.

use law::{article, document};
use ledger::Desk;
use requests_rules::{Happening, REGULATION};
use serde_json::json;

use super::course::{self, By, Step};
use super::{ActError, reasoned};
use crate::store::FilingState;

/// Withdraws a request. `organ` is the organ asked.
///
/// # Errors
/// There is no such request, it is closed, or the database refuses.
pub async fn withdraw(mut desk: Desk, organ: &str, request: &str) -> Result<(), ActError> {
    let mut case = course::take(&desk, organ, request).await?;
    if case.filing.is_closed() {
        return Err(ActError::CLOSED);
    }
    let today = desk.today();
    let step = Step::new("withdrawal", today).moving(Happening::Withdrawn);
    course::happen(&desk, &mut case, By::Applicant, step).await?;
    course::close(&mut case, FilingState::Withdrawn, "O3", today);
    course::settle(&desk, &mut case).await?;
    let basis = document("国办公开办函〔2021〕30号");
    desk.record(course::entry("withdrawal", &case, basis, json!({}))).await?;
    desk.seal().await?;
    Ok(())
}

/// Suggests that what was asked for be published (第四十四条第二款).
///
/// # Errors
/// There is no such request, it was suggested before, or the database refuses.
pub async fn suggest(
    mut desk: Desk,
    (organ, request): (&str, &str),
    words: &str,
) -> Result<(), ActError> {
    reasoned(words)?;
    let mut case = course::take(&desk, organ, request).await?;
    if case.events.iter().any(|event| event.kind == "suggestion") {
        return Err(ActError::Refused("已经提过这项建议", "本机关审核后会告知您"));
    }
    let step = Step::new("suggestion", desk.today());
    course::happen(&desk, &mut case, By::Applicant, step).await?;
    course::settle(&desk, &mut case).await?;
    let basis = article(REGULATION, 44).paragraph(2);
    desk.record(course::entry("suggestion", &case, basis, json!({}))).await?;
    desk.seal().await?;
    Ok(())
}
