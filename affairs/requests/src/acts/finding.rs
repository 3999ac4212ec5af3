//! 检索和业务科室的意见 (条例第三十六条第（四）项、第四十五条): what was looked for, and what the units say.

use ::store::moment;
use law::article;
use ledger::Desk;
use requests_rules::{REGULATION, SearchRecord};
use review::Signatory;
use serde_json::json;

use super::course::{self, By, Step};
use super::{ActError, reasoned};
use crate::store::putting::new_key;
use crate::store::{Advice, Case, KeptSearch};

/// Keeps the record of a search.
///
/// # Errors
/// The file is not assigned to whoever searched or to his unit, the record lacks something, or the database
/// refuses.
pub async fn search(
    mut desk: Desk,
    by: &Signatory,
    request: &str,
    record: SearchRecord,
) -> Result<KeptSearch, ActError> {
    let mut case = units_case(&desk, by, request).await?;
    let today = desk.today();
    let received = case
        .filing
        .received_on
        .ok_or(ActError::Refused("这份申请还没有确认收到", "先确认收到之日"))?;
    let faults: Vec<String> =
        record.faults(received, today).iter().map(ToString::to_string).collect();
    if !faults.is_empty() {
        return Err(ActError::Faults(faults));
    }
    let kept = KeptSearch {
        id: new_key(),
        record,
        name: by.name.clone(),
        recorded_at: moment(desk.now()),
    };
    kept.add(desk.change(), (request, &by.person)).await?;
    let step = Step::new("search", kept.record.on)
        .saying(json!({ "places": kept.record.places, "outcome": kept.record.outcome }))
        .about(kept.id.clone());
    course::happen(&desk, &mut case, By::Officer(by), step).await?;
    course::settle(&desk, &mut case).await?;
    let basis = article(REGULATION, 36).item(4);
    desk.record(course::entry("search", &case, basis, json!({ "search": kept.id }))).await?;
    desk.seal().await?;
    Ok(kept)
}

/// Keeps what a unit says to a request.
///
/// # Errors
/// The file is not given to the unit, nothing is said, or the database refuses.
pub async fn advise(
    mut desk: Desk,
    by: &Signatory,
    request: &str,
    words: &str,
) -> Result<Advice, ActError> {
    let mut case = units_case(&desk, by, request).await?;
    let advice = Advice {
        id: new_key(),
        words: reasoned(words)?,
        name: by.name.clone(),
        unit: by.unit.clone(),
        recorded_at: moment(desk.now()),
    };
    advice.add(desk.change(), (request, &by.person)).await?;
    let step = Step::new("advice", desk.today())
        .saying(json!({ "unit": advice.unit }))
        .about(advice.id.clone());
    course::happen(&desk, &mut case, By::Officer(by), step).await?;
    course::settle(&desk, &mut case).await?;
    desk.record(course::entry("advice", &case, article(REGULATION, 45), json!({}))).await?;
    desk.seal().await?;
    Ok(advice)
}

/// The file, for whoever works on it or for anybody of the unit it was given to.
async fn units_case(desk: &Desk, by: &Signatory, request: &str) -> Result<Case, ActError> {
    let case = course::take(desk, &by.organ, request).await?;
    if case.filing.is_closed() {
        return Err(ActError::CLOSED);
    }
    if case.filing.unit.is_empty() || case.filing.unit != by.unit {
        course::assigned(&case, by)?;
    }
    Ok(case)
}
