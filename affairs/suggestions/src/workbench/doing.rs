//! What is done to a letter: one address for each act of the access policy.

use axum::extract::Path;
use axum::response::Response;
use identity::powers::Condition;
use suggestions_rules::PetitionWay;
use web::workbench::{REASON, Submitted, sent_to};
use web::{Clerk, Fault, Visit};

use super::{
    ACCEPT, ANSWER, APPROVE, CLOSE, DRAFT, EXTEND, LIST, PROPOSE_AWAY, TAKE_AWAY, TRANSFER,
    desk_of, found, signatory, tie,
};
use crate::acts::closing::{self, Ending};
use crate::acts::piece::{self, Prepared};
use crate::acts::{
    By, acceptance, answer, assistance, extension, handing_over, joining, piece_withdrawal,
    transfer as transferring,
};
use crate::store::{Answer, AnswerState, Closing, Piece, Suggestion};

/// The act named in a form.
const WHAT: &str = "do";

fn unknown() -> Fault {
    Fault::field(WHAT, "选一项再提交。")
}

/// Which version of what is decided on the clerk had before him; none fits where the form says nothing.
fn seen(form: &Submitted, field: &str) -> i64 {
    form.get(field).parse().unwrap_or(-1)
}

fn back(visit: &Visit, letter: &Suggestion, done: &str) -> Response {
    sent_to(visit, &format!("{}?done={done}", letter.desk_path()))
}

/// 受理、提请不予受理、交办、协办、并入.
pub async fn accept(
    visit: Visit,
    clerk: Clerk,
    Path(id): Path<String>,
    form: Submitted,
) -> Result<Response, Fault> {
    let letter = found(&visit, &clerk, &id).await?;
    clerk.may(ACCEPT, &tie(&letter, &clerk))?;
    let (who, desk) = (signatory(&clerk), desk_of(&visit, &clerk).await?);
    let by = By { who: &who, sealer: visit.house.sealer().map_err(Fault::inside)? };
    let unit = form.get("keshi");
    let done = match form.get(WHAT) {
        what @ ("shouli" | "jiandan") => {
            acceptance::accept(desk, by, &id, (what == "jiandan", unit)).await?;
            "acceptance"
        }
        "butuli" => {
            let ending = Ending::Refusal(form.get("shuoming"));
            closing::propose(desk, by, &id, (ending, "")).await?;
            "closing_proposal"
        }
        "jiaoban" => {
            acceptance::assign(desk, by, &id, (unit, form.get(REASON))).await?;
            "assignment"
        }
        "xieban" => {
            let asked = (form.get("xiebanjiguan"), form.get("xieban"));
            assistance::ask(desk, by, &id, asked).await?;
            "assistance"
        }
        "bingru" => {
            joining::join(desk, by, &id, form.get("diyijian")).await?;
            "joining"
        }
        _ => return Err(unknown()),
    };
    Ok(back(&visit, &letter, done))
}

/// 转办、提请按信访告知、告知依申请公开.
pub async fn transfer(
    visit: Visit,
    clerk: Clerk,
    Path(id): Path<String>,
    form: Submitted,
) -> Result<Response, Fault> {
    let letter = found(&visit, &clerk, &id).await?;
    clerk.may(TRANSFER, &tie(&letter, &clerk).because(form.get(REASON)))?;
    let (who, desk) = (signatory(&clerk), desk_of(&visit, &clerk).await?);
    let by = By { who: &who, sealer: visit.house.sealer().map_err(Fault::inside)? };
    match form.get(WHAT) {
        "zhuanban" => {
            transferring::transfer(desk, by, &id, (form.get("jiguan"), form.get(REASON))).await?;
            Ok(sent_to(&visit, &format!("{LIST}?done=transfer")))
        }
        "xinfang" => {
            let way = PetitionWay::parse(form.get("qingxing"));
            let way = way.ok_or_else(|| Fault::field("qingxing", "选一种情形。"))?;
            let ending = Ending::Petition(way, form.get("jieshou"), form.get("gaozhi"));
            closing::propose(desk, by, &id, (ending, form.get(REASON))).await?;
            Ok(back(&visit, &letter, "closing_proposal"))
        }
        "yishenqing" => {
            handing_over::refer(desk, by, &id, form.get("gaozhi")).await?;
            Ok(sent_to(&visit, &format!("{LIST}?done=handover")))
        }
        _ => Err(unknown()),
    }
}

