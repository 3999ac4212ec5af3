//! What is done to a letter: one address for each act of the access policy.
//!
//! The acts on a letter's page share one form, so that what was typed for one is not lost when another is refused; each
//! has fields of its own in it. What was typed of an answer is kept as its draft whatever else is asked for.

use axum::extract::Path;
use axum::response::Response;
use identity::powers::Condition;
use suggestions_rules::{PetitionWay, SuggestionState};
use web::components::FieldError;
use web::workbench::{REASON, Submitted, sent_to};
use web::{Clerk, Fault, Visit};

use super::{
    ACCEPT, ANSWER, APPROVE, CLOSE, DRAFT, EXTEND, LIST, PROPOSE_AWAY, TAKE_AWAY, TRANSFER,
    desk_of, found, signatory, tie,
};
use crate::acts::closing::{self, Ending};
use crate::acts::piece::{self, Prepared};
use crate::acts::{
    ActError, By, acceptance, answer, answer_saving, assistance, extension, piece_withdrawal,
    transfer as transferring,
};
use crate::store::{Answer, AnswerState, Closing, Piece, Suggestion};

/// The act named in a form.
const WHAT: &str = "do";

/// What it says where the decision stands in a field of its own.
const DECIDES: &str = "shenpi";

/// The act that hands an answer in, and the one that keeps it.
const HANDS_IN: &str = "songshen";
const KEEPS: &str = "baocun";

/// Where a form has its decision, and where its reason.
type Deciding = (&'static str, &'static str);
const CLOSING: Deciding = ("banjie", "banjieliyou");
const EXTENSION: Deciding = ("yanqipi", "yanqipiliyou");
const REVIEW: Deciding = ("shenhe", "shenheliyou");
const WITHDRAWAL: Deciding = ("chexiapi", "chexiapiliyou");

/// The words by which one agrees and does not.
const AGREES: (&str, &str) = ("tongyi", "butongyi");

fn unknown() -> Fault {
    Fault::field(WHAT, "选一项再提交。")
}

/// The reason of an act in the form that several acts share: its field there, and what it says. A form of its own
/// calls it as all forms do.
pub(super) fn reason<'a>(form: &'a Submitted, own: &'static str) -> (&'static str, &'a str) {
    let field = if form.has(own) { own } else { REASON };
    (field, form.get(field))
}

/// A refusal that names fields as they are called in the form.
pub(super) fn called(fault: Fault, names: &[(&str, &str)]) -> Fault {
    match fault {
        Fault::Fields(mut errors) => {
            for error in &mut errors {
                let own = names.iter().find(|(field, _)| *field == error.field);
                if let Some((_, own)) = own {
                    error.field = (*own).to_owned();
                }
            }
            Fault::Fields(errors)
        }
        other => other,
    }
}

