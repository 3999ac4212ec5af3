//! 答复 (条例第三十三条至第三十九条): drafted, reviewed for secrecy and lawfulness, signed, issued; each step by
//! another person and bound to the very content. 更正 an answer is another answer (docs/readings/154).

use ::store::moment;
use ledger::Desk;
use requests_rules::{Happening, ItemAnswer, Letter, answer_type, combined};
use review::Signatory;
use secrets::Sealer;
use serde_json::json;

use super::course::{self, By, Step};
use super::{ActError, Overtaken, answer_content, opinion, reasoned};
use crate::store::putting::new_key;
use crate::store::{
    Answer, AnswerContent, AnswerState, AnswerStep, AnswerVersion, Case, FilingState, IssuedLetter,
    ReviewStep,
};

/// A draft as it is saved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    /// The request.
    pub request: String,
    /// The answer; none for a new one.
    pub answer: Option<String>,
    /// 更正: the issued answer it puts right.
    pub corrects: Option<String>,
    /// The version from which whoever saves began; 0 for a new one.
    pub seen: i64,
    /// What it says.
    pub content: AnswerContent,
}

const UNFINISHED: ActError = ActError::Refused(
    "这份申请已有一份答复正在审查或者等待印发",
    "退回以后改那一份，或者印发以后另行更正",
);
const NO_ANSWER: ActError = ActError::Refused("没有这份答复", "刷新页面再看");

/// Saves a version of a draft.
///
/// # Errors
/// The file is not assigned to whoever saves, it is under review, somebody saved
/// meanwhile (both texts are told), a kind of answer is unknown, or the database refuses.
pub async fn save(
    mut desk: Desk,
    by: &Signatory,
    draft: Draft,
) -> Result<(Answer, AnswerVersion), ActError> {
    let mut case = course::take(&desk, &by.organ, &draft.request).await?;
    course::assigned(&case, by)?;
    // What is asked for may be weighed when it has come: written it may be before (docs/readings/220).
    let mut answer = begun(&desk, &case, by, &draft).await?;
    if answer.state != AnswerState::Draft {
        return Err(ActError::Refused("答复正在审查或者已经签发", "退回以后再改"));
    }
    still_open(&case, answer.corrects.as_deref())?;
    let newest = answer.newest(desk.change()).await?;
    if let Some(newest) = newest.filter(|newest| newest.version != draft.seen) {
        return Err(ActError::Overtaken(Box::new(Overtaken {
            mine: draft.content.body,
            theirs: newest.content.body,
            theirs_by: newest.name,
            seen: newest.version,
        })));
    }
    let version = AnswerVersion {
        version: answer.version + 1,
        code: whole(&desk, &draft.content)?,
        hash: draft.content.hash(),
        content: draft.content,
        person: by.person.clone(),
        person_for: by.stands_in_for.clone(),
        name: by.name.clone(),
        saved_at: moment(desk.now()),
    };
    answer.save(desk.change(), by, &version).await?;
    answer.version = version.version;
    let step = Step::new("answer_draft", desk.today())
        .saying(json!({ "code": version.code, "version": version.version }))
        .about(answer.id.clone());
    course::happen(&desk, &mut case, By::Officer(by), step).await?;
    course::settle(&desk, &mut case).await?;
    let facts = json!({ "answer": answer.id, "version": version.version });
    desk.record(course::entry("answer_draft", &case, Letter::Answer.basis(), facts)).await?;
    desk.seal().await?;
    Ok((answer, version))
}

