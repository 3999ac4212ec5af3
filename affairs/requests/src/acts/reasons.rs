//! 说明理由 (条例第三十五条): where number or frequency are plainly beyond reason. Asking does not stop the clock.

use ::store::moment;
use ledger::Desk;
use requests_rules::{Letter, REASONS_BASIS, ReasonsJudged};
use review::Signatory;
use secrets::Sealer;
use serde_json::json;

use super::course::{self, By, Step};
use super::{ActError, opinion, reasoned};
use crate::files::StagedFile;
use crate::store::IssuedLetter;

/// Asks an applicant for the reasons of so many requests.
///
/// # Errors
/// The file is not assigned to whoever asks, it was asked before, nothing is said, or the database refuses.
pub async fn ask(
    mut desk: Desk,
    sealer: &Sealer,
    by: &Signatory,
    request: &str,
    why: &str,
) -> Result<IssuedLetter, ActError> {
    let mut case = course::take_open(&desk, by, request).await?;
    if case.events.iter().any(|event| event.kind == "reasons_asked") {
        return Err(ActError::Refused("已经要求说明理由", "等待申请人说明，或者按现有情况认定"));
    }
    opinion::keeps_quiet(&desk, sealer, request, why).await?;
    let by = By::Officer(by);
    let facts = json!({ "why": reasoned(why)? });
    let letter = course::issue(&desk, &case, by, (Letter::ReasonNotice, "", facts)).await?;
    let step = Step::new("reasons_asked", desk.today())
        .saying(json!({ "letter": letter.number }))
        .about(letter.id.clone());
    course::happen(&desk, &mut case, by, step).await?;
    course::settle(&desk, &mut case).await?;
    let facts = json!({ "letter": letter.number });
    desk.record(course::entry("reasons_asked", &case, REASONS_BASIS, facts)).await?;
    desk.seal().await?;
    Ok(letter)
}

/// Takes the reasons an applicant gives, as sealed papers.
///
/// # Errors
/// They were not asked for or are judged already, the request is closed, or the database refuses.
pub async fn give(
    mut desk: Desk,
    by: By<'_>,
    (organ, request): (&str, &str),
    papers: Vec<StagedFile>,
) -> Result<(), ActError> {
    let mut case = course::take(&desk, organ, request).await?;
    if case.filing.is_closed() {
        return Err(ActError::CLOSED);
    }
    if !case.events.iter().any(|event| event.kind == "reasons_asked") {
        return Err(ActError::Refused("没有要求您说明理由", "申请政府信息不需要说明用途"));
    }
    if case.events.iter().any(|event| event.kind == "reasons_judged") {
        return Err(ActError::Refused("您的理由已经作出认定", "认定的结果见告知书或者答复书"));
    }
    let at = moment(desk.now());
    for paper in &papers {
        paper.row("", &at).add(desk.change(), (request, by.person())).await?;
    }
    let about = papers.first().map_or("", StagedFile::id).to_owned();
    let step = Step::new("reasons_given", desk.today())
        .saying(json!({ "files": papers.len() }))
        .about(about);
    course::happen(&desk, &mut case, by, step).await?;
    course::settle(&desk, &mut case).await?;
    desk.record(course::entry("reasons_given", &case, REASONS_BASIS, json!({}))).await?;
    desk.seal().await?;
    papers.into_iter().for_each(StagedFile::taken);
    Ok(())
}

/// Judges the reasons: unreasonable leads to an answer N4, reasonable goes on; a delay is proposed to the
/// head apart ([`super::proposal`]).
///
/// # Errors
/// The file is not assigned to whoever judges, they were not asked for, or the database refuses.
pub async fn judge(
    mut desk: Desk,
    by: &Signatory,
    request: &str,
    judged: &ReasonsJudged,
) -> Result<(), ActError> {
    let mut case = course::take_open(&desk, by, request).await?;
    if !case.events.iter().any(|event| event.kind == "reasons_asked") {
        return Err(ActError::Refused("没有要求申请人说明理由", "先发说明理由通知书"));
    }
    let facts = match judged {
        ReasonsJudged::Unreasonable { because } => {
            json!({ "judged": "unreasonable", "because": reasoned(because)? })
        }
        ReasonsJudged::GoOn => json!({ "judged": "go_on" }),
        ReasonsJudged::Delay { .. } => {
            return Err(ActError::Refused("延迟答复由工作机构负责人确定", "提请延迟答复"));
        }
    };
    let step = Step::new("reasons_judged", desk.today()).saying(facts);
    course::happen(&desk, &mut case, By::Officer(by), step).await?;
    course::settle(&desk, &mut case).await?;
    let code = judged.answer_code();
    let facts = json!({ "answer": code });
    desk.record(course::entry("reasons_judged", &case, REASONS_BASIS, facts)).await?;
    desk.seal().await?;
    Ok(())
}
