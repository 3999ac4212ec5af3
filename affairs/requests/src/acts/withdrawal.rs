//! 撤回: by the applicant himself; nobody does it for him.

use law::document;
use ledger::Desk;
use requests_rules::{Happening, Letter};
use serde_json::json;

use super::ActError;
use super::course::{self, By, Step};
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
    let (today, facts) = (desk.today(), json!({ "code": "O3", "withdrawn_on": desk.today() }));
    // 办结告知书 (docs/readings/170)
    let letter =
        course::issue(&desk, &case, By::Applicant, (Letter::ClosingNotice, "", facts)).await?;
    let step = Step::new("withdrawal", today)
        .moving(Happening::Withdrawn)
        .saying(json!({ "letter": letter.number }))
        .about(letter.id.clone());
    course::happen(&desk, &mut case, By::Applicant, step).await?;
    course::close(&mut case, FilingState::Withdrawn, "O3", today);
    course::settle(&desk, &mut case).await?;
    let basis = document("国办公开办函〔2021〕30号");
    desk.record(course::entry("withdrawal", &case, basis, json!({ "letter": letter.number })))
        .await?;
    desk.seal().await?;
    Ok(())
}
