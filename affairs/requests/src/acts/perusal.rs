//! 查阅: what somebody reads who does not work on it, or what tells of persons; each reading is written down
//! before anything is shown (个人信息保护法第六条; 条例第四十七条; docs/readings/180).

use ::store::moment;
use law::{Provision, article};
use ledger::{Desk, Entry};
use requests_rules::{ComplaintGround, REGULATION, RectificationOutcome, Wanted};
use review::Signatory;
use secrets::Sealer;
use serde_json::json;

use super::{ActError, course, reasoned};
use crate::store::{
    self, Case, Complainant, ComplaintCase, Filing, Particulars, Perusal, RectificationCase,
    RectificationWish, Suggested, SuggestionCase,
};

const GONE: ActError =
    ActError::Refused("没有这一件，或者已经去标识、内容不在了", "核对编号；办理结果在列表里");

/// Reads the masked file of a request, with a reason; whosever it is: the caller has asked the access policy.
///
/// # Errors
/// There is no such request, no reason is given, something cannot be opened, or the database refuses.
pub async fn of_file(
    mut desk: Desk,
    sealer: &Sealer,
    by: &Signatory,
    (request, reason): (&str, &str),
) -> Result<Case, ActError> {
    let filing = Filing::of_any(desk.change(), request).await?.ok_or(ActError::NO_CASE)?;
    let case = course::take(&desk, &filing.organ, request).await?;
    let reason = masked(&desk, sealer, request, &reasoned(reason)?).await?;
    let perusal = Perusal {
        name: by.name.clone(),
        role: by.role.clone(),
        reason,
        read_at: moment(desk.now()),
    };
    perusal.add(desk.change(), (request, by)).await?;
    let facts = json!({ "reader": by.organ });
    desk.record(course::entry("perusal", &case, article(REGULATION, 47), facts)).await?;
    desk.seal().await?;
    Ok(case)
}

/// A reason without what tells who asked.
pub(super) async fn masked(
    desk: &Desk,
    sealer: &Sealer,
    request: &str,
    reason: &str,
) -> Result<String, ActError> {
    let Some(known) = Particulars::open(desk.change(), sealer, request).await? else {
        return Ok(reason.to_owned());
    };
    let said = Wanted { description: Some(reason.to_owned()), ..Wanted::default() };
    Ok(store::masked(&said, &known.applicant).description.unwrap_or_default())
}

/// Reads a complaint: who complains, and in which words.
///
/// # Errors
/// The organ handles no such complaint, it cannot be opened, or the database refuses.
pub async fn of_complaint(
    mut desk: Desk,
    sealer: &Sealer,
    by: &Signatory,
    id: &str,
) -> Result<(ComplaintCase, Complainant), ActError> {
    let case = ComplaintCase::find(desk.change(), &by.organ, id).await?.ok_or(GONE)?;
    let said = case.complainant(sealer)?.ok_or(GONE)?;
    let act = match case.complaint.ground {
        ComplaintGround::PublicEnterprise => "appeal_look",
        _ => "complaint_look",
    };
    let basis = case.complaint.ground.basis();
    desk.record(entry(act, (&by.organ, format!("complaint:{id}")), basis, &case.number)).await?;
    desk.seal().await?;
    Ok((case, said))
}

/// Reads a demand to correct a record: who asks, which record, what is wrong with it.
///
/// # Errors
/// The organ has no such demand, it cannot be opened, or the database refuses.
pub async fn of_rectification(
    mut desk: Desk,
    sealer: &Sealer,
    by: &Signatory,
    id: &str,
) -> Result<(RectificationCase, RectificationWish), ActError> {
    let case = RectificationCase::find(desk.change(), &by.organ, id).await?.ok_or(GONE)?;
    let wish = case.wish(sealer)?.ok_or(GONE)?;
    let about = (by.organ.as_str(), format!("rectification:{id}"));
    let basis = RectificationOutcome::BASIS;
    desk.record(entry("rectification_look", about, basis, &case.number)).await?;
    desk.seal().await?;
    Ok((case, wish))
}

/// Reads a suggestion to publish: who suggests it, and in which words.
///
/// # Errors
/// The organ has no such suggestion, it cannot be opened, or the database refuses.
pub async fn of_suggestion(
    mut desk: Desk,
    sealer: &Sealer,
    by: &Signatory,
    id: &str,
) -> Result<(SuggestionCase, Suggested), ActError> {
    let case = SuggestionCase::find(desk.change(), &by.organ, id).await?.ok_or(GONE)?;
    let said = case.open(sealer)?;
    if case.is_nameless() {
        return Err(GONE);
    }
    let about = (by.organ.as_str(), format!("suggestion:{id}"));
    let basis = article(REGULATION, 44).paragraph(2);
    desk.record(entry("suggestion_look", about, basis, &case.number)).await?;
    desk.seal().await?;
    Ok((case, said))
}

fn entry(
    act: &'static str,
    (organ, subject): (&str, String),
    basis: Provision,
    number: &str,
) -> Entry {
    let facts = json!({ "number": number });
    Entry {
        room: "requests",
        act,
        subject,
        organ: organ.to_owned(),
        basis: basis.to_string(),
        facts,
    }
}