/// 审批不予受理、按信访告知.
pub async fn close(
    visit: Visit,
    clerk: Clerk,
    Path(id): Path<String>,
    form: Submitted,
) -> Result<Response, Fault> {
    let letter = found(&visit, &clerk, &id).await?;
    let waits = Closing::of(visit.house.store(), &id).await?;
    let proposers = waits.iter().flat_map(|one| one.proposers.iter());
    let tie = proposers.fold(tie(&letter, &clerk), |tie, person| tie.by(person.clone()));
    clerk.may(CLOSE, &tie.because(form.get(REASON)))?;
    let agreed = match form.get(WHAT) {
        "tongyi" => true,
        "butongyi" => false,
        _ => return Err(unknown()),
    };
    let (who, desk) = (signatory(&clerk), desk_of(&visit, &clerk).await?);
    let by = By { who: &who, sealer: visit.house.sealer().map_err(Fault::inside)? };
    closing::decide(desk, by, (&id, form.get("jian")), (agreed, form.get(REASON))).await?;
    Ok(back(&visit, &letter, "closing"))
}

/// 送审答复、提请延期、送审公开.
pub async fn draft(
    visit: Visit,
    clerk: Clerk,
    Path(id): Path<String>,
    form: Submitted,
) -> Result<Response, Fault> {
    let letter = found(&visit, &clerk, &id).await?;
    clerk.may(DRAFT, &tie(&letter, &clerk))?;
    let (who, desk) = (signatory(&clerk), desk_of(&visit, &clerk).await?);
    let by = By { who: &who, sealer: visit.house.sealer().map_err(Fault::inside)? };
    let done = match form.get(WHAT) {
        "songshen" => {
            answer::draft(desk, by, &id, form.get("dafu")).await?;
            "answer_draft"
        }
        "yanqi" => {
            extension::propose(desk, by, &id, form.get("yanqiliyou")).await?;
            "extension_proposal"
        }
        "gongkai" => {
            let prepared = Prepared {
                title: form.get("biaoti").to_owned(),
                question: form.get("wen").to_owned(),
                answer: form.get("da").to_owned(),
            };
            let publishers = visit.house.publishers();
            piece::submit(desk, &publishers, by, (&id, &prepared)).await?;
            "piece_submission"
        }
        _ => return Err(unknown()),
    };
    Ok(back(&visit, &letter, done))
}

/// 审核答复.
pub async fn approve(
    visit: Visit,
    clerk: Clerk,
    Path(id): Path<String>,
    form: Submitted,
) -> Result<Response, Fault> {
    let letter = found(&visit, &clerk, &id).await?;
    let answers = Answer::of(visit.house.store(), &id).await?;
    let writers = answers.iter().take(1).flat_map(|answer| answer.writers.iter());
    let tie = writers.fold(tie(&letter, &clerk), |tie, person| {
        tie.by(person.clone()).after(DRAFT, person.clone())
    });
    clerk.may(APPROVE, &tie)?;
    let approved = match form.get(WHAT) {
        "tongguo" => true,
        "tuihui" => false,
        _ => return Err(unknown()),
    };
    let (who, desk) = (signatory(&clerk), desk_of(&visit, &clerk).await?);
    let by = By { who: &who, sealer: visit.house.sealer().map_err(Fault::inside)? };
    answer::review(desk, by, (&id, seen(&form, "gao")), (approved, form.get(REASON))).await?;
    Ok(back(&visit, &letter, "review"))
}

