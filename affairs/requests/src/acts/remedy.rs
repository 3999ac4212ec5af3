//! 行政复议、行政诉讼 (条例第五十条、第五十一条): registered with its result, which table 4 counts.

use law::{Date, article};
use ledger::Desk;
use requests_rules::REGULATION;
use review::Signatory;
use serde_json::json;

use super::ActError;
use super::course::{self, By, Step};
use crate::store::putting::new_key;
use crate::store::{RemedyCase, RemedyKind, RemedyResult};

/// A remedy that was brought.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Brought {
    /// Which.
    pub kind: RemedyKind,
    /// 复议机关 or court.
    pub authority: String,
    /// 案号.
    pub case_number: String,
    /// The review a suit follows.
    pub after: Option<String>,
    /// The day it was brought.
    pub filed_on: Date,
}

const REGISTERED: ActError =
    ActError::Refused("这份申请已经登记过同一种类、同一案号的复议、诉讼", "核对案号，在案卷中查看");
const BASIS: law::Provision = article(REGULATION, 50);

/// Registers a 复议 or a suit.
///
/// # Errors
/// The day is not between receipt and today, authority or number are missing, a suit after a review names no
/// concluded review, or the database refuses.
pub async fn register(
    mut desk: Desk,
    by: &Signatory,
    request: &str,
    brought: Brought,
) -> Result<RemedyCase, ActError> {
    let mut case = course::take(&desk, &by.organ, request).await?;
    if brought.filed_on > desk.today() || brought.filed_on < case.filing.arrival.submitted {
        return Err(ActError::Refused("提起的日子不在申请和今天之间", "照受理通知书填写"));
    }
    if brought.authority.trim().is_empty() || brought.case_number.trim().is_empty() {
        return Err(ActError::Refused("没有写复议机关（法院）或者案号", "照受理通知书填写"));
    }
    let earlier = RemedyCase::of(desk.change(), request).await?;
    let number = brought.case_number.trim();
    if earlier.iter().any(|one| one.kind == brought.kind && one.case_number == number) {
        return Err(REGISTERED);
    }
    let reviewed = brought.after.as_ref().is_some_and(|after| {
        let is_it = |one: &&RemedyCase| one.id == *after && one.kind == RemedyKind::Review;
        earlier.iter().find(is_it).is_some_and(|one| one.concluded_on.is_some())
    });
    if (brought.kind == RemedyKind::SuitAfterReview) != reviewed {
        return Err(ActError::Refused(
            "复议后起诉的要写明已经审结的复议；直接起诉的不写",
            "先登记复议的结果",
        ));
    }
    let remedy = RemedyCase {
        id: new_key(),
        request: request.to_owned(),
        kind: brought.kind,
        authority: brought.authority.trim().to_owned(),
        case_number: brought.case_number.trim().to_owned(),
        after: brought.after,
        filed_on: brought.filed_on,
        concluded_on: None,
        result: None,
        note: String::new(),
    };
    match remedy.add(desk.change(), &by.organ, (&by.person, &by.name)).await {
        Err(::store::StoreError::Duplicate(_)) => return Err(REGISTERED),
        other => other?,
    }
    let step = Step::new("remedy", remedy.filed_on)
        .saying(json!({ "kind": remedy.kind.name(), "authority": remedy.authority }))
        .about(remedy.id.clone());
    course::happen(&desk, &mut case, By::Officer(by), step).await?;
    course::settle(&desk, &mut case).await?;
    let facts = json!({ "remedy": remedy.id, "kind": remedy.kind });
    desk.record(course::entry("remedy", &case, BASIS, facts)).await?;
    desk.seal().await?;
    Ok(remedy)
}

/// Registers with what result a remedy was concluded.
///
/// # Errors
/// There is none, it is concluded, the day is not between bringing it and today, or the database refuses.
pub async fn conclude(
    mut desk: Desk,
    by: &Signatory,
    (request, remedy): (&str, &str),
    (on, result, note): (Date, RemedyResult, &str),
) -> Result<(), ActError> {
    let mut case = course::take(&desk, &by.organ, request).await?;
    let found = RemedyCase::of(desk.change(), request).await?;
    let remedy = found.into_iter().find(|one| one.id == remedy).ok_or(ActError::NO_CASE)?;
    if on < remedy.filed_on || on > desk.today() {
        return Err(ActError::Refused("审结的日子不在提起和今天之间", "照决定书、判决书填写"));
    }
    if !remedy.conclude(desk.change(), (on, result, note.trim())).await? {
        return Err(ActError::DECIDED);
    }
    let step = Step::new("remedy_result", on)
        .saying(json!({ "kind": remedy.kind.name(), "result": result.name() }))
        .about(remedy.id.clone());
    course::happen(&desk, &mut case, By::Officer(by), step).await?;
    course::settle(&desk, &mut case).await?;
    let facts = json!({ "remedy": remedy.id, "result": result });
    desk.record(course::entry("remedy_result", &case, BASIS, facts)).await?;
    desk.seal().await?;
    Ok(())
}