/// The answer that is drafted: one on a file at a time.
async fn begun(
    desk: &Desk,
    case: &Case,
    by: &Signatory,
    draft: &Draft,
) -> Result<Answer, ActError> {
    if let Some(id) = &draft.answer {
        let found = Answer::find(desk.change(), &by.organ, id).await?;
        return found.filter(|one| one.request == draft.request).ok_or(NO_ANSWER);
    }
    still_open(case, draft.corrects.as_deref())?;
    let answers = Answer::of(desk.change(), &draft.request).await?;
    let unfinished =
        |one: &Answer| !matches!(one.state, AnswerState::Issued | AnswerState::Dropped);
    if let Some(other) = answers.iter().find(|one| unfinished(one)) {
        if other.state != AnswerState::Draft {
            return Err(UNFINISHED);
        }
        let newest = other.newest(desk.change()).await?.ok_or(NO_ANSWER)?;
        return Err(ActError::Overtaken(Box::new(Overtaken {
            mine: draft.content.body.clone(),
            theirs: newest.content.body,
            theirs_by: newest.name,
            seen: newest.version,
        })));
    }
    match &draft.corrects {
        None if case.filing.received_on.is_none() => {
            return Err(ActError::Refused("这份申请还没有确认收到", "先确认收到之日"));
        }
        None => {}
        Some(wrong) => {
            let issued = |one: &&Answer| one.id == *wrong && one.state == AnswerState::Issued;
            answers
                .iter()
                .find(issued)
                .ok_or(ActError::Refused("要更正的答复没有印发过", "没有印发的直接修改"))?;
        }
    }
    let answer = Answer {
        id: new_key(),
        request: draft.request.clone(),
        corrects: draft.corrects.clone(),
        version: 0,
        state: AnswerState::Draft,
        issued_on: None,
        letter: None,
    };
    match answer.add(desk.change()).await {
        Err(::store::StoreError::Duplicate(_)) => Err(UNFINISHED),
        other => Ok(other.map(|()| answer)?),
    }
}

/// The code as which the whole counts; none of closing without an answer.
fn whole(desk: &Desk, content: &AnswerContent) -> Result<String, ActError> {
    let items: Vec<ItemAnswer> = content
        .items
        .iter()
        .map(|item| ItemAnswer { asked: item.asked.clone(), code: item.code.clone() })
        .collect();
    let kind = combined(&items, desk.today());
    let kind = kind.map_err(|fault| ActError::Faults(vec![fault.to_string()]))?;
    Ok(kind.code.to_owned())
}

/// Hands a draft in for review: it must contain all that an answer of its kind contains.
///
/// # Errors
/// It lacks something (all of it is told), it is not a draft, opinions are awaited, or the database refuses.
pub async fn submit(
    mut desk: Desk,
    sealer: &Sealer,
    by: &Signatory,
    answer: &str,
) -> Result<(), ActError> {
    let (answer, mut case) = taken(&desk, by, answer).await?;
    course::assigned(&case, by)?;
    if answer.state != AnswerState::Draft {
        return Err(ActError::Refused("这份答复不在起草中", "刷新页面再看"));
    }
    opinion::all_over(&desk, &case)?;
    let newest = answer.newest(desk.change()).await?.ok_or(NO_ANSWER)?;
    answer_content::check(&desk, sealer, &case, &newest.content).await?;
    answer.stand(desk.change(), AnswerState::Submitted).await?;
    let step = Step::new("answer_submission", desk.today())
        .saying(json!({ "code": newest.code, "version": newest.version }))
        .about(answer.id.clone());
    course::happen(&desk, &mut case, By::Officer(by), step).await?;
    course::settle(&desk, &mut case).await?;
    let facts = json!({ "answer": answer.id, "hash": newest.hash });
    desk.record(course::entry("answer_submission", &case, Letter::Answer.basis(), facts)).await?;
    desk.seal().await?;
    Ok(())
}