/// 审批延期.
pub async fn extend(
    visit: Visit,
    clerk: Clerk,
    Path(id): Path<String>,
    form: Submitted,
) -> Result<Response, Fault> {
    let letter = found(&visit, &clerk, &id).await?;
    let today = visit.house.ledger().clock().today();
    let tie = letter.proposer.iter().fold(tie(&letter, &clerk), |tie, person| {
        tie.by(person.clone()).after(DRAFT, person.clone())
    });
    let tie = tie.because(form.get(REASON));
    let granted = match form.get(WHAT) {
        "tongyi" => true,
        "butongyi" => false,
        _ => return Err(unknown()),
    };
    // Who denies what came too late is in time.
    let in_time = today <= letter.due_on || !granted;
    let tie = if in_time { tie.holding([Condition::InTime]) } else { tie };
    clerk.may(EXTEND, &tie)?;
    let (who, desk) = (signatory(&clerk), desk_of(&visit, &clerk).await?);
    let by = By { who: &who, sealer: visit.house.sealer().map_err(Fault::inside)? };
    extension::decide(desk, by, (&id, seen(&form, "ban")), (granted, form.get(REASON))).await?;
    Ok(back(&visit, &letter, "extension"))
}

/// 发出答复.
pub async fn send(
    visit: Visit,
    clerk: Clerk,
    Path(id): Path<String>,
    _: Submitted,
) -> Result<Response, Fault> {
    let letter = found(&visit, &clerk, &id).await?;
    let answers = Answer::of(visit.house.store(), &id).await?;
    let approved = answers.first().is_some_and(|one| one.state == AnswerState::Approved);
    let tie = tie(&letter, &clerk);
    let tie = if approved { tie.holding([Condition::AfterApproval]) } else { tie };
    clerk.may(ANSWER, &tie)?;
    let (who, desk) = (signatory(&clerk), desk_of(&visit, &clerk).await?);
    let by = By { who: &who, sealer: visit.house.sealer().map_err(Fault::inside)? };
    answer::send(desk, by, &id).await?;
    Ok(back(&visit, &letter, "answer"))
}

/// 提出撤下公开的答复.
pub async fn propose_away(
    visit: Visit,
    clerk: Clerk,
    Path(id): Path<String>,
    form: Submitted,
) -> Result<Response, Fault> {
    let letter = found(&visit, &clerk, &id).await?;
    clerk.may(PROPOSE_AWAY, &tie(&letter, &clerk).because(form.get(REASON)))?;
    let (who, desk) = (signatory(&clerk), desk_of(&visit, &clerk).await?);
    let by = By { who: &who, sealer: visit.house.sealer().map_err(Fault::inside)? };
    piece_withdrawal::propose(desk, by, &id, form.get(REASON)).await?;
    Ok(back(&visit, &letter, "piece_withdrawal_proposal"))
}

/// 审批撤下公开的答复.
pub async fn take_away(
    visit: Visit,
    clerk: Clerk,
    Path(id): Path<String>,
    form: Submitted,
) -> Result<Response, Fault> {
    let letter = found(&visit, &clerk, &id).await?;
    let pieces = Piece::living(visit.house.store(), &id).await?;
    let proposers = pieces.iter().flat_map(|piece| piece.proposers.iter());
    let tie = proposers.fold(tie(&letter, &clerk), |tie, person| tie.by(person.clone()));
    clerk.may(TAKE_AWAY, &tie.because(form.get(REASON)))?;
    let agreed = match form.get(WHAT) {
        "tongyi" => true,
        "butongyi" => false,
        _ => return Err(unknown()),
    };
    let (who, desk) = (signatory(&clerk), desk_of(&visit, &clerk).await?);
    let by = By { who: &who, sealer: visit.house.sealer().map_err(Fault::inside)? };
    piece_withdrawal::decide(desk, by, &id, (agreed, form.get(REASON))).await?;
    Ok(back(&visit, &letter, "piece_withdrawal"))
}