/// Which fields are wanting, all of them at once.
fn wanting(fields: &[(&'static str, bool, &str)]) -> Result<(), Fault> {
    let error = |(field, _, words): &(&'static str, bool, &str)| FieldError {
        field: (*field).to_owned(),
        message: (*words).to_owned(),
    };
    let errors: Vec<_> = fields.iter().filter(|(_, wants, _)| *wants).map(error).collect();
    if errors.is_empty() { Ok(()) } else { Err(Fault::Fields(errors)) }
}

/// What was decided and why, with all that is wanting told at once; `always` says that either decision has a reason.
fn decided<'a>(
    form: &'a Submitted,
    (own, why): Deciding,
    (yes, no): (&str, &str),
    always: bool,
) -> Result<(bool, &'static str, &'a str), Fault> {
    let (field, said) = match form.get(WHAT) {
        DECIDES => (own, form.get(own)),
        said => (WHAT, said),
    };
    let agreed = said == yes;
    let (place, because) = reason(form, why);
    let silent = because.trim().is_empty() && (always || said == no);
    wanting(&[
        (field, !agreed && said != no, "选一项再提交。"),
        (place, silent, "没有写理由。请写明理由再提交。"),
    ])?;
    Ok((agreed, place, because))
}

/// Keeps what was typed of an answer as its draft, whatever else the form asks for: nobody types it twice.
pub(super) async fn keep_typed(
    visit: &Visit,
    clerk: &Clerk,
    letter: &Suggestion,
    form: &Submitted,
) -> Result<(), Fault> {
    let writes = letter.course.state == SuggestionState::InHand
        && clerk.may(DRAFT, &tie(letter, clerk)).is_ok();
    if !writes || form.words("dafu").is_none() {
        return Ok(());
    }
    let (who, desk) = (signatory(clerk), desk_of(visit, clerk).await?);
    let by = By { who: &who, sealer: visit.house.sealer().map_err(Fault::inside)? };
    match answer_saving::save(desk, by, &letter.id, form.get("dafu")).await {
        // It is not what was asked for: what cannot be kept is said when it is.
        Ok(_) | Err(ActError::Field(..) | ActError::Refused(_)) => Ok(()),
        Err(error) => Err(error.into_fault()),
    }
}

/// Which version of what is decided on the clerk had before him; none fits where the form says nothing.
fn seen(form: &Submitted, field: &str) -> i64 {
    form.get(field).parse().unwrap_or(-1)
}

fn back(visit: &Visit, letter: &Suggestion, done: &str) -> Response {
    sent_to(visit, &format!("{}?done={done}", letter.desk_path()))
}

/// 受理、提请不予受理、交办、协办、提请并入.
pub async fn accept(
    visit: Visit,
    clerk: Clerk,
    Path(id): Path<String>,
    form: Submitted,
) -> Result<Response, Fault> {
    let letter = found(&visit, &clerk, &id).await?;
    clerk.may(ACCEPT, &tie(&letter, &clerk))?;
    keep_typed(&visit, &clerk, &letter, &form).await?;
    let (field, _) = reason(&form, "jiaobanliyou");
    let done = accepted(&visit, &clerk, &id, &form).await;
    let done = done.map_err(|fault| called(fault, &[(REASON, field)]))?;
    Ok(back(&visit, &letter, done))
}

/// What was done with a letter that is taken in, by its word.
async fn accepted(
    visit: &Visit,
    clerk: &Clerk,
    id: &str,
    form: &Submitted,
) -> Result<&'static str, Fault> {
    let (who, desk) = (signatory(clerk), desk_of(visit, clerk).await?);
    let by = By { who: &who, sealer: visit.house.sealer().map_err(Fault::inside)? };
    let unit = form.get("keshi");
    Ok(match form.get(WHAT) {
        what @ ("shouli" | "jiandan") => {
            let simple = what == "jiandan" || form.get("nanyi") == "jiandan";
            acceptance::accept(desk, by, id, (simple, unit)).await?;
            "acceptance"
        }
        "butuli" => {
            let ending = Ending::Refusal(form.get("shuoming"));
            closing::propose(desk, by, id, (ending, "")).await?;
            "closing_proposal"
        }
        "jiaoban" => {
            let (_, because) = reason(form, "jiaobanliyou");
            acceptance::assign(desk, by, id, (unit, because)).await?;
            "assignment"
        }
        "xieban" => {
            let asked = (form.get("xiebanjiguan"), form.get("xieban"));
            assistance::ask(desk, by, id, asked).await?;
            "assistance"
        }
        "bingru" => {
            let ending = Ending::Joining(form.get("diyijian"));
            closing::propose(desk, by, id, (ending, "")).await?;
            "closing_proposal"
        }
        _ => return Err(unknown()),
    })
}

