//! 投诉举报 (条例第四十七条第二款、第五十一条) and 申诉 about a 公共企事业单位 (第五十五条第二款), with a clock of their own
//! (docs/readings/127). Nobody handles a complaint about himself.

use law::WorkCalendar;
use ledger::{Desk, Entry};
use requests_rules::{
    COMPLAINT_DECIDED, Complaint, ComplaintGround, ComplaintOutcome, ComplaintStanding,
};
use review::Signatory;
use secrets::{Place, Sealer};
use serde_json::{Value as Json, json};

use super::matter_removal::unnaming;
use super::{ActError, intake, matter};
use crate::store::putting::{self, Marks};
use crate::store::{Answer, Complainant, ComplaintCase};

/// What is complained of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Filed {
    /// The organ that handles it: the one above or the competent department.
    pub organ: String,
    /// The organ complained of, by code; a 公共企事业单位 by name.
    pub about: String,
    /// The key of the request it is about, where it is about one.
    pub request: Option<String>,
    /// What of.
    pub ground: ComplaintGround,
    /// Who complains, and in which words.
    pub complainant: Complainant,
    /// Drawn by the form.
    pub key: String,
}

/// What whoever complains takes home.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Taken {
    /// The complaint.
    pub complaint: ComplaintCase,
    /// 查询码; kept nowhere.
    pub code: String,
}

/// Takes a complaint in; the same form sent twice is refused the second time.
///
/// # Errors
/// It is about the organ that would handle it, it says nothing, something cannot be sealed, or the database
/// refuses.
pub async fn file(mut desk: Desk, sealer: &Sealer, filed: Filed) -> Result<Taken, ActError> {
    if filed.organ == filed.about {
        return Err(ActError::Refused(
            "投诉的机关不能自己核查",
            "向它的上一级机关或者主管部门投诉",
        ));
    }
    let complainant = &filed.complainant;
    if complainant.words.trim().is_empty()
        || complainant.name.trim().is_empty()
        || complainant.contact.is_empty()
    {
        return Err(ActError::Refused(
            "没有写清投诉的事情、姓名或者联系方式",
            "三项都填写；已经填的内容还在",
        ));
    }
    let (today, year) = (desk.today(), desk.today().year());
    let serial = putting::next(desk.change(), &filed.organ, "投诉", year).await?;
    let complaint = Complaint { ground: filed.ground, received: today, taken_up: None, told: None };
    let (take_up_by, decide_by) = last_days(complaint, desk.calendar())?;
    let case = ComplaintCase {
        id: putting::new_key(),
        number: format!("{}-TS-{year}-{serial:05}", filed.organ),
        organ: filed.organ,
        about: filed.about,
        request: filed.request,
        complaint,
        outcome: None,
        result: String::new(),
        decide_by,
        name: String::new(),
        sealed: String::new(),
    };
    let code = intake::query_code(sealer, &format!("complaint:{}", filed.key))?;
    let code_mark = intake::code_mark(sealer, "request_complaint", &code)?;
    let tail = complainant.contact.telephone_tail();
    let place = Place::new("request_complaint", &case.id, "tail_mark");
    let tail_mark = tail.map(|tail| sealer.mark(place, &tail)).transpose()?;
    let marks = Marks { code: &code_mark, tail: tail_mark.as_ref().map(secrets::Mark::as_str) };
    case.add(desk.change(), sealer, (complainant, marks, take_up_by)).await?;
    desk.record(entry("complaint", &case, json!({ "ground": filed.ground }))).await?;
    desk.seal().await?;
    Ok(Taken { complaint: case, code })
}

/// By when it is taken up and by when the result is told.
fn last_days(
    complaint: Complaint,
    calendar: &WorkCalendar,
) -> Result<(law::Date, law::Date), ActError> {
    let last = |standing| match standing {
        ComplaintStanding::Fresh { due, .. } | ComplaintStanding::Verifying { due, .. } => due.date,
        ComplaintStanding::Told { on, .. } => on,
    };
    let fresh = complaint.standing(complaint.received, calendar)?;
    let taken_up = Complaint { taken_up: Some(complaint.received), ..complaint };
    let verifying = taken_up.standing(complaint.received, calendar)?;
    Ok((last(fresh), last(verifying)))
}

/// Takes a complaint up.
///
/// # Errors
/// The organ handles no such complaint, it is taken up, whoever takes it up decided in that case before, or
/// the database refuses.
pub async fn take_up(mut desk: Desk, by: &Signatory, complaint: &str) -> Result<(), ActError> {
    let case = found(&desk, by, complaint).await?;
    if !case.take_up(desk.change(), (&by.person, &by.name), desk.today()).await? {
        return Err(ActError::DECIDED);
    }
    desk.record(entry("complaint_taken_up", &case, json!({}))).await?;
    desk.seal().await?;
    Ok(())
}

/// Tells the result.
///
/// # Errors
/// The organ handles no such complaint, it is not taken up or told already, no result is given or it tells a
/// name, or the database refuses.
pub async fn tell(
    mut desk: Desk,
    sealer: &Sealer,
    by: &Signatory,
    complaint: &str,
    (outcome, result): (ComplaintOutcome, &str),
) -> Result<(), ActError> {
    let case = found(&desk, by, complaint).await?;
    let about = format!("complaint:{complaint}");
    let result = unnaming(&desk, sealer, &about, result).await?;
    if !case.tell(desk.change(), (outcome, &result, desk.today())).await? {
        return Err(ActError::Refused("这件投诉没有受理或者已经告知结果", "先受理，再告知结果"));
    }
    let kind = case.complaint.ground.letter();
    let facts = json!({ "outcome": outcome, "reason": result });
    matter::issue(&desk, by, (kind, about), facts).await?;
    desk.record(entry("complaint_result", &case, json!({ "outcome": outcome }))).await?;
    desk.seal().await?;
    Ok(())
}

async fn found(desk: &Desk, by: &Signatory, complaint: &str) -> Result<ComplaintCase, ActError> {
    let case = ComplaintCase::find(desk.change(), &by.organ, complaint).await?;
    let case = case.ok_or(ActError::Refused("本机关没有这件投诉", "核对编号"))?;
    if let Some(request) = &case.request {
        for answer in Answer::of(desk.change(), request).await? {
            let steps = answer.steps(desk.change()).await?;
            if steps.iter().any(|step| by.counts_as(&step.person)) {
                return Err(ActError::Refused(
                    "您审查、签发过这份申请的答复，不能核查对它的投诉",
                    "请另一人核查",
                ));
            }
        }
    }
    Ok(case)
}

fn entry(act: &'static str, case: &ComplaintCase, facts: Json) -> Entry {
    let basis = match act {
        "complaint_result" => COMPLAINT_DECIDED
            .on(case.complaint.received)
            .map_or(case.complaint.ground.basis(), |period| period.basis),
        _ => case.complaint.ground.basis(),
    };
    let mut told = json!({ "number": case.number, "about": case.about });
    if let (Json::Object(told), Json::Object(facts)) = (&mut told, facts) {
        told.extend(facts);
    }
    Entry {
        room: "requests",
        act,
        subject: format!("complaint:{}", case.id),
        organ: case.organ.clone(),
        basis: basis.to_string(),
        facts: told,
    }
}
