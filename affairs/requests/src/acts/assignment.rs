//! 分办: who works on a request.

use law::article;
use ledger::Desk;
use requests_rules::REGULATION;
use review::Signatory;
use serde_json::json;

use super::ActError;
use super::course::{self, By, Step};

/// To whom a request is given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Assignee {
    /// 承办单位; empty for none.
    pub unit: String,
    /// 经办人, by key; empty for the whole unit.
    pub officer: String,
    /// What he is called.
    pub name: String,
}

/// Gives a request to somebody.
///
/// # Errors
/// The organ has no such request, it is closed, it is given to nobody, or the database refuses.
pub async fn assign(
    mut desk: Desk,
    by: &Signatory,
    request: &str,
    to: Assignee,
) -> Result<(), ActError> {
    let mut case = course::take(&desk, &by.organ, request).await?;
    if case.filing.is_closed() {
        return Err(ActError::CLOSED);
    }
    if to.unit.is_empty() && to.officer.is_empty() {
        return Err(ActError::Refused("没有写分给谁", "选一个科室或者经办人"));
    }
    let before = json!({ "unit": case.filing.unit, "officer": case.filing.officer });
    case.filing.unit = to.unit;
    case.filing.officer = to.officer;
    case.filing.officer_name = to.name;
    case.filing.assign(desk.change()).await?;
    let facts = json!({ "unit": case.filing.unit, "officer": case.filing.officer_name });
    let step = Step::new("assignment", desk.today()).saying(facts);
    course::happen(&desk, &mut case, By::Officer(by), step).await?;
    course::settle(&desk, &mut case).await?;
    let after = json!({ "unit": case.filing.unit, "officer": case.filing.officer });
    let entry = course::entry("assignment", &case, article(REGULATION, 45), json!({}));
    desk.record_change(entry, ledger::Change { before, after }).await?;
    desk.seal().await?;
    Ok(())
}
