//! 双方确认 and the arrival at the 工作机构 (条例第三十一条): from then on a request counts as received.

use ::store::moment;
use ledger::Desk;
use requests_rules::Happening;
use review::Signatory;
use serde_json::json;

use super::course::{self, By, Step};
use super::{ActError, intake};
use crate::store::IssuedLetter;

/// Writes down that both sides confirmed a request today, or that what went astray has come to the
/// 工作机构; its clock starts.
///
/// # Errors
/// The organ has no such request, it is received or closed already, or the database refuses.
pub async fn confirm(
    mut desk: Desk,
    by: &Signatory,
    request: &str,
) -> Result<IssuedLetter, ActError> {
    let mut case = course::take(&desk, &by.organ, request).await?;
    if case.filing.is_closed() {
        return Err(ActError::CLOSED);
    }
    if case.filing.received_on.is_some() {
        return Err(ActError::Refused("收到之日已经登记", "刷新页面再看"));
    }
    let today = desk.today();
    let arrival = &mut case.filing.arrival;
    if arrival.misdirected {
        arrival.at_office.get_or_insert(today);
    }
    arrival.confirmed = Some(today);
    let (receipt, basis) = (arrival.receipt(desk.calendar())?, arrival.channel.basis());
    let on = receipt.on().ok_or(ActError::NO_CASE)?;
    case.filing.received_on = Some(on);
    let facts = json!({ "submitted": case.filing.arrival.submitted, "confirmed": today });
    let by = By::Officer(by);
    let step = Step::new("confirmation", today).saying(facts);
    course::happen(&desk, &mut case, by, step).await?;
    let step = Step::new("receipt", on).moving(Happening::Received);
    course::happen(&desk, &mut case, by, step).await?;
    course::settle(&desk, &mut case).await?;
    case.filing.confirmed_at(desk.change(), &moment(desk.now())).await?;
    let letter = intake::receipt_letter(&desk, &mut case, by).await?;
    desk.record(course::entry("confirmation", &case, basis, json!({ "received": on }))).await?;
    desk.seal().await?;
    Ok(letter)
}