/// 撤回送审: whoever drafted it takes it back while nobody has signed it.
///
/// # Errors
/// It is not under review, whoever takes it back did not write it, the file is not assigned to him, or the
/// database refuses.
pub async fn take_back(mut desk: Desk, by: &Signatory, answer: &str) -> Result<(), ActError> {
    let (answer, mut case) = taken(&desk, by, answer).await?;
    course::assigned(&case, by)?;
    if answer.state != AnswerState::Submitted {
        return Err(ActError::Refused(
            "这份答复不在审查中",
            "已经签发的不能撤回；退回起草的直接修改",
        ));
    }
    let versions = answer.versions(desk.change()).await?;
    if !versions.iter().any(|version| version.is_by(by)) {
        return Err(ActError::Refused(
            "撤回送审的不是起草的人",
            "请起草的人撤回，或者由审查人退回",
        ));
    }
    answer.stand(desk.change(), AnswerState::Draft).await?;
    let step = Step::new("answer_taken_back", desk.today()).about(answer.id.clone());
    course::happen(&desk, &mut case, By::Officer(by), step).await?;
    course::settle(&desk, &mut case).await?;
    let facts = json!({ "answer": answer.id });
    desk.record(course::entry("answer_taken_back", &case, Letter::Answer.basis(), facts)).await?;
    desk.seal().await?;
    Ok(())
}

/// Takes a step of review on exactly what was seen: agrees, or sends back with a reason.
///
/// # Errors
/// It is not under review or says something else than was seen, whoever takes the step wrote it, or signs
/// what he reviewed, a step before it is missing, no reason is given for sending back, or the database
/// refuses.
pub async fn review(
    mut desk: Desk,
    by: &Signatory,
    (answer, seen): (&str, &str),
    (step, agreed, words): (ReviewStep, bool, &str),
) -> Result<(), ActError> {
    let (answer, mut case) = taken(&desk, by, answer).await?;
    let newest = answer.newest(desk.change()).await?.ok_or(NO_ANSWER)?;
    if answer.state != AnswerState::Submitted || newest.hash != seen {
        return Err(ActError::Refused(
            "这份答复已经改动或者不在审查中",
            "刷新页面，看现在的内容再办",
        ));
    }
    apart(&desk, by, &answer, step).await?;
    let words = if agreed { words.trim().to_owned() } else { reasoned(words)? };
    if step == ReviewStep::Signature && agreed {
        opinion::all_over(&desk, &case)?;
    }
    let taken = AnswerStep {
        version: newest.version,
        hash: newest.hash.clone(),
        step,
        agreed,
        words: words.clone(),
        person: by.person.clone(),
        person_for: by.stands_in_for.clone(),
        name: by.name.clone(),
        taken_at: moment(desk.now()),
    };
    taken.add(desk.change(), &answer.id, by).await?;
    match (step, agreed) {
        (_, false) => answer.stand(desk.change(), AnswerState::Draft).await?,
        (ReviewStep::Signature, true) => answer.stand(desk.change(), AnswerState::Signed).await?,
        _ => {}
    }
    let told = json!({ "step": step.name(), "agreed": agreed, "words": words });
    let event = Step::new("answer_review", desk.today()).saying(told).about(answer.id.clone());
    course::happen(&desk, &mut case, By::Officer(by), event).await?;
    course::settle(&desk, &mut case).await?;
    let facts = json!({ "answer": answer.id, "step": step, "agreed": agreed, "hash": newest.hash });
    let act = if step == ReviewStep::Signature { "answer_signature" } else { "answer_review" };
    desk.record(course::entry(act, &case, answer_content::step_basis(step), facts)).await?;
    desk.seal().await?;
    Ok(())
}

/// Nobody reviews what he wrote, nor signs what he reviewed; signing comes last. A stand-in counts as both
/// (docs/readings/042).
async fn apart(
    desk: &Desk,
    by: &Signatory,
    answer: &Answer,
    step: ReviewStep,
) -> Result<(), ActError> {
    let versions = answer.versions(desk.change()).await?;
    if versions.iter().any(|version| version.is_by(by)) {
        return Err(ActError::Refused(
            "起草答复的人不能审查、签发它",
            "请本机关另一位有权限的人办理",
        ));
    }
    let steps = answer.steps(desk.change()).await?;
    let on_this = || steps.iter().filter(|one| one.version == answer.version);
    if on_this().any(|one| one.step == step && one.agreed) {
        return Err(ActError::DECIDED);
    }
    if step != ReviewStep::Signature {
        return Ok(());
    }
    if on_this().any(|one| one.is_by(by)) {
        return Err(ActError::Refused("审查过答复的人不能签发它", "请另一位负责人签发"));
    }
    let agreed = |step| on_this().any(|one| one.step == step && one.agreed);
    if !agreed(ReviewStep::Secrecy) || !agreed(ReviewStep::Legal) {
        return Err(ActError::Refused("保密审查和合法性审核没有都通过", "两项审查通过以后再签发"));
    }
    Ok(())
}

