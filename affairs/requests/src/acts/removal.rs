//! 去标识 (个人信息保护法第四十七条; docs/readings/128): at the end of retention whoever asked, his agent and third
//! parties are taken out of a file by two persons; what was done and counted stays.

use std::path::Path;

use law::Date;
use ledger::Desk;
use requests_rules::{Closing, last_days};
use review::Signatory;
use serde_json::json;

use super::ActError;
use super::course::{self, By, Step};
use crate::files;
use crate::store::putting::Marked;
use crate::store::{
    Archive, Case, CaseFile, ComplaintCase, Filing, LetterDelivery, OpinionCase, Particulars,
    RemedyCase, SuggestionCase,
};

/// What bears on whether the applicant may be taken out.
async fn closing(desk: &Desk, case: &Case) -> Result<Closing, ActError> {
    let closed = case
        .filing
        .closed_on
        .ok_or(ActError::Refused("这份申请还没有办结", "办结、归档并满保管期限以后再办"))?;
    let archive = Archive::of(desk.change(), &case.filing.id).await?;
    let archive = archive.ok_or(ActError::Refused("这份申请还没有归档", "先归档"))?;
    Ok(Closing {
        closed,
        retention: archive.retention,
        remedies_until: remedies_until(desk, case, closed).await?,
        legal_hold: case.filing.held,
    })
}

/// Until when 复议 and suits are open or pending.
async fn remedies_until(desk: &Desk, case: &Case, closed: Date) -> Result<Option<Date>, ActError> {
    let remedies = RemedyCase::of(desk.change(), &case.filing.id).await?;
    if remedies.iter().any(|one| one.concluded_on.is_none()) {
        return Ok(Some(Date::MAX));
    }
    let deliveries = LetterDelivery::of(desk.change(), &case.filing.id).await?;
    let served = deliveries.iter().filter_map(|one| one.served_on).max().unwrap_or(closed);
    let last = remedies.iter().filter_map(|one| one.concluded_on).chain([served]).max();
    Ok(last.and_then(last_days).map(|(review, suit)| review.max(suit)))
}

pub(super) async fn possible(desk: &Desk, case: &Case) -> Result<(), ActError> {
    if case.filing.nameless_on.is_some() {
        return Err(ActError::Refused("这份申请已经去标识", "不用再办"));
    }
    let closing = closing(desk, case).await?;
    let allowed = closing.may_remove_identity(desk.today(), ("提出", "复核"));
    allowed.map_err(|stays| ActError::Faults(vec![stays.to_string()]))
}

/// Takes out who asked; the bytes of the files go once the act is sealed ([`erase_files`]).
pub(super) async fn remove(
    desk: &Desk,
    case: &mut Case,
    by: &Signatory,
    proposed_by: &str,
) -> Result<(), ActError> {
    let closing = closing(desk, case).await?;
    let today = desk.today();
    let allowed = closing.may_remove_identity(today, (proposed_by, &by.person));
    allowed.map_err(|stays| ActError::Faults(vec![stays.to_string()]))?;
    let (change, request) = (desk.change(), case.filing.id.clone());
    Particulars::remove(change, &request).await?;
    CaseFile::forget_names(change, &request).await?;
    OpinionCase::remove_names(change, &request).await?;
    ComplaintCase::remove_names(change, &request).await?;
    SuggestionCase::remove_names(change, &case.filing.number).await?;
    Filing::mark(change, &request, Marked::Nameless(today)).await?;
    let step = Step::new("removal", today).saying(json!({ "checked": true }));
    course::happen(desk, case, By::Officer(by), step).await
}

/// Takes away the files of a request that tell who somebody is. Done twice it changes nothing.
///
/// # Errors
/// The database or the disk refuses.
pub(crate) async fn erase_files(
    from: &impl ::store::Statements,
    folder: &Path,
    request: &str,
) -> Result<(), ActError> {
    for file in CaseFile::of(from, request).await?.into_iter().filter(CaseFile::is_personal) {
        files::erase(folder, &file.id).await?;
    }
    Ok(())
}
