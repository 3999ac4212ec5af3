//! 更正申请 (条例第四十一条; docs/readings/121): somebody shows that a record of himself is wrong.

use ledger::{Desk, Entry};
use requests_rules::{RectificationDemand, RectificationOutcome};
use review::Signatory;
use secrets::{Place, Sealer};
use serde_json::json;

use super::matter_removal::unnaming;
use super::{ActError, intake, matter};
use crate::store::putting::{self, Marks};
use crate::store::{RectificationCase, RectificationWish};

/// What whoever demands a correction takes home.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Taken {
    /// The demand.
    pub demand: RectificationCase,
    /// 查询码; kept nowhere.
    pub code: String,
}

/// What was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// The record is about whoever asks.
    pub own_record: bool,
    /// There is evidence that it is wrong.
    pub evidence: bool,
    /// The organ may correct it.
    pub competent: bool,
    /// It is indeed wrong; none where it was not examined.
    pub found_wrong: Option<bool>,
    /// The organ it was sent on to, or that is told; empty for none.
    pub sent_to: String,
    /// Why.
    pub reason: String,
}

/// Takes a demand in. `key` is drawn by the form.
///
/// # Errors
/// It says nothing, something cannot be sealed, the same form came before, or the database refuses.
pub async fn file(
    mut desk: Desk,
    sealer: &Sealer,
    (organ, key): (&str, &str),
    wish: RectificationWish,
) -> Result<Taken, ActError> {
    let empty = [&wish.name, &wish.record, &wish.wrong].iter().any(|text| text.trim().is_empty());
    if empty || wish.contact.is_empty() {
        return Err(ActError::Refused(
            "没有写清姓名、联系方式、哪条记录或者错在哪里",
            "补上以后再提交；已经填的内容还在",
        ));
    }
    let (received, year) = (desk.today(), desk.today().year());
    let demand = RectificationDemand {
        received,
        own_record: true,
        evidence: true,
        competent: true,
        found_wrong: None,
    };
    let due = demand.due(desk.calendar())?.map_or(received, |due| due.date);
    let serial = putting::next(desk.change(), organ, "更正申请", year).await?;
    let case = RectificationCase {
        id: putting::new_key(),
        organ: organ.to_owned(),
        number: format!("{organ}-GZ-{year}-{serial:05}"),
        demand,
        due_on: due,
        outcome: None,
        sent_to: String::new(),
        reason: String::new(),
        told_on: None,
        sealed: String::new(),
    };
    let code = intake::query_code(sealer, &format!("rectification:{key}"))?;
    let code_mark = intake::code_mark(sealer, "request_rectification", &code)?;
    let place = Place::new("request_rectification", &case.id, "tail_mark");
    let tail = wish.contact.telephone_tail().map(|tail| sealer.mark(place, &tail)).transpose()?;
    let marks = Marks { code: &code_mark, tail: tail.as_ref().map(secrets::Mark::as_str) };
    case.add(desk.change(), sealer, (&wish, marks)).await?;
    desk.record(entry("rectification", &case)).await?;
    desk.seal().await?;
    Ok(Taken { demand: case, code })
}

/// Tells what became of a demand.
///
/// # Errors
/// The organ has no such demand, it is told already, it is still to be examined or supplemented, no reason is
/// given or it tells a name, or the database refuses.
pub async fn tell(
    mut desk: Desk,
    sealer: &Sealer,
    by: &Signatory,
    id: &str,
    found: Found,
) -> Result<RectificationOutcome, ActError> {
    let case = RectificationCase::find(desk.change(), &by.organ, id).await?;
    let mut case = case.ok_or(ActError::Refused("本机关没有这份更正申请", "核对编号"))?;
    case.demand = RectificationDemand {
        received: case.demand.received,
        own_record: found.own_record,
        evidence: found.evidence,
        competent: found.competent,
        found_wrong: found.found_wrong,
    };
    let outcome = case.demand.outcome();
    if matches!(outcome, RectificationOutcome::Examine | RectificationOutcome::EvidenceWanted) {
        return Err(ActError::Refused("还没有审核完", "审核以后写明结果；缺证据的先请申请人补充"));
    }
    if outcome == RectificationOutcome::SentOn && found.sent_to.trim().is_empty() {
        return Err(ActError::Refused("没有写转送、告知的机关", "写明有权更正的机关"));
    }
    case.outcome = Some(outcome);
    case.sent_to = found.sent_to.trim().to_owned();
    let about = format!("rectification:{id}");
    case.reason = unnaming(&desk, sealer, &about, &found.reason).await?;
    case.told_on = Some(desk.today());
    if !case.tell(desk.change(), (&by.person, &by.name)).await? {
        return Err(ActError::DECIDED);
    }
    if let Some(kind) = outcome.letter() {
        let facts = json!({ "outcome": outcome, "reason": case.reason, "to": case.sent_to });
        matter::issue(&desk, by, (kind, about), facts).await?;
    }
    desk.record(entry("rectification_result", &case)).await?;
    desk.seal().await?;
    Ok(outcome)
}

fn entry(act: &'static str, case: &RectificationCase) -> Entry {
    Entry {
        room: "requests",
        act,
        subject: format!("rectification:{}", case.id),
        organ: case.organ.clone(),
        basis: RectificationOutcome::BASIS.to_string(),
        facts: json!({ "number": case.number, "outcome": case.outcome }),
    }
}