/// Issues what was signed: it has its number, the clock stops for good, the file is closed.
///
/// # Errors
/// It is not signed, the file is not assigned to whoever issues, something it needs is missing by now, or
/// the database refuses.
pub async fn issue(
    mut desk: Desk,
    sealer: &Sealer,
    by: &Signatory,
    answer: &str,
) -> Result<IssuedLetter, ActError> {
    let (answer, mut case) = taken(&desk, by, answer).await?;
    course::assigned(&case, by)?;
    if answer.state != AnswerState::Signed {
        return Err(ActError::Refused("这份答复没有签发", "签发以后再印发"));
    }
    let newest = answer.newest(desk.change()).await?.ok_or(NO_ANSWER)?;
    answer_content::check(&desk, sealer, &case, &newest.content).await?;
    let (today, who) = (desk.today(), By::Officer(by));
    let kind = answer_type(&newest.code, today).ok_or(NO_ANSWER)?;
    let facts = json!({
        "code": newest.code,
        "items": newest.content.items,
        "body": newest.content.body,
        "files": newest.content.files,
        "corrects": answer.corrects,
        "asked_on": case.filing.received_on,
    });
    let letter = course::issue(&desk, &case, who, (Letter::Answer, &answer.id, facts)).await?;
    answer.issue(desk.change(), (today, &letter.id)).await?;
    let told = json!({ "code": newest.code, "kind": kind.name, "letter": letter.number });
    let puts_right = answer.corrects.is_some();
    let act = if puts_right { "answer_correction" } else { "answer" };
    let step = Step::new(act, today).saying(told).about(answer.id.clone());
    if puts_right {
        course::happen(&desk, &mut case, who, step).await?;
    } else {
        course::happen(&desk, &mut case, who, step.moving(Happening::Replied)).await?;
        course::close(&mut case, FilingState::Answered, kind.code, today);
    }
    let gives = newest.content.items.iter().filter_map(|item| answer_type(&item.code, today));
    if gives.into_iter().any(answer_content::gives) {
        opinion::tell_all(&mut desk, &mut case, who).await?;
    }
    course::settle(&desk, &mut case).await?;
    let basis = kind.basis.first().copied().unwrap_or(Letter::Answer.basis());
    let facts = json!({ "code": newest.code, "letter": letter.number, "hash": newest.hash });
    desk.record(course::entry(act, &case, basis, facts)).await?;
    desk.seal().await?;
    Ok(letter)
}

async fn taken(desk: &Desk, by: &Signatory, answer: &str) -> Result<(Answer, Case), ActError> {
    let found = Answer::find(desk.change(), &by.organ, answer).await?.ok_or(NO_ANSWER)?;
    let case = course::take(desk, &by.organ, &found.request).await?;
    // what it was before the file was held may have changed meanwhile
    let answer = Answer::find(desk.change(), &by.organ, answer).await?.ok_or(NO_ANSWER)?;
    still_open(&case, answer.corrects.as_deref())?;
    Ok((answer, case))
}

/// What was withdrawn, given up, joined or answered is answered no more; only an answer is put right.
fn still_open(case: &Case, corrects: Option<&str>) -> Result<(), ActError> {
    if case.filing.is_closed() && corrects.is_none() { Err(ActError::CLOSED) } else { Ok(()) }
}