/// 转办、提请按信访告知、提请告知依申请公开.
pub async fn transfer(
    visit: Visit,
    clerk: Clerk,
    Path(id): Path<String>,
    form: Submitted,
) -> Result<Response, Fault> {
    let letter = found(&visit, &clerk, &id).await?;
    let (field, because) = reason(&form, reason_of(&form));
    let words = if form.has(REFERRAL) { REFERRAL } else { "gaozhi" };
    let placed = |fault: Fault| match form.get(WHAT) {
        "yishenqing" => called(fault, &[(REASON, field), ("gaozhi", words)]),
        _ => called(fault, &[(REASON, field)]),
    };
    keep_typed(&visit, &clerk, &letter, &form).await?;
    all_said(&form, (field, because), words)?;
    clerk.may(TRANSFER, &tie(&letter, &clerk).because(because)).map_err(placed)?;
    let done = sent_on(&visit, &clerk, &id, (&form, because, words)).await.map_err(placed)?;
    Ok(match done {
        "closing_proposal" => back(&visit, &letter, done),
        done => sent_to(&visit, &format!("{LIST}?done={done}&jian={id}")),
    })
}

/// The field of what a writer is told who wants government information, in the form that several acts share.
const REFERRAL: &str = "yishenqinggaozhi";

/// The field of the reason of an act by which a letter goes elsewhere.
fn reason_of(form: &Submitted) -> &'static str {
    match form.get(WHAT) {
        "xinfang" => "xinfangliyou",
        "yishenqing" => "yishenqingliyou",
        _ => "zhuanbanliyou",
    }
}

/// Whether all is said that such an act asks for; what is not, all at once.
fn all_said(
    form: &Submitted,
    (field, because): (&'static str, &str),
    words: &'static str,
) -> Result<(), Fault> {
    let silent = because.trim().is_empty();
    let wants = |name: &str| form.words(name).is_none();
    match form.get(WHAT) {
        "zhuanban" => wanting(&[
            ("jiguan", wants("jiguan"), "选转给哪个机关。"),
            (field, silent, "写明转办的理由。"),
        ]),
        "xinfang" => wanting(&[
            ("qingxing", wants("qingxing"), "选一种情形。"),
            ("jieshou", wants("jieshou"), "写明由哪个机关、单位办理，或者应该向谁提出。"),
            (field, silent, "写明判为信访的理由。"),
        ]),
        "yishenqing" => wanting(&[
            (words, wants(words), "写明告知留言人的话。"),
            (field, silent, "写明判为申请公开的理由。"),
        ]),
        _ => Err(unknown()),
    }
}

/// What was done with a letter that belongs elsewhere, by its word.
async fn sent_on(
    visit: &Visit,
    clerk: &Clerk,
    id: &str,
    (form, because, words): (&Submitted, &str, &str),
) -> Result<&'static str, Fault> {
    let (who, desk) = (signatory(clerk), desk_of(visit, clerk).await?);
    let by = By { who: &who, sealer: visit.house.sealer().map_err(Fault::inside)? };
    match form.get(WHAT) {
        "zhuanban" => {
            transferring::transfer(desk, by, id, (form.get("jiguan"), because)).await?;
            Ok("transfer")
        }
        "xinfang" => {
            let way = PetitionWay::parse(form.get("qingxing"));
            let way = way.ok_or_else(|| Fault::field("qingxing", "选一种情形。"))?;
            let ending = Ending::Petition(way, form.get("jieshou"), form.get("gaozhi"));
            closing::propose(desk, by, id, (ending, because)).await?;
            Ok("closing_proposal")
        }
        "yishenqing" => {
            let ending = Ending::Disclosure(form.get(words));
            closing::propose(desk, by, id, (ending, because)).await?;
            Ok("closing_proposal")
        }
        _ => Err(unknown()),
    }
}

/// 审批不予受理、信访、告知依申请公开、并入.
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
    let (agreed, field, because) = decided(&form, CLOSING, AGREES, true)?;
    clerk.may(CLOSE, &tie.because(because))?;
    let (who, desk) = (signatory(&clerk), desk_of(&visit, &clerk).await?);
    let by = By { who: &who, sealer: visit.house.sealer().map_err(Fault::inside)? };
    let done = closing::decide(desk, by, (&id, form.get("jian")), (agreed, because)).await;
    done.map_err(|error| called(error.into_fault(), &[(REASON, field)]))?;
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
    let what = form.get(WHAT);
    if what != HANDS_IN && what != KEEPS {
        keep_typed(&visit, &clerk, &letter, &form).await?;
    }
    let done = drafted(&visit, &clerk, &id, &form).await;
    if done.is_err() && what == HANDS_IN {
        keep_typed(&visit, &clerk, &letter, &form).await?;
    }
    Ok(back(&visit, &letter, done?))
}

