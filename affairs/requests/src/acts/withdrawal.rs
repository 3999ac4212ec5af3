//! 撤回: by the applicant himself; nobody does it for him.

use law::document;
use ledger::Desk;
use requests_rules::Happening;
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