/// What was done with an answer, by its word.
async fn drafted(
    visit: &Visit,
    clerk: &Clerk,
    id: &str,
    form: &Submitted,
) -> Result<&'static str, Fault> {
    let (who, desk) = (signatory(clerk), desk_of(visit, clerk).await?);
    let by = By { who: &who, sealer: visit.house.sealer().map_err(Fault::inside)? };
    Ok(match form.get(WHAT) {
        HANDS_IN => {
            answer::draft(desk, by, id, form.get("dafu")).await?;
            "answer_draft"
        }
        KEEPS => {
            answer_saving::save(desk, by, id, form.get("dafu")).await?;
            "answer_saving"
        }
        "yanqi" => {
            extension::propose(desk, by, id, form.get("yanqiliyou")).await?;
            "extension_proposal"
        }
        "gongkai" => {
            let prepared = Prepared {
                title: form.get("biaoti").to_owned(),
                question: form.get("wen").to_owned(),
                answer: form.get("da").to_owned(),
            };
            let publishers = visit.house.publishers();
            piece::submit(desk, &publishers, by, (id, &prepared)).await?;
            "piece_submission"
        }
        _ => return Err(unknown()),
    })
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
    let (approved, field, because) = decided(&form, REVIEW, ("tongguo", "tuihui"), false)?;
    let (who, desk) = (signatory(&clerk), desk_of(&visit, &clerk).await?);
    let by = By { who: &who, sealer: visit.house.sealer().map_err(Fault::inside)? };
    let done = answer::review(desk, by, (&id, seen(&form, "gao")), (approved, because)).await;
    done.map_err(|error| called(error.into_fault(), &[(REASON, field)]))?;
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
    let (granted, field, because) = decided(&form, EXTENSION, AGREES, true)?;
    let tie = tie.because(because);
    // Who denies what came too late is in time.
    let in_time = today <= letter.due_on || !granted;
    let tie = if in_time { tie.holding([Condition::InTime]) } else { tie };
    clerk.may(EXTEND, &tie)?;
    let (who, desk) = (signatory(&clerk), desk_of(&visit, &clerk).await?);
    let by = By { who: &who, sealer: visit.house.sealer().map_err(Fault::inside)? };
    let done = extension::decide(desk, by, (&id, seen(&form, "ban")), (granted, because)).await;
    done.map_err(|error| called(error.into_fault(), &[(REASON, field)]))?;
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
    let (field, because) = reason(&form, "chexialiyou");
    let placed = |fault: Fault| called(fault, &[(REASON, field)]);
    clerk.may(PROPOSE_AWAY, &tie(&letter, &clerk).because(because)).map_err(placed)?;
    let (who, desk) = (signatory(&clerk), desk_of(&visit, &clerk).await?);
    let by = By { who: &who, sealer: visit.house.sealer().map_err(Fault::inside)? };
    let done = piece_withdrawal::propose(desk, by, &id, because).await;
    done.map_err(|error| placed(error.into_fault()))?;
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
    let (agreed, field, because) = decided(&form, WITHDRAWAL, AGREES, true)?;
    clerk.may(TAKE_AWAY, &tie.because(because))?;
    let (who, desk) = (signatory(&clerk), desk_of(&visit, &clerk).await?);
    let by = By { who: &who, sealer: visit.house.sealer().map_err(Fault::inside)? };
    let done = piece_withdrawal::decide(desk, by, &id, (agreed, because)).await;
    done.map_err(|error| called(error.into_fault(), &[(REASON, field)]))?;
    Ok(back(&visit, &letter, "piece_withdrawal"))
}
